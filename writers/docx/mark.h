/*
 * mark.h - the paragraph mark: what its properties say about putting text behind it, and how a
 * tracked insertion is written into it.
 */
#ifndef LAC_WRITERS_DOCX_MARK_H
#define LAC_WRITERS_DOCX_MARK_H

#include "writers/docx/word_file.h"

typedef struct lac_mark {
    uint32_t properties; /* w:pPr; LAC_NO_TOKEN */
    uint32_t run;        /* its w:rPr */
    uint32_t section;    /* its w:sectPr */
    bool inserted;       /* tracked: by w:ins or w:moveTo */
    bool deleted;        /* by w:del or w:moveFrom: the text joins what follows */
    bool joined;         /* w:specVanish: a run-in heading, the next paragraph continues the line */
    bool changed;        /* other properties of it are tracked */
    bool frame;          /* w:framePr: a drop cap, or a frame beside the next paragraph */
} lac_mark;

lac_mark lac_mark_read(const lac_tokens *tokens, uint32_t paragraph);

/* Edits the mark of a paragraph so that it is tracked as inserted. `revision` is the w:ins element.
 * The mark must not be tracked yet. */
lacuna_status lac_mark_insert(lac_word_file *file, uint32_t paragraph, lac_span revision,
                              lacuna_error *err);

#endif
