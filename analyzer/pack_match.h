/*
 * pack_match.h - which item of one checklist is which of another.
 */
#ifndef LAC_PACK_MATCH_H
#define LAC_PACK_MATCH_H

#include "analyzer/checklist.h"

typedef struct lac_item_match {
    uint32_t a;      /* index of the item of A; UINT32_MAX: none */
    const char *how; /* "id", "mapping", "title" */
    double likeness;
} lac_item_match;

/* One entry an item of B, in the arena. An item of A is matched once. */
lacuna_status lac_match_items(lac_item_match **out, lac_arena *arena, const lac_checklist *a,
                              const lac_checklist *b, lacuna_error *err);

#endif
