/*
 * style_names.h - what the name of a style tells. Names of built-in styles are English in every
 * language version of Word ("heading 1" is stored for "Überschrift 1"), the ids are not.
 */
#ifndef LAC_DOCX_STYLE_NAMES_H
#define LAC_DOCX_STYLE_NAMES_H

#include "support/span.h"

#include <stdint.h>

typedef struct lac_style_name {
    uint8_t heading_level; /* 1..9 for "heading N" */
    uint8_t toc_level;     /* 1..9 for "toc N" */
    uint8_t flags;         /* LAC_STYLE_* */
} lac_style_name;

/* `name` may list aliases behind commas: any of them counts. */
lac_style_name lac_style_name_read(lac_span name);

#endif
