/* A result that outlives the text of its document. */
#include "analyzer/ectd/leaves.h"
#include "support/error.h"

#include <string.h>

typedef struct detacher {
    lac_document_result *result;
    const lac_document *shell;
    const lac_leaf_place *place;
} detacher;

/* Names of parts belong to the document. */
static const char *own_part(const detacher *d, const char *part)
{
    for (uint32_t i = 0; part != NULL && i < d->shell->part_count; i++) {
        if (strcmp(d->shell->parts[i], part) == 0) {
            return d->shell->parts[i];
        }
    }
    return "";
}

static void detach_anchor(const detacher *d, lac_anchor *anchor)
{
    anchor->part = own_part(d, anchor->part);
    anchor->leaf = d->place;
}

static bool detach_evidence(const detacher *d, lac_evidence *list, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const char *copy = lac_arena_copy(&d->result->arena, list[i].quote);
        if (copy == NULL) {
            return false;
        }
        list[i].quote = lac_span_make(copy, list[i].quote.len);
        detach_anchor(d, &list[i].anchor);
    }
    return true;
}

static bool detach_profile(const detacher *d, const lac_known_facts *profile)
{
    for (uint32_t i = 0; i < profile->count; i++) {
        lac_known_fact *fact = &profile->items[i];
        if (!detach_evidence(d, fact->evidence, fact->evidence_count)) {
            return false;
        }
    }
    return true;
}

static bool detach_item(const detacher *d, lac_item_result *item)
{
    if (!detach_evidence(d, item->evidence, item->evidence_count)) {
        return false;
    }
    for (uint32_t i = 0; i < item->nearest_count; i++) {
        detach_anchor(d, &item->nearest[i].anchor);
    }
    for (uint32_t i = 0; i < item->located_count; i++) {
        detach_anchor(d, &item->located[i].anchor);
    }
    return true;
}

static bool detach_lists(const detacher *d, lac_checklist_result *lists, uint32_t count)
{
    for (uint32_t c = 0; c < count; c++) {
        for (uint32_t i = 0; i < lists[c].item_count; i++) {
            if (!detach_item(d, &lists[c].items[i])) {
                return false;
            }
        }
    }
    return true;
}

lacuna_status lac_result_detach(lac_document_result *result, const lac_document *shell,
                                const lac_leaf_place *place, lacuna_error *err)
{
    detacher d = {result, shell, place};
    result->document = shell;
    if (!detach_lists(&d, result->checklists, result->checklist_count) ||
        !detach_lists(&d, result->sections, result->section_count) ||
        !detach_profile(&d, &result->profile)) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < result->finding_count; i++) {
        for (uint32_t a = 0; a < result->findings[i].anchor_count; a++) {
            detach_anchor(&d, &result->findings[i].anchors[a]);
        }
    }
    return LACUNA_OK;
}
