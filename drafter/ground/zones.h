/*
 * zones.h - parts of a draft that are not prose: citations, calculations, quotes.
 *
 * Ownership: the list lives in the arena.
 */
#ifndef LAC_GROUND_ZONES_H
#define LAC_GROUND_ZONES_H

#include "include/lacuna.h"
#include "support/arena.h"
#include "support/span.h"

#include <stdint.h>

typedef enum lac_zone_kind {
    LAC_ZONE_CITATION,
    LAC_ZONE_CALC,
    LAC_ZONE_QUOTE,
    LAC_ZONE_NEEDED
} lac_zone_kind;

typedef struct lac_zone {
    uint32_t start, end; /* bytes, marks included */
    uint8_t kind;
    bool settled; /* of a quote: it has a verdict, and so has what stands in it */
} lac_zone;

typedef struct lac_zones {
    lac_zone *items;
    uint32_t count;
} lac_zones;

lacuna_status lac_zones_find(lac_zones *out, lac_arena *arena, lac_span text, lacuna_error *err);

/* The zone that holds a byte; NULL: none. */
lac_zone *lac_zones_at(const lac_zones *zones, uint32_t at);

#endif
