/*
 * cover.h - what stands in front of the answers, and the cover letter.
 */
#ifndef LAC_RESPOND_COVER_H
#define LAC_RESPOND_COVER_H

#include "drafter/respond/blocks.h"
#include "drafter/respond/plan.h"

/* "Response to the clinical hold letter of 2026-02-11", and whom it is about. */
void lac_response_write_title(lac_blocks *out, const lac_response_plan *plan);

/* The cover letter, with the headings and sentences the letter's duties ask for. `placement` is the
 * heading of module 1 the answers are filed under; `warning` may be empty. */
void lac_response_write_cover(lac_blocks *out, const lac_response_plan *plan,
                              const lac_letter_rule *placement, const char *warning);

#endif
