/*
 * brackets.h - finds spans in brackets that may be placeholders.
 *
 * Purpose: pairs of one kind, balanced, in one paragraph; what is plainly something else is left
 *   out: comparisons (p <0.05), citations ([12], [Smith et al., 2010]), endings (patient[s]).
 */
#ifndef LAC_WRITERS_DOCX_BRACKETS_H
#define LAC_WRITERS_DOCX_BRACKETS_H

#include "support/span.h"

#include <stdint.h>

typedef enum lac_bracket {
    LAC_BRACKET_TOKEN, /* {{ }} */
    LAC_BRACKET_DOUBLE_CHEVRON,
    LAC_BRACKET_SQUARE,  /* [ ] */
    LAC_BRACKET_CHEVRON, /* < > */
    LAC_BRACKET_BRACE,   /* { } */
    LAC_BRACKET_GUILLEMET,
    LAC_BRACKET_COUNT
} lac_bracket;

enum { LAC_BRACKET_LONGEST = 2000 }; /* bytes inside */

/* "[ ]" ...; static. */
const char *lac_bracket_name(lac_bracket bracket);

/* The next span at or behind *at, brackets included; *at is moved behind its opening bracket, so
 * that spans inside it are found too. */
bool lac_bracket_next(lac_span *found, size_t *at, lac_span text, lac_bracket bracket);

/* Without its brackets, trimmed. */
lac_span lac_bracket_inner(lac_span found, lac_bracket bracket);

#endif
