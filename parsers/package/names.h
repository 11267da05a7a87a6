/*
 * names.h - which part names are accepted, and how they compare.
 *
 * Purpose: a name is a relative path with '/' and nothing that could mean another place: no "..",
 *   no leading '/', no drive, no backslash, no control character. Names that are no UTF-8 are taken
 *   as IBM code page 437, what the zip format says they are (APPNOTE 4.4.4, bit 11).
 */
#ifndef LAC_NAMES_H
#define LAC_NAMES_H

#include "support/arena.h"
#include "support/span.h"

#include <stdint.h>

/* NULL: acceptable. Else what is wrong with it, as in "has a name that <...>". */
const char *lac_name_fault(lac_span name, uint32_t max_bytes);

/* A NUL-terminated UTF-8 copy; NULL: out of memory. */
char *lac_name_decode(lac_arena *arena, lac_span raw);

/* Order without ASCII case (ECMA-376-2 6.2.2.3): 0 for names that OPC holds to be the same. */
int lac_name_compare(const char *a, const char *b);

/* A NUL-terminated copy of any bytes as printable UTF-8: what is none, and control characters, as
 * "\xE9". NULL: out of memory. */
char *lac_name_escape(lac_arena *arena, lac_span raw);

/* For messages: printable, at most 100 bytes, control characters as '?'. */
typedef struct lac_shown_name {
    char text[104];
} lac_shown_name;
lac_shown_name lac_name_show(lac_span raw);

#endif
