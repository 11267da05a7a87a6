/*
 * diff_match.h - which leaf of one state is which of the other.
 *
 * Invariants: only current leaves are paired. One leaf may be in several pairs (eCTD 4.0: several
 *   contexts replaced by one). Compared the other way round the same pairs come out.
 */
#ifndef LAC_ECTD_DIFF_MATCH_H
#define LAC_ECTD_DIFF_MATCH_H

#include "analyzer/ectd/diff_sides.h"

typedef struct lac_pair {
    uint32_t leaf[LAC_DIFF_SIDES];
    lac_pairing match;
} lac_pair;

typedef struct lac_pairs {
    lac_pair *items;
    size_t count, capacity;
    bool *paired[LAC_DIFF_SIDES]; /* of each placement */
} lac_pairs;

lacuna_status lac_pairs_make(lac_pairs *pairs, const lac_sides *sides);
void lac_pairs_free(lac_pairs *pairs);

/* What a placement became within its own state: itself or what superseded it last, LAC_NONE where
 * it was ended; then *ended_by is the placement that did. */
uint32_t lac_follow(const lac_submission *submission, uint32_t placement, uint32_t *ended_by);

#endif
