/*
 * passages.h - a document as passages: paragraphs and whole tables, with the headings above them.
 *
 * Left out: contents lists, headings themselves, headers, comments, hidden and deleted text.
 */
#ifndef LAC_GROUND_PASSAGES_H
#define LAC_GROUND_PASSAGES_H

#include "drafter/ground/sources.h"
#include "parsers/document.h"

typedef struct lac_passage_place {
    uint32_t document, section;
    uint32_t start; /* bytes of the document */
} lac_passage_place;

typedef struct lac_passage_list {
    lac_source_passage *passages;
    lac_passage_place *places;
    size_t count, passage_cap, place_cap;
} lac_passage_list;

/* Headings are put together in the arena. */
lacuna_status lac_passages_add(lac_passage_list *list, lac_arena *arena,
                               const lac_document *document, uint32_t index, lacuna_error *err);
void lac_passage_list_free(lac_passage_list *list);

/* The passage that begins with block *at: a paragraph, or the whole table it stands in. Moves *at
 * behind it; an empty span: nothing is taken from there. */
lac_span lac_passage_take(const lac_document *document, uint32_t *at);

#endif
