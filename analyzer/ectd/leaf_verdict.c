/* Several documents under one heading: a section that one of them has is there. */
#include "analyzer/ectd/leaves.h"

#include <string.h>

/* Which answer counts for more: what a document has, what it says of itself, what it lacks. */
static int rank(const lac_item_result *result)
{
    bool declared = strncmp(result->reason, "not-applicable/declared", 23) == 0;
    switch (result->status) {
    case LAC_MET:
    case LAC_WAIVED:
        return 8;
    case LAC_CONTRADICTS:
        return 7;
    case LAC_NOT_APPLICABLE:
        return declared ? 6 : 1;
    case LAC_PARTIAL:
        return 5;
    case LAC_NOT_EVALUATED:
        return 4;
    case LAC_MISSING: /* a heading without content tells more than none */
        return strcmp(result->reason, "missing/not-found") == 0 ? 2 : 3;
    }
    return 0;
}

static const lac_item_result *answer_of(const lac_document_result *result, const lac_item *item)
{
    for (uint32_t s = 0; result != NULL && s < result->section_count; s++) {
        const lac_checklist_result *list = &result->sections[s];
        for (uint32_t i = 0; i < list->item_count; i++) {
            if (list->items[i].item == item) {
                return &list->items[i];
            }
        }
    }
    return NULL;
}

static bool is_partly_read(const lac_document *document)
{
    for (uint32_t i = 0; i < document->note_count; i++) {
        if (document->notes[i].text_missing) {
            return true;
        }
    }
    return false;
}

/* Pages that are pictures often carry a stamp or a page number as text. */
static bool has_little_text(const lac_leaf *leaf)
{
    enum { LEAST_WORDS_OF_A_PAGE = 40 };
    uint64_t pages = leaf->document->page_count;
    return leaf->document->format == LAC_FORMAT_PDF &&
           leaf->result->words < pages * LEAST_WORDS_OF_A_PAGE;
}

const char *lac_leaf_why_unread(const lac_leaf *leaf)
{
    if (!leaf->read) {
        return "not-evaluated/not-read";
    }
    if (leaf->document->not_evaluated != NULL) {
        return leaf->document->not_evaluated;
    }
    if (leaf->document->pages_without_text > 0) {
        return "not-evaluated/pages-without-text";
    }
    if (has_little_text(leaf)) {
        return "not-evaluated/little-text";
    }
    return is_partly_read(leaf->document) ? "not-evaluated/partly-read" : NULL;
}

/* The same of what is filed at a placement. */
static const char *why_unread(const lac_leaves *leaves, uint32_t placement)
{
    uint32_t file = leaves->submission->placements[placement].file;
    if (file == LAC_NONE) {
        return "not-evaluated/file-missing";
    }
    bool no_document = leaves->of_file[file] == LAC_NONE; /* a data set or picture */
    return no_document ? NULL : lac_leaf_why_unread(&leaves->items[leaves->of_file[file]]);
}

void lac_leaves_verdict(lac_leaf_verdict *out, const lac_leaves *leaves, const lac_view *view,
                        const lac_item *item)
{
    *out = (lac_leaf_verdict){.best = NULL};
    out->count = lac_filed_for_sections(&out->first, view, item->filing.inside);
    for (uint32_t i = out->first; i < out->first + out->count; i++) {
        uint32_t placement = view->items[i].placement;
        uint32_t file = leaves->submission->placements[placement].file;
        const char *why = why_unread(leaves, placement);
        if (why != NULL && out->unread == NULL) {
            out->unread = why;
            out->unread_at = i;
        }
        if (file == LAC_NONE || leaves->of_file[file] == LAC_NONE) {
            continue;
        }
        const lac_leaf *leaf = &leaves->items[leaves->of_file[file]];
        bool silent = leaf->document == NULL || leaf->document->not_evaluated != NULL;
        const lac_item_result *answer = silent ? NULL : answer_of(leaf->result, item);
        if (answer != NULL && (out->best == NULL || rank(answer) > rank(out->best))) {
            out->best = answer;
            out->at = i;
        }
    }
}
