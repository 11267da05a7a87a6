/*
 * lexicon.h - a number for every stem and label, so that sentences are compared by numbers.
 *
 * Ownership: owns its table; texts live in its arena. Limits: LAC_TOKENS_MAX entries.
 */
#ifndef LAC_GROUND_LEXICON_H
#define LAC_GROUND_LEXICON_H

#include "include/lacuna.h"
#include "support/arena.h"
#include "support/span.h"

#include <stdint.h>

typedef struct lac_ground_lexicon {
    lac_arena arena;
    lac_span *names; /* by id */
    size_t count, cap;
    uint32_t *slots; /* id + 1; 0: free */
    size_t slot_count;
} lac_ground_lexicon;

void lac_lexicon_init(lac_ground_lexicon *lexicon);
void lac_lexicon_free(lac_ground_lexicon *lexicon);

/* UINT32_MAX: not there. */
uint32_t lac_lexicon_find(const lac_ground_lexicon *lexicon, lac_span name);
lacuna_status lac_lexicon_put(uint32_t *id, lac_ground_lexicon *lexicon, lac_span name);

uint64_t lac_lexicon_hash(lac_span text);

#endif
