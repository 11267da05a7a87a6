/*
 * look.h - how new text is to look: taken from the text that is there.
 *
 * Purpose: a new heading gets the paragraph and run properties of the nearest heading of its level;
 * a paragraph those that most paragraphs around it have; a table the style most tables have, and
 * its cells the properties most cells have; a list item those of the nearest item of such a list.
 * The names of styles are never assumed. Copied are properties of Word's main namespace alone, and
 * no revision, section break, frame or hidden text. Ownership: spans live in the arena of the file.
 * Limits: LAC_LOOK_NEIGHBOURS paragraphs around the place are looked at.
 */
#ifndef LAC_WRITERS_DOCX_LOOK_H
#define LAC_WRITERS_DOCX_LOOK_H

#include "writers/docx/layout.h"

enum { LAC_LOOK_NEIGHBOURS = 400 };

typedef struct lac_look {
    lac_span paragraph; /* children of w:pPr, without w:rPr, w:sectPr, w:pPrChange */
    lac_span style;     /* of these its w:pStyle */
    lac_span run;       /* children of w:rPr */
    bool found;
} lac_look;

/* Of a heading near a boundary. */
lacuna_status lac_look_heading(lac_look *look, lac_word_file *file, const lac_layout *layout,
                               uint32_t boundary, uint8_t level, lacuna_error *err);

typedef enum lac_look_kind { LAC_LOOK_BODY, LAC_LOOK_CELL } lac_look_kind;
lacuna_status lac_look_usual(lac_look *look, lac_word_file *file, const lac_layout *layout,
                             uint32_t boundary, lac_look_kind kind, lacuna_error *err);

/* Of a list item with a bullet, or with a number, near a boundary; found false: there is none. What
 * stands in front of w:numPr and behind it is apart, so that another list can be named. */
typedef struct lac_list_look {
    lac_span head, tail, run;
    uint32_t number, level; /* of the list it is in */
    bool found;
} lac_list_look;
lacuna_status lac_look_list(lac_list_look *look, lac_word_file *file, const lac_layout *layout,
                            uint32_t boundary, bool bullets, lacuna_error *err);

/* Id of the style most tables have; empty: none has one. */
lac_span lac_look_table_style(const lac_word_file *file, const lac_layout *layout);

/* Width between the margins in twentieths of a point, by the last section. */
uint32_t lac_look_text_width(const lac_layout *layout);

/* The children of a paragraph's own properties, as a look takes them. */
lacuna_status lac_look_paragraph(lac_span *out, lac_word_file *file, uint32_t paragraph,
                                 lacuna_error *err);
/* Those of its mark's run properties. */
lacuna_status lac_look_mark(lac_span *out, lac_word_file *file, uint32_t paragraph,
                            lacuna_error *err);

#endif
