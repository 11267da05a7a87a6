/*
 * claim.h - what a text states that can be checked by comparing: numbers and names.
 *
 * Purpose: numbers with units, percentages, ranges, n/N, mean and deviation, confidence intervals,
 * p values, dates, frequencies, identifiers, references to sections and tables; each with its place
 *   and a canonical form. Two claims of the same kind are the same when their canonical forms are.
 * Canonical: spelling only. No unit is converted and there is no tolerance.
 * Not claims: "one", "half", Roman numerals, numbers that are written out above ninety-nine.
 * Ownership: claims and their texts live in the arena; texts of units are static.
 */
#ifndef LAC_GROUND_CLAIM_H
#define LAC_GROUND_CLAIM_H

#include "drafter/ground/decimal.h"
#include "drafter/ground/token.h"
#include "drafter/ground/units.h"

typedef enum lac_claim_kind {
    LAC_CLAIM_NUMBER,
    LAC_CLAIM_RANGE,    /* a to b */
    LAC_CLAIM_FRACTION, /* a of b */
    LAC_CLAIM_SPREAD,   /* a plus or minus b */
    LAC_CLAIM_INTERVAL, /* of confidence, a to b; `level` where it is given */
    LAC_CLAIM_P_VALUE,
    LAC_CLAIM_DATE,      /* the following are compared by their text */
    LAC_CLAIM_FREQUENCY, /* "2/day" */
    LAC_CLAIM_RATIO,     /* 1:1:1, and 14:00 */
    LAC_CLAIM_IDENTIFIER,
    LAC_CLAIM_REFERENCE, /* "section 6.4" */
    LAC_CLAIM_KIND_COUNT,
} lac_claim_kind;

typedef enum lac_relation {
    LAC_RELATION_NONE,
    LAC_RELATION_LESS,
    LAC_RELATION_AT_MOST,
    LAC_RELATION_MORE,
    LAC_RELATION_AT_LEAST,
    LAC_RELATION_ABOUT,
} lac_relation;

typedef struct lac_quantity {
    lac_decimal value;
    uint8_t relation; /* lac_relation */
} lac_quantity;

typedef struct lac_claim {
    uint32_t start, end;  /* bytes of the text */
    uint32_t first, last; /* tokens [first, last) */
    lac_quantity a, b;
    lac_span unit; /* canonical; "" */
    lac_span level;
    lac_span canonical;
    uint8_t kind;       /* lac_claim_kind */
    uint8_t unit_class; /* lac_unit_class */
    bool dose;          /* the unit tells groups apart */
    bool change;        /* as a number of "down by" or "up by": its sign is in a word */
} lac_claim;

typedef struct lac_claims {
    const lac_claim *items;
    uint32_t count;
} lac_claims;

/* In the order of the text; none overlap. */
lacuna_status lac_claims_scan(lac_claims *out, lac_arena *arena, const lac_ground_tokens *tokens,
                              lacuna_error *err);

/* "percentage", "date" ...: what a reader calls it; static. */
const char *lac_claim_name(const lac_claim *claim);
/* "<", "" ...; static. */
const char *lac_relation_mark(uint8_t relation);

static inline bool lac_claim_has_numbers(const lac_claim *claim)
{
    return claim->kind <= LAC_CLAIM_P_VALUE;
}

#endif
