/*
 * declared.h - sections that say something about themselves instead of holding content:
 *   "Not applicable, because ...", "Not defined.", "See the pharmacy manual."
 *
 * Purpose: the first addresses an item when it gives a reason, the second never does, the third
 *   sends the reader elsewhere. Only short texts are read so; a long section that contains the
 * words is content.
 */
#ifndef LAC_DECLARED_H
#define LAC_DECLARED_H

#include "support/span.h"

#include <stdbool.h>

typedef enum lac_declaration {
    LAC_DECLARED_NOTHING,
    LAC_DECLARED_NOT_APPLICABLE,          /* without a reason */
    LAC_DECLARED_NOT_APPLICABLE_REASONED, /* with one */
    LAC_DECLARED_UNDEFINED,               /* "Not defined", "Not available", "Pending" */
    LAC_DECLARED_REFERS_ELSEWHERE,        /* to another document, named or not */
    LAC_DECLARED_REFERS_INSIDE,           /* to another section of this document */
} lac_declaration;

/* `text`: the body of a section without its heading. */
lac_declaration lac_read_declaration(lac_span text);

/* A short text that sends the reader to another document: "See the pharmacy manual.", "The methods
 * are described in the statistical analysis plan." */
bool lac_refers_to_document(lac_span text);

/* Whether the words stand in the text, from the beginning of a word on; in any case of letters. */
bool lac_names_words(lac_span text, const char *words);

#endif
