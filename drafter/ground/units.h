/*
 * units.h - units of measurement and nouns that are counted, by all their spellings.
 *
 * Purpose: mcg is the same as the micro sign and g, hours is h, patients are participants.
 * Spellings only: nothing is converted, so 1 g is not 1000 mg. The table is data; a unit that is
 * not in it is a word like any other. Ownership: everything is static.
 */
#ifndef LAC_GROUND_UNITS_H
#define LAC_GROUND_UNITS_H

#include "support/span.h"

#include <stdint.h>

typedef enum lac_unit_class {
    LAC_UNIT_NONE,
    LAC_UNIT_NOUN,   /* what is counted: participants, sites */
    LAC_UNIT_HARD,   /* mg, %, h */
    LAC_UNIT_PREFIX, /* stands in front: Week 4, Phase 2; its name begins with '#' */
} lac_unit_class;

typedef struct lac_unit_entry {
    const char *spelling;  /* lower case where `word` is set, else as it has to be written */
    const char *canonical; /* shown too */
    lac_unit_class class;
    bool word; /* case does not matter */
    bool dose; /* tells doses, and so groups, apart */
} lac_unit_entry;

/* `exact` as written, `lower` in lower case. NULL: no unit. */
const lac_unit_entry *lac_unit_find(lac_span exact, lac_span lower);
/* Of two words: "per cent", "mm Hg". */
const lac_unit_entry *lac_unit_find_two(lac_span first, lac_span second);
/* What stands in front of its number. */
const lac_unit_entry *lac_unit_find_prefix(lac_span lower);

#endif
