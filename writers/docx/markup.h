/*
 * markup.h - writes paragraphs, runs and tables of WordprocessingML, tracked or plain.
 *
 * Purpose: text becomes well-formed XML whatever it holds: markup characters are escaped, control
 *   characters and what is no UTF-8 become U+FFFD, TAB and LF become elements.
 * Errors: the first failure is kept in `status`; after it nothing is written.
 * Schema: w:ins wraps runs (ECMA-376 17.13.5.18), is the first child of a mark's w:rPr (17.13.5.20)
 *   and the last but w:trPrChange of w:trPr (17.13.5.16).
 */
#ifndef LAC_WRITERS_DOCX_MARKUP_H
#define LAC_WRITERS_DOCX_MARKUP_H

#include "drafter/draft.h"
#include "writers/docx/ids.h"
#include "writers/docx/look.h"

typedef struct lac_markup {
    lac_buf out;
    lac_span w; /* prefix */
    const lac_draft *draft;
    lac_ids *ids;
    bool tracked;
    lacuna_status status;
} lac_markup;

typedef enum lac_mark_kind {
    LAC_MARK_PLAIN,
    LAC_MARK_INSERTED, /* its own mark is the tracked one */
} lac_mark_kind;

typedef struct lac_paragraph_form {
    lac_span properties; /* children of w:pPr */
    lac_span run;        /* children of w:rPr of its runs */
    lac_span mark;       /* children of w:rPr of its mark */
    lac_mark_kind kind;
    bool changed;     /* tracked: it had other properties before ... */
    lac_span before;  /* ... these */
    uint32_t comment; /* id of the comment on it, UINT32_MAX: none */
} lac_paragraph_form;

void lac_markup_begin(lac_markup *markup, lac_span w, const lac_draft *draft, lac_ids *ids,
                      bool tracked);
void lac_markup_free(lac_markup *markup);

/* Literal markup in which '@' stands for the prefix and its colon. */
void lac_markup_put(lac_markup *markup, const char *text);
void lac_markup_span(lac_markup *markup, lac_span text);
/* Text of an element or a quoted attribute. */
void lac_markup_escape(lac_markup *markup, lac_span text);
void lac_markup_number(lac_markup *markup, uint32_t number);

/* <w:ins .../> as an empty element, for marks and rows. */
void lac_markup_revision(lac_markup *markup);
/* The same of another name, "del". */
void lac_markup_revision_of(lac_markup *markup, const char *name);
/* The start tag of a w:ins or w:del around runs. */
void lac_markup_open_revision(lac_markup *markup, const char *name);

/* Runs with a text, and the comment on it (UINT32_MAX: none). */
void lac_markup_value(lac_markup *markup, lac_span properties, lac_span text, uint32_t comment);

void lac_markup_paragraph(lac_markup *markup, const lac_paragraph_form *form, lac_span text);

typedef struct lac_table_form {
    lac_span style; /* id; empty: borders are given directly */
    uint32_t width; /* of the text, in twentieths of a point */
    lac_span cell, cell_run;
    uint32_t comment;
} lac_table_form;
void lac_markup_table(lac_markup *markup, const lac_table_form *form, const lac_draft_block *table);

#endif
