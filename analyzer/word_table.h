/*
 * word_table.h - gives each distinct word a number, in order of first appearance.
 *
 * Ownership: the table owns copies of the words; freed by lac_word_table_free.
 * Limits: the hash is not keyed, so probes are capped: text made to collide is LACUNA_E_LIMIT.
 */
#ifndef LAC_WORD_TABLE_H
#define LAC_WORD_TABLE_H

#include "include/lacuna.h"
#include "support/arena.h"
#include "support/span.h"

#include <stdint.h>

enum { LAC_NO_WORD = UINT32_MAX };

typedef struct lac_word_table {
    lac_arena arena;
    lac_span *words; /* by number */
    uint64_t *hashes;
    size_t word_cap, hash_cap;
    uint32_t count;
    uint32_t *slots; /* number + 1; 0: free */
    uint32_t slot_mask;
} lac_word_table;

lacuna_status lac_word_table_init(lac_word_table *table);
void lac_word_table_free(lac_word_table *table);

/* The number of a word; it is added when new. */
lacuna_status lac_word_table_add(uint32_t *number, lac_word_table *table, lac_span word);
/* LAC_NO_WORD when it is not there. */
uint32_t lac_word_table_find(const lac_word_table *table, lac_span word);

#endif
