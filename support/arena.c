#include "support/arena.h"

#include "support/checked.h"

#include <stdlib.h>
#include <string.h>

#ifdef LAC_ARENA_DEBUG
enum { FIRST_CHUNK_BYTES = 0, CHUNK_BYTES = 0 };
#else
/* Small at first: a submission holds thousands of small results. */
enum { FIRST_CHUNK_BYTES = 4 * 1024, CHUNK_BYTES = 64 * 1024 };
#endif

struct lac_arena_chunk {
    lac_arena_chunk *next;
    size_t used;
    size_t size;
    max_align_t data[];
};

void lac_arena_init(lac_arena *arena)
{
    *arena = (lac_arena){NULL, 0};
}

void lac_arena_free(lac_arena *arena)
{
    lac_arena_chunk *chunk = arena->head;
    while (chunk != NULL) {
        lac_arena_chunk *next = chunk->next;
        free(chunk);
        chunk = next;
    }
    lac_arena_init(arena);
}

static size_t next_chunk_bytes(const lac_arena *arena)
{
    size_t wanted = arena->head == NULL ? FIRST_CHUNK_BYTES : 2 * arena->head->size;
    return wanted < CHUNK_BYTES ? wanted : CHUNK_BYTES;
}

static lac_arena_chunk *add_chunk(lac_arena *arena, size_t need)
{
    size_t usual = next_chunk_bytes(arena);
    size_t size = need > usual ? need : usual;
    size_t total;
    if (!lac_add_size(&total, sizeof(lac_arena_chunk), size)) {
        return NULL;
    }
    lac_arena_chunk *chunk = calloc(1, total);
    if (chunk == NULL) {
        return NULL;
    }
    chunk->size = size;
    /* A large object gets a chunk of its own behind the head, which keeps its free room in use. */
    if (need > usual / 2 && arena->head != NULL) {
        chunk->next = arena->head->next;
        arena->head->next = chunk;
    } else {
        chunk->next = arena->head;
        arena->head = chunk;
    }
    return chunk;
}

void *lac_arena_alloc(lac_arena *arena, size_t size)
{
    size_t need;
    if (!lac_add_size(&need, size == 0 ? 1 : size, sizeof(max_align_t) - 1)) {
        return NULL;
    }
    need &= ~(sizeof(max_align_t) - 1);
    lac_arena_chunk *chunk = arena->head;
    if (chunk == NULL || chunk->size - chunk->used < need) {
        chunk = add_chunk(arena, need);
        if (chunk == NULL) {
            return NULL;
        }
    }
    void *object = (char *)chunk->data + chunk->used;
    chunk->used += need;
    arena->used += need;
    return object;
}

void *lac_arena_array(lac_arena *arena, size_t count, size_t size)
{
    size_t total;
    return lac_mul_size(&total, count, size) ? lac_arena_alloc(arena, total) : NULL;
}

char *lac_arena_copy(lac_arena *arena, lac_span text)
{
    size_t total;
    if (!lac_add_size(&total, text.len, 1)) {
        return NULL;
    }
    char *copy = lac_arena_alloc(arena, total);
    if (copy != NULL && text.len > 0) {
        memcpy(copy, text.ptr, text.len);
    }
    return copy;
}
