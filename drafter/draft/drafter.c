#include "drafter/draft/drafter.h"

#include "support/error.h"

#include <stdlib.h>

/* ---- by fixed rules ------------------------------------------------------------------------- */

static lacuna_status assemble_all(const lac_drafter *drafter, lac_step *const *steps, size_t count,
                                  lac_drafted_fn drafted, void *user, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    (void)drafter;
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        steps[i]->outcome = LAC_STEP_ASSEMBLED;
        status = drafted(user, steps[i], NULL, NULL, err);
    }
    return status;
}

lac_drafter lac_drafter_extractive(void)
{
    return (lac_drafter){.name = "extractive", .draft = assemble_all};
}

/* ---- a model -------------------------------------------------------------------------------- */

typedef struct asking {
    lac_step **steps; /* of the requests */
    lacuna_request *requests;
    size_t count;
    lac_drafted_fn drafted;
    void *user;
    bool stopped;
    lacuna_status failure; /* one that ends everything */
    lacuna_error *err;
} asking;

static lacuna_status set_call(lac_step *step, const lacuna_response *response, lacuna_error *err)
{
    lac_arena *arena = &step->arena;
    step->provider = lac_arena_copy(arena, lac_span_of(response->provider));
    step->request_id = lac_arena_copy(arena, lac_span_of(response->request_id));
    step->request_digest = lac_arena_copy(arena, lac_span_of(response->request_digest));
    step->response_digest = lac_arena_copy(arena, lac_span_of(response->response_digest));
    step->usage = response->usage;
    step->cost = response->cost;
    bool kept = step->provider != NULL && step->request_id != NULL &&
                step->request_digest != NULL && step->response_digest != NULL;
    return kept ? LACUNA_OK : lac_fail_nomem(err);
}

static lacuna_status set_failed(lac_step *step, const char *why, lacuna_error *err)
{
    step->outcome = LAC_STEP_FAILED;
    step->failure = lac_arena_copy(&step->arena, lac_span_of(why));
    return step->failure == NULL ? lac_fail_nomem(err) : LACUNA_OK;
}

static bool says_nothing(const lacuna_response *response)
{
    for (size_t i = 0; i < response->block_count; i++) {
        lacuna_text text = response->blocks[i].text;
        if (lac_span_trim(lac_span_make(text.bytes, text.length)).len > 0) {
            return false;
        }
    }
    return true;
}

static lacuna_status take_text(lac_step *step, const lacuna_response *response, lacuna_error *err)
{
    lacuna_error why = {0};
    if (says_nothing(response)) {
        return set_failed(step, "the answer is empty", err);
    }
    lacuna_status status =
        lac_answer_take(&step->answer, &step->arena, &step->material, response, &why);
    if (status == LACUNA_OK) {
        step->outcome = LAC_STEP_WRITTEN;
        return LACUNA_OK;
    }
    return status == LACUNA_E_NOMEM ? lac_fail_nomem(err) : set_failed(step, why.message, err);
}

static lacuna_status take_response(lac_step *step, const lacuna_response *response,
                                   lacuna_error *err)
{
    lacuna_status status = set_call(step, response, err);
    if (status != LACUNA_OK) {
        return status;
    }
    switch (response->stop) {
    case LACUNA_STOP_END:
        return take_text(step, response, err);
    case LACUNA_STOP_REFUSAL:
        step->outcome = LAC_STEP_DECLINED;
        step->failure = "the model declined to answer";
        return LACUNA_OK;
    case LACUNA_STOP_TOKENS:
    case LACUNA_STOP_CONTEXT:
        step->outcome = LAC_STEP_CUT_OFF;
        step->failure = "the answer was cut off at its length";
        return LACUNA_OK;
    default:
        return set_failed(step, "the answer ended for a reason that is not known", err);
    }
}

static int on_answer(void *user, size_t index, const lacuna_response *response,
                     const lacuna_error *failure)
{
    asking *a = user;
    lac_step *step = a->steps[index];
    if (failure != NULL && failure->status == LACUNA_E_CANCELLED) {
        a->stopped = true; /* it was never answered */
        return 0;
    }
    if (a->failure != LACUNA_OK) {
        return 1;
    }
    lacuna_status status = failure == NULL ? take_response(step, response, a->err)
                                           : set_failed(step, failure->message, a->err);
    if (status == LACUNA_OK) {
        status = a->drafted(a->user, step, response, failure, a->err);
    }
    a->stopped = a->stopped || status == LACUNA_E_CANCELLED;
    a->failure = status == LACUNA_E_CANCELLED ? LACUNA_OK : status;
    return status != LACUNA_OK;
}

static lacuna_status make_requests(asking *a, const lac_drafter *drafter, lac_step *const *steps,
                                   size_t count)
{
    lacuna_status status = LACUNA_OK;
    a->steps = calloc(count + 1, sizeof(lac_step *));
    a->requests = calloc(count + 1, sizeof *a->requests);
    if (a->steps == NULL || a->requests == NULL) {
        return lac_fail_nomem(a->err);
    }
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        if (steps[i]->material.passage_count == 0) {
            steps[i]->outcome = LAC_STEP_NO_SOURCES;
            status = a->drafted(a->user, steps[i], NULL, NULL, a->err);
            continue;
        }
        a->steps[a->count] = steps[i];
        status = lac_draft_request(&a->requests[a->count++], steps[i], drafter->prompt, a->err);
    }
    return status;
}

static lacuna_status ask_all(const lac_drafter *drafter, lac_step *const *steps, size_t count,
                             lac_drafted_fn drafted, void *user, lacuna_error *err)
{
    const lacuna_model *model = drafter->model;
    asking a = {.drafted = drafted, .user = user, .err = err};
    lacuna_status status = make_requests(&a, drafter, steps, count);
    if (status == LACUNA_OK && a.count > 0) {
        status = model->ask(model->state, a.requests, a.count, on_answer, &a, err);
        status = a.failure != LACUNA_OK ? a.failure : status;
    }
    free(a.steps);
    free(a.requests);
    if (status == LACUNA_OK && a.stopped) {
        return lac_fail(err, LACUNA_E_CANCELLED, "stopped before everything was drafted");
    }
    return status;
}

lac_drafter lac_drafter_model(const lacuna_model *model, const lac_prompt *prompt)
{
    return (lac_drafter){.name = "claude", .model = model, .prompt = prompt, .draft = ask_all};
}
