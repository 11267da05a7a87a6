#include "analyzer/ectd/submission.h"

#include "analyzer/ectd/check.h"
#include "analyzer/ectd/completeness.h"
#include "analyzer/ectd/same_ask.h"
#include "analyzer/ectd/selected.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_CHECKLISTS = 64, MESSAGE_MAX = 1u << 14 };

typedef struct analysis {
    const lac_submission *submission;
    const lac_analyze_options *options;
    lac_submission_result *result;
    lac_selected selected;
    lac_ectd_check check;
    lacuna_error *err;
} analysis;

/* ---- completeness --------------------------------------------------------------------------- */

static const char *print(lac_arena *arena, const char *lead, const char *name)
{
    lac_buf buf;
    lac_buf_init(&buf, MESSAGE_MAX);
    const char *copy = NULL;
    if (lac_buf_append_text(&buf, lead) == LACUNA_OK &&
        lac_buf_append_text(&buf, name) == LACUNA_OK) {
        copy = lac_arena_copy(arena, lac_buf_span(&buf));
    }
    lac_buf_free(&buf);
    return copy;
}

/* A backbone that broke off, or is not there at all, may hold what is looked for. */
static bool is_unread(const analysis *a, uint32_t application)
{
    const lac_application *own = &a->submission->applications[application];
    for (uint32_t i = 0; i < own->sequence_count; i++) {
        uint32_t at = own->first_sequence + i;
        if (a->submission->sequences[at].grouped_in == LAC_NONE && !a->check.own[at].complete) {
            return true;
        }
    }
    return false;
}

static lacuna_status prepare_completeness(lac_completeness *c, analysis *a, uint32_t application)
{
    lac_arena *arena = &a->result->arena;
    uint32_t sequence = a->selected.sequences[application];
    const lac_submission *s = a->submission;
    *c = (lac_completeness){.submission = s,
                            .places = &a->check.places,
                            .one_sequence = sequence != LAC_NONE,
                            .unread = is_unread(a, application),
                            .leaves = a->options->leaves,
                            .arena = arena,
                            .err = a->err};
    c->looked = sequence == LAC_NONE ? print(arena, "the current view of application ",
                                             s->applications[application].id)
                                     : print(arena, "sequence ", s->sequences[sequence].name);
    if (c->looked == NULL) {
        return lac_fail_nomem(a->err);
    }
    lacuna_status status = lac_profile_read(&c->profile, s, application, sequence, arena, a->err);
    c->profile.told = &a->options->facts;
    return status == LACUNA_OK ? lac_view_make(&c->view, s, application, sequence, arena, a->err)
                               : status;
}

static bool is_for_submissions(const lac_registry_entry *entry)
{
    return lac_registry_serves(entry, LAC_SUBMISSION_TYPE);
}

static lacuna_status judge_pack(lac_document_result *out, analysis *a, lac_completeness *c,
                                const char *id, bool named)
{
    const lac_checklist *checklist;
    lacuna_status status = lac_registry_load(&checklist, a->options->registry, id, a->err);
    if (status != LACUNA_OK || !lac_completeness_serves(c, checklist) ||
        (!named && !lac_completeness_asks(c, checklist)) ||
        out->checklist_count == MAX_CHECKLISTS) {
        return status;
    }
    lac_checklist_result *judged = &out->checklists[out->checklist_count];
    status = lac_completeness_judge(judged, c, checklist);
    judged->why = named ? "chosen by the caller" : "an eCTD submission";
    out->checklist_count += status == LACUNA_OK ? 1 : 0;
    return status;
}

/* Packs that were chosen by name are applied where they are for submissions; others are for the
 * documents of the same run. */
static lacuna_status judge_packs(lac_document_result *out, analysis *a, lac_completeness *c)
{
    lac_registry *registry = a->options->registry;
    lacuna_status status = LACUNA_OK;
    out->checklists = lac_arena_array(&a->result->arena, MAX_CHECKLISTS, sizeof *out->checklists);
    if (out->checklists == NULL) {
        return lac_fail_nomem(a->err);
    }
    for (uint32_t i = 0; i < a->options->checklist_count && status == LACUNA_OK; i++) {
        const lac_registry_entry *entry = lac_registry_find(registry, a->options->checklists[i]);
        if (entry != NULL && is_for_submissions(entry)) {
            status = judge_pack(out, a, c, entry->id, true);
        }
    }
    uint32_t count = a->options->checklist_count > 0 ? 0 : lac_registry_count(registry);
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        const lac_registry_entry *entry = lac_registry_entry_at(registry, i);
        if (is_for_submissions(entry)) {
            status = judge_pack(out, a, c, entry->id, false);
        }
    }
    return status;
}

/* ---- findings ------------------------------------------------------------------------------- */

static lacuna_status gap_finding(analysis *a, uint32_t application, const lac_item_result *item)
{
    lac_leaf_place place = lac_place_application(&a->check.places, application);
    if (a->selected.sequences[application] != LAC_NONE) {
        place.sequence = a->submission->sequences[a->selected.sequences[application]].name;
    }
    if (item->leaf != NULL) {
        place = *item->leaf;
    } else if (item->item->filing.inside != NULL) {
        place.heading = item->item->filing.inside;
    } else if (item->item->filing.heading_count > 0) {
        place.heading = item->item->filing.headings[0];
    }
    lac_anchor anchor = lac_place_anchor(&a->check.places, &place);
    if (anchor.leaf == NULL) {
        return LACUNA_E_NOMEM;
    }
    lac_buf message;
    lac_buf_init(&message, MESSAGE_MAX);
    lacuna_status status =
        lac_buf_printf(&message, "%s %s: %s %s", place.heading, item->item->title,
                       item->explanation, item->item->requirement);
    if (status == LACUNA_OK) {
        status = lac_finding_add(&a->check.list, item->item->id, item->item->severity,
                                 lac_buf_text(&message), &anchor, 1);
    }
    lac_buf_free(&message);
    return status;
}

static lacuna_status gap_findings(analysis *a, uint32_t application, const lac_document_result *of)
{
    for (uint32_t c = 0; c < of->checklist_count; c++) {
        const lac_checklist_result *list = &of->checklists[c];
        for (uint32_t i = 0; i < list->item_count; i++) {
            const lac_item_result *item = &list->items[i];
            if (lac_item_status_is_gap(item->status) &&
                item->item->strength != LAC_STRENGTH_STRUCTURAL &&
                gap_finding(a, application, item) != LACUNA_OK) {
                return lac_fail_nomem(a->err);
            }
        }
    }
    return LACUNA_OK;
}

static lacuna_status judge_application(analysis *a, uint32_t application)
{
    lac_completeness c;
    lac_document_result *out = &a->result->applications[application];
    lacuna_status status = prepare_completeness(&c, a, application);
    if (status == LACUNA_OK) {
        status = judge_packs(out, a, &c);
    }
    if (status == LACUNA_OK) {
        status = lac_fold_same_asks(out, &a->result->arena, a->err);
    }
    for (uint32_t i = 0; i < out->checklist_count && status == LACUNA_OK; i++) {
        lac_completeness_derive(out->checklists[i].items, &c, out->checklists[i].checklist);
    }
    return status == LACUNA_OK ? gap_findings(a, application, out) : status;
}

/* What belongs to no application is told with the first one. */
static uint32_t owner_of(const lac_finding *finding)
{
    uint32_t owner = finding->anchors[0].leaf->application_index;
    return owner == LAC_NONE ? 0 : owner;
}

/* Hands every application its findings, in the order they were found. */
static lacuna_status share_findings(analysis *a)
{
    const lac_finding_list *list = &a->check.list;
    lac_document_result *of = a->result->applications;
    for (size_t i = 0; i < list->count; i++) {
        of[owner_of(&list->items[i])].finding_count++;
    }
    for (uint32_t i = 0; i < a->result->application_count; i++) {
        of[i].findings =
            lac_arena_array(&a->result->arena, of[i].finding_count, sizeof *of[i].findings);
        if (of[i].findings == NULL) {
            return lac_fail_nomem(a->err);
        }
        of[i].finding_count = 0;
    }
    for (size_t i = 0; i < list->count; i++) {
        lac_document_result *owner = &of[owner_of(&list->items[i])];
        owner->findings[owner->finding_count++] = list->items[i];
    }
    return LACUNA_OK;
}

/* ---- the whole ------------------------------------------------------------------------------ */

static lacuna_status make_results(analysis *a)
{
    const lac_submission *s = a->submission;
    lac_document_result *of = lac_arena_array(&a->result->arena, s->application_count, sizeof *of);
    if (of == NULL) {
        return lac_fail_nomem(a->err);
    }
    for (uint32_t i = 0; i < s->application_count; i++) {
        of[i].submission = s;
        of[i].application = s->applications[i].id;
        of[i].type = (lac_detection){LAC_SUBMISSION_TYPE, 1.0, "it has eCTD backbones"};
        of[i].language = (lac_detection){"", 0.0, ""};
    }
    a->result->applications = of;
    a->result->application_count = s->application_count;
    return LACUNA_OK;
}

/* Applications without the sequence that was asked for have nothing to tell. */
static void drop_unselected(analysis *a)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < a->result->application_count; i++) {
        if (lac_is_selected(&a->selected, i)) {
            a->result->applications[kept++] = a->result->applications[i];
        }
    }
    a->result->application_count = kept;
}

static lacuna_status run(analysis *a, const char *sequence)
{
    lacuna_status status = make_results(a);
    if (status == LACUNA_OK) {
        status =
            lac_select_sequences(&a->selected, a->submission, sequence, &a->result->arena, a->err);
        a->check.selected = a->selected.chosen;
    }
    if (status == LACUNA_OK) {
        status = lac_ectd_check_begin(&a->check);
    }
    for (uint32_t i = 0; i < a->result->application_count && status == LACUNA_OK; i++) {
        if (lac_is_selected(&a->selected, i)) {
            status = judge_application(a, i);
        }
    }
    if (status == LACUNA_OK) {
        status = lac_ectd_check_run(&a->check);
    }
    if (status == LACUNA_OK) {
        status = share_findings(a);
    }
    if (status == LACUNA_OK) {
        drop_unselected(a);
    }
    return status;
}

lacuna_status lac_analyze_submission(lac_submission_result **out, const lac_submission *submission,
                                     const char *sequence, const lac_analyze_options *options,
                                     lacuna_error *err)
{
    *out = NULL;
    lac_submission_result *result = calloc(1, sizeof *result);
    if (result == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&result->arena);
    analysis a = {.submission = submission, .options = options, .result = result, .err = err};
    a.check = (lac_ectd_check){.submission = submission,
                               .list = {.arena = &result->arena},
                               .facts = &options->facts,
                               .err = err};
    lacuna_status status = run(&a, sequence);
    free(a.check.list.items);
    if (status != LACUNA_OK) {
        lac_submission_result_free(result);
        return status;
    }
    *out = result;
    return LACUNA_OK;
}

void lac_submission_result_free(lac_submission_result *result)
{
    if (result != NULL) {
        lac_arena_free(&result->arena);
        free(result);
    }
}
