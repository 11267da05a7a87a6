/*
 * template_scan.h - goes through the text of a template once, paragraph by paragraph, with looks.
 *
 * Purpose: guessing conventions and finding placeholders both look at every paragraph of the main
 *   part, the headers, footers and notes, in that order and in the order of their elements.
 * Ownership: what a visitor gets is alive during the call only, but spans into parts and looks live
 *   as long as the file.
 */
#ifndef LAC_WRITERS_DOCX_TEMPLATE_SCAN_H
#define LAC_WRITERS_DOCX_TEMPLATE_SCAN_H

#include "writers/docx/layout.h"
#include "writers/docx/paragraph_text.h"
#include "writers/docx/run_look.h"

typedef struct lac_template_paragraph {
    lac_word_part *part;
    uint32_t token, ordinal;
    const lac_paragraph_text *text;
    const lac_run_look *looks; /* one for each piece of the text */
    lac_span heading;          /* of the section it is in */
    bool is_heading, is_contents, is_header_row;
} lac_template_paragraph;

typedef struct lac_template_visitor {
    void *user;
    lacuna_status (*paragraph)(void *user, const lac_template_paragraph *paragraph);
    /* A w:sdt, before what it holds; `ordinal` is that of the next paragraph. May be NULL. */
    lacuna_status (*control)(void *user, lac_word_part *part, uint32_t token, uint32_t ordinal,
                             lac_span heading);
} lac_template_visitor;

typedef struct lac_template {
    lac_word_file *file;
    const lac_layout *layout;
    lac_looks looks;
    lac_word_part **parts; /* the main part first */
    uint32_t part_count;
} lac_template;

/* Reads the parts with text and the styles. */
lacuna_status lac_template_make(lac_template *out, lac_word_file *file, const lac_layout *layout,
                                lacuna_error *err);
lacuna_status lac_template_scan(const lac_template *scanned, const lac_template_visitor *visitor,
                                lacuna_error *err);

#endif
