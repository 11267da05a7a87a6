/*
 * cuts.h - takes text out of the runs of a paragraph and puts values in, tracked or plainly.
 *
 * Purpose: a cut is a range of bytes in a part. Runs it does not touch stay as they are; those it
 *   touches are written again, split where the cut begins and ends, each piece with the run's own
 *   properties. Tracked, what is cut out stays as deleted text, with the value behind it.
 * Schema: deleted text is w:delText, a deleted field code w:delInstrText (ECMA-376 17.3.3.7,
 *   17.16.13); w:del may stand in w:ins, w:ins may not, so a value inside text that somebody
 *   inserted becomes part of that insertion.
 */
#ifndef LAC_WRITERS_DOCX_CUTS_H
#define LAC_WRITERS_DOCX_CUTS_H

#include "writers/docx/markup.h"

typedef struct lac_cut {
    size_t from, to;     /* bytes of the part: in a w:t, or at the ends of elements inside runs */
    lac_span text;       /* the value; empty: nothing is put in */
    lac_span properties; /* children of w:rPr of the value's run */
    uint32_t comment;    /* id of the comment on the value; UINT32_MAX: none */
    bool is_prompt;      /* what is cut is no text of the document: it is not kept as deleted */
    bool done;           /* out: the value was put */
} lac_cut;

/* What is needed to write markup. */
typedef struct lac_cutter {
    lac_word_file *file;
    lac_word_part *part;
    lac_edits *edits; /* of the part, or of a copy of a piece of it */
    const lac_draft *draft;
    lac_ids *ids;
    bool marked;
    lacuna_error *err;
} lac_cutter;

/* `cuts` are in order and do not overlap; all lie inside one element (a paragraph, the content of a
 * control). Paragraphs inside it that are in text boxes are not touched. */
lacuna_status lac_cuts_apply(lac_cutter *cutter, uint32_t element, lac_cut *cuts, size_t count);

/* Copies the children of a run's properties that a value in its place may have. What is named in
 * `drop` (local names, NULL at the end) is left out. */
lacuna_status lac_cut_properties(lac_span *out, lac_cutter *cutter, uint32_t run,
                                 const char *const *drop);

/* Markup of the value alone, for a place that has no runs. */
lacuna_status lac_cut_value(lac_span *out, lac_cutter *cutter, const lac_cut *cut);

#endif
