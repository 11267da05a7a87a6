/*
 * judge_state.h - what a run of the judge holds, shared by its files: planning (judge_plan.c), kept
 * answers (judge_kept.c), asking (judge_ask.c), and the run as a whole (judge.c).
 *
 * Ownership: everything belongs to the run and is freed at its end; votes live in the arenas of the
 * results they are about.
 */
#ifndef LAC_DRAFTER_JUDGE_STATE_H
#define LAC_DRAFTER_JUDGE_STATE_H

#include "drafter/judge.h"
#include "drafter/judge_vote.h"
#include "drafter/prompt.h"

#define LAC_JUDGE_PROMPT "judge-1"

enum { LAC_JUDGE_ANSWER_MAX = 4 * 1024 * 1024, LAC_JUDGE_INSTRUCTION_MAX = 256 * 1024 };

/* One item on one part of its document. */
typedef struct lac_question {
    lac_item_result *item;
    const lac_checklist *checklist;
    lac_arena *arena; /* of the item's result */
    uint32_t piece;
    uint64_t order; /* of its item, as planned */
    lac_digest key;
    lac_vote vote;
    bool voted; /* false: not answered yet */
} lac_question;

typedef struct lac_judging {
    const lac_judge_settings *settings;
    lac_judge_counts *counts;
    lac_prompt prompt;
    lac_judge_veils veils;
    lac_judge_piece *pieces;
    size_t piece_count, piece_capacity;
    lac_question *questions;
    size_t question_count, question_capacity;
    size_t *asked; /* questions that no kept answer settles, in order */
    size_t asked_count;
    bool stopped;
    lacuna_status failure; /* one that ends everything */
} lac_judging;

/* Which questions there are, on which parts, in order of parts, each with its key. */
lacuna_status lac_judging_plan(lac_judging *j, lac_document_result *const *results, uint32_t count,
                               lacuna_error *err);
/* Appends what is asked. */
lacuna_status lac_judging_instruct(lac_buf *out, const lac_judging *j, const lac_question *q,
                                   lacuna_error *err);
/* The question's piece must be open, and be so as long as the request is used. */
lacuna_status lac_judging_request(lacuna_request *request, lac_arena *arena, const lac_judging *j,
                                  const lac_question *q, lacuna_error *err);

/* ---- asking --------------------------------------------------------------------------------- */

/* Takes the answers that were kept; what is left has to be asked. Pieces are closed before and
 * after. */
lacuna_status lac_judging_recall(lac_judging *j, lacuna_error *err);
/* Of a question that has to be asked. */
lac_judge_piece *lac_judging_piece(const lac_judging *j, size_t asked);
lacuna_status lac_judging_ask(lac_judging *j, lacuna_error *err);

/* ---- answers -------------------------------------------------------------------------------- */

/* The reason of a vote that a model did not give; static. */
const char *lac_judging_reason(lacuna_stop stop);
/* Whether it is an answer, a refusal and one cut off among them: it is not asked for again. */
bool lac_judging_is_final(const lacuna_response *response);
/* The question's piece must be open. LACUNA_E_FORMAT where the answer is none. */
lacuna_status lac_judging_read(lac_judging *j, lac_question *q, lac_span answer, const char *model,
                               const char *request_id, lacuna_error *err);
lacuna_status lac_judging_keep(const lac_judging *j, const lac_question *q,
                               const lacuna_response *response, lacuna_error *err);
/* Takes an answer that was kept; one that cannot be read any more is asked for again. Opens the
 * question's piece where there is one. */
lacuna_status lac_judging_recall_one(lac_judging *j, lac_question *q, lacuna_error *err);

#endif
