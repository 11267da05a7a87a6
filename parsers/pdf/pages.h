/*
 * pages.h - what pdftotext printed, cut into pages and lines.
 *
 * Purpose: `-layout` keeps the page's geometry in spaces: a character is a cell, a blank line is a
 *   gap. Lines keep their place as columns, so that margins, indents and gaps can be compared.
 * Ownership: owns its arrays and the cleaned text; lac_pdf_pages_free releases them.
 * Limits: text_bytes, pdf_pages, blocks (of lines).
 */
#ifndef LAC_PDF_PAGES_H
#define LAC_PDF_PAGES_H

#include "parsers/document.h"
#include "support/buf.h"

typedef enum lac_pdf_line_kind {
    LAC_PDF_BODY,
    LAC_PDF_HEADER, /* repeated at the top of pages */
    LAC_PDF_FOOTER, /* repeated at the bottom, page numbers */
} lac_pdf_line_kind;

typedef struct lac_pdf_line {
    uint32_t start, length; /* bytes of the text, without white space at both ends; 0: blank */
    uint32_t page;          /* from 1 */
    uint32_t indent, end;   /* columns, in characters, where its text begins and ends */
    uint8_t kind;           /* lac_pdf_line_kind */
    bool repeats;           /* furniture that stood on an earlier page already */
} lac_pdf_line;

typedef struct lac_pdf_page {
    uint32_t first, end; /* lines */
    uint32_t readable;   /* letters and digits, running headers included */
    uint32_t unreadable; /* characters without meaning: the font tells none */
} lac_pdf_page;

typedef struct lac_pdf_pages {
    lac_buf text; /* valid UTF-8 without control characters but the line ends and form feeds */
    lac_pdf_line *lines;
    size_t line_count, line_cap;
    lac_pdf_page *pages;
    size_t page_count, page_cap;
} lac_pdf_pages;

lacuna_status lac_pdf_pages_read(lac_pdf_pages *pages, lac_span printed, const lac_limits *limits);
void lac_pdf_pages_free(lac_pdf_pages *pages);

lac_span lac_pdf_line_text(const lac_pdf_pages *pages, size_t line);

/* Letters and digits of a page without its running headers and footers. */
uint32_t lac_pdf_page_own_characters(const lac_pdf_pages *pages, size_t page);

#endif
