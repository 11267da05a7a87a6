/*
 * judge_vote.h - a model's answer about one requirement, believed as far as it can be verified.
 *
 * Purpose: every quote is looked for in the document; what is shown is the document's own text. A
 * verdict that needs evidence and has none that is verified becomes not-evaluated. An answer that
 * the model did not give (refused, cut off, of a wrong shape) is not-evaluated with its reason.
 * "missing" lists what the model was given. Ownership: everything in a vote lives in the arena it
 * was made with.
 */
#ifndef LAC_DRAFTER_JUDGE_VOTE_H
#define LAC_DRAFTER_JUDGE_VOTE_H

#include "analyzer/result.h"
#include "drafter/judge_piece.h"

/* `answer` is JSON of the judge's schema. LACUNA_E_FORMAT where it is not. */
lacuna_status lac_vote_read(lac_vote *vote, lac_arena *arena, const lac_judge_piece *piece,
                            const lac_item *item, lac_span answer, lacuna_error *err);

/* A vote for a question that got no answer; `reason` is static. */
lac_vote lac_vote_none(const char *reason);

/* Two votes about the same item on different parts of a document: what says that it is addressed
 * outweighs what does not; doubt outweighs absence. */
lacuna_status lac_vote_join(lac_vote *into, const lac_vote *other, lac_arena *arena,
                            lacuna_error *err);

/* What follows from both: keeps the rules' status where they agree or the model has no opinion,
 * and leaves it to a person where they differ or the rules have none. A document is untrusted, and
 * what it tells a model to say can be told by nobody else: no vote of a model alone decides. */
lacuna_status lac_vote_settle(lac_item_result *item, const lac_vote *model, lac_arena *arena,
                              lacuna_error *err);

#endif
