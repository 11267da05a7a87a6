/*
 * cover.h - what stands in front of the answers, and the cover letter.
 */
#ifndef LAC_RESPOND_COVER_H
#define LAC_RESPOND_COVER_H

#include "drafter/respond/blocks.h"
#include "drafter/respond/plan.h"

/* "Response to the clinical hold letter of 2026-02-11", and whom it is about. */
void lac_response_write_title(lac_blocks *out, const lac_response_plan *plan);

/* The headings that the letter's duties ask the cover letter to begin with. */
void lac_response_write_required(lac_blocks *out, const lac_response_plan *plan);

/* The cover letter behind them, with the sentences the duties ask for. `placement` is the heading
 * of module 1 the answers are filed under. */
void lac_response_write_cover(lac_blocks *out, const lac_response_plan *plan,
                              const lac_letter_rule *placement);

#endif
