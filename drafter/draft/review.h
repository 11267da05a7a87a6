/*
 * review.h - what persons decided about drafts: review.json in the folder of a run.
 *
 * Purpose: nothing is final by itself. Each decision names who, why, when, and the digest of the
 *   draft it is about, so that it does not hold for another; decisions are only added, the last one
 *   about a gap counts, the earlier ones stay readable. Written in the form of
 *   checklists/schema/review-1.json. Ownership: a review owns its arena and decisions.
 */
#ifndef LAC_DRAFT_REVIEW_H
#define LAC_DRAFT_REVIEW_H

#include "drafter/draft/run_folder.h"
#include "drafter/draft/step.h"

#define LAC_REVIEW_FILE "review.json"

enum { LAC_DECISIONS_MAX = 100000, LAC_EDITED_BYTES_MAX = 1 << 20 };

typedef struct lac_review {
    lac_arena arena;
    lac_draft_decision *decisions; /* in the order they were made */
    size_t count, capacity;
} lac_review;

/* Nothing where there is no file. LACUNA_E_FORMAT for a file that is none, with its place. */
lacuna_status lac_review_read(lac_review *out, lac_run_folder *folder, lacuna_error *err);
void lac_review_free(lac_review *review);

/* The last one about a gap; NULL: none. */
const lac_draft_decision *lac_review_find(const lac_review *review, const char *gap);

/* LACUNA_E_ARGUMENT for one that lacks who or why, or is of no known state. Copied. */
lacuna_status lac_review_add(lac_review *review, const lac_draft_decision *decision,
                             lacuna_error *err);
lacuna_status lac_review_write(const lac_review *review, lac_run_folder *folder, lacuna_error *err);

#endif
