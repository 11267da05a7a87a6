#include "drafter/judge_state.h"
#include "drafter/store.h"
#include "support/error.h"
#include "support/json_parse.h"

#include <stdlib.h>

/* ---- answers -------------------------------------------------------------------------------- */

const char *lac_judging_reason(lacuna_stop stop)
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

lacuna_status lac_judging_read(lac_judging *j, lac_question *q, lac_span answer, const char *model,
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

bool lac_judging_is_final(const lacuna_response *response)
{
    return response->stop == LACUNA_STOP_REFUSAL || response->stop == LACUNA_STOP_TOKENS ||
           response->stop == LACUNA_STOP_CONTEXT ||
           (response->stop == LACUNA_STOP_END && response->block_count == 1);
}

static lacuna_status keep_text(const lac_judging *j, const lac_question *q, lac_span said,
                               const lacuna_response *response, lacuna_error *err)
{
    json_t *tree = json_pack("{s:s,s:s,s:s,s:i,s:s%}", "schema", KEPT_SCHEMA, "model",
                             response->model_used, "request_id", response->request_id, "stop",
                             (int)response->stop, "answer", said.ptr, said.len);
    char *text = tree == NULL ? NULL : json_dumps(tree, JSON_COMPACT);
    lacuna_status status = text == NULL
                               ? lac_fail_nomem(err)
                               : lac_store_put(j->settings->store, &q->key, lac_span_of(text), err);
    free(text);
    json_decref(tree);
    return status;
}

static const lac_pseudonyms *map_of(const lac_judging *j, const lac_question *q)
{
    const lac_veil *veil = j->pieces[q->piece].veil;
    return veil == NULL ? NULL : veil->map;
}

/* Without the random digits of pseudonyms: the next run draws others. */
lacuna_status lac_judging_keep(const lac_judging *j, const lac_question *q,
                               const lacuna_response *response, lacuna_error *err)
{
    lac_buf said;
    const lac_pseudonyms *map = map_of(j, q);
    lacuna_status status = LACUNA_OK;
    if (j->settings->store == NULL) {
        return LACUNA_OK;
    }
    lac_buf_init(&said, LAC_JUDGE_ANSWER_MAX);
    if (response->stop == LACUNA_STOP_END) {
        lac_span text =
            lac_span_make(response->blocks[0].text.bytes, response->blocks[0].text.length);
        status = map == NULL ? lac_buf_append_span(&said, text)
                             : lac_pseudonyms_strip(&said, map, text, err);
    }
    status = status == LACUNA_OK ? keep_text(j, q, lac_buf_span(&said), response, err)
                                 : lac_fail(err, status, "an answer is too long to be kept");
    lac_buf_free(&said);
    return status;
}

static const char *string_of(const json_t *tree, const char *key)
{
    const char *text = json_string_value(json_object_get(tree, key));
    return text == NULL ? "" : text;
}

static lacuna_status read_kept_vote(lac_judging *j, lac_question *q, const json_t *tree,
                                    lacuna_error *err)
{
    lac_buf said;
    const lac_pseudonyms *map = map_of(j, q);
    lac_span text = lac_span_of(string_of(tree, "answer"));
    lac_buf_init(&said, 2 * LAC_JUDGE_ANSWER_MAX);
    lacuna_status status = map == NULL ? lac_buf_append_span(&said, text)
                                       : lac_pseudonyms_stamp(&said, map, text, err);
    if (status == LACUNA_OK) {
        status = lac_judging_read(j, q, lac_buf_span(&said), string_of(tree, "model"),
                                  string_of(tree, "request_id"), err);
    }
    lac_buf_free(&said);
    return status == LACUNA_E_LIMIT ? LACUNA_E_FORMAT : status;
}

static lacuna_status read_kept(lac_judging *j, lac_question *q, lac_span content, lacuna_error *err)
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
        q->vote = lac_vote_none(lac_judging_reason((lacuna_stop)json_integer_value(stop)));
        q->voted = true;
    } else if (status == LACUNA_OK) {
        status = read_kept_vote(j, q, tree, err);
    }
    json_decref(tree);
    return status;
}

/* One that cannot be read any more is asked for again. */
lacuna_status lac_judging_recall_one(lac_judging *j, lac_question *q, lacuna_error *err)
{
    bool found;
    lac_buf answer;
    if (j->settings->store == NULL) {
        return LACUNA_OK;
    }
    lac_buf_init(&answer, LAC_JUDGE_ANSWER_MAX);
    lacuna_status status = lac_store_get(&answer, &found, j->settings->store, &q->key, err);
    if (status == LACUNA_OK && found) {
        status = lac_judge_piece_open(&j->pieces[q->piece], err);
    }
    if (status == LACUNA_OK && found) {
        status = read_kept(j, q, lac_buf_span(&answer), NULL);
        j->counts->kept += q->voted;
        status = status == LACUNA_E_FORMAT ? LACUNA_OK : status;
    }
    lac_buf_free(&answer);
    return status == LACUNA_E_NOMEM ? lac_fail_nomem(err) : status;
}
