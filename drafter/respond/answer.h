/*
 * answer.h - from a query and its sources to what the answer says.
 *
 * Purpose: the one place where an answer is made. Without a model: the short answer and the detail
 * a person wrote into the plan, then the passages of the sources word for word, each followed by
 *   where it stands, "[protocol.docx §6.7]" (drafter/ground/check.h), and "[DATA NEEDED: ...]" for
 *   what nobody supplied. Whoever writes answers in another way fills the same two lists.
 */
#ifndef LAC_RESPOND_ANSWER_H
#define LAC_RESPOND_ANSWER_H

#include "drafter/respond/blocks.h"
#include "drafter/respond/plan.h"

/* Appends to `brief` what is answered, and to `detail` what it rests on. */
lacuna_status lac_response_answer(lac_blocks *brief, lac_blocks *detail,
                                  const lac_response_plan *plan, const lac_response_step *step,
                                  lacuna_error *err);

#endif
