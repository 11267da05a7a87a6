#include "parsers/ectd/map.h"

#include "parsers/document.h"
#include "support/hash.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 64 };

struct lac_map_slot {
    const char *text; /* NULL: free */
    size_t length;
    uint64_t hash;
    uint32_t scope, value;
};

void lac_map_init(lac_map *map)
{
    *map = (lac_map){NULL, 0, 0};
}

void lac_map_free(lac_map *map)
{
    free(map->slots);
    lac_map_init(map);
}

/* FNV-1a over scope and text, begun at the address of the map, finished so that all bits count. */
static uint64_t hash_key(const lac_map *map, uint32_t scope, lac_span text)
{
    uint64_t hash = (14695981039346656037u ^ (uint64_t)(uintptr_t)map) * 1099511628211u + scope;
    for (size_t i = 0; i < text.len; i++) {
        hash = (hash ^ (unsigned char)text.ptr[i]) * 1099511628211u;
    }
    hash ^= hash >> 32;
    hash *= 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

static bool is_key(const lac_map_slot *slot, uint64_t hash, uint32_t scope, lac_span text)
{
    return slot->hash == hash && slot->scope == scope &&
           lac_span_equal(lac_span_make(slot->text, slot->length), text);
}

/* The slot of the key, or the free one where it would go. */
static lac_map_slot *locate(const lac_map *map, uint64_t hash, uint32_t scope, lac_span text)
{
    size_t at = (size_t)hash & (map->capacity - 1);
    while (map->slots[at].text != NULL && !is_key(&map->slots[at], hash, scope, text)) {
        at = (at + 1) & (map->capacity - 1);
    }
    return &map->slots[at];
}

uint32_t lac_map_find(const lac_map *map, uint32_t scope, lac_span text)
{
    if (map->capacity == 0) {
        return LAC_NONE;
    }
    const lac_map_slot *slot = locate(map, hash_key(map, scope, text), scope, text);
    return slot->text == NULL ? LAC_NONE : slot->value;
}

static lacuna_status grow(lac_map *map)
{
    lac_map larger = {NULL, map->capacity == 0 ? FIRST_CAPACITY : map->capacity * 2, map->count};
    if (larger.capacity > SIZE_MAX / sizeof *larger.slots) {
        return LACUNA_E_LIMIT;
    }
    larger.slots = calloc(larger.capacity, sizeof *larger.slots);
    if (larger.slots == NULL) {
        return LACUNA_E_NOMEM;
    }
    for (size_t i = 0; i < map->capacity; i++) {
        const lac_map_slot *slot = &map->slots[i];
        if (slot->text != NULL) {
            lac_span text = lac_span_make(slot->text, slot->length);
            *locate(&larger, slot->hash, slot->scope, text) = *slot;
        }
    }
    free(map->slots);
    *map = larger;
    return LACUNA_OK;
}

lacuna_status lac_map_put(lac_map *map, uint32_t scope, lac_span text, uint32_t value)
{
    if (map->count + 1 > map->capacity / 2) {
        lacuna_status status = grow(map);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    uint64_t hash = hash_key(map, scope, text);
    lac_map_slot *slot = locate(map, hash, scope, text);
    map->count += slot->text == NULL;
    *slot = (lac_map_slot){text.ptr == NULL ? "" : text.ptr, text.len, hash, scope, value};
    return LACUNA_OK;
}
