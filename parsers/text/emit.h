/*
 * emit.h - making blocks out of lines.
 *
 * Purpose: plain text and Markdown differ in what lines mean, not in how a block is made of them.
 * Invariants: the builder's text is the decoded file, which the lines were cut from; blocks are
 *   emitted in text order. A block starts at its first visible byte and ends at its last.
 */
#ifndef LAC_TEXT_EMIT_H
#define LAC_TEXT_EMIT_H

#include "parsers/document_builder.h"
#include "parsers/text/lines.h"

typedef struct lac_emit {
    lac_builder *builder;
    const lac_lines *lines;
    uint32_t ordinal; /* of the next block */
} lac_emit;

/* A block for a piece of the lines' text. `block` gives the other fields; start and length are set
 * here. */
lacuna_status lac_emit_span(lac_emit *emit, lac_span piece, lac_block block);

/* Lines first .. end-1 as one body block with `flags`. */
lacuna_status lac_emit_lines(lac_emit *emit, size_t first, size_t end, uint32_t flags);

/* Lines first .. end-1 as a heading whose number and title stand in `name`. */
lacuna_status lac_emit_heading(lac_emit *emit, size_t first, size_t end, lac_span name,
                               uint32_t flags);

/* A line of a table of contents; `entry` is its number and title, without leader and page. */
lacuna_status lac_emit_contents(lac_emit *emit, size_t line, lac_span entry, uint32_t flags);

/* Names the entry that a block of a table of contents prints; nothing for an empty one. */
lacuna_status lac_emit_entry(lac_builder *builder, uint32_t block, lac_span entry);

/* As lac_split_typed_number, and for "1\. Title", as converters to Markdown write it. */
void lac_split_escaped_number(lac_span text, lac_span *number, lac_span *title);

/* A block outside tables, with these flags. */
lac_block lac_body_block(uint32_t flags);

#endif
