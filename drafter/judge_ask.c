#include "drafter/judge_state.h"
#include "support/error.h"

#include <stdio.h>
#include <stdlib.h>

/* What is open at a time: the memory of a run does not grow with what is asked. */
enum { BATCH_QUESTIONS = 1024, BATCH_BYTES = 32 * 1024 * 1024 };

/* ---- answers -------------------------------------------------------------------------------- */

static lacuna_status log_call(lac_judging *j, const lac_question *q,
                              const lacuna_response *response, const lacuna_error *failure,
                              lacuna_error *err)
{
    if (j->settings->audit == NULL) {
        return LACUNA_OK;
    }
    json_t *entry =
        json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:i}", "purpose", "judge", "prompt",
                  LAC_JUDGE_PROMPT, "prompt_sha256", j->prompt.digest.hex, "checklist",
                  q->checklist->id, "checklist_sha256", q->checklist->digest.hex, "item",
                  q->item->item->id, "part_sha256", j->pieces[q->piece].digest.hex, "identifiers",
                  lac_phi_policy_name(j->settings->privacy.policy), "pseudonyms",
                  (int)j->pieces[q->piece].tokens.count);
    json_t *more =
        response != NULL
            ? json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:i,s:I,s:I,s:I,s:I,s:f,s:i,s:b,s:s,s:s,s:i}",
                        "provider", response->provider, "model_asked", response->model_asked,
                        "model_used", response->model_used, "request_id", response->request_id,
                        "request_sha256", response->request_digest, "response_sha256",
                        response->response_digest, "stop", (int)response->stop, "input_tokens",
                        (json_int_t)response->usage.input, "output_tokens",
                        (json_int_t)response->usage.output, "cache_read_tokens",
                        (json_int_t)response->usage.cache_read, "cache_write_tokens",
                        (json_int_t)response->usage.cache_write, "cost", response->cost, "retries",
                        (int)response->retries, "repaired", response->repaired, "structure",
                        response->structure, "vote", q->vote.reason, "verified_quotes",
                        (int)q->vote.evidence_count)
            : json_pack("{s:s}", "failure", lacuna_status_name(failure->status));
    lacuna_status status = LACUNA_E_NOMEM;
    if (entry != NULL && more != NULL && json_object_update(entry, more) == 0) {
        status = lac_audit_append(j->settings->audit, "model-call", entry, err);
    } else {
        lac_fail_nomem(err);
    }
    json_decref(more);
    json_decref(entry);
    return status;
}

static void add_usage(lac_judging *j, const lacuna_response *response)
{
    lac_judge_counts *counts = j->counts;
    counts->usage.input += response->usage.input;
    counts->usage.output += response->usage.output;
    counts->usage.cache_read += response->usage.cache_read;
    counts->usage.cache_write += response->usage.cache_write;
    counts->cost = response->cost < 0 || counts->cost < 0 ? -1 : counts->cost + response->cost;
}

static void take_failure(lac_judging *j, lac_question *q, const lacuna_error *why)
{
    q->vote = lac_vote_none("not-evaluated/no-answer");
    q->voted = true;
    if (j->counts->failed++ == 0) {
        (void)snprintf(j->counts->first_failure, sizeof j->counts->first_failure, "%s%s%.250s",
                       why->message, why->remedy[0] == '\0' ? "" : "; ", why->remedy);
    }
}

/* Logged before it is kept: what a report may rest on is in the log. */
static lacuna_status take_response(lac_judging *j, lac_question *q, const lacuna_response *response,
                                   lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    bool final = lac_judging_is_final(response);
    add_usage(j, response);
    if (final && response->stop == LACUNA_STOP_END) {
        lac_span answer =
            lac_span_make(response->blocks[0].text.bytes, response->blocks[0].text.length);
        status = lac_judging_read(j, q, answer, response->model_used, response->request_id, err);
        final = status != LACUNA_E_FORMAT;
        status = final ? status : LACUNA_OK;
    } else if (final) {
        q->vote = lac_vote_none(lac_judging_reason(response->stop));
        q->voted = true;
    }
    if (status == LACUNA_OK && !final) {
        lacuna_error why = {.message = "the model gave no answer of the kind that was asked for"};
        take_failure(j, q, &why);
    }
    j->counts->asked += status == LACUNA_OK && final;
    if (status == LACUNA_OK) {
        status = log_call(j, q, response, NULL, err);
    }
    return status == LACUNA_OK && final ? lac_judging_keep(j, q, response, err) : status;
}

/* Of what was never sent there is nothing to log. */
static bool was_sent(const lacuna_error *failure)
{
    return failure->status != LACUNA_E_LIMIT && failure->status != LACUNA_E_ARGUMENT;
}

/* The receiver of the answers to a batch. */
typedef struct receiving {
    lac_judging *judging;
    size_t first; /* of the batch, in `asked` */
    lacuna_error *err;
} receiving;

/* False: whoever listens wants no more. */
static bool tell_progress(const lac_judging *j)
{
    const lac_judge_counts *c = j->counts;
    return j->settings->progress == NULL ||
           j->settings->progress(j->settings->user, c->kept + c->asked + c->failed, c->questions,
                                 c->cost) == 0;
}

static int on_answer(void *user, size_t index, const lacuna_response *response,
                     const lacuna_error *failure)
{
    receiving *r = user;
    lac_judging *j = r->judging;
    lac_question *q = &j->questions[j->asked[r->first + index]];
    lacuna_status status = LACUNA_OK;
    if (failure != NULL && failure->status == LACUNA_E_CANCELLED) {
        j->stopped = true; /* it was never answered */
        return 0;
    }
    if (j->failure != LACUNA_OK) {
        return 1; /* it ends everything, and is not to be covered by what comes after */
    }
    if (failure == NULL) {
        status = take_response(j, q, response, r->err);
    } else {
        take_failure(j, q, failure);
        status = was_sent(failure) ? log_call(j, q, NULL, failure, r->err) : LACUNA_OK;
    }
    if (status == LACUNA_OK && !tell_progress(j)) {
        j->stopped = true;
    }
    j->failure = status;
    return status != LACUNA_OK || j->stopped;
}

/* ---- what is asked -------------------------------------------------------------------------- */

lacuna_status lac_judging_recall(lac_judging *j, lacuna_error *err)
{
    lac_buf text;
    lacuna_status status = LACUNA_OK;
    j->asked = calloc(j->question_count + 1, sizeof *j->asked);
    if (j->asked == NULL) {
        return lac_fail_nomem(err);
    }
    lac_buf_init(&text, LAC_JUDGE_INSTRUCTION_MAX);
    for (size_t i = 0; i < j->question_count && status == LACUNA_OK; i++) {
        lac_question *q = &j->questions[i];
        status = lac_judging_recall_one(j, q, err);
        if (status == LACUNA_OK && !q->voted) {
            j->asked[j->asked_count++] = i;
            lac_buf_clear(&text); /* what cannot be asked is known before anything is sent */
            status = lac_judging_instruct(&text, j, q, err);
        }
        if (i + 1 == j->question_count || j->questions[i + 1].piece != q->piece) {
            lac_judge_piece_close(&j->pieces[q->piece]);
        }
    }
    lac_buf_free(&text);
    return status;
}

lac_judge_piece *lac_judging_piece(const lac_judging *j, size_t asked)
{
    return &j->pieces[j->questions[j->asked[asked]].piece];
}

/* ---- batches -------------------------------------------------------------------------------- */

/* Questions with their pieces open. */
typedef struct batch {
    lacuna_request *requests;
    size_t first, count; /* in `asked` */
    lac_arena texts;     /* of the instructions */
} batch;

static void close_batch(batch *b, const lac_judging *j)
{
    for (size_t i = 0; i < b->count; i++) {
        lac_judge_piece_close(lac_judging_piece(j, b->first + i));
    }
    lac_arena_free(&b->texts);
    b->count = 0;
}

static lacuna_status open_batch(batch *b, const lac_judging *j, size_t first, lacuna_error *err)
{
    size_t bytes = 0;
    lacuna_status status = LACUNA_OK;
    b->first = first;
    while (status == LACUNA_OK && first + b->count < j->asked_count && b->count < BATCH_QUESTIONS &&
           bytes < BATCH_BYTES) {
        lac_judge_piece *piece = lac_judging_piece(j, first + b->count);
        bool opens = piece->text == NULL;
        status = lac_judge_piece_open(piece, err);
        bytes += status == LACUNA_OK && opens ? piece->text->arena.used : 0;
        if (status == LACUNA_OK) {
            const lac_question *q = &j->questions[j->asked[first + b->count]];
            status = lac_judging_request(&b->requests[b->count++], &b->texts, j, q, err);
        }
    }
    return status;
}

/* Once answers were paid for, a model that cannot be asked any more is a failure of the questions
 * that are left, as it would be had they been asked together. */
static lacuna_status take_refusal(lac_judging *j, size_t first, lacuna_status status,
                                  const lacuna_error *why, lacuna_error *err)
{
    if (first == 0 || j->stopped || status == LACUNA_E_NOMEM) {
        if (err != NULL) {
            *err = *why;
        }
        return status;
    }
    for (size_t i = first; i < j->asked_count; i++) {
        lac_question *q = &j->questions[j->asked[i]];
        if (!q->voted) {
            take_failure(j, q, why);
        }
    }
    return LACUNA_OK;
}

static lacuna_status ask_batch(lac_judging *j, const batch *b, lacuna_error *err)
{
    lacuna_error why = {0};
    receiving r = {j, b->first, err};
    const lacuna_model *model = j->settings->model;
    lacuna_status status = model->ask(model->state, b->requests, b->count, on_answer, &r, &why);
    if (j->failure != LACUNA_OK) {
        return j->failure;
    }
    return status == LACUNA_OK ? LACUNA_OK : take_refusal(j, b->first, status, &why, err);
}

lacuna_status lac_judging_ask(lac_judging *j, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    batch b = {.requests = calloc(BATCH_QUESTIONS, sizeof *b.requests)};
    if (b.requests == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&b.texts);
    for (size_t next = 0; next < j->asked_count && status == LACUNA_OK && !j->stopped;) {
        status = open_batch(&b, j, next, err);
        next += b.count;
        if (status == LACUNA_OK) {
            status = ask_batch(j, &b, err);
        }
        close_batch(&b, j);
        j->stopped =
            j->stopped || (status == LACUNA_OK && next < j->asked_count && !tell_progress(j));
    }
    free(b.requests);
    return status;
}
