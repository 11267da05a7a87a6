/*
 * provenance.h - a step as a gap of a draft: its blocks, and a comment that tells where they are
 * from.
 *
 * Purpose: whoever meets the text in Word sees that it is a draft, who or what wrote it, from which
 *   sources, what was taken out because nothing supports it, and what a person decided. The comment
 *   names kinds of what failed, never the value that failed. Ownership: everything lives in the
 *   arena that is given and in that of the step, which has to live as long.
 */
#ifndef LAC_DRAFT_PROVENANCE_H
#define LAC_DRAFT_PROVENANCE_H

#include "drafter/draft/step.h"

/* *out false: a person rejected the draft, and it is to be left out. */
lacuna_status lac_step_gap(bool *out, lac_draft_gap *gap, lac_arena *arena, const lac_step *step,
                           lacuna_error *err);

/* "written by claude-opus-5-5, verified by code" ...: appended. */
lacuna_status lac_step_by(lac_buf *out, const lac_step *step);

#endif
