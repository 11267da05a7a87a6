/*
 * map.h - text to index, for everything a backbone refers to by name.
 *
 * Purpose: leaf ids within their backbone, nodes by their keys, folders, contexts of use. A key
 *   is a text within a scope (a number), so equal ids of two backbones are two keys.
 * Ownership: the map owns its slots; texts are borrowed and have to stay.
 * Limits: ids are hostile, so hashing starts from a value that differs from run to run. Nothing
 *   is ever walked in hash order, so results do not depend on it.
 */
#ifndef LAC_ECTD_MAP_H
#define LAC_ECTD_MAP_H

#include "include/lacuna.h"
#include "support/span.h"

#include <stdint.h>

typedef struct lac_map_slot lac_map_slot;

typedef struct lac_map {
    lac_map_slot *slots;
    size_t capacity, count; /* capacity: 0 or a power of two */
} lac_map;

void lac_map_init(lac_map *map);
void lac_map_free(lac_map *map);

/* LAC_NONE: absent. */
uint32_t lac_map_find(const lac_map *map, uint32_t scope, lac_span text);
/* Adds, or changes the value of what is there. */
lacuna_status lac_map_put(lac_map *map, uint32_t scope, lac_span text, uint32_t value);

#endif
