/*
 * comments.h - adds comments to a document: the text, its thread entry, its author.
 *
 * Purpose: parts that are there are found by their relationship, whatever their names, and added
 *   to; others are made. A comment gets an entry in commentsExtended only where its paragraphs can
 *   have ids: where the root of the comments declares the namespace w14 and lists it as ignorable.
 * Ownership: begin, any number of adds, flush; then free.
 */
#ifndef LAC_WRITERS_DOCX_COMMENTS_H
#define LAC_WRITERS_DOCX_COMMENTS_H

#include "writers/docx/markup.h"

typedef struct lac_comments {
    lac_word_file *file;
    const lac_draft *draft;
    lac_word_part *part, *extended, *people; /* NULL: not there yet */
    lac_span w14;                            /* prefix; empty: paragraphs have no ids */
    lac_markup text;
    lac_buf entries;
    uint32_t count, next_para;
} lac_comments;

lacuna_status lac_comments_begin(lac_comments *comments, lac_word_file *file,
                                 const lac_draft *draft, lac_ids *ids, lacuna_error *err);
lacuna_status lac_comments_add(lac_comments *comments, uint32_t id, const lac_draft_gap *gap,
                               lacuna_error *err);
lacuna_status lac_comments_flush(lac_comments *comments, lacuna_error *err);
void lac_comments_free(lac_comments *comments);

#endif
