/*
 * places.h - saying where something stands in a submission.
 *
 * Ownership: places live in the arena; heading paths are made once a node and shared.
 */
#ifndef LAC_ECTD_PLACES_H
#define LAC_ECTD_PLACES_H

#include "analyzer/result.h"

enum { LAC_PLACE_DEPTH = 64 }; /* headings shown above a leaf */

typedef struct lac_places {
    const lac_submission *submission;
    lac_arena *arena;
    const char *const **paths; /* per node, NULL: not made yet */
    uint32_t *depths;
    bool failed; /* memory ran out; places made since have no path */
} lac_places;

lacuna_status lac_places_init(lac_places *places, const lac_submission *submission,
                              lac_arena *arena, lacuna_error *err);

lac_leaf_place lac_place_none(void);
lac_leaf_place lac_place_placement(lac_places *places, uint32_t placement);
lac_leaf_place lac_place_node(lac_places *places, uint32_t node);
lac_leaf_place lac_place_file(lac_places *places, uint32_t file);
lac_leaf_place lac_place_sequence(lac_places *places, uint32_t sequence);
lac_leaf_place lac_place_application(lac_places *places, uint32_t application);
lac_leaf_place lac_place_document(lac_places *places, uint32_t document);
lac_leaf_place lac_place_backbone(lac_places *places, uint32_t backbone);

/* An anchor at a copy of the place; its leaf is NULL where memory ran out. */
lac_anchor lac_place_anchor(lac_places *places, const lac_leaf_place *place);

#endif
