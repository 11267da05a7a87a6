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

#endif
