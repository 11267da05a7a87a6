#include "drafter/judge.h"
#include "api/run.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

/* Syncing takes some milliseconds, and answers may come faster than that. */
enum { AUDIT_SYNC_MS = 100 };

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

static lacuna_status open_audit(lac_audit **audit, const lacuna_options *options, lacuna_error *err)
{
    lac_audit_settings settings = {.actor = options->audit_actor, .sync_ms = AUDIT_SYNC_MS};
    *audit = NULL;
    return options->audit_log == NULL ? LACUNA_OK
                                      : lac_audit_open(audit, options->audit_log, &settings, err);
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
    lac_report_free(report);
    return lac_report_derive(report, err);
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
    status = open_audit(&audit, options, err);
    if (status == LACUNA_OK) {
        lac_judge_settings settings = {.model = model,
                                       .store = options->judge_store,
                                       .audit = audit,
                                       .all = options->judge_all,
                                       .progress = progress,
                                       .user = user};
        status = lac_judge_run(&counts, documents, count, &settings, err);
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
        lac_judge_settings settings = {
            .model = model, .store = options->judge_store, .all = options->judge_all};
        status = lac_judge_preview(documents, count, &settings, take_request, &p, err);
    }
    free(documents);
    return status;
}
