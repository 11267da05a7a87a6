#include "analyzer/word_table.h"

#include "support/buf.h"
#include "support/hash.h"

#include <stdlib.h>

enum {
    FIRST_SLOTS = 1024, /* a power of two */
    MAX_WORDS = 1 << 26,
    MAX_PROBES = 512, /* at most half of the slots are taken: honest text needs a few dozen */
};

lacuna_status lac_word_table_init(lac_word_table *table)
{
    memset(table, 0, sizeof *table);
    lac_arena_init(&table->arena);
    table->slots = calloc(FIRST_SLOTS, sizeof *table->slots);
    table->slot_mask = FIRST_SLOTS - 1;
    return table->slots == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

void lac_word_table_free(lac_word_table *table)
{
    lac_arena_free(&table->arena);
    free(table->words);
    free(table->hashes);
    free(table->slots);
    memset(table, 0, sizeof *table);
}

/* FNV's low bits are weak for short keys; fold the high half in. */
static uint32_t slot_of(uint64_t hash, uint32_t mask)
{
    return (uint32_t)(hash ^ (hash >> 32)) & mask;
}

/* The slot that holds the word, or the free slot where it belongs; UINT32_MAX: too many probes. */
static uint32_t probe(const lac_word_table *table, lac_span word, uint64_t hash)
{
    uint32_t slot = slot_of(hash, table->slot_mask);
    for (uint32_t tries = 0; tries < MAX_PROBES; tries++) {
        uint32_t entry = table->slots[slot];
        if (entry == 0 ||
            (table->hashes[entry - 1] == hash && lac_span_equal(table->words[entry - 1], word))) {
            return slot;
        }
        slot = (slot + 1) & table->slot_mask;
    }
    return UINT32_MAX;
}

static lacuna_status grow_slots(lac_word_table *table)
{
    uint32_t mask = table->slot_mask * 2 + 1;
    uint32_t *slots = calloc((size_t)mask + 1, sizeof *slots);
    if (slots == NULL) {
        return LACUNA_E_NOMEM;
    }
    for (uint32_t i = 0; i < table->count; i++) {
        uint32_t slot = slot_of(table->hashes[i], mask);
        uint32_t tries = 0;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
            if (++tries == MAX_PROBES) {
                free(slots);
                return LACUNA_E_LIMIT;
            }
        }
        slots[slot] = i + 1;
    }
    free(table->slots);
    table->slots = slots;
    table->slot_mask = mask;
    return LACUNA_OK;
}

static lacuna_status append(lac_word_table *table, lac_span word, uint64_t hash)
{
    size_t need = (size_t)table->count + 1;
    lacuna_status status =
        lac_grow((void **)&table->words, &table->word_cap, need, sizeof *table->words, MAX_WORDS);
    if (status == LACUNA_OK) {
        status = lac_grow((void **)&table->hashes, &table->hash_cap, need, sizeof *table->hashes,
                          MAX_WORDS);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    char *copy = lac_arena_copy(&table->arena, word);
    if (copy == NULL) {
        return LACUNA_E_NOMEM;
    }
    table->words[table->count] = lac_span_make(copy, word.len);
    table->hashes[table->count] = hash;
    table->count++;
    return LACUNA_OK;
}

lacuna_status lac_word_table_add(uint32_t *number, lac_word_table *table, lac_span word)
{
    *number = LAC_NO_WORD;
    uint64_t hash = lac_hash(word);
    uint32_t slot = probe(table, word, hash);
    if (slot == UINT32_MAX) {
        return LACUNA_E_LIMIT;
    }
    if (table->slots[slot] != 0) {
        *number = table->slots[slot] - 1;
        return LACUNA_OK;
    }
    lacuna_status status = append(table, word, hash);
    if (status != LACUNA_OK) {
        return status;
    }
    table->slots[slot] = table->count;
    *number = table->count - 1;
    return table->count > table->slot_mask / 2 ? grow_slots(table) : LACUNA_OK;
}

uint32_t lac_word_table_find(const lac_word_table *table, lac_span word)
{
    uint32_t slot = probe(table, word, lac_hash(word));
    if (slot == UINT32_MAX || table->slots[slot] == 0) {
        return LAC_NO_WORD;
    }
    return table->slots[slot] - 1;
}
