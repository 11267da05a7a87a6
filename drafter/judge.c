#include "drafter/judge_state.h"
#include "support/error.h"

#include <stdio.h>
#include <stdlib.h>

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
                  (int)j->pieces[q->piece].covered_count);
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

static void take_failure(lac_judging *j, lac_question *q, const char *message)
{
    q->vote = lac_vote_none("not-evaluated/no-answer");
    q->voted = true;
    if (j->counts->failed++ == 0) {
        (void)snprintf(j->counts->first_failure, sizeof j->counts->first_failure, "%s", message);
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
        take_failure(j, q, "the model gave no answer of the kind that was asked for");
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

/* Where the receiver of answers keeps its error. */
typedef struct receiving {
    lac_judging *judging;
    lacuna_error *err;
} receiving;

static int on_answer(void *user, size_t index, const lacuna_response *response,
                     const lacuna_error *failure)
{
    receiving *r = user;
    lac_judging *j = r->judging;
    lac_question *q = &j->questions[j->asked[index]];
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
        take_failure(j, q, failure->message);
        status = was_sent(failure) ? log_call(j, q, NULL, failure, r->err) : LACUNA_OK;
    }
    const lac_judge_counts *c = j->counts;
    if (status == LACUNA_OK && j->settings->progress != NULL &&
        j->settings->progress(j->settings->user, c->kept + c->asked + c->failed, c->questions,
                              c->cost) != 0) {
        j->stopped = true;
    }
    j->failure = status;
    return status != LACUNA_OK || j->stopped;
}

/* ---- identifiers of patients ---------------------------------------------------------------- */

/* The pieces that the requests are about. */
static lacuna_status sent_pieces(const lac_judge_piece ***out, size_t *count, const lac_judging *j,
                                 lacuna_error *err)
{
    *count = 0;
    *out = calloc(j->request_count + 1, sizeof **out);
    for (size_t i = 0; *out != NULL && i < j->request_count; i++) {
        const lac_judge_piece *piece = &j->pieces[j->questions[j->asked[i]].piece];
        if (*count == 0 || (*out)[*count - 1] != piece) { /* questions are in order of pieces */
            (*out)[(*count)++] = piece;
        }
    }
    return *out == NULL ? lac_fail_nomem(err) : LACUNA_OK;
}

static lacuna_status pass_gate(const lac_judging *j, lacuna_error *err)
{
    const lac_judge_piece **pieces;
    size_t count;
    lacuna_status status = sent_pieces(&pieces, &count, j, err);
    if (status == LACUNA_OK) {
        status = lac_judge_gate(&j->veils, pieces, count, err);
    }
    free(pieces);
    return status;
}

static lacuna_status give_maps(const lac_judging *j, lac_document_result *const *results,
                               uint32_t count, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (size_t v = 0; v < j->veils.count && status == LACUNA_OK; v++) {
        const lac_veil *veil = j->veils.items[v];
        json_t *map = NULL;
        uint32_t index = 0;
        while (index < count && results[index]->document != veil->document) {
            index++;
        }
        if (j->settings->take_map == NULL || veil->map == NULL || index == count) {
            continue;
        }
        status = lac_pseudonyms_json(&map, veil->map, err);
        if (status == LACUNA_OK) {
            status = j->settings->take_map(j->settings->user, index, map, err);
        }
        json_decref(map);
    }
    return status;
}

/* ---- asking --------------------------------------------------------------------------------- */

static lacuna_status make_requests(lac_judging *j, lacuna_error *err)
{
    j->requests = calloc(j->question_count + 1, sizeof *j->requests);
    j->asked = calloc(j->question_count + 1, sizeof *j->asked);
    if (j->requests == NULL || j->asked == NULL) {
        return lac_fail_nomem(err);
    }
    for (size_t i = 0; i < j->question_count; i++) {
        lac_question *q = &j->questions[i];
        lacuna_status status = lac_judging_recall(j, q, err);
        if (status == LACUNA_OK && !q->voted) {
            j->asked[j->request_count] = i;
            status = lac_judging_request(&j->requests[j->request_count++], j, q, err);
        }
        if (status != LACUNA_OK) {
            return status;
        }
    }
    return LACUNA_OK;
}

static lacuna_status ask(lac_judging *j, lac_document_result *const *results, uint32_t count,
                         lacuna_error *err)
{
    receiving r = {j, err};
    const lacuna_model *model = j->settings->model;
    lacuna_status status = make_requests(j, err);
    if (status == LACUNA_OK) {
        status = pass_gate(j, err);
    }
    if (status == LACUNA_OK) {
        status = give_maps(j, results, count, err);
    }
    if (status != LACUNA_OK || j->request_count == 0) {
        return status;
    }
    status = model->ask(model->state, j->requests, j->request_count, on_answer, &r, err);
    return status == LACUNA_OK ? j->failure : status;
}

/* ---- settling ------------------------------------------------------------------------------- */

static void count_outcome(lac_judge_counts *counts, const lac_item_result *item)
{
    if (item->model_vote->status == LAC_NOT_EVALUATED) {
        counts->undecided++;
    } else if (item->model_vote->status == item->rule_vote->status) {
        counts->agreed++;
    } else {
        counts->differed++;
    }
}

static int compare_by_item(const void *a, const void *b)
{
    const lac_question *x = a, *y = b;
    if (x->order != y->order) {
        return x->order < y->order ? -1 : 1;
    }
    return (x->piece > y->piece) - (x->piece < y->piece);
}

/* The votes about one item, on the parts [first, end) of its document. */
static lacuna_status settle_item(lac_judging *j, size_t first, size_t end, lacuna_error *err)
{
    lac_question *q = &j->questions[first];
    lacuna_status status = LACUNA_OK;
    for (size_t i = first + 1; i < end && status == LACUNA_OK; i++) {
        status = lac_vote_join(&q->vote, &j->questions[i].vote, q->arena, err);
    }
    if (status == LACUNA_OK) {
        status = lac_vote_settle(q->item, &q->vote, q->arena, err);
    }
    if (status == LACUNA_OK) {
        count_outcome(j->counts, q->item);
    }
    return status;
}

static lacuna_status settle(lac_judging *j, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < j->question_count; i++) {
        if (!j->questions[i].voted) {
            j->questions[i].vote = lac_vote_none("not-evaluated/not-asked");
        }
    }
    if (j->question_count > 0) {
        qsort(j->questions, j->question_count, sizeof *j->questions, compare_by_item);
    }
    for (size_t first = 0, end; first < j->question_count && status == LACUNA_OK; first = end) {
        end = first + 1;
        while (end < j->question_count && j->questions[end].order == j->questions[first].order) {
            end++;
        }
        status = settle_item(j, first, end, err);
    }
    return status;
}

static void judging_free(lac_judging *j)
{
    for (size_t i = 0; i < j->piece_count; i++) {
        lac_judge_piece_free(&j->pieces[i]);
    }
    free(j->pieces);
    lac_judge_veils_free(&j->veils);
    free(j->questions);
    free(j->requests);
    free(j->asked);
    lac_arena_free(&j->texts);
}

lacuna_status lac_judge_run(lac_judge_counts *counts, lac_document_result *const *results,
                            uint32_t count, const lac_judge_settings *settings, lacuna_error *err)
{
    lac_judging j = {
        .settings = settings, .counts = counts, .veils = {.privacy = settings->privacy}};
    *counts = (lac_judge_counts){0};
    lac_arena_init(&j.texts);
    lacuna_status status = lac_judging_plan(&j, results, count, err);
    if (status == LACUNA_OK) {
        status = ask(&j, results, count, err);
    }
    if (status == LACUNA_OK) {
        status = settle(&j, err);
    }
    bool stopped = j.stopped;
    judging_free(&j);
    return status == LACUNA_OK && stopped
               ? lac_fail(err, LACUNA_E_CANCELLED,
                          "stopped before the model had answered everything")
               : status;
}

lacuna_status lac_judge_preview(lac_document_result *const *results, uint32_t count,
                                const lac_judge_settings *settings,
                                lacuna_status (*take)(void *user, const lacuna_request *request,
                                                      lacuna_error *err),
                                void *user, lacuna_error *err)
{
    lac_judge_counts counts = {0};
    lac_judging j = {
        .settings = settings, .counts = &counts, .veils = {.privacy = settings->privacy}};
    lac_arena_init(&j.texts);
    lacuna_status status = lac_judging_plan(&j, results, count, err);
    if (status == LACUNA_OK) {
        status = make_requests(&j, err);
    }
    for (size_t i = 0; i < j.request_count && status == LACUNA_OK; i++) {
        status = take(user, &j.requests[i], err);
    }
    judging_free(&j);
    return status;
}

static lacuna_status
each_identifier(const lac_judging *j, lac_document_result *const *results, uint32_t count,
                const lac_judge_piece *const *pieces, size_t piece_count,
                lacuna_status (*take)(void *, uint32_t, const lac_phi_find *, lacuna_error *),
                void *user, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t d = 0; d < count; d++) {
        for (size_t v = 0; v < j->veils.count; v++) {
            const lac_phi_list *finds = &j->veils.items[v]->finds;
            bool own = j->veils.items[v]->document == results[d]->document;
            for (size_t i = 0; own && i < finds->count && status == LACUNA_OK; i++) {
                if (lac_judge_is_sent(pieces, piece_count, results[d]->document,
                                      &finds->items[i])) {
                    status = take(user, d, &finds->items[i], err);
                }
            }
        }
    }
    return status;
}

lacuna_status lac_judge_identifiers(
    lac_document_result *const *results, uint32_t count, const lac_judge_settings *settings,
    lacuna_status (*take)(void *user, uint32_t index, const lac_phi_find *find, lacuna_error *err),
    void *user, lacuna_error *err)
{
    lac_judge_counts counts = {0};
    lac_judging j = {
        .settings = settings, .counts = &counts, .veils = {.privacy = settings->privacy}};
    const lac_judge_piece **pieces = NULL;
    size_t piece_count = 0;
    lac_arena_init(&j.texts);
    lacuna_status status = lac_judging_plan(&j, results, count, err);
    if (status == LACUNA_OK) {
        status = make_requests(&j, err);
    }
    if (status == LACUNA_OK) {
        status = sent_pieces(&pieces, &piece_count, &j, err);
    }
    if (status == LACUNA_OK) {
        status = each_identifier(&j, results, count, pieces, piece_count, take, user, err);
    }
    free(pieces);
    judging_free(&j);
    return status;
}
