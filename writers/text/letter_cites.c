/* Cites of a query as they were looked up: what the text report tells of them. */
#include "writers/anchor.h"
#include "writers/letter.h"

#include <string.h>

enum { INDENT = 4, LEAD = 2, SHOWN = 4 }; /* places of one cite; the rest is counted */

/* "0001 prot0001 Protocol HVT-204-201, 6.7 Blinding, line 420 of samples/...". */
static void write_place(lac_page *page, const lac_filed_set *filed, const lac_cite_place *place)
{
    if (place->document == LAC_NONE) {
        lac_page_words(page, LAC_INK_PLAIN, place->quote);
        return;
    }
    const lac_filed_document *of = &filed->documents[place->document];
    if (of->leaf != NULL) {
        const char *words[] = {of->leaf->sequence, " ", of->leaf->id, " ", of->leaf->title};
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
            lac_page_text(page, LAC_INK_PLAIN, words[i]);
        }
    } else {
        lac_page_text(page, LAC_INK_PLAIN, of->path);
    }
    if (of->document == NULL || place->section == LAC_NONE) {
        return;
    }
    char label[LAC_HEADING_LABEL_SIZE];
    (void)lac_heading_label(label, sizeof label, &of->document->sections[place->section]);
    lac_page_text(page, LAC_INK_PLAIN, ", ");
    lac_page_text(page, LAC_INK_STRONG, label);
    lac_page_text(page, LAC_INK_FAINT, ", line ");
    lac_page_uint(page, LAC_INK_FAINT, place->anchor.line);
}

static void write_cite(lac_page *page, const lac_filed_set *filed, const lac_resolved_cite *cite)
{
    uint32_t shown = cite->place_count < SHOWN ? cite->place_count : SHOWN;
    uint32_t more = cite->place_count - shown + cite->more;
    lac_page_begin(page, INDENT, INDENT + LEAD);
    lac_page_text(page, LAC_INK_FAINT, "cites ");
    lac_page_text(page, LAC_INK_PLAIN, cite->cite->text);
    if (cite->state != LAC_CITE_FOUND) {
        lac_page_text(page, LAC_INK_WARN, ": ");
        lac_page_text(page, LAC_INK_WARN, lac_cite_state_name(cite->state));
        lac_page_text(page, LAC_INK_PLAIN, ", ");
        lac_page_text(page, LAC_INK_PLAIN, cite->reason);
    }
    for (uint32_t i = 0; i < shown; i++) {
        lac_page_text(page, LAC_INK_PLAIN, i == 0 ? ": " : "; ");
        write_place(page, filed, &cite->places[i]);
    }
    if (more > 0) {
        lac_page_text(page, LAC_INK_FAINT, "; and ");
        lac_page_uint(page, LAC_INK_FAINT, more);
        lac_page_text(page, LAC_INK_FAINT, " more");
    }
    lac_page_end(page);
}

void lac_text_resolved(lac_page *page, const lac_letter_report *report, uint32_t query)
{
    for (uint32_t i = 0; i < report->letter->queries[query].cite_count; i++) {
        write_cite(page, report->filed, &report->resolved[query][i]);
    }
}
