#include "analyzer/ectd/completeness.h"

#include "analyzer/ectd/check.h"
#include "analyzer/ectd/submission.h"
#include "analyzer/judge.h"
#include "support/buf.h"
#include "support/error.h"

#include <string.h>

enum { SHOWN_EVIDENCE = 5, TEXT_MAX = 1u << 16 };

static bool is_for_submissions(const lac_checklist *checklist, const lac_item *item)
{
    return lac_item_serves(checklist, item, LAC_SUBMISSION_TYPE);
}

bool lac_completeness_asks(const lac_completeness *c, const lac_checklist *checklist)
{
    bool known = c->profile.application != NULL;
    for (uint32_t i = 0; i < checklist->item_count; i++) {
        const lac_item *item = &checklist->items[i];
        lac_truth truth = lac_profile_application(&c->profile, &item->condition.profile);
        if (item->strength != LAC_STRENGTH_STRUCTURAL && is_for_submissions(checklist, item) &&
            (truth == LAC_TRUTH_TRUE || (truth == LAC_TRUTH_UNKNOWN && known))) {
            return true;
        }
    }
    return false;
}

bool lac_completeness_serves(const lac_completeness *c, const lac_checklist *checklist)
{
    const lac_texts regions = {checklist->regions, checklist->region_count};
    return regions.count == 0 || lac_texts_hold(&regions, c->profile.region);
}

/* ---- texts ---------------------------------------------------------------------------------- */

static const char *join(lac_completeness *c, const char *lead, const char *const *texts,
                        uint32_t count)
{
    lac_buf buf;
    lac_buf_init(&buf, TEXT_MAX);
    lacuna_status status = lac_buf_append_text(&buf, lead);
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = lac_buf_printf(&buf, "%s%s", i == 0 ? "" : ", ", texts[i]);
    }
    const char *copy = status == LACUNA_OK ? lac_arena_copy(c->arena, lac_buf_span(&buf)) : NULL;
    lac_buf_free(&buf);
    return copy;
}

/* Where it was looked, and where else it may be. */
static lacuna_status tell_searched(lac_item_result *out, lac_completeness *c)
{
    const lac_item *item = out->item;
    const char **texts = lac_arena_array(c->arena, 4, sizeof *texts);
    if (texts == NULL) {
        return lac_fail_nomem(c->err);
    }
    uint32_t count = 0;
    texts[count++] = c->looked;
    texts[count++] = item->filing.inside != NULL
                         ? join(c, "documents under ", &item->filing.inside, 1)
                         : join(c, "headings ", item->filing.headings, item->filing.heading_count);
    if (item->filing.also_count > 0) {
        texts[count++] = join(c, "also under ", item->filing.also, item->filing.also_count);
    }
    if (item->elsewhere_count > 0) {
        texts[count++] = join(c, "it may also be in: ", item->elsewhere, item->elsewhere_count);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (texts[i] == NULL) {
            return lac_fail_nomem(c->err);
        }
    }
    out->searched = texts;
    out->searched_count = count;
    return LACUNA_OK;
}

static lacuna_status tell_needs(lac_item_result *out, lac_completeness *c)
{
    const char **needs = lac_arena_array(c->arena, 1, sizeof *needs);
    if (needs == NULL) {
        return lac_fail_nomem(c->err);
    }
    needs[0] = out->item->satisfied_by != NULL ? out->item->satisfied_by : out->item->requirement;
    out->needs = needs;
    out->needs_count = 1;
    return LACUNA_OK;
}

/* ---- evidence ------------------------------------------------------------------------------- */

static lacuna_status add_evidence(lac_item_result *out, lac_completeness *c, uint32_t first,
                                  uint32_t count)
{
    uint32_t shown = count < SHOWN_EVIDENCE ? count : SHOWN_EVIDENCE;
    out->evidence = lac_arena_array(c->arena, shown, sizeof *out->evidence);
    if (out->evidence == NULL) {
        return lac_fail_nomem(c->err);
    }
    for (uint32_t i = 0; i < shown; i++) {
        lac_leaf_place place = lac_place_placement(c->places, c->view.items[first + i].placement);
        out->evidence[i] = (lac_evidence){.quote = lac_span_of(place.title),
                                          .anchor = lac_place_anchor(c->places, &place)};
        if (out->evidence[i].anchor.leaf == NULL) {
            return lac_fail_nomem(c->err);
        }
    }
    out->evidence_count = shown;
    return LACUNA_OK;
}

static uint32_t find_any(uint32_t *first, const lac_view *view, const char *const *headings,
                         uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t found = lac_view_find(first, view, headings[i]);
        if (found > 0) {
            return found;
        }
    }
    return 0;
}

/* ---- verdicts ------------------------------------------------------------------------------- */

static lacuna_status decide(lac_item_result *out, lac_completeness *c, lac_item_status status,
                            const char *reason, const char *explanation)
{
    out->status = status;
    out->reason = reason;
    out->explanation = explanation;
    out->confidence = status == LAC_NOT_EVALUATED ? 0.5 : 0.9;
    lacuna_status told = tell_searched(out, c);
    return told == LACUNA_OK && lac_item_status_is_gap(status) ? tell_needs(out, c) : told;
}

static lac_truth present_truth(const lac_completeness *c, const lac_profile_condition *condition)
{
    uint32_t first;
    if (condition->present_count == 0 ||
        find_any(&first, &c->view, condition->present, condition->present_count) > 0) {
        return LAC_TRUTH_TRUE;
    }
    return c->profile.whole ? LAC_TRUTH_FALSE : LAC_TRUTH_UNKNOWN;
}

/* The profile decides alone only where the condition is one of the profile. */
static lac_truth condition_truth(const lac_completeness *c, const lac_condition *condition)
{
    if (condition->kind == LAC_CONDITION_NONE) {
        return LAC_TRUTH_TRUE;
    }
    lac_truth truth = lac_truth_and(lac_profile_truth(&c->profile, &condition->profile),
                                    present_truth(c, &condition->profile));
    if (truth == LAC_TRUTH_TRUE && condition->kind != LAC_CONDITION_PROFILE) {
        return lac_profile_facts(&c->profile, &condition->profile);
    }
    return truth;
}

static lacuna_status judge_by_condition(lac_item_result *out, lac_completeness *c, bool *decided)
{
    const lac_condition *condition = &out->item->condition;
    lac_truth truth = condition_truth(c, condition);
    *decided = truth != LAC_TRUTH_TRUE;
    if (truth == LAC_TRUTH_FALSE) {
        return decide(out, c, LAC_NOT_APPLICABLE, "not-applicable/condition-not-met",
                      "It is not asked of a submission of this kind.");
    }
    if (truth == LAC_TRUTH_UNKNOWN) {
        bool binding =
            condition->kind == LAC_CONDITION_PROFILE && out->item->strength == LAC_STRENGTH_MUST;
        return binding ? decide(out, c, LAC_NOT_EVALUATED, "not-evaluated/condition-unknown",
                                "Whether it is asked depends on facts the envelope does not tell.")
                       : decide(out, c, LAC_NOT_APPLICABLE, "not-applicable/condition-not-evident",
                                "Nothing shows that it is asked of this submission.");
    }
    return LACUNA_OK;
}

/* Nothing is filed, and it is asked. */
static lacuna_status judge_absence(lac_item_result *out, lac_completeness *c)
{
    uint32_t first;
    const lac_item *item = out->item;
    uint32_t count = find_any(&first, &c->view, item->filing.refers, item->filing.refers_count);
    if (count > 0) {
        lacuna_status status = add_evidence(out, c, first, count);
        return status != LACUNA_OK
                   ? status
                   : decide(out, c, LAC_NOT_EVALUATED, "not-evaluated/refers-elsewhere",
                            "It may be in a file that a letter or reference here points to.");
    }
    if (c->unread) {
        return decide(out, c, LAC_NOT_EVALUATED, "not-evaluated/not-read",
                      "It may be in the part of the submission that could not be read.");
    }
    if (!c->profile.whole && item->condition.profile.submission_count > 0) {
        return c->one_sequence
                   ? decide(out, c, LAC_NOT_EVALUATED, "not-evaluated/other-sequences",
                            "It may be in other sequences, which are left out here.")
                   : decide(out, c, LAC_NOT_EVALUATED, "not-evaluated/history-not-supplied",
                            "It may be in sequences that were not supplied.");
    }
    return decide(out, c, LAC_MISSING, "missing/nothing-filed",
                  "Nothing is filed under its heading.");
}

static lacuna_status name_lacking(lac_item_result *out, lac_completeness *c, uint32_t node)
{
    lac_leaf_place place = lac_place_node(c->places, node);
    const char *label = place.heading_count > 0 ? place.heading_path[place.heading_count - 1] : "";
    const char **texts = lac_arena_array(c->arena, (size_t)out->searched_count + 1, sizeof *texts);
    const char *text = join(c, "nothing in: ", &label, 1);
    if (texts == NULL || text == NULL) {
        return lac_fail_nomem(c->err);
    }
    memcpy(texts, out->searched, out->searched_count * sizeof *texts);
    texts[out->searched_count++] = text;
    out->searched = texts;
    return LACUNA_OK;
}

static lacuna_status judge_presence(lac_item_result *out, lac_completeness *c, uint32_t first,
                                    uint32_t count)
{
    uint32_t lacking = LAC_NONE;
    const lac_filing *filing = &out->item->filing;
    lacuna_status status = add_evidence(out, c, first, count);
    if (status != LACUNA_OK) {
        return status;
    }
    if (filing->heading_count == 1 && c->profile.whole && !c->unread) {
        lacking = lac_view_lacking(&c->view, filing->headings[0]);
    }
    if (lacking == LAC_NONE) {
        return decide(out, c, LAC_MET, "met/filed", "A document is filed under its heading.");
    }
    status = decide(out, c, LAC_PARTIAL, "partial/not-in-every-copy",
                    "A document is filed under one copy of the heading, but not under each.");
    return status == LACUNA_OK ? name_lacking(out, c, lacking) : status;
}

/* ---- sections of documents ------------------------------------------------------------------ */

/* The answer of one document, which stands for all of them. */
static lacuna_status take_answer(lac_item_result *out, lac_completeness *c,
                                 const lac_leaf_verdict *v)
{
    const lac_item *item = out->item;
    lac_leaf_place place = lac_place_placement(c->places, c->view.items[v->at].placement);
    *out = *v->best;
    out->item = item;
    /* Headings of a document: reports of a submission have none. */
    out->nearest = out->located = NULL;
    out->nearest_count = out->located_count = 0;
    out->leaf = lac_place_anchor(c->places, &place).leaf;
    return out->leaf == NULL ? lac_fail_nomem(c->err) : LACUNA_OK;
}

static const char *unread_explanation(const char *reason)
{
    static const struct {
        const char *reason, *text;
    } texts[] = {
        {"not-evaluated/pdf", "It may be in a PDF that nobody could read."},
        {"not-evaluated/no-reader", "It may be in a file of a kind that is not read."},
        {"not-evaluated/file-missing", "It may be in a file that is not there."},
        {"not-evaluated/pages-without-text", "It may stand on pages that hold no text."},
        {"not-evaluated/little-text", "It may be in a PDF with hardly any text on its pages."},
        {"not-evaluated/partly-read", "It may stand in text that could not be read."},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (strcmp(reason, texts[i].reason) == 0) {
            return texts[i].text;
        }
    }
    return "It may be in a file that could not be read.";
}

/* No document there has it, and not all of them could be read. */
static lacuna_status judge_unread(lac_item_result *out, lac_completeness *c,
                                  const lac_leaf_verdict *v)
{
    out->evidence_count = 0;
    out->needs_count = 0;
    out->nearest_count = out->located_count = 0;
    lacuna_status status = add_evidence(out, c, v->unread_at, 1);
    return status != LACUNA_OK
               ? status
               : decide(out, c, LAC_NOT_EVALUATED, v->unread, unread_explanation(v->unread));
}

/* What is in none of the documents may be in others that were not supplied. */
static bool may_be_in_others(const lac_completeness *c, const lac_item_result *best)
{
    bool unlocated = strcmp(best->reason, "missing/not-found") == 0 ||
                     strcmp(best->reason, "partial/elsewhere") == 0;
    return unlocated &&
           (c->unread || (!c->profile.whole && best->item->condition.profile.submission_count > 0));
}

/* A gap in the documents is one of the submission only where it is asked for. */
static lacuna_status judge_gap(lac_item_result *out, lac_completeness *c, const lac_leaf_verdict *v)
{
    bool decided;
    lacuna_status status = judge_by_condition(out, c, &decided);
    if (status != LACUNA_OK || decided) {
        return status;
    }
    if (may_be_in_others(c, v->best)) {
        status = add_evidence(out, c, v->first, v->count);
        return status == LACUNA_OK ? judge_absence(out, c) : status;
    }
    return take_answer(out, c, v);
}

static lacuna_status judge_answers(lac_item_result *out, lac_completeness *c,
                                   const lac_leaf_verdict *v)
{
    bool gap = v->best != NULL && lac_item_status_is_gap(v->best->status) &&
               v->best->status != LAC_CONTRADICTS;
    bool absent = gap || (v->best != NULL && v->best->status == LAC_NOT_APPLICABLE &&
                          strncmp(v->best->reason, "not-applicable/declared", 23) != 0);
    if (v->unread != NULL && (v->best == NULL || absent)) {
        return judge_unread(out, c, v);
    }
    return gap ? judge_gap(out, c, v) : take_answer(out, c, v);
}

/* A section of the documents filed under a heading. */
static lacuna_status judge_inside(lac_item_result *out, lac_completeness *c)
{
    lac_leaf_verdict v = {.best = NULL};
    bool decided = false;
    lacuna_status status = LACUNA_OK;
    if (c->leaves != NULL) {
        lac_leaves_verdict(&v, c->leaves, &c->view, out->item);
    } else {
        v.count = lac_filed_for_sections(&v.first, &c->view, out->item->filing.inside);
    }
    if (v.best != NULL || v.unread != NULL) {
        return judge_answers(out, c, &v);
    }
    if (v.count > 0) {
        status = add_evidence(out, c, v.first, v.count);
    } else {
        status = judge_by_condition(out, c, &decided);
    }
    if (status != LACUNA_OK || decided) {
        return status;
    }
    if (v.count == 0) {
        return decide(out, c, LAC_NOT_EVALUATED, "not-evaluated/no-document",
                      "No document is filed under the heading it is a section of.");
    }
    return decide(out, c, LAC_NOT_EVALUATED, "not-evaluated/inside-document",
                  "It is a section of the documents under a heading, which were not read.");
}

/* ---- headings ------------------------------------------------------------------------------- */

static lacuna_status judge_item(lac_item_result *out, lac_completeness *c)
{
    uint32_t first;
    bool decided;
    const lac_filing *filing = &out->item->filing;
    if (!lac_profile_format(&out->item->condition.profile)) {
        return decide(out, c, LAC_NOT_APPLICABLE, "not-applicable/condition-not-met",
                      "It is not asked of a submission of this kind.");
    }
    if (filing->inside != NULL) {
        return judge_inside(out, c);
    }
    uint32_t count = find_any(&first, &c->view, filing->headings, filing->heading_count);
    if (count > 0) {
        return judge_presence(out, c, first, count);
    }
    count = find_any(&first, &c->view, filing->also, filing->also_count);
    lacuna_status status = count > 0 ? add_evidence(out, c, first, count) : LACUNA_OK;
    if (status == LACUNA_OK && count > 0) {
        return decide(out, c, LAC_MET, "met/elsewhere", "A document is filed where it may be too.");
    }
    count = lac_view_above(&first, &c->view, filing->headings[0]);
    status = status == LACUNA_OK && count > 0 ? add_evidence(out, c, first, count) : status;
    if (status == LACUNA_OK && count > 0) {
        return decide(out, c, LAC_NOT_EVALUATED, "not-evaluated/inside-document",
                      "A document stands on a heading above and may hold it.");
    }
    if (status == LACUNA_OK) {
        status = judge_by_condition(out, c, &decided);
    }
    return status == LACUNA_OK && !decided ? judge_absence(out, c) : status;
}

/* An item without headings of its own (a malformed pack aside) has no place to look at. */
static bool has_place(const lac_item *item)
{
    return item->filing.inside != NULL || item->filing.heading_count > 0;
}

static lacuna_status judge_unplaced(lac_item_result *out)
{
    out->status = LAC_NOT_EVALUATED;
    out->reason = "not-evaluated/no-heading";
    out->explanation = "The checklist does not say where a submission files it.";
    out->confidence = 0.5;
    return LACUNA_OK;
}

static void judge_left_out(lac_item_result *out)
{
    out->status = LAC_NOT_APPLICABLE;
    out->reason = "not-applicable/tailored";
    out->explanation = out->item->left_out;
    out->confidence = 1.0;
}

static void judge_other_document(lac_item_result *out)
{
    out->status = LAC_NOT_APPLICABLE;
    out->reason = "not-applicable/document-type";
    out->explanation = "The item is for another type of document.";
    out->confidence = 0.9;
}

void lac_completeness_derive(lac_item_result *items, const lac_completeness *c,
                             const lac_checklist *checklist)
{
    for (uint32_t i = checklist->item_count; i-- > 0;) {
        if (checklist->items[i].strength == LAC_STRENGTH_STRUCTURAL) {
            uint32_t first;
            const lac_filing *filing = &checklist->items[i].filing;
            bool filed = find_any(&first, &c->view, filing->headings, filing->heading_count) > 0;
            lac_derive_structural(items, checklist, i, filed);
        }
    }
}

lacuna_status lac_completeness_judge(lac_checklist_result *out, lac_completeness *c,
                                     const lac_checklist *checklist)
{
    out->checklist = checklist;
    out->items = lac_arena_array(c->arena, checklist->item_count, sizeof *out->items);
    if (out->items == NULL) {
        return lac_fail_nomem(c->err);
    }
    out->item_count = checklist->item_count;
    for (uint32_t i = 0; i < checklist->item_count; i++) {
        const lac_item *item = &checklist->items[i];
        out->items[i].item = item;
        if (item->strength == LAC_STRENGTH_STRUCTURAL) {
            continue;
        }
        if (item->left_out != NULL) {
            judge_left_out(&out->items[i]);
            continue;
        }
        if (!is_for_submissions(checklist, item)) {
            judge_other_document(&out->items[i]);
            continue;
        }
        lacuna_status status =
            has_place(item) ? judge_item(&out->items[i], c) : judge_unplaced(&out->items[i]);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    lac_completeness_derive(out->items, c, checklist);
    return LACUNA_OK;
}
