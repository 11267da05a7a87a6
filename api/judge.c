#include "drafter/judge.h"

#include "api/audit_open.h"
#include "api/identifiers.h"
#include "api/run.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

/* The documents that can be asked about: those whose text is still there. */
static lacuna_status collect(lac_document_result ***out, uint32_t *count, lacuna_result *result,
                             lacuna_error *err)
{
    *count = 0;
    *out = calloc(result->checked_count + 1, sizeof **out);
    if (*out == NULL) {
        return lac_fail_nomem(err);
    }
    for (size_t i = 0; i < result->checked_count; i++) {
        if (result->checked[i].result != NULL && result->checked[i].document != NULL) {
            (*out)[(*count)++] = result->checked[i].result;
        }
    }
    return LACUNA_OK;
}

static void fill_summary(lacuna_judge_summary *summary, const lac_judge_counts *counts,
                         const lac_audit *audit)
{
    *summary = (lacuna_judge_summary){
        .questions = counts->questions,
        .kept = counts->kept,
        .asked = counts->asked,
        .failed = counts->failed,
        .items = counts->items,
        .agreed = counts->agreed,
        .differed = counts->differed,
        .undecided = counts->undecided,
        .usage = counts->usage,
        .cost = counts->cost,
    };
    memcpy(summary->first_failure, counts->first_failure, sizeof summary->first_failure);
    if (audit != NULL) {
        memcpy(summary->audit_head, lac_audit_head(audit), sizeof summary->audit_head);
    }
}

/* Findings, counts and verdict follow from the statuses, so they are derived anew. */
static lacuna_status derive_again(lacuna_result *result, const lacuna_judge_summary *summary,
                                  const lacuna_model *model, lacuna_error *err)
{
    lac_report *report = &result->report;
    report->judge.model = lac_arena_copy(&result->inputs.arena, lac_span_of(model->name));
    if (report->judge.model == NULL) {
        return lac_fail_nomem(err);
    }
    report->judge.summary = *summary;
    for (size_t i = 0; i < result->checked_count; i++) { /* a person has the last word */
        if (result->checked[i].result != NULL) {
            lac_decisions_restore(result->checked[i].result);
        }
    }
    lac_report_free(report);
    return lac_report_derive(report, err);
}

/* Who is told while it runs. */
typedef struct hearing {
    const lacuna_result *result;
    lac_document_result **documents;
    lacuna_judge_progress_fn progress;
    void *user;
    lac_pseudonym_list map;
} hearing;

static int tell_progress(void *user, uint64_t done, uint64_t total, double cost)
{
    const hearing *h = user;
    return h->progress == NULL ? 0 : h->progress(h->user, done, total, cost);
}

static const char *path_of(const hearing *h, uint32_t index)
{
    for (size_t i = 0; i < h->result->checked_count; i++) {
        if (h->result->checked[i].result == h->documents[index]) {
            return h->result->inputs.items[i].shown;
        }
    }
    return "";
}

static lacuna_status take_map(void *user, uint32_t index, const json_t *map, lacuna_error *err)
{
    hearing *h = user;
    return lac_pseudonym_add(&h->map, path_of(h, index), map, err);
}

static lacuna_status run(lac_judge_counts *counts, hearing *h, uint32_t count, lac_audit *audit,
                         const lacuna_model *model, const lacuna_options *options,
                         lacuna_error *err)
{
    lac_judge_settings settings = {.model = model,
                                   .store = options->judge_store,
                                   .audit = audit,
                                   .privacy = lac_options_privacy(options),
                                   .all = options->judge_all,
                                   .progress = tell_progress,
                                   .take_map = options->pseudonym_map == NULL ? NULL : take_map,
                                   .user = h};
    lacuna_status status = lac_judge_run(counts, h->documents, count, &settings, err);
    if (status == LACUNA_OK || status == LACUNA_E_CANCELLED) {
        lacuna_status written = lac_pseudonym_write(&h->map, options->pseudonym_map, err);
        status = written == LACUNA_OK ? status : written;
    }
    lac_pseudonym_free(&h->map);
    return status;
}

lacuna_status lacuna_result_judge(lacuna_judge_summary *summary, lacuna_result *result,
                                  const lacuna_model *model, const lacuna_options *options,
                                  lacuna_judge_progress_fn progress, void *user, lacuna_error *err)
{
    lac_audit *audit;
    lac_document_result **documents;
    lac_judge_counts counts = {0};
    uint32_t count;
    *summary = (lacuna_judge_summary){0};
    options = options == NULL ? result->options : options;
    lacuna_status status = collect(&documents, &count, result, err);
    if (status != LACUNA_OK) {
        return status;
    }
    status = lac_audit_open_for(&audit, options, err);
    if (status == LACUNA_OK) {
        hearing h = {result, documents, progress, user, {NULL}};
        status = run(&counts, &h, count, audit, model, options, err);
    }
    if (status == LACUNA_OK && audit != NULL) {
        status = lac_audit_sync(audit, err);
    }
    fill_summary(summary, &counts, audit);
    if (status == LACUNA_OK || status == LACUNA_E_CANCELLED) {
        lacuna_status derived = derive_again(result, summary, model, err);
        status = derived == LACUNA_OK ? status : derived;
    }
    lac_audit_close(audit);
    free(documents);
    return status;
}

/* ---- preview -------------------------------------------------------------------------------- */

typedef struct preview {
    lacuna_request_fn take;
    void *user;
} preview;

static lacuna_status take_request(void *user, const lacuna_request *request, lacuna_error *err)
{
    const preview *p = user;
    return p->take(p->user, request) == 0 ? LACUNA_OK
                                          : lac_fail(err, LACUNA_E_CANCELLED, "stopped");
}

lacuna_status lacuna_result_judge_preview(lacuna_result *result, const lacuna_model *model,
                                          const lacuna_options *options, lacuna_request_fn take,
                                          void *user, lacuna_error *err)
{
    lac_document_result **documents;
    uint32_t count;
    preview p = {take, user};
    options = options == NULL ? result->options : options;
    lacuna_status status = collect(&documents, &count, result, err);
    if (status == LACUNA_OK) {
        lac_judge_settings settings = {.model = model,
                                       .store = options->judge_store,
                                       .privacy = lac_options_privacy(options),
                                       .all = options->judge_all};
        status = lac_judge_preview(documents, count, &settings, take_request, &p, err);
    }
    free(documents);
    return status;
}

/* ---- identifiers of patients ---------------------------------------------------------------- */

typedef struct listing {
    hearing heard;
    lac_phi_telling telling;
} listing;

static lacuna_status take_find(void *user, uint32_t index, const lac_phi_find *find,
                               lacuna_error *err)
{
    listing *l = user;
    return lac_phi_tell(&l->telling, path_of(&l->heard, index), l->heard.documents[index]->document,
                        find, err);
}

lacuna_status lacuna_result_identifiers(uint64_t *certain, uint64_t *doubtful,
                                        lacuna_result *result, const lacuna_model *model,
                                        const lacuna_options *options, lacuna_phi_fn take,
                                        void *user, lacuna_error *err)
{
    lac_document_result **documents;
    uint32_t count;
    *certain = *doubtful = 0;
    options = options == NULL ? result->options : options;
    lacuna_status status = collect(&documents, &count, result, err);
    if (status == LACUNA_OK) {
        listing l = {{.result = result, .documents = documents}, {certain, doubtful, take, user}};
        lac_judge_settings settings = {.model = model,
                                       .store = options->judge_store,
                                       .privacy = lac_options_privacy(options),
                                       .all = options->judge_all};
        status = lac_judge_identifiers(documents, count, &settings, take_find, &l, err);
    }
    free(documents);
    return status;
}
