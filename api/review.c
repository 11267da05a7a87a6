#include "api/audit_open.h"
#include "drafter/draft/shelf.h"
#include "support/error.h"

#include <stdlib.h>
#include <time.h>

enum { LIST_BYTES_MAX = 256 * 1024 * 1024, TIME_ROOM = 32 };

struct lacuna_review {
    lac_shelf *shelf;
    lacuna_options *options;
};

lacuna_status lacuna_review_open(lacuna_review **out, const char *folder,
                                 const lacuna_options *options, lacuna_error *err)
{
    *out = NULL;
    lacuna_review *review = calloc(1, sizeof *review);
    if (review == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = lac_options_copy(&review->options, options, err);
    if (status == LACUNA_OK) {
        status = lac_shelf_open(&review->shelf, folder, err);
    }
    if (status != LACUNA_OK) {
        lacuna_review_free(review);
        return status;
    }
    *out = review;
    return LACUNA_OK;
}

void lacuna_review_free(lacuna_review *review)
{
    if (review != NULL) {
        lac_shelf_close(review->shelf);
        lacuna_options_free(review->options);
        free(review);
    }
}

uint64_t lacuna_review_count(const lacuna_review *review, const char *state)
{
    uint64_t count = 0;
    for (size_t i = 0; i < review->shelf->count; i++) {
        const json_t *step = review->shelf->steps[i];
        bool counts = strcmp(state, "all") == 0 ||
                      (strcmp(state, lac_shelf_state(review->shelf, step)) == 0 &&
                       lac_shelf_is_planned(review->shelf, step));
        count += counts ? 1 : 0;
    }
    return count;
}

static lacuna_status find(const json_t **out, const lacuna_review *review, const char *gap,
                          lacuna_error *err)
{
    *out = lac_shelf_find(review->shelf, gap);
    return *out != NULL ? LACUNA_OK
                        : lac_fail_remedy(err, LACUNA_E_NOTFOUND,
                                          "lacuna review FOLDER lists them, as CHECKLIST/ITEM",
                                          "there is no draft %.100s, or more than one", gap);
}

lacuna_status lacuna_review_render(lacuna_review *review, const char *gap, const char *format,
                                   lacuna_write_fn write, void *user, lacuna_error *err)
{
    lac_buf text;
    const json_t *only = NULL;
    bool json = strcmp(format, "json") == 0;
    if (!json && strcmp(format, "text") != 0) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "\"%.40s\" is not one of text, json", format);
    }
    lacuna_status status = gap == NULL ? LACUNA_OK : find(&only, review, gap, err);
    lac_buf_init(&text, LIST_BYTES_MAX);
    if (status == LACUNA_OK) {
        status = json ? lac_shelf_write_json(&text, review->shelf, only, err)
                      : lac_shelf_write_text(&text, review->shelf, only, err);
    }
    if (status == LACUNA_OK && write(user, lac_buf_text(&text), text.len) != 0) {
        status = lac_fail(err, LACUNA_E_IO, "the list could not be written");
    }
    lac_buf_free(&text);
    return status;
}

/* ---- deciding ------------------------------------------------------------------------------- */

static lacuna_status set_time(char out[TIME_ROOM], lacuna_error *err)
{
    struct tm parts;
    time_t now = time(NULL);
    return gmtime_r(&now, &parts) != NULL &&
                   strftime(out, TIME_ROOM, "%Y-%m-%dT%H:%M:%SZ", &parts) > 0
               ? LACUNA_OK
               : lac_fail(err, LACUNA_E_INTERNAL, "the clock gives no time");
}

static lacuna_status count_failures(uint64_t *unsupported, const json_t *step, const char *text,
                                    lacuna_error *err)
{
    lac_arena arena;
    lac_arena_init(&arena);
    lac_statements s = {.arena = &arena};
    lacuna_status status =
        text == NULL ? LACUNA_OK : lac_shelf_failures(&s, step, lac_span_of(text), err);
    *unsupported = s.count;
    free(s.findings);
    lac_arena_free(&arena);
    return status;
}

/* Digests in place of texts. */
static json_t *entry_of(const lac_draft_decision *d, uint64_t unsupported, lacuna_error *err)
{
    lac_digest digest = {""};
    const char *slash = strchr(d->gap, '/');
    size_t length = slash == NULL ? 0 : (size_t)(slash - d->gap);
    if (d->text != NULL && lac_sha256(&digest, lac_span_of(d->text), err) != LACUNA_OK) {
        return NULL;
    }
    json_t *entry =
        json_pack("{s:s,s:s%,s:s,s:s,s:s,s:s,s:s,s:s,s:i}", "purpose", "draft-review", "checklist",
                  d->gap, length, "item", slash == NULL ? d->gap : slash + 1, "decision", d->state,
                  "by", d->by, "reason", d->reason, "draft_sha256", d->draft, "text_sha256",
                  digest.hex, "unsupported", (int)unsupported);
    if (entry == NULL) {
        (void)lac_fail_nomem(err);
    }
    return entry;
}

static lacuna_status log_decision(const lacuna_review *review, const lac_draft_decision *decision,
                                  uint64_t unsupported, lacuna_error *err)
{
    lac_audit *audit;
    lacuna_status status = lac_audit_open_for(&audit, review->options, err);
    if (status != LACUNA_OK || audit == NULL) {
        return status;
    }
    json_t *entry = entry_of(decision, unsupported, err);
    status = entry == NULL ? LACUNA_E_NOMEM : lac_audit_append(audit, "human-decision", entry, err);
    if (status == LACUNA_OK) {
        status = lac_audit_sync(audit, err);
    }
    json_decref(entry);
    lac_audit_close(audit);
    return status;
}

static lacuna_status decide(lacuna_review *review, uint64_t *unsupported, const json_t *step,
                            lac_draft_decision *decision, lacuna_error *err)
{
    char time_text[TIME_ROOM];
    lac_review *made = &review->shelf->review;
    lacuna_status status = set_time(time_text, err);
    decision->gap = lac_shelf_text(step, "gap");
    decision->draft = lac_shelf_text(step, "draft_sha256");
    decision->time = time_text;
    if (status == LACUNA_OK) {
        status = lac_review_add(made, decision, err);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    status = count_failures(unsupported, step, decision->text, err);
    if (status == LACUNA_OK) {
        status = log_decision(review, decision, *unsupported, err);
    }
    if (status == LACUNA_OK) {
        status = lac_review_write(made, review->shelf->folder, err);
    }
    made->count -= status == LACUNA_OK ? 0 : 1; /* it was not recorded, so it was not made */
    return status;
}

lacuna_status lacuna_review_decide(lacuna_review *review, uint64_t *unsupported, const char *gap,
                                   const char *state, const char *by, const char *reason,
                                   const char *text, size_t length, lacuna_error *err)
{
    const json_t *step;
    char *copy = NULL;
    *unsupported = 0;
    lacuna_status status = find(&step, review, gap, err);
    if (status != LACUNA_OK) {
        return status;
    }
    if (text != NULL && (length > LAC_EDITED_BYTES_MAX || memchr(text, '\0', length) != NULL)) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "the text is no text, or longer than %d bytes",
                        LAC_EDITED_BYTES_MAX);
    }
    if (text != NULL) {
        copy = malloc(length + 1);
        if (copy == NULL) {
            return lac_fail_nomem(err);
        }
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    lac_draft_decision decision = {.state = state, .by = by, .reason = reason, .text = copy};
    status = decide(review, unsupported, step, &decision, err);
    free(copy);
    return status;
}
