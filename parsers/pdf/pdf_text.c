#include "parsers/pdf/pdf_text.h"

#include "parsers/document_builder.h"
#include "parsers/pdf/blocks.h"
#include "parsers/pdf/furniture.h"
#include "parsers/pdf/outline.h"
#include "parsers/text/plain.h"
#include "support/error.h"

#include <string.h>

enum {
    NOTE_MAX = 1024,
    LEAST_CHARACTERS = 4, /* letters and digits; fewer are specks a scanner read */
    PAGES_TOLD = 60,      /* ranges of page numbers in a note */
};

static lacuna_status explain(lacuna_status status, lacuna_error *err)
{
    if (status == LACUNA_E_LIMIT) {
        return lac_fail_remedy(err, status, "Raise the limit if the file is genuine, or split it.",
                               "the text is larger, or has more lines or pages, than the limits "
                               "allow");
    }
    return status == LACUNA_E_NOMEM ? lac_fail_nomem(err)
                                    : lac_fail(err, status, "the text cannot be taken apart");
}

static const char NOT_EVALUATED[] = "not-evaluated/pdf";

/* ---- pages without text --------------------------------------------------------------------- */

/* Fonts that do not say which character a shape is give signs without meaning. */
static bool is_without_text(const lac_pdf_pages *pages, size_t page)
{
    const lac_pdf_page *p = &pages->pages[page];
    return p->unreadable > p->readable ||
           lac_pdf_page_own_characters(pages, page) < LEAST_CHARACTERS;
}

/* " 3, 7-9": the pages from `first` on, which are none of them with text; moves *at behind them. */
static lacuna_status tell_range(lac_buf *note, const lac_pdf_pages *pages, size_t *at, bool begun)
{
    size_t first = *at;
    while (*at < pages->page_count && is_without_text(pages, *at)) {
        ++*at;
    }
    return *at == first + 1 ? lac_buf_printf(note, "%s %zu", begun ? "," : "", first + 1)
                            : lac_buf_printf(note, "%s %zu-%zu", begun ? "," : "", first + 1, *at);
}

static lacuna_status tell_pages(lac_buf *note, const lac_pdf_pages *pages, uint32_t count)
{
    size_t ranges = 0;
    lacuna_status status =
        count == pages->page_count
            ? lac_buf_printf(note, "none of its %zu page%s has text", pages->page_count,
                             count == 1 ? "" : "s")
            : lac_buf_printf(note, "%u of %zu pages %s no text of their own:", count,
                             pages->page_count, count == 1 ? "has" : "have");
    for (size_t i = 0; i < pages->page_count && status == LACUNA_OK && count < pages->page_count;) {
        if (!is_without_text(pages, i)) {
            i++;
        } else if (ranges == PAGES_TOLD) {
            return lac_buf_append_text(note, " ...");
        } else {
            status = tell_range(note, pages, &i, ranges++ > 0);
        }
    }
    return status;
}

static lacuna_status note_pages(lac_builder *builder, const lac_pdf_pages *pages)
{
    lac_document *document = builder->document;
    document->page_count = (uint32_t)pages->page_count;
    for (size_t i = 0; i < pages->page_count; i++) {
        document->pages_without_text += is_without_text(pages, i);
    }
    if (document->pages_without_text == 0) {
        return LACUNA_OK;
    }
    if (document->pages_without_text == document->page_count) {
        document->not_evaluated = NOT_EVALUATED;
    }
    lac_buf note;
    lac_buf_init(&note, NOTE_MAX);
    lacuna_status status = tell_pages(&note, pages, document->pages_without_text);
    if (status == LACUNA_OK) {
        status = lac_builder_note(builder, "pdf/page-without-text", LAC_NONE, lac_buf_text(&note));
    }
    lac_buf_free(&note);
    return status;
}

/* What Adobe's forms (XFA) show in every program that does not know them. */
static bool is_stand_in(const lac_pdf_pages *pages)
{
    static const char words[] = "If this message is not eventually replaced";
    for (size_t i = 0; i < pages->line_count && pages->page_count == 1; i++) {
        if (lac_span_starts_nocase(lac_pdf_line_text(pages, i), words)) {
            return true;
        }
    }
    return false;
}

static lacuna_status note_stand_in(lac_builder *builder)
{
    builder->document->page_count = 1;
    builder->document->pages_without_text = 1;
    builder->document->not_evaluated = NOT_EVALUATED;
    return lac_builder_note(builder, "pdf/dynamic-form", LAC_NONE,
                            "a form (XFA) that only Adobe's software shows; its pages say no more "
                            "than that");
}

static lacuna_status note_complaint(lac_builder *builder, const char *complaint)
{
    lac_buf note;
    lac_buf_init(&note, NOTE_MAX);
    lacuna_status status = LACUNA_OK;
    if (complaint[0] != '\0') {
        status = lac_buf_printf(&note, "damaged in places, text may be missing: %s", complaint);
        if (status == LACUNA_OK) {
            status = lac_builder_note(builder, "pdf/damaged", LAC_NONE, lac_buf_text(&note));
        }
    }
    lac_buf_free(&note);
    return status;
}

/* ---- the document --------------------------------------------------------------------------- */

static lacuna_status emit(lac_builder *builder, const lac_pdf_pages *pages,
                          const lac_limits *limits)
{
    lac_pdf_flow flow;
    lacuna_status status = lac_pdf_flow_read(&flow, pages, limits);
    if (status == LACUNA_OK) {
        status = lac_plain_headings(&flow.lines);
    }
    if (status == LACUNA_OK) {
        status = lac_pdf_agree_with_contents(&flow);
    }
    if (status == LACUNA_OK) {
        status = lac_pdf_emit_body(builder, &flow);
    }
    if (status == LACUNA_OK) {
        status = lac_pdf_emit_furniture(builder, pages);
    }
    lac_pdf_flow_free(&flow);
    return status;
}

static lacuna_status build(lac_builder *builder, lac_span printed, const char *complaint,
                           const lac_limits *limits)
{
    uint32_t part;
    lac_pdf_pages pages;
    lacuna_status status = lac_pdf_pages_read(&pages, printed, limits);
    if (status == LACUNA_OK) {
        status = lac_builder_part(builder, &part, "");
    }
    if (status == LACUNA_OK) {
        status = note_complaint(builder, complaint);
    }
    if (status == LACUNA_OK && is_stand_in(&pages)) {
        status = note_stand_in(builder);
    } else if (status == LACUNA_OK) {
        status = lac_pdf_mark_furniture(&pages);
        status = status == LACUNA_OK ? note_pages(builder, &pages) : status;
        status = status == LACUNA_OK ? emit(builder, &pages, limits) : status;
    }
    lac_pdf_pages_free(&pages);
    return status;
}

lacuna_status lac_pdf_text_read(lac_document **out, lac_span printed, const char *complaint,
                                const lac_limits *limits, lacuna_error *err)
{
    lac_builder builder;
    *out = NULL;
    lacuna_status status = lac_builder_init(&builder, LAC_FORMAT_PDF, limits, err);
    if (status != LACUNA_OK) {
        return status;
    }
    status = build(&builder, printed, complaint, limits);
    if (status != LACUNA_OK) {
        lac_builder_free(&builder);
        return explain(status, err);
    }
    return lac_builder_finish(out, &builder, err);
}

lacuna_status lac_pdf_without_reader(lac_document **out, const lac_limits *limits,
                                     lacuna_error *err)
{
    lac_builder builder;
    *out = NULL;
    lacuna_status status = lac_builder_init(&builder, LAC_FORMAT_PDF, limits, err);
    if (status != LACUNA_OK) {
        return status;
    }
    builder.document->not_evaluated = NOT_EVALUATED;
    status = lac_builder_note(&builder, "pdf/no-reader", LAC_NONE,
                              "a PDF, and there is no program to read it; install poppler-utils "
                              "(pdftotext), or check the Word source");
    if (status != LACUNA_OK) {
        lac_builder_free(&builder);
        return explain(status, err);
    }
    return lac_builder_finish(out, &builder, err);
}
