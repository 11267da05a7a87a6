/*
 * fields.h - the open fields of a story (ECMA-376 17.16): which text is instruction, which result.
 *
 * Rules: text counts only while no open field is in its instruction; so payloads in instructions
 *   (EndNote, Zotero) never reach the document. An end without a begin is ignored.
 * Limits: LAC_FIELD_DEPTH open fields.
 */
#ifndef LAC_DOCX_FIELDS_H
#define LAC_DOCX_FIELDS_H

#include "include/lacuna.h"
#include "support/span.h"

#include <stdint.h>

enum { LAC_FIELD_DEPTH = 64, LAC_FIELD_TEXT = 120 };

typedef enum lac_field_kind {
    LAC_FIELD_OTHER,
    LAC_FIELD_CONTENTS,       /* TOC of headings */
    LAC_FIELD_CAPTIONS,       /* TOC \c or \a: a list of tables or figures */
    LAC_FIELD_PAGE_REFERENCE, /* PAGEREF */
    LAC_FIELD_CHECK_BOX,      /* FORMCHECKBOX */
    LAC_FIELD_DROP_DOWN,      /* FORMDROPDOWN */
} lac_field_kind;

typedef struct lac_field {
    uint8_t kind; /* lac_field_kind, once the instruction is complete */
    bool result;  /* past the separator */
    bool checked;
    uint8_t length; /* of text */
    int32_t selected, entries;
    char text[LAC_FIELD_TEXT];   /* first bytes of the instruction */
    char choice[LAC_FIELD_TEXT]; /* selected entry of a drop-down list */
} lac_field;

typedef struct lac_fields {
    uint32_t count;
    uint32_t base;         /* fields below belong to the story around a text box */
    uint32_t instructions; /* open fields above base whose instruction is running */
    uint32_t contents;     /* open contents lists in their result */
    uint32_t captions;
    lac_field items[LAC_FIELD_DEPTH];
} lac_fields;

static inline bool lac_fields_showing(const lac_fields *fields)
{
    return fields->instructions == 0;
}

/* The innermost open field; NULL: none. */
lac_field *lac_fields_top(lac_fields *fields);

lacuna_status lac_fields_begin(lac_fields *fields);
void lac_fields_instruction(lac_fields *fields, lac_span text);
void lac_fields_separate(lac_fields *fields);

/* Closes the innermost field. *shown is what a field without result shows (a check box, a chosen
 * list entry), valid until the next begin; else empty. */
void lac_fields_end(lac_fields *fields, lac_span *shown);

/* A text box has fields of its own; lac_fields_leave closes what it left open. */
uint32_t lac_fields_enter(lac_fields *fields);
void lac_fields_leave(lac_fields *fields, uint32_t base);

#endif
