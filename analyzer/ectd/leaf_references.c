#include "analyzer/ectd/leaf_references.h"

#include "analyzer/declared.h"
#include "analyzer/gap_findings.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

enum { REFERENCES_MAX = 1u << 16 };

/* ---- which document is meant ---------------------------------------------------------------- */

static const lac_referred_row *kind_of(const lac_place_calls *calls, lac_span sentence)
{
    for (uint32_t i = 0; i < calls->referred_count; i++) {
        const lac_texts *words = &calls->referred[i].words;
        for (uint32_t w = 0; w < words->count; w++) {
            if (lac_names_words(sentence, words->items[w])) {
                return &calls->referred[i];
            }
        }
    }
    return NULL;
}

/* By what it shows to be, or by the heading it is filed under. */
static bool is_of_kind(const lac_leaf *leaf, const lac_referred_row *kind)
{
    if (!leaf->read || leaf->document->not_evaluated != NULL) {
        return false;
    }
    bool is = lac_texts_hold(&kind->types, leaf->result->type.value);
    for (uint32_t i = 0; i < leaf->call_count && leaf->result->type.value[0] == '\0'; i++) {
        const lac_document_call *call = leaf->calls[i];
        is = is || (!call->detected && call->type_count > 0 &&
                    lac_texts_hold(&kind->types, call->types[0]));
    }
    return is;
}

/* The only other document of the kind, of the study or of the application; LAC_NONE. */
static uint32_t only_one(const lac_leaves *leaves, uint32_t from, const lac_referred_row *kind,
                         const lac_study *study)
{
    uint32_t found = LAC_NONE;
    const lac_leaf *asking = &leaves->items[from];
    for (uint32_t i = 0; i < leaves->count; i++) {
        const lac_leaf *leaf = &leaves->items[i];
        if (i == from || !is_of_kind(leaf, kind) ||
            leaf->places[0]->application_index != asking->places[0]->application_index ||
            (study != NULL && lac_leaf_study(leaves->submission, leaf->file) != study)) {
            continue;
        }
        if (found != LAC_NONE) {
            return LAC_NONE;
        }
        found = i;
    }
    return found;
}

static uint32_t find_target(const lac_leaves *leaves, uint32_t from, const lac_referred_row *kind)
{
    const lac_study *study = lac_leaf_study(leaves->submission, leaves->items[from].file);
    uint32_t target = study == NULL ? LAC_NONE : only_one(leaves, from, kind, study);
    return target != LAC_NONE ? target : only_one(leaves, from, kind, NULL);
}

/* ---- the plan ------------------------------------------------------------------------------- */

typedef struct planner {
    lac_leaves *leaves;
    const lac_place_calls *calls;
    lac_leaf_reference *items;
    size_t count, cap;
    lacuna_error *err;
} planner;

static bool only_refers(const lac_item_result *item)
{
    return item->status == LAC_NOT_EVALUATED && item->evidence_count > 0 &&
           strcmp(item->reason, "not-evaluated/refers-elsewhere") == 0;
}

static lacuna_status plan_item(planner *p, uint32_t leaf, const lac_checklist *checklist,
                               lac_item_result *item)
{
    const lac_referred_row *kind =
        only_refers(item) ? kind_of(p->calls, item->evidence[0].quote) : NULL;
    uint32_t target = kind == NULL ? LAC_NONE : find_target(p->leaves, leaf, kind);
    if (target == LAC_NONE) {
        return LACUNA_OK;
    }
    void *items = p->items;
    lacuna_status status =
        lac_grow(&items, &p->cap, p->count + 1, sizeof *p->items, REFERENCES_MAX);
    p->items = items;
    if (status != LACUNA_OK) {
        return lac_fail(p->err, status, "too many references between documents");
    }
    p->items[p->count] = (lac_leaf_reference){target, leaf, (uint32_t)p->count, checklist, item};
    p->count++;
    return LACUNA_OK;
}

static lacuna_status plan_leaf(planner *p, uint32_t at)
{
    lacuna_status status = LACUNA_OK;
    lac_document_result *result = p->leaves->items[at].result;
    for (uint32_t c = 0; result != NULL && c < result->checklist_count; c++) {
        lac_checklist_result *list = &result->checklists[c];
        for (uint32_t i = 0; i < list->item_count && status == LACUNA_OK; i++) {
            status = plan_item(p, at, list->checklist, &list->items[i]);
        }
    }
    return status;
}

static int by_target(const void *a, const void *b)
{
    const lac_leaf_reference *x = a;
    const lac_leaf_reference *y = b;
    if (x->target != y->target) {
        return x->target < y->target ? -1 : 1;
    }
    return (x->order > y->order) - (x->order < y->order);
}

lacuna_status lac_leaf_references_plan(lac_leaf_references *out, lac_leaves *leaves,
                                       lac_arena *arena, lacuna_error *err)
{
    lac_place_calls calls;
    *out = (lac_leaf_references){NULL, 0};
    planner p = {.leaves = leaves, .calls = &calls, .err = err};
    lacuna_status status = lac_place_calls_load(&calls, arena, err);
    for (uint32_t i = 0; i < leaves->count && status == LACUNA_OK; i++) {
        status = plan_leaf(&p, i);
    }
    if (status == LACUNA_OK && p.count > 0) {
        qsort(p.items, p.count, sizeof *p.items, by_target);
        out->items = lac_arena_array(arena, p.count, sizeof *out->items);
        out->count = p.count;
        if (out->items == NULL) {
            status = lac_fail_nomem(err);
        } else {
            memcpy(out->items, p.items, p.count * sizeof *p.items);
        }
    }
    free(p.items);
    return status;
}

/* ---- the answer ----------------------------------------------------------------------------- */

/* Items of one checklist that a run of references asks for, as a checklist of the target; whether
 * they are asked at all was decided. */
static lacuna_status make_list(lac_checklist *out, const lac_leaf_reference *references,
                               size_t count, lac_arena *arena, lacuna_error *err)
{
    lac_item *items = lac_arena_array(arena, count, sizeof *items);
    if (items == NULL) {
        return lac_fail_nomem(err);
    }
    for (size_t i = 0; i < count; i++) {
        items[i] = *references[i].item->item;
        items[i].parent = LAC_NONE;
        items[i].first_child = LAC_NONE;
        items[i].condition.kind = LAC_CONDITION_NONE;
    }
    *out = *references[0].checklist;
    out->items = items;
    out->item_count = (uint32_t)count;
    return LACUNA_OK;
}

static lacuna_status make_lists(const lac_checklist **asked, uint32_t *asked_count,
                                const lac_leaf_reference *references, size_t count,
                                lac_arena *arena, lacuna_error *err)
{
    lac_checklist *lists = lac_arena_array(arena, count, sizeof *lists);
    lacuna_status status = lists == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    for (size_t i = 0; i < count && status == LACUNA_OK;) {
        size_t end = i + 1;
        while (end < count && references[end].checklist == references[i].checklist) {
            end++;
        }
        status = make_list(&lists[*asked_count], &references[i], end - i, arena, err);
        asked[*asked_count] = &lists[*asked_count];
        (*asked_count)++;
        i = end;
    }
    return status;
}

static lacuna_status copy_evidence(lac_followed *followed, const lac_item_result *from,
                                   lac_arena *arena, lacuna_error *err)
{
    followed->evidence = lac_arena_array(arena, from->evidence_count, sizeof *followed->evidence);
    if (followed->evidence == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < from->evidence_count; i++) {
        const lac_evidence *evidence = &from->evidence[i];
        const char *quote = lac_arena_copy(arena, evidence->quote);
        const char *fact =
            evidence->fact == NULL ? "" : lac_arena_copy(arena, lac_span_of(evidence->fact));
        if (quote == NULL || fact == NULL) {
            return lac_fail_nomem(err);
        }
        lac_anchor anchor = evidence->anchor;
        anchor.part = "";
        anchor.section = LAC_NONE; /* of a document that is not kept */
        anchor.leaf = followed->place;
        followed->evidence[i] = (lac_evidence){.quote = lac_span_make(quote, evidence->quote.len),
                                               .fact = evidence->fact == NULL ? NULL : fact,
                                               .anchor = anchor};
    }
    followed->evidence_count = from->evidence_count;
    return LACUNA_OK;
}

static void decide(lac_item_result *item, lac_item_status status, const char *reason,
                   double confidence, const char *explanation)
{
    item->status = status;
    item->reason = reason;
    item->confidence = confidence;
    item->explanation = explanation;
}

/* What the other document says counts; where it says nothing, the reference leads nowhere. */
static void take_verdict(lac_item_result *item, const lac_item_result *there)
{
    switch (there->status) {
    case LAC_MET:
        decide(item, LAC_MET, "met/by-reference", 0.7,
               "The section refers to another document of the submission, which mentions what is "
               "asked.");
        break;
    case LAC_PARTIAL:
        decide(item, LAC_PARTIAL, "partial/by-reference", 0.6,
               "The section refers to another document of the submission, which holds only a part "
               "of what is asked.");
        break;
    case LAC_MISSING:
        decide(item, LAC_MISSING, "missing/not-where-referred", 0.6,
               "The section refers to another document of the submission, and what is asked was "
               "not found there.");
        break;
    default:
        break;
    }
}

static lacuna_status answer(const lac_leaf_reference *reference, const lac_item_result *there,
                            const lac_leaves *leaves, lacuna_error *err)
{
    const lac_leaf *target = &leaves->items[reference->target];
    lac_arena *arena = &leaves->items[reference->leaf].result->arena;
    bool silent = there->status == LAC_MISSING && lac_leaf_why_unread(target) != NULL;
    lac_followed *followed = lac_arena_alloc(arena, sizeof *followed);
    if (followed == NULL) {
        return lac_fail_nomem(err);
    }
    *followed = (lac_followed){.place = target->places[0]};
    lacuna_status status = copy_evidence(followed, there, arena, err);
    if (status == LACUNA_OK) {
        reference->item->followed = followed;
        if (silent) {
            reference->item->explanation = "The section refers to another document of the "
                                           "submission, of which not everything could be read.";
        } else {
            take_verdict(reference->item, there);
        }
    }
    return status;
}

/* Gaps that came up, or went, are findings of the document that asks. */
static lacuna_status renew_findings(const lac_leaf_reference *references, size_t count,
                                    lac_leaves *leaves, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        if (i == 0 || references[i].leaf != references[i - 1].leaf) {
            status = lac_gap_findings_renew(leaves->items[references[i].leaf].result, err);
        }
    }
    return status;
}

static lacuna_status answer_all(const lac_leaf_reference *references,
                                const lac_document_result *there, const lac_leaves *leaves,
                                lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t s = 0; s < there->section_count; s++) {
        for (uint32_t i = 0; i < there->sections[s].item_count && status == LACUNA_OK; i++) {
            status = answer(references++, &there->sections[s].items[i], leaves, err);
        }
    }
    return status;
}

lacuna_status lac_leaf_references_answer(const lac_leaf_reference *references, size_t count,
                                         lac_leaves *leaves, const lac_document *document,
                                         const lac_analyze_options *options, lacuna_error *err)
{
    lac_arena scratch;
    lac_document_result *there = NULL;
    lac_analyze_options own = *options;
    lac_arena_init(&scratch);
    const lac_checklist **asked = lac_arena_array(&scratch, count, sizeof *asked);
    own.placed = true;
    own.calls = NULL;
    own.call_count = own.apart_count = own.section_count = 0;
    own.sections = asked;
    lacuna_status status =
        asked == NULL ? lac_fail_nomem(err)
                      : make_lists(asked, &own.section_count, references, count, &scratch, err);
    if (status == LACUNA_OK) {
        status = lac_analyze(&there, document, &own, err);
    }
    if (status == LACUNA_OK) {
        status = answer_all(references, there, leaves, err);
    }
    if (status == LACUNA_OK) {
        status = renew_findings(references, count, leaves, err);
    }
    lac_document_result_free(there);
    lac_arena_free(&scratch);
    return status;
}
