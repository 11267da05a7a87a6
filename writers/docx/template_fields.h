/*
 * template_fields.h - MERGEFIELD, DOCPROPERTY and text form fields of a paragraph (ECMA-376 17.16).
 */
#ifndef LAC_WRITERS_DOCX_TEMPLATE_FIELDS_H
#define LAC_WRITERS_DOCX_TEMPLATE_FIELDS_H

#include "support/buf.h"
#include "writers/docx/tokens.h"

typedef struct lac_template_field {
    uint32_t first, last; /* the w:fldChar it begins and ends with; both the w:fldSimple */
    uint32_t separator;   /* the w:fldChar in front of its result; LAC_NO_TOKEN */
    uint32_t result;      /* the first run of its result; LAC_NO_TOKEN */
    lac_span name;        /* in the code; of a form field its own, as written in the part */
    bool is_simple, is_property, is_form;
    bool keeps_default; /* a form field that holds what it was made with, or nothing */
} lac_template_field;

/* The next one at or behind token *at; fields that end in another paragraph, and fields in fields,
 * are passed over. `code` gets its code; of a form field the text it holds. */
bool lac_template_field_next(lac_template_field *field, lac_buf *code, uint32_t *at,
                             const lac_tokens *tokens, uint32_t paragraph);

#endif
