#include "drafter/draft/review.h"

#include "support/error.h"
#include "support/json_parse.h"
#include "support/utf8.h"

#include <stdlib.h>

#define SCHEMA "lacuna.review/1"

enum { FILE_BYTES_MAX = 256 * 1024 * 1024, WORDS_MAX = 4000 };

void lac_review_free(lac_review *review)
{
    free(review->decisions);
    lac_arena_free(&review->arena);
    *review = (lac_review){.count = 0};
}

const lac_draft_decision *lac_review_find(const lac_review *review, const char *gap)
{
    for (size_t i = review->count; i > 0; i--) {
        if (strcmp(review->decisions[i - 1].gap, gap) == 0) {
            return &review->decisions[i - 1];
        }
    }
    return NULL;
}

/* ---- adding --------------------------------------------------------------------------------- */

static bool is_blank(const char *text)
{
    return text == NULL || lac_span_trim(lac_span_of(text)).len == 0;
}

/* They stand on one line of a report, and of the audit log. */
static bool is_line(const char *text)
{
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < 0x20 || *text == 0x7F) {
            return false;
        }
    }
    return true;
}

static lacuna_status check(const lac_draft_decision *decision, lacuna_error *err)
{
    bool edited = strcmp(decision->state, "edited") == 0;
    if (!edited && strcmp(decision->state, "accepted") != 0 &&
        strcmp(decision->state, "rejected") != 0) {
        return lac_fail(err, LACUNA_E_ARGUMENT,
                        "a draft is accepted, rejected or edited, not %.40s", decision->state);
    }
    if (is_blank(decision->by) || is_blank(decision->reason)) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "a decision needs who makes it and why");
    }
    if (!is_line(decision->by) || !is_line(decision->reason)) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "name and reason are one line each");
    }
    if (!lac_utf8_valid(lac_span_of(decision->by)) ||
        !lac_utf8_valid(lac_span_of(decision->reason)) ||
        (decision->text != NULL && !lac_utf8_valid(lac_span_of(decision->text)))) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "a decision is written in UTF-8");
    }
    if (strlen(decision->by) > WORDS_MAX || strlen(decision->reason) > WORDS_MAX) {
        return lac_fail(err, LACUNA_E_LIMIT, "name and reason have at most %d bytes", WORDS_MAX);
    }
    if (edited == (decision->text == NULL)) {
        return lac_fail(err, LACUNA_E_ARGUMENT,
                        edited ? "an edited draft needs its text"
                               : "only an edited draft has a text");
    }
    return LACUNA_OK;
}

static const char *keep(lac_review *review, const char *text, bool *kept)
{
    const char *copy = text == NULL ? NULL : lac_arena_copy(&review->arena, lac_span_of(text));
    *kept = *kept && (text == NULL || copy != NULL);
    return copy;
}

lacuna_status lac_review_add(lac_review *review, const lac_draft_decision *decision,
                             lacuna_error *err)
{
    void *decisions = review->decisions;
    lacuna_status status = check(decision, err);
    if (status != LACUNA_OK) {
        return status;
    }
    status = lac_grow(&decisions, &review->capacity, review->count + 1, sizeof *review->decisions,
                      LAC_DECISIONS_MAX);
    review->decisions = decisions;
    if (status != LACUNA_OK) {
        return status == LACUNA_E_NOMEM ? lac_fail_nomem(err)
                                        : lac_fail(err, status, "there are too many decisions");
    }
    bool kept = true;
    review->decisions[review->count] =
        (lac_draft_decision){.gap = keep(review, decision->gap, &kept),
                             .state = keep(review, decision->state, &kept),
                             .by = keep(review, decision->by, &kept),
                             .reason = keep(review, decision->reason, &kept),
                             .time = keep(review, decision->time, &kept),
                             .draft = keep(review, decision->draft, &kept),
                             .text = keep(review, decision->text, &kept)};
    review->count += kept ? 1 : 0;
    return kept ? LACUNA_OK : lac_fail_nomem(err);
}

/* ---- the file ------------------------------------------------------------------------------- */

static const char *string_of(const json_t *tree, const char *key)
{
    const char *text = json_string_value(json_object_get(tree, key));
    return text == NULL ? "" : text;
}

static lacuna_status read_decision(lac_review *out, const json_t *value, lacuna_error *err)
{
    const json_t *text = json_object_get(value, "text");
    const lac_draft_decision decision = {.gap = string_of(value, "gap"),
                                         .state = string_of(value, "state"),
                                         .by = string_of(value, "by"),
                                         .reason = string_of(value, "reason"),
                                         .time = string_of(value, "time"),
                                         .draft = string_of(value, "draft_sha256"),
                                         .text = json_string_value(text)};
    lacuna_status status = lac_review_add(out, &decision, err);
    return status == LACUNA_E_ARGUMENT ? LACUNA_E_FORMAT : status;
}

static lacuna_status read_file(lac_review *out, lac_span content, lacuna_error *err)
{
    json_error_t where = {0};
    json_t *tree = NULL;
    lacuna_status status = lac_json_parse(&tree, content, 0, &where);
    const json_t *list = json_object_get(tree, "decisions");
    if (status == LACUNA_OK &&
        (strcmp(string_of(tree, "schema"), SCHEMA) != 0 || !json_is_array(list))) {
        status = LACUNA_E_FORMAT;
    }
    for (size_t i = 0; i < json_array_size(list) && status == LACUNA_OK; i++) {
        status = read_decision(out, json_array_get(list, i), err);
    }
    json_decref(tree);
    if (status == LACUNA_E_FORMAT) {
        lac_error_place(err, LAC_REVIEW_FILE, where.line > 0 ? (uint32_t)where.line : 0);
        return lac_fail_remedy(err, status,
                               "mend it, or move it away: the decisions are also in "
                               "the audit log",
                               "the decisions about drafts cannot be read");
    }
    return status == LACUNA_E_NOMEM ? lac_fail_nomem(err) : status;
}

lacuna_status lac_review_read(lac_review *out, lac_run_folder *folder, lacuna_error *err)
{
    bool found;
    lac_buf content;
    *out = (lac_review){.count = 0};
    lac_arena_init(&out->arena);
    lac_buf_init(&content, FILE_BYTES_MAX);
    lacuna_status status = lac_run_folder_read(&content, &found, folder, LAC_REVIEW_FILE, err);
    if (status == LACUNA_OK && found) {
        status = read_file(out, lac_buf_span(&content), err);
    }
    lac_buf_free(&content);
    if (status != LACUNA_OK) {
        lac_review_free(out);
    }
    return status;
}

static json_t *decision_value(const lac_draft_decision *d)
{
    json_t *value =
        json_pack("{s:s,s:s,s:s,s:s,s:s,s:s}", "gap", d->gap, "state", d->state, "by", d->by,
                  "reason", d->reason, "time", d->time, "draft_sha256", d->draft);
    if (value != NULL && d->text != NULL &&
        json_object_set_new(value, "text", json_string(d->text)) != 0) {
        json_decref(value);
        return NULL;
    }
    return value;
}

lacuna_status lac_review_write(const lac_review *review, lac_run_folder *folder, lacuna_error *err)
{
    json_t *list = json_array();
    bool made = list != NULL;
    for (size_t i = 0; made && i < review->count; i++) {
        made = json_array_append_new(list, decision_value(&review->decisions[i])) == 0;
    }
    json_t *tree = made ? json_pack("{s:s,s:O}", "schema", SCHEMA, "decisions", list) : NULL;
    char *text = tree == NULL ? NULL : json_dumps(tree, JSON_INDENT(2) | JSON_SORT_KEYS);
    lacuna_status status =
        text == NULL ? lac_fail_nomem(err)
                     : lac_run_folder_write(folder, LAC_REVIEW_FILE, lac_span_of(text), err);
    free(text);
    json_decref(tree);
    json_decref(list);
    return status;
}
