/*
 * template_controls.h - what a content control of a template is for (ECMA-376 17.5.2).
 *
 * Purpose: its tag and title, whether it shows its prompt, what it may hold, and the data it is
 *   bound to. Controls that are no place for a value (contents lists, groups, pictures, equations,
 *   bibliographies) are told apart.
 */
#ifndef LAC_WRITERS_DOCX_TEMPLATE_CONTROLS_H
#define LAC_WRITERS_DOCX_TEMPLATE_CONTROLS_H

#include "support/arena.h"
#include "writers/docx/tokens.h"

#include "support/buf.h"

typedef enum lac_control_holds {
    LAC_CONTROL_RUNS,
    LAC_CONTROL_PARAGRAPHS,
    LAC_CONTROL_CELLS,
    LAC_CONTROL_ROWS,
    LAC_CONTROL_NOTHING, /* its content is empty */
} lac_control_holds;

typedef struct lac_control {
    uint32_t token, properties, content; /* w:sdt, w:sdtPr, w:sdtContent */
    uint32_t prompt;                     /* w:showingPlcHdr; LAC_NO_TOKEN */
    uint32_t binding;                    /* w:dataBinding, also w15's; LAC_NO_TOKEN */
    uint32_t check_box;                  /* w14:checkbox; LAC_NO_TOKEN */
    uint32_t list;                       /* w:dropDownList, w:comboBox; LAC_NO_TOKEN */
    lac_span tag, alias;                 /* decoded, in the arena */
    lac_control_holds holds;
    bool is_empty;    /* shows its prompt */
    bool is_fillable; /* has a name or shows a prompt, and takes text or items */
    bool is_locked;   /* its content must not be changed */
    bool repeats;     /* w15:repeatingSection */
} lac_control;

/* `shown` gets the text it holds. */
lacuna_status lac_control_read(lac_control *control, lac_buf *shown, const lac_tokens *tokens,
                               uint32_t token, lac_arena *arena, lacuna_error *err);

/* Whether a w:sdt shows its prompt. */
bool lac_control_is_empty(const lac_tokens *tokens, uint32_t token);

#endif
