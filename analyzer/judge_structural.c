/* Structural items: containers whose status is what their children show. */
#include "analyzer/evidence.h"
#include "analyzer/judge.h"
#include "support/error.h"

typedef struct tally {
    uint32_t met, partial, gaps, not_applicable, not_evaluated, total;
} tally;

static void count(tally *t, lac_item_status status)
{
    t->total++;
    switch (status) {
    case LAC_MET:
    case LAC_WAIVED:
        t->met++;
        break;
    case LAC_PARTIAL:
        t->partial++;
        break;
    case LAC_MISSING:
    case LAC_CONTRADICTS:
        t->gaps++;
        break;
    case LAC_NOT_APPLICABLE:
        t->not_applicable++;
        break;
    case LAC_NOT_EVALUATED:
        t->not_evaluated++;
        break;
    }
}

/* Children follow their parents, so walking backwards sees every child's status first. */
static tally tally_children(const lac_item_result *items, const lac_checklist *checklist,
                            uint32_t parent)
{
    tally t = {0};
    for (uint32_t i = parent + 1; i < checklist->item_count; i++) {
        if (checklist->items[i].parent == parent) {
            count(&t, items[i].status);
        }
    }
    return t;
}

static void derive(lac_item_result *out, tally t, bool heading)
{
    out->confidence = 0.8;
    if (t.total > 0 && t.not_applicable == t.total) {
        out->status = LAC_NOT_APPLICABLE;
        out->reason = "not-applicable/derived";
        out->explanation = "None of its items applies.";
    } else if (t.total > 0 && t.not_evaluated == t.total) {
        out->status = LAC_NOT_EVALUATED;
        out->reason = "not-evaluated/derived";
        out->explanation = "None of its items could be evaluated.";
    } else if (heading && t.gaps > 0 && t.met + t.partial + t.not_evaluated == 0) {
        out->status = LAC_PARTIAL;
        out->reason = "partial/heading-only";
        out->explanation = "Its heading is there; none of its items was found.";
    } else if (t.met + t.partial > 0 || heading) {
        bool whole = t.gaps + t.partial + t.not_evaluated == 0;
        out->status = whole || heading || t.met > 0 ? LAC_MET : LAC_PARTIAL;
        out->reason = whole ? "met/derived" : "met/derived-in-part";
        out->explanation = whole ? "Every item of it is addressed."
                                 : "A part of its items is addressed; see each of them.";
        if (out->status == LAC_PARTIAL) {
            out->reason = "partial/derived";
        }
    } else {
        out->status = LAC_MISSING;
        out->reason = "missing/derived";
        out->explanation = "None of its items was found.";
    }
}

void lac_derive_structural(lac_item_result *items, const lac_checklist *checklist, uint32_t index,
                           bool heading)
{
    items[index] = (lac_item_result){.item = &checklist->items[index]};
    derive(&items[index], tally_children(items, checklist, index), heading);
}

lacuna_status lac_judge_structural(lac_item_result *items, const lac_judge *judge,
                                   lacuna_error *err)
{
    const lac_checklist *checklist = judge->checklist;
    for (uint32_t i = checklist->item_count; i-- > 0;) {
        if (checklist->items[i].strength != LAC_STRENGTH_STRUCTURAL) {
            continue;
        }
        const lac_location *location = &judge->locations->items[i];
        bool heading = location->place_count > 0 && location->places[0].firm;
        lac_derive_structural(items, checklist, i, heading);
        if (heading && items[i].status == LAC_MET) {
            items[i].evidence = lac_arena_alloc(judge->arena, sizeof *items[i].evidence);
            if (items[i].evidence == NULL) {
                return lac_fail_nomem(err);
            }
            items[i].evidence[0] =
                lac_evidence_heading(judge->reading, location->places[0].section);
            items[i].evidence_count = 1;
        }
    }
    return LACUNA_OK;
}
