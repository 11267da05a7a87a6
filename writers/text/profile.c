#include "writers/text/profile.h"

#include "analyzer/document_profile.h"
#include "support/utf8.h"

#include <stdio.h>

enum { SHOWN_QUOTE = 120 /* bytes */ };

static void write_sureness(lac_page *page, const lac_known_fact *fact)
{
    char percent[24] = "";
    if (fact->source == LAC_FACT_DETECTED) {
        (void)snprintf(percent, sizeof percent, " %.2f", fact->confidence);
    }
    lac_page_text(page, LAC_INK_FAINT, " (");
    lac_page_text(page, LAC_INK_FAINT, lac_fact_source_name(fact->source));
    lac_page_text(page, LAC_INK_FAINT, percent);
    for (uint32_t i = 0; i < fact->evidence_count; i++) {
        lac_page_text(page, LAC_INK_FAINT, i == 0 ? ", line " : "; line ");
        lac_page_uint(page, LAC_INK_FAINT, fact->evidence[i].anchor.line);
        lac_page_text(page, LAC_INK_FAINT, ": \"");
        lac_page_words(page, LAC_INK_FAINT, lac_utf8_prefix(fact->evidence[i].quote, SHOWN_QUOTE));
        lac_page_text(page, LAC_INK_FAINT,
                      fact->evidence[i].quote.len > SHOWN_QUOTE ? "...\"" : "\"");
    }
    lac_page_text(page, LAC_INK_FAINT, ")");
}

static void write_fact(lac_page *page, const lac_known_fact *fact)
{
    lac_page_text(page, LAC_INK_PLAIN, fact->key);
    lac_page_text(page, LAC_INK_PLAIN, fact->value_count > 1 ? " unclear, " : " ");
    for (uint32_t i = 0; i < fact->value_count; i++) {
        lac_page_text(page, LAC_INK_PLAIN, i == 0 ? "" : " or ");
        lac_page_text(page, LAC_INK_PLAIN, fact->values[i]);
    }
    write_sureness(page, fact);
}

void lac_text_profile(lac_page *page, const lac_document_result *result, uint32_t indent)
{
    if (page->style.detail != LAC_DETAIL_FULL) {
        return;
    }
    for (uint32_t i = 0; i < result->profile.count; i++) {
        lac_page_begin_labelled(page, indent, i == 0 ? "profile" : "");
        write_fact(page, &result->profile.items[i]);
        lac_page_end(page);
    }
}
