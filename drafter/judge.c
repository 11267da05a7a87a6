#include "drafter/judge_state.h"
#include "support/error.h"

#include <stdlib.h>

/* ---- identifiers of patients ---------------------------------------------------------------- */

/* The pieces that are asked about. */
static lacuna_status sent_pieces(const lac_judge_piece ***out, size_t *count, const lac_judging *j,
                                 lacuna_error *err)
{
    *count = 0;
    *out = calloc(j->asked_count + 1, sizeof **out);
    for (size_t i = 0; *out != NULL && i < j->asked_count; i++) {
        const lac_judge_piece *piece = lac_judging_piece(j, i);
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

/* The gate has seen every piece that will be sent before the first one is. */
static lacuna_status ask(lac_judging *j, lac_document_result *const *results, uint32_t count,
                         lacuna_error *err)
{
    lacuna_status status = lac_judging_recall(j, err);
    if (status == LACUNA_OK) {
        status = pass_gate(j, err);
    }
    if (status == LACUNA_OK) {
        status = give_maps(j, results, count, err);
    }
    return status == LACUNA_OK ? lac_judging_ask(j, err) : status;
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
    free(j->asked);
}

lacuna_status lac_judge_run(lac_judge_counts *counts, lac_document_result *const *results,
                            uint32_t count, const lac_judge_settings *settings, lacuna_error *err)
{
    lac_judging j = {
        .settings = settings, .counts = counts, .veils = {.privacy = settings->privacy}};
    *counts = (lac_judge_counts){0};
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

typedef lacuna_status (*take_fn)(void *user, const lacuna_request *request, lacuna_error *err);

static lacuna_status show(const lac_judging *j, size_t asked, take_fn take, void *user,
                          lacuna_error *err)
{
    lac_arena texts;
    lacuna_request request;
    lac_judge_piece *piece = lac_judging_piece(j, asked);
    lac_arena_init(&texts);
    lacuna_status status = lac_judge_piece_open(piece, err);
    if (status == LACUNA_OK) {
        status = lac_judging_request(&request, &texts, j, &j->questions[j->asked[asked]], err);
    }
    if (status == LACUNA_OK) {
        status = take(user, &request, err);
    }
    if (asked + 1 == j->asked_count || lac_judging_piece(j, asked + 1) != piece) {
        lac_judge_piece_close(piece);
    }
    lac_arena_free(&texts);
    return status;
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
    lacuna_status status = lac_judging_plan(&j, results, count, err);
    if (status == LACUNA_OK) {
        status = lac_judging_recall(&j, err);
    }
    for (size_t i = 0; i < j.asked_count && status == LACUNA_OK; i++) {
        status = show(&j, i, take, user, err);
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
    lacuna_status status = lac_judging_plan(&j, results, count, err);
    if (status == LACUNA_OK) {
        status = lac_judging_recall(&j, err);
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
