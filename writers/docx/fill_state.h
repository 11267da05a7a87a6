/*
 * fill_state.h - what the parts of the filler share while one template is filled.
 */
#ifndef LAC_WRITERS_DOCX_FILL_STATE_H
#define LAC_WRITERS_DOCX_FILL_STATE_H

#include "writers/docx/cuts.h"
#include "writers/docx/fill.h"
#include "writers/docx/insertion.h"
#include "writers/docx/placeholder_find.h"
#include "writers/docx/template_controls.h"
#include "writers/docx/template_scan.h"

/* Values by name; those of a turn of a repeating section hide those around it. */
typedef struct lac_fill_scope {
    const struct lac_fill_scope *around;
    const lac_fill_value *values;
    uint32_t count;
    bool *used; /* NULL: not told */
} lac_fill_scope;

typedef struct lac_filling {
    lac_word_file *file;
    const lac_fill *fill;
    const lac_conventions *profile;
    lac_filled *out;
    lac_draft draft; /* author and date; no gaps */
    lac_layout layout;
    lac_template scanned;
    lac_placeholders found, texts;
    bool *done; /* of each placeholder: it has been seen to, or is part of one that has */
    lac_ids ids;
    lac_lists lists;
    lac_comments comments;
    lac_insertion insertion;
    lac_edits *edits; /* where edits of the part at hand go */
    bool marked;
    uint32_t *control_ids; /* those that are taken, sorted */
    uint32_t control_id_count, next_control_id;
    lac_span *reasons; /* of each placeholder, why it stays unfilled */
    lacuna_error *err;
} lac_filling;

/* NULL: no value of that name. */
const lac_fill_value *lac_fill_find(const lac_fill_scope *scope, const lac_placeholder *item);
lac_cutter lac_fill_cutter(lac_filling *filling, lac_word_part *part);

/* Notes why a placeholder stays; `reason` is static. */
void lac_fill_refuse(lac_filling *filling, size_t index, const char *reason);

/* The value as one text; false: it cannot be one. */
lacuna_status lac_fill_as_text(lac_span *out, bool *can, lac_filling *filling,
                               const lac_fill_value *value);

/* Placeholders `from` .. `to` - 1 are all in one paragraph and none is a control. */
lacuna_status lac_fill_paragraph(lac_filling *filling, const lac_fill_scope *scope, size_t from,
                                 size_t to);

/* Blocks in place of all text of a paragraph of the main part, which stays as the last of them.
 * `cut` covers its text. */
lacuna_status lac_fill_blocks(lac_filling *filling, uint32_t paragraph, lac_cut *cut,
                              const lac_fill_value *value);

/* An id no control has. */
uint32_t lac_fill_control_id(lac_filling *filling);

/* A repeating section: its first item once for each item of the value. */
lacuna_status lac_fill_repeat(lac_filling *filling, const lac_fill_scope *scope,
                              lac_word_part *part, const lac_control *control, size_t index,
                              const lac_fill_value *value);
lacuna_status lac_fill_control(lac_filling *filling, const lac_fill_scope *scope, size_t index);

/* Placeholders whose token is in [first, end) of a part. */
lacuna_status lac_fill_range(lac_filling *filling, const lac_fill_scope *scope,
                             const lac_word_part *part, uint32_t first, uint32_t end);

/* Writes a value into the data a control is bound to. */
lacuna_status lac_fill_bound(lac_filling *filling, const lac_tokens *tokens, uint32_t binding,
                             lac_span text);
/* Sets a custom property of the document that exists; *there false: it does not. */
lacuna_status lac_fill_property(bool *there, lac_filling *filling, lac_span name, lac_span text);

lacuna_status lac_fill_remove_instructions(lac_filling *filling);
/* Whether a paragraph holds nothing but text and points in the text ... */
bool lac_fill_may_remove(const lac_tokens *tokens, uint32_t paragraph);
/* ... so that it can go, untracked; the points stay. */
lacuna_status lac_fill_remove_paragraph(lac_filling *filling, const lac_tokens *tokens,
                                        uint32_t paragraph);

/* Id of a comment on a value, added; UINT32_MAX: none is wanted. */
lacuna_status lac_fill_comment(uint32_t *id, lac_filling *filling, const lac_fill_value *value);

#endif
