/* The drafts of a folder and what was decided about them, for people and for programs. */
#include "drafter/draft/shelf.h"
#include "support/error.h"
#include "support/json_print.h"

#include <stdlib.h>

#define SCHEMA "lacuna.review-list/1"

static int number_of(const json_t *step, const char *key)
{
    return (int)json_integer_value(json_object_get(json_object_get(step, "verification"), key));
}

/* ---- for people ----------------------------------------------------------------------------- */

static lacuna_status put_line(lac_buf *out, const lac_shelf *shelf, const json_t *step)
{
    lacuna_status status = lac_buf_printf(
        out, "%-9s %s  %s: %s", lac_shelf_state(shelf, step), lac_shelf_text(step, "gap"),
        lac_shelf_text(step, "title"), lac_shelf_text(step, "outcome"));
    int needed = number_of(step, "needed"), failed = number_of(step, "failed");
    if (status == LACUNA_OK && needed > 0) {
        status = lac_buf_printf(out, ", %d to be supplied", needed);
    }
    if (status == LACUNA_OK && failed > 0) {
        status = lac_buf_printf(out, ", %d statements taken out", failed);
    }
    if (status == LACUNA_OK && !lac_shelf_is_planned(shelf, step)) {
        status = lac_buf_append_text(out, "; the plan has it no more");
    }
    return status == LACUNA_OK ? lac_buf_append_char(out, '\n') : status;
}

static lacuna_status put_decision(lac_buf *out, const lac_draft_decision *d, const json_t *step)
{
    bool holds = strcmp(d->draft, lac_shelf_text(step, "draft_sha256")) == 0;
    return lac_buf_printf(out, "          %s by %s, %s: %s%s\n", d->state, d->by, d->time,
                          d->reason, holds ? "" : " (about another draft: it does not hold)");
}

static lacuna_status put_findings(lac_buf *out, const json_t *step)
{
    size_t index;
    const json_t *one;
    lacuna_status status = LACUNA_OK;
    json_array_foreach(json_object_get(json_object_get(step, "verification"), "findings"), index,
                       one)
    {
        if (status == LACUNA_OK) {
            status = lac_buf_printf(out, "taken out: %s, \"%s\": %s\n", lac_shelf_text(one, "what"),
                                    lac_shelf_text(one, "text"), lac_shelf_text(one, "message"));
        }
    }
    return status;
}

static lacuna_status put_edited(lac_buf *out, const lac_draft_decision *d, const json_t *step,
                                lacuna_error *err)
{
    lac_arena arena;
    lac_arena_init(&arena);
    lac_statements s = {.arena = &arena};
    lacuna_status status = lac_buf_printf(out, "\nText by %s:\n\n%s\n", d->by, d->text);
    if (status == LACUNA_OK) {
        status = lac_shelf_failures(&s, step, lac_span_of(d->text), err);
    }
    for (size_t i = 0; i < s.count && status == LACUNA_OK; i++) {
        status = lac_buf_printf(out, "not in the sources: %s, \"%.*s\": %s\n", s.findings[i].what,
                                (int)s.findings[i].text.len, s.findings[i].text.ptr,
                                s.findings[i].message);
    }
    free(s.findings);
    lac_arena_free(&arena);
    return status;
}

static lacuna_status put_whole(lac_buf *out, const lac_shelf *shelf, const json_t *step,
                               lacuna_error *err)
{
    const char *gap = lac_shelf_text(step, "gap");
    const lac_draft_decision *last = lac_review_find(&shelf->review, gap);
    lacuna_status status =
        lac_buf_printf(out, "Required: %s\n", lac_shelf_text(step, "requirement"));
    if (status == LACUNA_OK && lac_shelf_text(step, "failure")[0] != '\0') {
        status = lac_buf_printf(out, "Assembled, because %s\n", lac_shelf_text(step, "failure"));
    }
    if (status == LACUNA_OK) {
        status = lac_buf_printf(out, "\n%s", lac_shelf_text(step, "draft"));
    }
    if (status == LACUNA_OK) {
        status = put_findings(out, step);
    }
    return status == LACUNA_OK && last != NULL && last->text != NULL
               ? put_edited(out, last, step, err)
               : status;
}

lacuna_status lac_shelf_write_text(lac_buf *out, const lac_shelf *shelf, const json_t *only,
                                   lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < shelf->count && status == LACUNA_OK; i++) {
        const json_t *step = shelf->steps[i];
        if (only != NULL && only != step) {
            continue;
        }
        status = put_line(out, shelf, step);
        for (size_t k = 0; k < shelf->review.count && status == LACUNA_OK; k++) {
            const lac_draft_decision *d = &shelf->review.decisions[k];
            if (strcmp(d->gap, lac_shelf_text(step, "gap")) == 0) {
                status = put_decision(out, d, step);
            }
        }
        if (only != NULL && status == LACUNA_OK) {
            status = put_whole(out, shelf, step, err);
        }
    }
    return status == LACUNA_OK ? LACUNA_OK : lac_fail(err, status, "the list is too long");
}

/* ---- for programs --------------------------------------------------------------------------- */

static json_t *decision_value(const lac_draft_decision *d, const json_t *step)
{
    bool holds = strcmp(d->draft, lac_shelf_text(step, "draft_sha256")) == 0;
    json_t *value = json_pack("{s:s,s:s,s:s,s:s,s:b}", "state", d->state, "by", d->by, "reason",
                              d->reason, "time", d->time, "holds", holds);
    if (value != NULL && d->text != NULL &&
        json_object_set_new(value, "text", json_string(d->text)) != 0) {
        json_decref(value);
        return NULL;
    }
    return value;
}

static json_t *decisions_value(const lac_shelf *shelf, const json_t *step)
{
    json_t *list = json_array();
    for (size_t i = 0; i < shelf->review.count; i++) {
        const lac_draft_decision *d = &shelf->review.decisions[i];
        if (strcmp(d->gap, lac_shelf_text(step, "gap")) == 0 &&
            json_array_append_new(list, decision_value(d, step)) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *draft_value(const lac_shelf *shelf, const json_t *step, bool whole)
{
    json_t *value = json_pack(
        "{s:s,s:s,s:s,s:s,s:s,s:s,s:i,s:i,s:o,s:b}", "gap", lac_shelf_text(step, "gap"), "title",
        lac_shelf_text(step, "title"), "state", lac_shelf_state(shelf, step), "outcome",
        lac_shelf_text(step, "outcome"), "failure", lac_shelf_text(step, "failure"), "draft_sha256",
        lac_shelf_text(step, "draft_sha256"), "data_needed", number_of(step, "needed"), "taken_out",
        number_of(step, "failed"), "decisions", decisions_value(shelf, step), "planned",
        lac_shelf_is_planned(shelf, step));
    if (value != NULL && whole &&
        json_object_set_new(value, "draft", json_string(lac_shelf_text(step, "draft"))) != 0) {
        json_decref(value);
        return NULL;
    }
    return value;
}

static json_t *list_value(const lac_shelf *shelf, const json_t *only)
{
    json_t *list = json_array();
    for (size_t i = 0; i < shelf->count; i++) {
        if ((only == NULL || only == shelf->steps[i]) &&
            json_array_append_new(list, draft_value(shelf, shelf->steps[i], only != NULL)) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return json_pack("{s:s,s:o}", "schema", SCHEMA, "drafts", list);
}

lacuna_status lac_shelf_write_json(lac_buf *out, const lac_shelf *shelf, const json_t *only,
                                   lacuna_error *err)
{
    return lac_json_print(out, list_value(shelf, only), err);
}
