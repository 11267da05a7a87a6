/*
 * place.h - from the place a draft names to a boundary in the body where text may be put.
 *
 * Purpose: sections end before the next heading of the same or a higher level, behind the ends of
 *   bookmarks that belong to them, before those that belong to the next heading, and before a
 *   section break or page break that introduces it. Refused (LACUNA_E_UNSUPPORTED, with the
 * reason): inside a field, a content control, a table, a moved range; behind a run-in heading, a
 * drop cap or a paragraph whose mark is deleted; between a caption and what it names; among the
 * title lines; behind a section break that changes the page.
 */
#ifndef LAC_WRITERS_DOCX_PLACE_H
#define LAC_WRITERS_DOCX_PLACE_H

#include "drafter/draft.h"
#include "writers/docx/layout.h"

typedef struct lac_place {
    uint32_t boundary; /* before this child of the body */
    uint32_t before;   /* nearest child with text in front of it; LAC_NONE */
    uint32_t behind;   /* and behind it; LAC_NONE: the end of the body */
} lac_place;

lacuna_status lac_place_find(lac_place *place, const lac_layout *layout,
                             const lac_draft_place *wanted, lacuna_error *err);

/* The section of a document whose heading is that paragraph of the main text; LAC_NONE. */
uint32_t lac_place_section(const lac_layout *layout, uint32_t paragraph);

#endif
