/*
 * markdown.h - the few forms a drafted text may have: paragraphs, list items, sub-headings, tables.
 *
 * Purpose: bounds of blocks in a text, so that what is known about its bytes (who is cited for
 * them) stays known. A paragraph is lines up to an empty one or one that begins something else.
 * Lines of cells between "|" are a table; a line of |---| behind the first makes that its header.
 * Ownership: everything lives in the arena; the text is borrowed.
 */
#ifndef LAC_DRAFT_MARKDOWN_H
#define LAC_DRAFT_MARKDOWN_H

#include "drafter/draft.h"
#include "include/lacuna.h"

enum {
    LAC_MARKDOWN_BLOCKS_MAX = 2048,
    LAC_MARKDOWN_COLUMNS_MAX = 64,
    LAC_MARKDOWN_CELLS_MAX = 8192
};

typedef struct lac_markdown_range {
    uint32_t start, end; /* bytes; without marks and white space at both ends */
} lac_markdown_range;

typedef struct lac_markdown_block {
    lac_draft_kind kind;
    uint8_t level; /* of a heading: how many marks it has */
    lac_markdown_range range;
    uint32_t rows, columns, header_rows;
    const lac_markdown_range *cells; /* rows * columns; an empty range where a row is short */
} lac_markdown_block;

typedef struct lac_markdown {
    const lac_markdown_block *blocks;
    uint32_t count;
} lac_markdown;

/* LACUNA_E_LIMIT for a text with more of them than a draft has. */
lacuna_status lac_markdown_read(lac_markdown *out, lac_arena *arena, lac_span text,
                                lacuna_error *err);

#endif
