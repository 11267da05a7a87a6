/*
 * layout.h - the body of a document as the writer sees it: what stands directly in it, where each
 * paragraph is, and between which of them text may be put.
 *
 * Purpose: joins the reader's model (headings, sections, list items) with the tokenizer's bytes.
 * The link is the ordinal of a paragraph in its part, which both count. Ownership: everything lives
 * in the arena of the file it was made for.
 */
#ifndef LAC_WRITERS_DOCX_LAYOUT_H
#define LAC_WRITERS_DOCX_LAYOUT_H

#include "writers/docx/word_file.h"

/* Of a boundary. */
enum {
    LAC_GAP_IN_FIELD = 1u << 0, /* between the begin and the end of a field */
    LAC_GAP_IN_MOVE = 1u << 1,  /* inside text that was moved, or a revision of custom XML */
};

typedef struct lac_layout {
    const lac_tokens *tokens;
    const lac_document *document;
    uint32_t body;            /* token */
    const uint32_t *children; /* tokens directly in the body, without a w:sectPr at the end */
    uint32_t child_count;
    const uint8_t *gaps;        /* flags of the boundary before each child, and of the end */
    const uint32_t *paragraphs; /* token of each paragraph, by ordinal */
    const uint32_t *blocks;     /* its block in the document's body; LAC_NONE */
    const uint32_t *child_of;   /* index of the child it is, or is in */
    uint32_t paragraph_count;
} lac_layout;

lacuna_status lac_layout_make(lac_layout *layout, lac_word_file *file, lacuna_error *err);

/* The block of a child that is a paragraph; NULL: it is none, or the reader shows no block. */
const lac_block *lac_layout_block(const lac_layout *layout, uint32_t child);

/* The nearest child in front of / at a boundary that holds text: neither the start nor the end of a
 * range, nor a proofing mark. LAC_NONE: none. */
uint32_t lac_layout_before(const lac_layout *layout, uint32_t boundary);
uint32_t lac_layout_behind(const lac_layout *layout, uint32_t boundary);

/* Offset in the main part of a boundary. */
size_t lac_layout_offset(const lac_layout *layout, uint32_t boundary);

/* Whether an element is a point in the text (a bookmark, the start of a comment ...) and no text.
 */
bool lac_word_is_marker(lac_word word);
bool lac_word_is_marker_start(lac_word word);

#endif
