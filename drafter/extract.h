/*
 * extract.h - a draft without a model: what the sources say, word for word, and what they do not
 * say.
 *
 * Purpose: the default where no service is configured, and what every draft falls back to. For a
 * step of the plan: its heading, what is required, the passages of its sources that speak about it,
 * each with where it comes from, and "[DATA NEEDED: ...]" for every fact that none of them holds.
 * Nothing is invented because nothing is written.
 */
#ifndef LAC_DRAFTER_EXTRACT_H
#define LAC_DRAFTER_EXTRACT_H

#include "drafter/draft.h"
#include "drafter/plan.h"

/* Fills one gap of a draft; everything lives in `arena`. `needed` counts the facts that are still
 * to be supplied. */
lacuna_status lac_extract(lac_draft_gap *gap, uint32_t *needed, lac_arena *arena, lac_plan *plan,
                          const lac_plan_step *step, lacuna_error *err);

/* The comment of a drafted gap: requirement, citation, sources, and that a person has to look. */
lacuna_status lac_extract_comment(lac_draft_gap *gap, lac_arena *arena, lac_plan *plan,
                                  const lac_plan_step *step, const char *by, lacuna_error *err);

#endif
