/*
 * polarity.h - whether two sentences say the opposite of each other.
 *
 * Purpose: "did not meet" and "met", "increased" and "decreased", "primary" and "secondary". What a
 * sentence leaves out is no conflict; what it turns round is. Only words that both have are
 * compared.
 */
#ifndef LAC_GROUND_POLARITY_H
#define LAC_GROUND_POLARITY_H

#include "drafter/ground/reading.h"

typedef struct lac_opposite {
    uint32_t draft, source; /* tokens that contradict each other */
    bool denied;            /* one denies what the other states; else words of opposite meaning */
} lac_opposite;

bool lac_polarity_conflict(lac_opposite *out, const lac_ground_reading *draft,
                           const lac_segment *of_draft, const lac_ground_reading *source,
                           const lac_segment *of_source);

/* The direction a sentence gives to the claim: -1 down, 1 up, 0 none. */
int lac_polarity_direction(const lac_ground_reading *reading, const lac_segment *segment,
                           const lac_claim *claim);

/* Whether the sentence has something begin (1) or end (-1) with the claim, a date; 0: neither. */
int lac_polarity_start(const lac_ground_reading *reading, const lac_segment *segment,
                       const lac_claim *claim);

#endif
