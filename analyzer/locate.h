/*
 * locate.h - which sections of a document a checklist item is about.
 *
 * Purpose: an alignment of two trees. Titles and aliases vote first; numbers vote only as far as
 *   the document is seen to follow the guidance's numbering (real reports use E3's 11.4.1 for other
 *   things); the place of the parent, the order of neighbours and the content vote next. A section
 *   that belongs clearly to one item is not given to an unrelated one.
 * Ownership: arena of the caller.
 */
#ifndef LAC_LOCATE_H
#define LAC_LOCATE_H

#include "analyzer/checklist.h"
#include "analyzer/reading.h"
#include "analyzer/synonyms.h"

enum { LAC_MAX_PLACES = 4, LAC_MAX_NEAREST = 3, LAC_MAX_UNNAMED = 2 };

typedef struct lac_place {
    uint32_t section;
    double score; /* 0..1, all votes */
    double title; /* 0..1, likeness of the title alone */
    bool firm;    /* the heading alone names the item; otherwise its content has to confirm it */
} lac_place;

typedef struct lac_location {
    lac_place places[LAC_MAX_PLACES]; /* best first */
    uint32_t place_count;
    lac_place nearest[LAC_MAX_NEAREST]; /* best of those not taken */
    uint32_t nearest_count;
    /* Sections whose heading is like no item's and that carry the item's number: their content has
     * to tell. */
    lac_place unnamed[LAC_MAX_UNNAMED];
    uint32_t unnamed_count;
} lac_location;

typedef struct lac_locations {
    lac_location *items; /* one per checklist item */
    uint32_t count;
    double numbering_trust; /* 0..1: how far the document's numbers are the guidance's */
    double coverage;        /* share of non-structural items with a firm place */
    const bool *background; /* per section: about other work, as the pack names them; NULL: none */
} lac_locations;

/* Items for other types of document than `type` (NULL: unknown) have no places and claim none. */
lacuna_status lac_locate(lac_locations *out, lac_arena *arena, const lac_reading *reading,
                         const lac_checklist *checklist, const char *type,
                         const lac_synonyms *synonyms, lacuna_error *err);

#endif
