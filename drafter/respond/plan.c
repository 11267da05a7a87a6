#include "drafter/respond/plan.h"

#include "drafter/respond/sources.h"
#include "support/error.h"

#include <stdio.h>
#include <stdlib.h>

enum { TEXT_MAX = 1 << 16 };

/* As house templates call their places. */
static const char *const VALUES[LAC_RESPONSE_VALUES] = {
    "addressee",       "agency",    "agency_address", "applicant", "applicant_address",
    "application",     "contact",   "date",           "due_date",  "letter_date",
    "letter_kind",     "product",   "reference",      "sequence",  "signatory",
    "signatory_title", "submission"};

/* ---- names ---------------------------------------------------------------------------------- */

const char *lac_response_label(lac_arena *arena, const lac_letter_query *query)
{
    static const char none[] = "(no heading)";
    const char *at = strstr(query->id, none);
    lac_buf label;
    if (at == NULL) {
        return query->id;
    }
    lac_buf_init(&label, TEXT_MAX);
    const char *copy = NULL;
    if (lac_buf_printf(&label, "%.*sQuestion%s", (int)(at - query->id), query->id,
                       at + strlen(none)) == LACUNA_OK) {
        copy = lac_arena_copy(arena, lac_buf_span(&label));
    }
    lac_buf_free(&label);
    return copy;
}

static lac_span base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return lac_span_of(slash == NULL ? path : slash + 1);
}

lac_span lac_response_document_name(const lac_filed_set *filed, uint32_t document)
{
    const lac_filed_document *of = &filed->documents[document];
    lac_span base = base_name(of->path);
    for (uint32_t i = 0; i < filed->document_count; i++) {
        const lac_filed_document *other = &filed->documents[i];
        if (other->document != NULL && other->document != of->document &&
            lac_span_equal_nocase(base_name(other->path), base)) {
            return lac_span_of(of->leaf == NULL ? of->path : of->leaf->file);
        }
    }
    return base;
}

const char *lac_response_value_of(const lac_response_plan *plan, const char *name)
{
    for (int i = 0; i < LAC_RESPONSE_VALUES; i++) {
        if (strcmp(plan->values[i].name, name) == 0) {
            return plan->values[i].text;
        }
    }
    return "";
}

/* ---- what is known of the letter and the submission ----------------------------------------- */

static void set_value(lac_response_plan *plan, const char *name, const char *text)
{
    for (int i = 0; i < LAC_RESPONSE_VALUES; i++) {
        if (strcmp(plan->values[i].name, name) == 0) {
            plan->values[i].text = text == NULL ? "" : text;
        }
    }
}

/* The last sequence of the application the letter is about, else of the first one. */
static const lac_sequence *last_sequence(const lac_filed_set *filed)
{
    const lac_sequence *last = NULL;
    for (uint32_t i = 0; i < filed->submission_count && last == NULL; i++) {
        const lac_submission *submission = filed->submissions[i];
        for (uint32_t s = 0; s < submission->sequence_count; s++) {
            last = submission->sequences[s].application == 0 ? &submission->sequences[s] : last;
        }
    }
    return last;
}

/* Two texts as one, in the arena. */
static lacuna_status set_joined(lac_response_plan *plan, const char *name, const char *before,
                                const char *text, lacuna_error *err)
{
    lac_buf value;
    lac_buf_init(&value, TEXT_MAX);
    lacuna_status status = lac_buf_append_text(&value, before);
    status = status == LACUNA_OK ? lac_buf_append_text(&value, text) : status;
    const char *copy =
        status == LACUNA_OK ? lac_arena_copy(&plan->arena, lac_buf_span(&value)) : NULL;
    lac_buf_free(&value);
    set_value(plan, name, copy);
    return copy == NULL ? lac_fail_nomem(err) : LACUNA_OK;
}

static lacuna_status set_sequence(lac_response_plan *plan, lacuna_error *err)
{
    const lac_sequence *last = last_sequence(plan->filed);
    if (last == NULL) {
        return LACUNA_OK;
    }
    const char *number = last->number[0] == '\0' ? last->name : last->number;
    unsigned long next = strtoul(number, NULL, 10) + 1;
    set_value(plan, "applicant", last->company);
    set_value(plan, "product", last->product);
    char *text = lac_arena_alloc(&plan->arena, 16);
    if (text == NULL) {
        return lac_fail_nomem(err);
    }
    (void)snprintf(text, 16, "%04lu", next % 10000);
    set_value(plan, "sequence", text);
    return set_joined(plan, "submission", "Sequence ", text, err);
}

static lacuna_status join_applications(const char **out, lac_response_plan *plan,
                                       const lac_letter_head *head, lacuna_error *err)
{
    lac_buf text;
    lacuna_status status = LACUNA_OK;
    lac_buf_init(&text, TEXT_MAX);
    for (uint32_t i = 0; i < head->application_count && status == LACUNA_OK; i++) {
        status = lac_buf_printf(&text, "%s%s", i > 0 ? ", " : "", head->applications[i]);
    }
    *out = status == LACUNA_OK ? lac_arena_copy(&plan->arena, lac_buf_span(&text)) : NULL;
    lac_buf_free(&text);
    return *out == NULL ? lac_fail_nomem(err) : LACUNA_OK;
}

static lacuna_status set_values(lac_response_plan *plan, lacuna_error *err)
{
    const lac_letter_head *head = &plan->letter->letters[0];
    const char *applications;
    for (int i = 0; i < LAC_RESPONSE_VALUES; i++) {
        plan->values[i] = (lac_response_value){VALUES[i], ""};
    }
    lacuna_status status = join_applications(&applications, plan, head, err);
    if (status != LACUNA_OK) {
        return status;
    }
    const lac_letter_due *due = lac_letter_response_due(head);
    set_value(plan, "application", applications);
    set_value(plan, "date", plan->as_of);
    set_value(plan, "letter_date", head->date);
    set_value(plan, "letter_kind", head->kind);
    set_value(plan, "due_date", due == NULL ? "none" : due->date);
    set_value(plan, "agency", "U.S. Food and Drug Administration");
    if (head->date[0] != '\0') {
        status = set_joined(plan, "reference", "letter of ", head->date, err);
    }
    return status == LACUNA_OK ? set_sequence(plan, err) : status;
}

/* ---- steps ---------------------------------------------------------------------------------- */

/* A place that the query cites and asks to be revised is where the change will be filed. */
static lacuna_status suggest_updates(lac_response_plan *plan, lac_response_step *step,
                                     lacuna_error *err)
{
    const lac_filed_set *filed = plan->filed;
    for (uint32_t c = 0; c < step->query->cite_count; c++) {
        const lac_resolved_cite *cite = &step->cites[c];
        bool section =
            strcmp(cite->cite->kind, "section") == 0 || strcmp(cite->cite->kind, "table") == 0;
        for (uint32_t p = 0; p < cite->place_count && section && cite->state == LAC_CITE_FOUND;
             p++) {
            const lac_cite_place *place = &cite->places[p];
            if (place->document == LAC_NONE || step->update_count == LAC_RESPONSE_ROWS_MAX) {
                continue;
            }
            const lac_filed_document *of = &filed->documents[place->document];
            const char *quote = lac_arena_copy(&plan->arena, place->quote);
            if (quote == NULL) {
                return lac_fail_nomem(err);
            }
            step->updates[step->update_count++] =
                (lac_response_update){of->leaf == NULL ? of->path : of->leaf->id, quote, ""};
        }
    }
    return LACUNA_OK;
}

static lacuna_status make_step(lac_response_plan *plan, lac_response_step *step, lacuna_error *err)
{
    lac_arena *arena = &plan->arena;
    step->instructions = step->owner = step->short_answer = step->detail = step->changes = "";
    step->sources = lac_arena_array(arena, LAC_RESPONSE_SOURCES_MAX, sizeof *step->sources);
    step->updates = lac_arena_array(arena, LAC_RESPONSE_ROWS_MAX, sizeof *step->updates);
    step->attachments = lac_arena_array(arena, LAC_RESPONSE_ROWS_MAX, sizeof *step->attachments);
    step->commitments = lac_arena_array(arena, LAC_RESPONSE_ROWS_MAX, sizeof *step->commitments);
    if (step->sources == NULL || step->updates == NULL || step->attachments == NULL ||
        step->commitments == NULL) {
        return lac_fail_nomem(err);
    }
    return strcmp(step->query->type, "revise") == 0 ? suggest_updates(plan, step, err) : LACUNA_OK;
}

static lacuna_status make_steps(lac_response_plan *plan, const lac_response_given *given,
                                lacuna_error *err)
{
    uint32_t count = given->letter->query_count;
    plan->steps = lac_arena_array(&plan->arena, (size_t)count + 1, sizeof *plan->steps);
    if (plan->steps == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        lac_response_step *step = &plan->steps[plan->step_count++];
        step->query = &given->letter->queries[i];
        step->cites = given->resolved[i];
        status = make_step(plan, step, err);
    }
    return status == LACUNA_OK ? lac_response_find_sources(plan, err) : status;
}

static lacuna_status make_duties(lac_response_plan *plan, lacuna_error *err)
{
    const lac_letter *letter = plan->letter;
    uint32_t count = 0;
    for (uint32_t i = 0; i < letter->letter_count; i++) {
        count += letter->letters[i].duty_count;
    }
    plan->duties = lac_arena_array(&plan->arena, (size_t)count + 1, sizeof *plan->duties);
    if (plan->duties == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < letter->letter_count; i++) {
        for (uint32_t d = 0; d < letter->letters[i].duty_count; d++) {
            plan->duties[plan->duty_count++] =
                (lac_response_duty){&letter->letters[i].duties[d], i, "", ""};
        }
    }
    return LACUNA_OK;
}

lacuna_status lac_response_plan_make(lac_response_plan **out, const lac_response_given *given,
                                     lacuna_error *err)
{
    *out = NULL;
    lac_response_plan *plan = calloc(1, sizeof *plan);
    if (plan == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&plan->arena);
    plan->letter = given->letter;
    plan->filed = given->filed;
    plan->letter_path = given->letter_path;
    plan->letter_digest = given->letter_digest;
    plan->as_of = given->as_of;
    lacuna_status status = set_values(plan, err);
    if (status == LACUNA_OK) {
        status = make_duties(plan, err);
    }
    if (status == LACUNA_OK) {
        status = make_steps(plan, given, err);
    }
    if (status != LACUNA_OK) {
        lac_response_plan_free(plan);
        return status;
    }
    *out = plan;
    return LACUNA_OK;
}

void lac_response_plan_free(lac_response_plan *plan)
{
    if (plan != NULL) {
        lac_arena_free(&plan->arena);
        free(plan);
    }
}
