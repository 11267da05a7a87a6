/*
 * match.h - whether two claims state the same value.
 *
 * Purpose: no tolerance, no conversion. A number that has a unit is not one without; what is
 * counted may be left out. In a table the unit may stand in the label of the row or column.
 */
#ifndef LAC_GROUND_MATCH_H
#define LAC_GROUND_MATCH_H

#include "drafter/ground/reading.h"

typedef enum lac_match_kind {
    LAC_SAME_NOT,
    LAC_SAME,
    LAC_SAME_SIGN_APART, /* 24 and -24: a word has to say which way */
} lac_match_kind;

/* `segment` is the one that holds the source's claim. */
lac_match_kind lac_claim_match(const lac_claim *draft, const lac_claim *source,
                               const lac_ground_reading *reading, const lac_segment *segment);

/* The parts of a draft's claim that stand apart in a table: 16 of "16/48" in a cell and 48 in its
 * label; 12.3 and 4.5 of "12.3 +- 4.5" one behind the other in a cell. */
bool lac_claim_in_parts(const lac_claim *draft, const lac_claim *source,
                        const lac_ground_reading *reading, const lac_segment *segment);

#endif
