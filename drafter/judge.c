#include "drafter/judge.h"

#include "drafter/judge_vote.h"
#include "drafter/prompt.h"
#include "drafter/store.h"
#include "support/error.h"
#include "support/json_parse.h"

#include <stdio.h>
#include <stdlib.h>

#define PROMPT "judge-1"

enum {
    PIECE_BYTES = 300 * 1024, /* of a document without a section for the item */
    OUTPUT_TOKENS = 4000,
    INSTRUCTION_MAX = 256 * 1024,
    ANSWER_MAX = 4 * 1024 * 1024,
    MOST = 1 << 24,
};

/* One item on one part of its document. */
typedef struct question {
    lac_item_result *item;
    const lac_checklist *checklist;
    lac_arena *arena; /* of the item's result */
    uint32_t piece;
    uint64_t order; /* of its item, as planned */
    lac_digest key;
    lac_vote vote;
    bool voted; /* false: not answered yet */
} question;

typedef struct judging {
    const lac_judge_settings *settings;
    lac_judge_counts *counts;
    lac_prompt prompt;
    lac_judge_piece *pieces;
    size_t piece_count, piece_capacity;
    question *questions;
    size_t question_count, question_capacity;
    /* of the questions that are asked now */
    lacuna_request *requests;
    size_t *asked; /* index of each request's question */
    size_t request_count;
    lac_arena texts; /* of the instructions */
    bool stopped;
    lacuna_status failure; /* one that ends everything */
} judging;

/* ---- planning: parts ------------------------------------------------------------------------ */

static lacuna_status add_piece(uint32_t *index, judging *j, const lac_document *document,
                               uint32_t first, uint32_t end, lacuna_error *err)
{
    for (size_t i = j->piece_count; i > 0 && j->pieces[i - 1].document == document; i--) {
        if (j->pieces[i - 1].first_section == first && j->pieces[i - 1].end_section == end) {
            *index = (uint32_t)(i - 1);
            return LACUNA_OK;
        }
    }
    if (lac_grow((void **)&j->pieces, &j->piece_capacity, j->piece_count + 1, sizeof *j->pieces,
                 MOST) != LACUNA_OK) {
        return lac_fail_nomem(err);
    }
    lacuna_status status =
        lac_judge_piece_make(&j->pieces[j->piece_count], document, first, end, err);
    if (status == LACUNA_OK) {
        *index = (uint32_t)j->piece_count++;
    }
    return status;
}

static lacuna_status add_question(judging *j, lac_item_result *item, const lac_checklist *checklist,
                                  lac_arena *arena, uint32_t piece, lacuna_error *err)
{
    if (j->pieces[piece].passage_count == 0) {
        return LACUNA_OK;
    }
    if (lac_grow((void **)&j->questions, &j->question_capacity, j->question_count + 1,
                 sizeof *j->questions, MOST) != LACUNA_OK) {
        return lac_fail_nomem(err);
    }
    j->questions[j->question_count++] = (question){.item = item,
                                                   .checklist = checklist,
                                                   .arena = arena,
                                                   .piece = piece,
                                                   .order = j->counts->items};
    return LACUNA_OK;
}

/* The end of the part that begins with top-level section `top`: as many whole sections as fit. */
static uint32_t part_end(const lac_document *document, uint32_t top)
{
    uint32_t start = document->sections[top].start;
    uint32_t end = lac_judge_behind(document, top);
    while (end < document->section_count) {
        uint32_t next = lac_judge_behind(document, end);
        uint32_t stop = next < document->section_count ? document->sections[next].start
                                                       : document->reference_length;
        if (stop - start > PIECE_BYTES) {
            break;
        }
        end = next;
    }
    return end;
}

static bool is_asked(const judging *j, const lac_item_result *item)
{
    bool marked = item->item->decider == LAC_DECIDER_MODEL || j->settings->all;
    return marked && item->item->strength != LAC_STRENGTH_STRUCTURAL &&
           item->status != LAC_NOT_APPLICABLE && item->status != LAC_WAIVED;
}

/* The top-level section the rules placed the item in; LAC_NONE: nowhere. */
static uint32_t place_of(const lac_document *document, const lac_item_result *item)
{
    uint32_t section = LAC_NONE;
    if (item->evidence_count > 0 && item->evidence[0].anchor.block != LAC_NONE) {
        section = item->evidence[0].anchor.section;
    } else if (item->status == LAC_PARTIAL && item->nearest_count > 0) {
        section = item->nearest[0].section;
    }
    return section < document->section_count ? lac_judge_top(document, section) : LAC_NONE;
}

static lacuna_status plan_item(judging *j, lac_document_result *result, lac_item_result *item,
                               const lac_checklist *checklist, lacuna_error *err)
{
    const lac_document *document = result->document;
    uint32_t place = place_of(document, item), piece;
    lacuna_status status = LACUNA_OK;
    if (place != LAC_NONE) {
        status = add_piece(&piece, j, document, place, lac_judge_behind(document, place), err);
        return status == LACUNA_OK ? add_question(j, item, checklist, &result->arena, piece, err)
                                   : status;
    }
    for (uint32_t top = 0; top < document->section_count && status == LACUNA_OK;) {
        uint32_t end = part_end(document, top);
        status = add_piece(&piece, j, document, top, end, err);
        if (status == LACUNA_OK) {
            status = add_question(j, item, checklist, &result->arena, piece, err);
        }
        top = end;
    }
    return status;
}

static lacuna_status plan_document(judging *j, lac_document_result *result, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    if (result->document == NULL || result->document->block_count == 0) {
        return LACUNA_OK;
    }
    for (uint32_t c = 0; c < result->checklist_count; c++) {
        lac_checklist_result *list = &result->checklists[c];
        for (uint32_t i = 0; i < list->item_count && status == LACUNA_OK; i++) {
            if (is_asked(j, &list->items[i])) {
                j->counts->items++;
                status = plan_item(j, result, &list->items[i], list->checklist, err);
            }
        }
    }
    return status;
}

/* By part, so that a part is in the cache when it is needed; then as planned. */
static int compare_by_part(const void *a, const void *b)
{
    const question *x = a, *y = b;
    if (x->piece != y->piece) {
        return x->piece < y->piece ? -1 : 1;
    }
    return (x->order > y->order) - (x->order < y->order);
}

static int compare_by_item(const void *a, const void *b)
{
    const question *x = a, *y = b;
    if (x->order != y->order) {
        return x->order < y->order ? -1 : 1;
    }
    return (x->piece > y->piece) - (x->piece < y->piece);
}

/* ---- planning: keys ------------------------------------------------------------------------- */

static lacuna_status set_key(judging *j, question *q, lacuna_error *err)
{
    lac_buf text;
    lac_buf_init(&text, INSTRUCTION_MAX);
    lacuna_status status = lac_buf_printf(
        &text, "%s\n%s\n%s\n%s\n%s\n%s", PROMPT, j->prompt.digest.hex, j->settings->model->name,
        q->checklist->digest.hex, q->item->item->id, j->pieces[q->piece].digest.hex);
    status =
        status == LACUNA_OK ? lac_sha256(&q->key, lac_buf_span(&text), err) : lac_fail_nomem(err);
    lac_buf_free(&text);
    return status;
}

static lacuna_status plan(judging *j, lac_document_result *const *results, uint32_t count,
                          lacuna_error *err)
{
    lacuna_status status = lac_prompt_load(&j->prompt, PROMPT, err);
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = plan_document(j, results[i], err);
    }
    if (status == LACUNA_OK && j->question_count > 0) {
        qsort(j->questions, j->question_count, sizeof *j->questions, compare_by_part);
    }
    for (size_t i = 0; i < j->question_count && status == LACUNA_OK; i++) {
        status = set_key(j, &j->questions[i], err);
    }
    j->counts->questions = j->question_count;
    return status;
}

/* ---- requests ------------------------------------------------------------------------------- */

static lacuna_status write_instruction(lac_buf *out, const judging *j, const question *q,
                                       lacuna_error *err)
{
    const lac_item *item = q->item->item;
    lac_buf condition;
    lac_buf_init(&condition, INSTRUCTION_MAX);
    lacuna_status status = LACUNA_OK;
    if (item->condition.kind != LAC_CONDITION_NONE && item->condition.text != NULL) {
        status = lac_buf_printf(&condition, "It is asked where: %s", item->condition.text);
    }
    if (status != LACUNA_OK) {
        lac_buf_free(&condition);
        return lac_fail_nomem(err);
    }
    const lac_prompt_value values[] = {
        {"item", lac_span_of(item->id)},
        {"checklist", lac_span_of(q->checklist->title)},
        {"title", lac_span_of(item->title)},
        {"requirement", lac_span_of(item->requirement)},
        {"satisfied_by",
         lac_span_of(item->satisfied_by == NULL ? item->requirement : item->satisfied_by)},
        {"citation", lac_span_of(item->citation == NULL ? "no source named" : item->citation)},
        {"condition", lac_buf_span(&condition)},
    };
    status = lac_prompt_render(out, j->prompt.instruction, values, sizeof values / sizeof values[0],
                               err);
    lac_buf_free(&condition);
    return status;
}

static lacuna_status make_request(lacuna_request *request, judging *j, const question *q,
                                  lacuna_error *err)
{
    lac_buf text;
    const lac_judge_piece *piece = &j->pieces[q->piece];
    lac_buf_init(&text, INSTRUCTION_MAX);
    lacuna_status status = write_instruction(&text, j, q, err);
    const char *copy = status == LACUNA_OK ? lac_arena_copy(&j->texts, lac_buf_span(&text)) : NULL;
    size_t length = text.len;
    lac_buf_free(&text);
    if (copy == NULL) {
        return status == LACUNA_OK ? lac_fail_nomem(err) : status;
    }
    *request = (lacuna_request){
        .purpose = "judge",
        .prompt_id = PROMPT,
        .prompt_digest = j->prompt.digest.hex,
        .system = {j->prompt.system.ptr, j->prompt.system.len},
        .sources = piece->sources,
        .source_count = piece->source_count,
        .instruction = {copy, length},
        .output_schema = j->prompt.schema,
        .max_output_tokens = OUTPUT_TOKENS,
    };
    return LACUNA_OK;
}

/* ---- answers -------------------------------------------------------------------------------- */

static const char *reason_of_stop(lacuna_stop stop)
{
    switch (stop) {
    case LACUNA_STOP_REFUSAL:
        return "not-evaluated/declined";
    case LACUNA_STOP_TOKENS:
    case LACUNA_STOP_CONTEXT:
        return "not-evaluated/cut-off";
    default:
        return "not-evaluated/no-answer";
    }
}

static lacuna_status read_vote(judging *j, question *q, lac_span answer, const char *model,
                               const char *request_id, lacuna_error *err)
{
    lacuna_status status =
        lac_vote_read(&q->vote, q->arena, &j->pieces[q->piece], q->item->item, answer, err);
    if (status == LACUNA_OK) {
        q->vote.model = lac_arena_copy(q->arena, lac_span_of(model));
        q->vote.request_id = lac_arena_copy(q->arena, lac_span_of(request_id));
        status =
            q->vote.model == NULL || q->vote.request_id == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    }
    q->voted = status == LACUNA_OK;
    return status;
}

/* ---- kept answers --------------------------------------------------------------------------- */

/* A kept answer is a JSON object: who answered, how it ended, and what was said. */
#define KEPT_SCHEMA "lacuna.answer/1"

static bool is_final(const lacuna_response *response)
{
    return response->stop == LACUNA_STOP_REFUSAL || response->stop == LACUNA_STOP_TOKENS ||
           response->stop == LACUNA_STOP_CONTEXT ||
           (response->stop == LACUNA_STOP_END && response->block_count == 1);
}

static lacuna_status keep(const judging *j, const question *q, const lacuna_response *response,
                          lacuna_error *err)
{
    bool said = response->stop == LACUNA_STOP_END;
    if (j->settings->store == NULL) {
        return LACUNA_OK;
    }
    json_t *tree =
        json_pack("{s:s,s:s,s:s,s:i,s:s%}", "schema", KEPT_SCHEMA, "model", response->model_used,
                  "request_id", response->request_id, "stop", (int)response->stop, "answer",
                  said ? response->blocks[0].text.bytes : "",
                  said ? response->blocks[0].text.length : (size_t)0);
    char *text = tree == NULL ? NULL : json_dumps(tree, JSON_COMPACT);
    lacuna_status status = text == NULL
                               ? lac_fail_nomem(err)
                               : lac_store_put(j->settings->store, &q->key, lac_span_of(text), err);
    free(text);
    json_decref(tree);
    return status;
}

static const char *string_of(const json_t *tree, const char *key)
{
    const char *text = json_string_value(json_object_get(tree, key));
    return text == NULL ? "" : text;
}

static lacuna_status read_kept(judging *j, question *q, lac_span content, lacuna_error *err)
{
    json_error_t where;
    json_t *tree = NULL;
    lacuna_status status = lac_json_parse(&tree, content, 0, &where);
    const json_t *stop = json_object_get(tree, "stop");
    if (status == LACUNA_E_NOMEM) {
        return lac_fail_nomem(err);
    }
    if (status == LACUNA_OK &&
        (strcmp(string_of(tree, "schema"), KEPT_SCHEMA) != 0 || !json_is_integer(stop))) {
        status = LACUNA_E_FORMAT;
    }
    if (status == LACUNA_OK && json_integer_value(stop) != LACUNA_STOP_END) {
        q->vote = lac_vote_none(reason_of_stop((lacuna_stop)json_integer_value(stop)));
        q->voted = true;
    } else if (status == LACUNA_OK) {
        status = read_vote(j, q, lac_span_of(string_of(tree, "answer")), string_of(tree, "model"),
                           string_of(tree, "request_id"), err);
    }
    json_decref(tree);
    return status;
}

/* One that cannot be read any more is asked for again. */
static lacuna_status recall(judging *j, question *q, lacuna_error *err)
{
    bool found;
    lac_buf answer;
    if (j->settings->store == NULL) {
        return LACUNA_OK;
    }
    lac_buf_init(&answer, ANSWER_MAX);
    lacuna_status status = lac_store_get(&answer, &found, j->settings->store, &q->key, err);
    if (status == LACUNA_OK && found) {
        status = read_kept(j, q, lac_buf_span(&answer), NULL);
        j->counts->kept += q->voted;
        status = status == LACUNA_E_FORMAT ? LACUNA_OK : status;
    }
    lac_buf_free(&answer);
    return status == LACUNA_E_NOMEM ? lac_fail_nomem(err) : status;
}

static lacuna_status log_call(judging *j, const question *q, const lacuna_response *response,
                              const lacuna_error *failure, lacuna_error *err)
{
    if (j->settings->audit == NULL) {
        return LACUNA_OK;
    }
    json_t *entry = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "purpose", "judge", "prompt", PROMPT,
                              "prompt_sha256", j->prompt.digest.hex, "checklist", q->checklist->id,
                              "checklist_sha256", q->checklist->digest.hex, "item",
                              q->item->item->id, "part_sha256", j->pieces[q->piece].digest.hex);
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

static void add_usage(judging *j, const lacuna_response *response)
{
    lac_judge_counts *counts = j->counts;
    counts->usage.input += response->usage.input;
    counts->usage.output += response->usage.output;
    counts->usage.cache_read += response->usage.cache_read;
    counts->usage.cache_write += response->usage.cache_write;
    counts->cost = response->cost < 0 || counts->cost < 0 ? -1 : counts->cost + response->cost;
}

static void take_failure(judging *j, question *q, const char *message)
{
    q->vote = lac_vote_none("not-evaluated/no-answer");
    q->voted = true;
    if (j->counts->failed++ == 0) {
        (void)snprintf(j->counts->first_failure, sizeof j->counts->first_failure, "%s", message);
    }
}

/* Logged before it is kept: what a report may rest on is in the log. */
static lacuna_status take_response(judging *j, question *q, const lacuna_response *response,
                                   lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    bool final = is_final(response);
    add_usage(j, response);
    if (final && response->stop == LACUNA_STOP_END) {
        lac_span answer =
            lac_span_make(response->blocks[0].text.bytes, response->blocks[0].text.length);
        status = read_vote(j, q, answer, response->model_used, response->request_id, err);
        final = status != LACUNA_E_FORMAT;
        status = final ? status : LACUNA_OK;
    } else if (final) {
        q->vote = lac_vote_none(reason_of_stop(response->stop));
        q->voted = true;
    }
    if (status == LACUNA_OK && !final) {
        take_failure(j, q, "the model gave no answer of the kind that was asked for");
    }
    j->counts->asked += status == LACUNA_OK && final;
    if (status == LACUNA_OK) {
        status = log_call(j, q, response, NULL, err);
    }
    return status == LACUNA_OK && final ? keep(j, q, response, err) : status;
}

/* Of what was never sent there is nothing to log. */
static bool was_sent(const lacuna_error *failure)
{
    return failure->status != LACUNA_E_LIMIT && failure->status != LACUNA_E_ARGUMENT;
}

/* Where the receiver of answers keeps its error. */
typedef struct receiving {
    judging *judging;
    lacuna_error *err;
} receiving;

static int on_answer(void *user, size_t index, const lacuna_response *response,
                     const lacuna_error *failure)
{
    receiving *r = user;
    judging *j = r->judging;
    question *q = &j->questions[j->asked[index]];
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

/* ---- asking --------------------------------------------------------------------------------- */

static lacuna_status make_requests(judging *j, lacuna_error *err)
{
    j->requests = calloc(j->question_count + 1, sizeof *j->requests);
    j->asked = calloc(j->question_count + 1, sizeof *j->asked);
    if (j->requests == NULL || j->asked == NULL) {
        return lac_fail_nomem(err);
    }
    for (size_t i = 0; i < j->question_count; i++) {
        question *q = &j->questions[i];
        lacuna_status status = recall(j, q, err);
        if (status == LACUNA_OK && !q->voted) {
            j->asked[j->request_count] = i;
            status = make_request(&j->requests[j->request_count++], j, q, err);
        }
        if (status != LACUNA_OK) {
            return status;
        }
    }
    return LACUNA_OK;
}

static lacuna_status ask(judging *j, lacuna_error *err)
{
    receiving r = {j, err};
    const lacuna_model *model = j->settings->model;
    lacuna_status status = make_requests(j, err);
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

/* The votes about one item, on the parts [first, end) of its document. */
static lacuna_status settle_item(judging *j, size_t first, size_t end, lacuna_error *err)
{
    question *q = &j->questions[first];
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

static lacuna_status settle(judging *j, lacuna_error *err)
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

static void judging_free(judging *j)
{
    for (size_t i = 0; i < j->piece_count; i++) {
        lac_judge_piece_free(&j->pieces[i]);
    }
    free(j->pieces);
    free(j->questions);
    free(j->requests);
    free(j->asked);
    lac_arena_free(&j->texts);
}

lacuna_status lac_judge_run(lac_judge_counts *counts, lac_document_result *const *results,
                            uint32_t count, const lac_judge_settings *settings, lacuna_error *err)
{
    judging j = {.settings = settings, .counts = counts};
    *counts = (lac_judge_counts){0};
    lac_arena_init(&j.texts);
    lacuna_status status = plan(&j, results, count, err);
    if (status == LACUNA_OK) {
        status = ask(&j, err);
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
    judging j = {.settings = settings, .counts = &counts};
    lac_arena_init(&j.texts);
    lacuna_status status = plan(&j, results, count, err);
    if (status == LACUNA_OK) {
        status = make_requests(&j, err);
    }
    for (size_t i = 0; i < j.request_count && status == LACUNA_OK; i++) {
        status = take(user, &j.requests[i], err);
    }
    judging_free(&j);
    return status;
}
