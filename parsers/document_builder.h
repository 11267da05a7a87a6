/*
 * document_builder.h - how a parser makes a document.
 *
 * Purpose: parsers append text and blocks in reading order, channel by channel; finishing turns
 *   them into the immutable model: sections, parents, numbers, lines.
 * Ownership: the builder owns everything until lac_builder_finish hands it to the document.
 * Limits: text_bytes and blocks of lac_limits.
 */
#ifndef LAC_DOCUMENT_BUILDER_H
#define LAC_DOCUMENT_BUILDER_H

#include "parsers/document.h"
#include "support/buf.h"

/* Where number and title of a heading stand, for markup around them ("## 6.4 Design ##"). Offsets
 * into the text. */
typedef struct lac_heading_name {
    uint32_t block;
    uint32_t number_start, number_length;
    uint32_t title_start, title_length;
} lac_heading_name;

typedef struct lac_builder {
    lac_document *document; /* under construction; arena in use */
    lac_buf text;
    lac_block *blocks;
    size_t block_count, block_cap;
    lac_table *tables;
    size_t table_count, table_cap;
    lac_toc_entry *toc;
    size_t toc_count, toc_cap;
    lac_note *notes;
    size_t note_count, note_cap;
    const char **parts;
    size_t part_count, part_cap;
    lac_heading_name *names;
    size_t name_count, name_cap;
    size_t block_max;
    bool line_open; /* a table row in progress: the next block stays on the line */
} lac_builder;

lacuna_status lac_builder_init(lac_builder *builder, lac_format format, const lac_limits *limits,
                               lacuna_error *err);
void lac_builder_free(lac_builder *builder);

/* Registers a part name, returns its index in *index. */
lacuna_status lac_builder_part(lac_builder *builder, uint32_t *index, const char *name);

/* Appends one block: its text (LF and TAB inside become spaces, unless `keep_lines`), then the
 * separator that ends it: '\n' for a line, '\t' for the end of a cell, ' ' inside a cell.
 * `block->start` and `length` are set here; the other fields are the caller's. The separator of
 * the previous block has already been written. *index (may be NULL) receives the block's index. */
lacuna_status lac_builder_block(lac_builder *builder, uint32_t *index, const lac_block *block,
                                lac_span text, char separator, bool keep_lines);

/* For formats whose text is kept as it is: appends text that belongs to no block yet ... */
lacuna_status lac_builder_raw(lac_builder *builder, lac_span text);
/* ... and makes a block of a piece of it: `block->start` and `length` are the caller's. Blocks come
 * in text order and do not overlap. */
lacuna_status lac_builder_block_over(lac_builder *builder, uint32_t *index, const lac_block *block);
/* Names the section of a heading block; in block order. Without it the block's text is split. */
lacuna_status lac_builder_heading(lac_builder *builder, const lac_heading_name *name);

/* Replaces the last separator (a cell's TAB) by another one, to end a row. */
void lac_builder_end_line(lac_builder *builder);

lacuna_status lac_builder_table(lac_builder *builder, uint32_t *index, const lac_table *table);
lacuna_status lac_builder_toc(lac_builder *builder, const lac_toc_entry *entry);
/* `code` is static, `text` is copied. */
lacuna_status lac_builder_note(lac_builder *builder, const char *code, uint32_t part,
                               const char *text);

/* Makes the document. Blocks with level 1..9 in the body become sections; their number is the
 * computed one (block text up to number_length), else one typed in front of the title. The builder
 * is empty afterwards, also on error. */
lacuna_status lac_builder_finish(lac_document **out, lac_builder *builder, lacuna_error *err);

/* Splits a typed number ("6.4.8", "A.1", "IV.", "Appendix 3") from a title. Both may be empty. */
void lac_split_typed_number(lac_span text, lac_span *number, lac_span *title);

#endif
