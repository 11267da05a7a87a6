#include "writers/text/items.h"

#include "support/buf.h"
#include "writers/anchor.h"

#include <stdlib.h>

enum { ITEM_INDENT = 4, DETAIL_INDENT = 6, SHOWN_QUOTES = 3, SHOWN_NEAREST = 3 };

static void write_title(lac_page *page, const lac_item *item)
{
    lac_page_blank(page);
    lac_page_begin(page, ITEM_INDENT, ITEM_INDENT);
    lac_page_text(page, LAC_INK_STRONG, item->title);
    lac_page_text(page, LAC_INK_FAINT, "  [");
    lac_page_text(page, LAC_INK_FAINT, item->id);
    lac_page_text(page, LAC_INK_FAINT, "]");
    lac_page_end(page);
}

static void write_citation(lac_page *page, const lac_item *item)
{
    const char *citation = item->citation == NULL ? "no source named" : item->citation;
    if (item->confidence == LAC_CONFIDENCE_VERIFIED) {
        lac_page_labelled(page, DETAIL_INDENT, "asked by", lac_span_of(citation));
        return;
    }
    lac_page_labelled_two(page, DETAIL_INDENT, "asked by", lac_span_of(citation),
                          item->confidence == LAC_CONFIDENCE_MEMORY
                              ? "; from memory, not verified against the source"
                              : "; read in a third party's rendering");
}

void lac_text_place(lac_page *page, const lac_anchor *anchor)
{
    if (anchor->page > 0) {
        lac_page_text(page, LAC_INK_FAINT, "page ");
        lac_page_uint(page, LAC_INK_FAINT, anchor->page);
        lac_page_text(page, LAC_INK_FAINT, ", ");
    }
    lac_page_text(page, LAC_INK_FAINT, "line ");
    lac_page_uint(page, LAC_INK_FAINT, anchor->line);
}

/* "sequence 0001, m1/us/cover.pdf [leaf-id]" */
static void write_leaf(lac_page *page, const lac_leaf_place *leaf)
{
    lac_page_text(page, LAC_INK_FAINT, "sequence ");
    lac_page_text(page, LAC_INK_FAINT, leaf->sequence);
    lac_page_text(page, LAC_INK_FAINT, ", ");
    lac_page_text(page, LAC_INK_FAINT, leaf->file);
    lac_page_text(page, LAC_INK_FAINT, " [");
    lac_page_text(page, LAC_INK_FAINT, leaf->id);
    lac_page_text(page, LAC_INK_FAINT, "]");
}

/* Of a document, where it is filed was said already. */
static void write_place(lac_page *page, const lac_report_document *document,
                        const lac_anchor *anchor)
{
    if (anchor->leaf != NULL && document->is_submission) {
        write_leaf(page, anchor->leaf);
        if (anchor->block == LAC_NONE) {
            return;
        }
        lac_page_text(page, LAC_INK_FAINT, ", ");
    }
    lac_text_place(page, anchor);
}

/* What shows that a conditional item applies is kept apart from what addresses it. */
static bool shows_condition(const lac_evidence *evidence)
{
    return evidence->fact != NULL && strcmp(evidence->fact, "condition") == 0;
}

static void write_quote(lac_page *page, const lac_report_document *document, const char *label,
                        const lac_evidence *evidence)
{
    lac_page_begin_labelled(page, DETAIL_INDENT, label);
    write_place(page, document, &evidence->anchor);
    if (evidence->fact != NULL && !shows_condition(evidence)) {
        lac_page_text(page, LAC_INK_FAINT, ", ");
        lac_page_text(page, LAC_INK_FAINT, evidence->fact);
    }
    lac_page_text(page, LAC_INK_PLAIN, ": \"");
    lac_page_words(page, LAC_INK_PLAIN, evidence->quote);
    lac_page_text(page, LAC_INK_PLAIN, "\"");
    lac_page_end(page);
}

static void write_quotes(lac_page *page, const lac_report_document *document, const char *label,
                         bool of_condition, const lac_item_result *result)
{
    uint32_t most = page->style.detail == LAC_DETAIL_FULL ? UINT32_MAX : SHOWN_QUOTES;
    uint32_t count = 0;
    for (uint32_t i = 0; i < result->evidence_count; i++) {
        if (shows_condition(&result->evidence[i]) == of_condition) {
            if (count < most) {
                write_quote(page, document, count == 0 ? label : "", &result->evidence[i]);
            }
            count++;
        }
    }
    if (count > most) {
        lac_page_begin_labelled(page, DETAIL_INDENT, "");
        lac_page_text(page, LAC_INK_PLAIN, "and ");
        lac_page_uint(page, LAC_INK_PLAIN, count - most);
        lac_page_text(page, LAC_INK_PLAIN, " more");
        lac_page_end(page);
    }
}

/* What the document says that the section refers to. */
static void write_followed(lac_page *page, const lac_report_document *document,
                           const lac_item_result *result)
{
    if (result->followed == NULL) {
        return;
    }
    lac_page_begin_labelled(page, DETAIL_INDENT, "followed");
    write_leaf(page, result->followed->place);
    lac_page_end(page);
    for (uint32_t i = 0; i < result->followed->evidence_count && i < SHOWN_QUOTES; i++) {
        write_quote(page, document, "", &result->followed->evidence[i]);
    }
}

static void write_nearest(lac_page *page, const lac_report_document *of,
                          const lac_item_result *result)
{
    for (uint32_t i = 0; i < result->nearest_count && i < SHOWN_NEAREST; i++) {
        char label[LAC_HEADING_LABEL_SIZE];
        const lac_candidate *near = &result->nearest[i];
        size_t length =
            lac_heading_label(label, sizeof label, &of->document->sections[near->section]);
        lac_page_begin_labelled(page, DETAIL_INDENT, i == 0 ? "nearest" : "");
        lac_page_words(page, LAC_INK_PLAIN, lac_span_make(label, length));
        lac_page_text(page, LAC_INK_PLAIN, " ");
        lac_page_text(page, LAC_INK_FAINT, "(");
        write_place(page, of, &near->anchor);
        lac_page_text(page, LAC_INK_FAINT, ")");
        lac_page_end(page);
    }
}

static void write_list(lac_page *page, const char *label, const char **texts, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        lac_page_labelled(page, DETAIL_INDENT, i == 0 ? label : "", lac_span_of(texts[i]));
    }
}

static const char *status_label(lac_item_status status)
{
    return status == LAC_MISSING ? "missing" : status == LAC_PARTIAL ? "partly" : "contradicts";
}

void lac_text_gap(lac_page *page, const lac_report_document *document,
                  const lac_item_result *result)
{
    const lac_item *item = result->item;
    write_title(page, item);
    write_citation(page, item);
    lac_page_labelled(page, DETAIL_INDENT, "asks for", lac_span_of(item->requirement));
    lac_page_labelled(page, DETAIL_INDENT, status_label(result->status),
                      lac_span_of(result->explanation));
    if (result->known) {
        lac_page_labelled(page, DETAIL_INDENT, "known", lac_span_of("in the baseline"));
    }
    write_quotes(page, document, "applies", true, result);
    write_quotes(page, document, "found", false, result);
    write_followed(page, document, result);
    /* Where a section was found, the headings that were looked for tell nothing more. */
    bool brief = result->status == LAC_PARTIAL && page->style.detail != LAC_DETAIL_FULL;
    uint32_t looked = brief && result->searched_count > 1 ? 1 : result->searched_count;
    write_list(page, "looked", result->searched, looked);
    if (!brief) {
        write_nearest(page, document, result);
    }
    write_list(page, "needs", result->needs, result->needs_count);
}

static bool same_reason(const lac_item_result *a, const lac_item_result *b)
{
    return strcmp(a->reason, b->reason) == 0 && strcmp(a->explanation, b->explanation) == 0;
}

static bool belongs(const lac_item_result *result, lac_item_status status)
{
    return result->status == status && !lac_item_is_structural(result->item);
}

static bool seen_before(const lac_checklist_result *list, uint32_t at, lac_item_status status)
{
    for (uint32_t i = 0; i < at; i++) {
        if (belongs(&list->items[i], status) && same_reason(&list->items[i], &list->items[at])) {
            return true;
        }
    }
    return false;
}

static void write_group(lac_page *page, const lac_checklist_result *list, uint32_t first)
{
    const lac_item_result *head = &list->items[first];
    lac_page_begin(page, ITEM_INDENT, DETAIL_INDENT);
    lac_page_text(page, LAC_INK_PLAIN, head->explanation);
    lac_page_end(page);
    lac_page_begin(page, DETAIL_INDENT, DETAIL_INDENT);
    for (uint32_t i = first; i < list->item_count; i++) {
        const lac_item_result *result = &list->items[i];
        if (belongs(result, head->status) && same_reason(result, head)) {
            lac_page_text(page, LAC_INK_PLAIN, i == first ? "" : "; ");
            lac_page_text(page, LAC_INK_PLAIN, result->item->title);
            lac_page_text(page, LAC_INK_FAINT, " [");
            lac_page_text(page, LAC_INK_FAINT, result->item->id);
            lac_page_text(page, LAC_INK_FAINT, "]");
        }
    }
    lac_page_end(page);
}

void lac_text_by_reason(lac_page *page, const lac_checklist_result *list, lac_item_status status)
{
    for (uint32_t i = 0; i < list->item_count; i++) {
        if (belongs(&list->items[i], status) && !seen_before(list, i, status)) {
            write_group(page, list, i);
        }
    }
}

void lac_text_met(lac_page *page, const lac_report_document *document,
                  const lac_item_result *result)
{
    write_title(page, result->item);
    lac_page_labelled(page, DETAIL_INDENT, "met", lac_span_of(result->explanation));
    write_quotes(page, document, "applies", true, result);
    write_quotes(page, document, "found", false, result);
    write_followed(page, document, result);
}

static void write_vote(lac_page *page, const lac_report_document *document, const char *label,
                       const lac_vote *vote)
{
    lac_page_begin_labelled(page, DETAIL_INDENT, label);
    lac_page_text(page, LAC_INK_PLAIN, lac_item_status_name(vote->status));
    if (vote->words[0] != '\0') {
        lac_page_text(page, LAC_INK_FAINT, ", in its own words, not verified: ");
        lac_page_text(page, LAC_INK_PLAIN, vote->words);
    }
    lac_page_end(page);
    for (uint32_t i = 0; i < vote->evidence_count && i < SHOWN_QUOTES; i++) {
        write_quote(page, document, "", &vote->evidence[i]);
    }
}

void lac_text_differing_votes(lac_page *page, const lac_report_document *document,
                              const lac_checklist_result *list)
{
    for (uint32_t i = 0; i < list->item_count; i++) {
        const lac_item_result *result = &list->items[i];
        if (result->model_vote != NULL && result->decision == NULL && result->waiver == NULL &&
            result->status != result->rule_vote->status &&
            result->status != result->model_vote->status) {
            write_title(page, result->item);
            write_citation(page, result->item);
            lac_page_labelled(page, DETAIL_INDENT, "asks for",
                              lac_span_of(result->item->requirement));
            write_vote(page, document, "rules", result->rule_vote);
            write_vote(page, document, "model", result->model_vote);
        }
    }
}
