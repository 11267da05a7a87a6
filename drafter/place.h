/*
 * place.h - where in a document a missing item belongs.
 *
 * Purpose: the order of the checklist meets the order of the document's own headings. A section
 * that is there but unfinished is filled; else the item goes behind the section of the nearest item
 * before it at its own level, else into its parent's section, else before the section of the
 * nearest item behind it, else to the end.
 */
#ifndef LAC_DRAFTER_PLACE_H
#define LAC_DRAFTER_PLACE_H

#include "analyzer/result.h"
#include "drafter/draft.h"

typedef struct lac_target {
    lac_draft_place place;
    uint32_t section; /* the section it goes by; LAC_NONE: the end of the document */
    uint8_t level; /* of its own heading, 1 to 9; 0: the heading is there, only text is lacking */
} lac_target;

lac_target lac_target_find(const lac_document *document, const lac_checklist_result *list,
                           uint32_t item);

#endif
