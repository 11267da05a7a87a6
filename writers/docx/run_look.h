/*
 * run_look.h - how a run looks to a reader: colour, highlight, styles, hidden, italic.
 *
 * Purpose: templates say by looks what is instruction and what is to be filled. Looks are resolved
 *   as Word does: on the run, by its character style, by the paragraph's style, by the defaults
 *   (ECMA-376 17.7.2); a toggle that is switched off on the run is off.
 * Ownership: everything lives in the arena of the file; names of styles stay valid with it.
 * Limits: style_chain steps of basedOn.
 */
#ifndef LAC_WRITERS_DOCX_RUN_LOOK_H
#define LAC_WRITERS_DOCX_RUN_LOOK_H

#include "writers/docx/word_file.h"

typedef struct lac_run_look {
    lac_span colour;                           /* "C00000"; empty: automatic or black */
    lac_span highlight;                        /* "yellow", or the fill of a shade; empty: none */
    lac_span paragraph_style, character_style; /* names; empty: none */
    bool own_colour;                           /* not the paragraph's style says it */
    bool hidden, italic;
} lac_run_look;

typedef struct lac_style_look {
    lac_span id, name, based_on;
    lac_span colour, highlight;
    bool has_colour, has_highlight; /* said, perhaps as "auto" or "none" */
    int8_t hidden, italic;          /* -1: not said */
    bool is_character;
} lac_style_look;

typedef struct lac_looks {
    lac_style_look *styles; /* by id, resolved along basedOn */
    uint32_t count;
    lac_style_look defaults;
    lac_span default_paragraph; /* id */
} lac_looks;

lacuna_status lac_looks_read(lac_looks *looks, lac_word_file *file, lacuna_error *err);

/* Of a run in a paragraph; LAC_NO_TOKEN for the run: of the paragraph's style alone. */
lac_run_look lac_run_look_of(const lac_looks *looks, const lac_tokens *tokens, uint32_t paragraph,
                             uint32_t run);

#endif
