/*
 * draft.h - what is to be put into a document: text for its gaps, where it belongs, and why.
 *
 * Purpose: the one form in which a draft goes from whoever wrote it (code or a model) to whoever
 *   writes it into a document. It knows nothing of Word and nothing of models.
 * Ownership: everything lives in the draft's arena; freed by lac_draft_free. Immutable for writers.
 * Invariants: texts are UTF-8; a block's text is one paragraph, where TAB and LF mean a tab and a
 *   line break. Gaps are in the order in which they are to stand where two share a place.
 */
#ifndef LAC_DRAFTER_DRAFT_H
#define LAC_DRAFTER_DRAFT_H

#include "support/arena.h"
#include "support/span.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum lac_draft_kind {
    LAC_DRAFT_HEADING,
    LAC_DRAFT_PARAGRAPH,
    LAC_DRAFT_BULLET,
    LAC_DRAFT_NUMBERED, /* consecutive ones are one list that begins at 1 */
    LAC_DRAFT_TABLE,
} lac_draft_kind;

typedef struct lac_draft_block {
    lac_draft_kind kind;
    uint8_t level; /* of a heading: 1..9, as in the document */
    lac_span text; /* not of a table */
    uint32_t rows, columns, header_rows;
    const lac_span *cells; /* rows * columns, row by row */
} lac_draft_block;

typedef enum lac_draft_where {
    LAC_DRAFT_AFTER_SECTION, /* behind the section of a heading, its sub-sections included */
    LAC_DRAFT_IN_SECTION,    /* behind the section's own text, before its first sub-section */
    LAC_DRAFT_BEFORE_SECTION,
    LAC_DRAFT_AFTER_PARAGRAPH,
    LAC_DRAFT_AT_END,
} lac_draft_where;

typedef struct lac_draft_place {
    lac_draft_where where;
    uint32_t paragraph; /* lac_block.ordinal of the heading or paragraph in the main text */
} lac_draft_place;

typedef struct lac_draft_gap {
    lac_span item; /* "protocol_m11/6.4", for messages */
    lac_draft_place place;
    const lac_draft_block *blocks;
    uint32_t block_count;
    const lac_span *comment; /* paragraphs: requirement, citation, sources; none: no comment */
    uint32_t comment_count;
} lac_draft_gap;

typedef struct lac_draft {
    lac_arena arena;
    lac_span author;   /* "Lacuna (AI draft)" */
    lac_span initials; /* "L" */
    lac_span date;     /* UTC, "2026-01-31T12:00:00Z" */
    const lac_draft_gap *gaps;
    uint32_t gap_count;
} lac_draft;

static inline void lac_draft_free(lac_draft *draft)
{
    lac_arena_free(&draft->arena);
}

#endif
