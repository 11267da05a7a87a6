/*
 * judge.h - one item, one status: met, partial, missing, contradicts, not applicable, not
 * evaluated.
 *
 * Purpose: the rules by which a located section, or content found elsewhere, answers an item. It
 *   says what a document mentions, never that it complies.
 * Order of the rules: the type of the document, language, prohibited words, content in the located
 * sections, what the section declares about itself, content elsewhere, the condition.
 */
#ifndef LAC_JUDGE_H
#define LAC_JUDGE_H

#include "analyzer/locate.h"
#include "analyzer/result.h"

typedef struct lac_judge {
    lac_arena *arena; /* of the result */
    const lac_reading *reading;
    const lac_checklist *checklist;
    const lac_locations *locations;
    const char *document_type;    /* "protocol"; NULL or "": unknown, every item is judged */
    const bool *foreign;          /* per section: in a language the checklist has no terms for */
    double foreign_share;         /* of the words */
    const lac_known_facts *facts; /* that conditions ask for; NULL: none are known */
} lac_judge;

lacuna_status lac_judge_item(lac_item_result *out, const lac_judge *judge, uint32_t item,
                             lacuna_error *err);

/* Gives every structural item the status its children show; `items` is in checklist order. */
lacuna_status lac_judge_structural(lac_item_result *items, const lac_judge *judge,
                                   lacuna_error *err);

/* One of them, when its children have their status; `heading`: it stands in the document itself. */
void lac_derive_structural(lac_item_result *items, const lac_checklist *checklist, uint32_t index,
                           bool heading);

#endif
