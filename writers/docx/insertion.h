/*
 * insertion.h - the markup of all gaps that share one boundary.
 *
 * Purpose: which way of tracking is right there, the paragraphs and tables in the looks of the
 *   document, and the edits of the main part.
 */
#ifndef LAC_WRITERS_DOCX_INSERTION_H
#define LAC_WRITERS_DOCX_INSERTION_H

#include "writers/docx/comments.h"
#include "writers/docx/lists.h"
#include "writers/docx/place.h"
#include "writers/docx/write.h"

typedef struct lac_insertion {
    lac_word_file *file;
    const lac_layout *layout;
    const lac_draft *draft;
    lac_ids *ids;
    lac_lists *lists;
    lac_comments *comments;
    bool marked;
    bool leaves_paragraph; /* out: see lac_written */
} lac_insertion;

/* `gaps` are indexes into the draft's gaps, in order. */
lacuna_status lac_insertion_write(lac_marking *marking, lac_insertion *insertion,
                                  const lac_place *place, const uint32_t *gaps, uint32_t count,
                                  lacuna_error *err);

/* Blocks that take the place of a paragraph, which itself stays as the last of them. `body` is the
 * look of their paragraphs. Appends the markup of all but the last to `out`, with own marks, and
 * says how the last is to look and what its text is: a table at the end is written too, and leaves
 * an empty paragraph. */
typedef struct lac_blocks_last {
    lac_look look;
    lac_span text;
    bool is_body; /* it looks like `body` */
} lac_blocks_last;
lacuna_status lac_insertion_blocks(lac_buf *out, lac_blocks_last *last, lac_insertion *insertion,
                                   uint32_t boundary, const lac_look *body, bool after_table,
                                   const lac_draft_block *blocks, uint32_t count, uint32_t comment,
                                   lacuna_error *err);

#endif
