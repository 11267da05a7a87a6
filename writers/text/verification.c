#include "writers/verification.h"

#include "support/utf8.h"

#include <stdio.h>

static void write_head(lac_page *page, const lac_verification_report *report)
{
    const lac_verification *v = report->verification;
    static const struct {
        lac_grounding grounding;
        const char *word;
    } ROWS[] = {{LAC_GROUNDED, " supported"},
                {LAC_UNSUPPORTED, " unsupported"},
                {LAC_CONFLICT, " in conflict"},
                {LAC_PERSON, " for a person"}};
    bool fine = v->counts[LAC_GROUNDED] == v->count && !report->incomplete;
    lac_page_begin(page, 0, 2);
    lac_page_text(page, fine ? LAC_INK_GOOD : LAC_INK_BAD, lac_verification_verdict(report));
    lac_page_text(page, LAC_INK_PLAIN, ": ");
    lac_page_text(page, LAC_INK_STRONG, report->path);
    lac_page_text(page, LAC_INK_PLAIN, ", ");
    lac_page_uint(page, LAC_INK_PLAIN, v->count);
    lac_page_text(page, LAC_INK_PLAIN, v->count == 1 ? " claim: " : " claims: ");
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        lac_page_text(page, LAC_INK_PLAIN, i == 0 ? "" : ", ");
        lac_page_uint(page, LAC_INK_PLAIN, v->counts[ROWS[i].grounding]);
        lac_page_text(page, LAC_INK_PLAIN, ROWS[i].word);
    }
    lac_page_end(page);
}

static void write_place(lac_page *page, const char *path, const lac_document *document,
                        uint32_t offset)
{
    char line[32];
    (void)snprintf(line, sizeof line, ":%u", lac_document_line(document, offset));
    lac_page_text(page, LAC_INK_PLAIN, path);
    lac_page_text(page, LAC_INK_PLAIN, line);
}

static void write_source(lac_page *page, const lac_verification *v, const lac_verified *item)
{
    enum { QUOTE_SHOWN = 200 };
    if (item->source == UINT32_MAX) {
        return;
    }
    const lac_verified_document *source = &v->against[item->source];
    lac_span quote = lac_document_slice(source->document, item->source_start, item->source_end);
    lac_page_begin_labelled(page, 2, item->finding->grounding == LAC_GROUNDED ? "source" : "see");
    lac_page_text(page, LAC_INK_PLAIN, "\"");
    lac_page_words(page, LAC_INK_PLAIN, lac_utf8_prefix(quote, QUOTE_SHOWN));
    lac_page_text(page, LAC_INK_PLAIN, "\" ");
    write_place(page, source->path, source->document, item->source_start);
    lac_page_end(page);
}

static void write_item(lac_page *page, const lac_verification_report *report,
                       const lac_verified *item)
{
    const lac_verification *v = report->verification;
    const lac_ground_finding *f = item->finding;
    lac_ink ink = f->grounding == LAC_GROUNDED ? LAC_INK_GOOD
                  : f->grounding == LAC_PERSON ? LAC_INK_WARN
                                               : LAC_INK_BAD;
    lac_page_blank(page);
    lac_page_begin(page, 0, 2);
    lac_page_text(page, ink, lac_grounding_name((lac_grounding)f->grounding));
    lac_page_text(page, LAC_INK_PLAIN, " ");
    lac_page_text(page, LAC_INK_PLAIN, f->what);
    lac_page_text(page, LAC_INK_PLAIN, " \"");
    lac_page_words(page, LAC_INK_STRONG, lac_document_slice(v->text, item->start, item->end));
    lac_page_text(page, LAC_INK_PLAIN, "\" ");
    write_place(page, report->path, v->text, item->start);
    lac_page_end(page);
    lac_page_labelled(page, 2, "why", lac_span_of(f->message));
    lac_page_labelled(page, 2, "in",
                      lac_document_slice(v->text, item->sentence_start, item->sentence_end));
    write_source(page, v, item);
}

lacuna_status lac_text_verification(const lac_verification_report *report,
                                    const lac_text_style *style, lacuna_write_fn write, void *user,
                                    lacuna_error *err)
{
    lac_output output;
    lac_page page;
    lac_output_init(&output, write, user);
    lac_page_init(&page, &output, style);
    write_head(&page, report);
    for (uint32_t i = 0; i < report->verification->count && style->detail != LAC_DETAIL_SUMMARY;
         i++) {
        const lac_verified *item = &report->verification->items[i];
        if (item->finding->grounding != LAC_GROUNDED || style->detail == LAC_DETAIL_FULL) {
            write_item(&page, report, item);
        }
    }
    for (size_t i = 0; i < report->note_count; i++) {
        lac_page_labelled(&page, 0, "not read", lac_span_of(report->notes[i]));
    }
    return lac_output_finish(&output, err);
}
