#include "drafter/ground/lexicon.h"

#include "drafter/ground/token.h"
#include "support/buf.h"

#include <stdlib.h>

void lac_lexicon_init(lac_ground_lexicon *lexicon)
{
    *lexicon = (lac_ground_lexicon){.names = NULL};
    lac_arena_init(&lexicon->arena);
}

void lac_lexicon_free(lac_ground_lexicon *lexicon)
{
    free(lexicon->names);
    free(lexicon->slots);
    lac_arena_free(&lexicon->arena);
    lac_lexicon_init(lexicon);
}

uint64_t lac_lexicon_hash(lac_span text)
{
    uint64_t hash = 0x9E3779B97F4A7C15u ^ text.len;
    for (size_t i = 0; i < text.len; i++) {
        hash = (hash ^ (unsigned char)text.ptr[i]) * 0xD6E8FEB86659FD93u;
        hash ^= hash >> 32;
    }
    return hash;
}

/* The slot that holds the name, or the free one where it belongs. */
static size_t slot_of(const lac_ground_lexicon *lexicon, lac_span name)
{
    size_t slot = (size_t)lac_lexicon_hash(name) & (lexicon->slot_count - 1);
    while (lexicon->slots[slot] != 0 &&
           !lac_span_equal(lexicon->names[lexicon->slots[slot] - 1], name)) {
        slot = (slot + 1) & (lexicon->slot_count - 1);
    }
    return slot;
}

uint32_t lac_lexicon_find(const lac_ground_lexicon *lexicon, lac_span name)
{
    if (lexicon->slot_count == 0) {
        return UINT32_MAX;
    }
    uint32_t found = lexicon->slots[slot_of(lexicon, name)];
    return found == 0 ? UINT32_MAX : found - 1;
}

static lacuna_status widen(lac_ground_lexicon *lexicon)
{
    enum { FIRST = 1024 };
    size_t old = lexicon->slot_count;
    if (lexicon->count * 2 < old) {
        return LACUNA_OK;
    }
    uint32_t *slots = calloc(old == 0 ? FIRST : old * 2, sizeof *slots);
    if (slots == NULL) {
        return LACUNA_E_NOMEM;
    }
    free(lexicon->slots);
    lexicon->slots = slots;
    lexicon->slot_count = old == 0 ? FIRST : old * 2;
    for (size_t i = 0; i < lexicon->count; i++) {
        slots[slot_of(lexicon, lexicon->names[i])] = (uint32_t)i + 1;
    }
    return LACUNA_OK;
}

lacuna_status lac_lexicon_put(uint32_t *id, lac_ground_lexicon *lexicon, lac_span name)
{
    *id = lac_lexicon_find(lexicon, name);
    if (*id != UINT32_MAX) {
        return LACUNA_OK;
    }
    void *names = lexicon->names;
    lacuna_status status =
        lac_grow(&names, &lexicon->cap, lexicon->count + 1, sizeof *lexicon->names, LAC_TOKENS_MAX);
    lexicon->names = names;
    status = status == LACUNA_OK ? widen(lexicon) : status;
    char *copy = status == LACUNA_OK ? lac_arena_copy(&lexicon->arena, name) : NULL;
    if (copy == NULL) {
        return status == LACUNA_OK ? LACUNA_E_NOMEM : status;
    }
    lexicon->names[lexicon->count] = lac_span_make(copy, name.len);
    lexicon->slots[slot_of(lexicon, lexicon->names[lexicon->count])] = (uint32_t)lexicon->count + 1;
    *id = (uint32_t)lexicon->count++;
    return LACUNA_OK;
}
