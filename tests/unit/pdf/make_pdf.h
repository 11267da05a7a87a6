/*
 * make_pdf.h - the smallest PDF files that hold text, for tests.
 */
#ifndef MAKE_PDF_H
#define MAKE_PDF_H

#include "support/buf.h"

#include <stdio.h>

enum { MADE_MAX = 64 << 20, MADE_OBJECTS = 8192 };

typedef struct made_pdf {
    lac_buf bytes;
    size_t offsets[MADE_OBJECTS];
    unsigned count; /* objects; 1 catalog, 2 pages, 3 font, then two a page */
    unsigned pages;
    double width, height;
    const char *trailer; /* more entries of the trailer */
} made_pdf;

static inline void made_begin(made_pdf *pdf)
{
    lac_buf_init(&pdf->bytes, MADE_MAX);
    pdf->count = 0;
    pdf->pages = 0;
    pdf->width = 612;
    pdf->height = 792;
    pdf->trailer = "";
    (void)lac_buf_append_text(&pdf->bytes, "%PDF-1.4\n");
}

static inline void made_object(made_pdf *pdf, unsigned number, const char *body)
{
    pdf->offsets[number] = pdf->bytes.len;
    pdf->count = number > pdf->count ? number : pdf->count;
    (void)lac_buf_printf(&pdf->bytes, "%u 0 obj\n%s\nendobj\n", number, body);
}

/* A page with a content stream. */
static inline void made_page(made_pdf *pdf, const char *content)
{
    char head[256];
    unsigned number = 4 + 2 * pdf->pages++;
    (void)snprintf(head, sizeof head,
                   "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.0f %.0f] /Contents %u 0 R "
                   "/Resources << /Font << /F 3 0 R >> >> >>",
                   pdf->width, pdf->height, number + 1);
    made_object(pdf, number, head);
    pdf->offsets[number + 1] = pdf->bytes.len;
    pdf->count = number + 1;
    (void)lac_buf_printf(&pdf->bytes, "%u 0 obj\n<< /Length %zu >>\nstream\n", number + 1,
                         strlen(content));
    (void)lac_buf_append_text(&pdf->bytes, content);
    (void)lac_buf_append_text(&pdf->bytes, "\nendstream\nendobj\n");
}

/* A page with one line of text 10 points high. */
static inline void made_line(made_pdf *pdf, const char *text)
{
    char content[512];
    (void)snprintf(content, sizeof content, "BT /F 10 Tf 72 %.0f Td (%s) Tj ET", pdf->height - 72,
                   text);
    made_page(pdf, content);
}

static inline lac_span made_end(made_pdf *pdf)
{
    lac_buf kids;
    lac_buf_init(&kids, MADE_MAX);
    (void)lac_buf_printf(&kids, "<< /Type /Pages /Count %u /Kids [", pdf->pages);
    for (unsigned i = 0; i < pdf->pages; i++) {
        (void)lac_buf_printf(&kids, "%u 0 R ", 4 + 2 * i);
    }
    (void)lac_buf_append_text(&kids, "] >>");
    made_object(pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    made_object(pdf, 2, lac_buf_text(&kids));
    made_object(pdf, 3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    lac_buf_free(&kids);
    size_t table = pdf->bytes.len;
    (void)lac_buf_printf(&pdf->bytes, "xref\n0 %u\n0000000000 65535 f \n", pdf->count + 1);
    for (unsigned i = 1; i <= pdf->count; i++) {
        (void)lac_buf_printf(&pdf->bytes, "%010zu 00000 n \n", pdf->offsets[i]);
    }
    (void)lac_buf_printf(&pdf->bytes,
                         "trailer\n<< /Size %u /Root 1 0 R %s >>\nstartxref\n%zu\n%%%%EOF\n",
                         pdf->count + 1, pdf->trailer, table);
    return lac_buf_span(&pdf->bytes);
}

#endif
