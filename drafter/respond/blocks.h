/*
 * blocks.h - paragraphs, headings and tables of a response, put together one by one.
 *
 * Ownership: texts are copied into the arena; the list itself is freed by lac_blocks_free. After a
 *   failure everything else is dropped, and the caller asks once at the end.
 */
#ifndef LAC_RESPOND_BLOCKS_H
#define LAC_RESPOND_BLOCKS_H

#include "drafter/draft.h"
#include "include/lacuna.h"
#include "support/buf.h"

#define LAC_NEEDED "[DATA NEEDED: "

typedef struct lac_blocks {
    lac_arena *arena;
    lac_draft_block *items;
    size_t count, cap;
    uint32_t needed; /* placeholders for what a person has to supply */
    lacuna_status status;
} lac_blocks;

void lac_blocks_init(lac_blocks *blocks, lac_arena *arena);
void lac_blocks_free(lac_blocks *blocks);

void lac_blocks_add(lac_blocks *blocks, lac_draft_kind kind, lac_span text);
void lac_blocks_heading(lac_blocks *blocks, uint8_t level, const char *text);
void lac_blocks_text(lac_blocks *blocks, const char *text);
/* Each line of a text as a paragraph of its own. */
void lac_blocks_lines(lac_blocks *blocks, const char *text);
/* "[DATA NEEDED: what]". */
void lac_blocks_need(lac_blocks *blocks, const char *what);
void lac_blocks_printf(lac_blocks *blocks, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Cells are kept as they are given, row by row; the first row is the header. */
void lac_blocks_table(lac_blocks *blocks, uint32_t rows, uint32_t columns, const lac_span *cells);

/* A copy in the arena; empty where memory ran out, which the status tells. */
lac_span lac_blocks_keep(lac_blocks *blocks, lac_span text);
/* The text, or "[DATA NEEDED: what]" for an empty one, counted. */
lac_span lac_blocks_value(lac_blocks *blocks, const char *text, const char *what);

#endif
