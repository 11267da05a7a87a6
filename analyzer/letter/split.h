/*
 * split.h - the body of one letter into queries, boilerplate and lead-ins.
 *
 * Purpose: one pass over the paragraphs between opening and closing. A printed number is a query
 *   only where it continues or begins a list of its section: nested lists, restarts, wrapped lines
 *   that begin with a number, and numbers lost to redaction are told apart by sequence and indent.
 * Ownership: drafts live in the caller's arrays (lac_letter_drafts_free).
 */
#ifndef LAC_LETTER_SPLIT_H
#define LAC_LETTER_SPLIT_H

#include "analyzer/letter/bounds.h"
#include "analyzer/letter/section.h"

typedef enum lac_draft_kind { LAC_DRAFT_QUERY, LAC_DRAFT_BLOCK, LAC_DRAFT_LEAD } lac_draft_kind;

typedef struct lac_letter_draft {
    lac_draft_kind kind;
    uint32_t letter;
    uint32_t first_line, last_line; /* from 0 */
    uint32_t first, last;           /* paragraphs */
    uint32_t start;                 /* bytes of the clean text */
    lac_letter_section section;     /* of a query: where it stands */
    const char *block;              /* of a block: its kind */
    lac_span marker;                /* printed; empty: none */
    uint32_t ordinal;               /* of a query without a mark, from 1 */
    bool tail, truncated;           /* its beginning, its end is on a missing page */
} lac_letter_draft;

typedef struct lac_letter_drafts {
    lac_letter_draft *items;
    size_t count, cap;
} lac_letter_drafts;

void lac_letter_drafts_free(lac_letter_drafts *drafts);

/* Appends what letter number `letter` holds. `eye` looks at the clean text. */
lacuna_status lac_letter_split(lac_letter_drafts *drafts, lac_letter_layout *layout,
                               const lac_letter_bounds *bounds, uint32_t letter,
                               lac_letter_eye *eye);

#endif
