/*
 * arena.h - memory that lives and dies together.
 *
 * Purpose: one arena per document, per checklist, per result; allocation is a pointer bump.
 * Ownership: everything allocated from an arena is freed by lac_arena_free, nothing singly.
 * Limits: LACUNA_E_NOMEM is reported by a NULL return; callers check every one.
 * Threads: an arena belongs to one thread at a time.
 * Compile with LAC_ARENA_DEBUG to give every object its own malloc, so sanitizers see overruns.
 */
#ifndef LAC_ARENA_H
#define LAC_ARENA_H

#include "support/span.h"

#include <stddef.h>

typedef struct lac_arena_chunk lac_arena_chunk;

typedef struct lac_arena {
    lac_arena_chunk *head;
    size_t used; /* bytes handed out, for reports */
} lac_arena;

void lac_arena_init(lac_arena *arena);
void lac_arena_free(lac_arena *arena);

/* Zeroed memory aligned for any object; NULL when out of memory or when the size overflows. */
void *lac_arena_alloc(lac_arena *arena, size_t size);
void *lac_arena_array(lac_arena *arena, size_t count, size_t size);

/* A NUL-terminated copy. */
char *lac_arena_copy(lac_arena *arena, lac_span text);

#endif
