/*
 * fixed_text.h - words the law prescribes, looked for as they are prescribed.
 *
 * Purpose: 21 CFR 50.25(c) and its like have to stand in a document verbatim. Spaces, line ends,
 *   kinds of quotes and dashes, letter case and the http/https of an address may differ; no word
 * may.
 */
#ifndef LAC_FIXED_TEXT_H
#define LAC_FIXED_TEXT_H

#include "include/lacuna.h"
#include "support/span.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct lac_fixed_match {
    bool found;
    uint32_t start, end; /* bytes of the text it was looked for in */
} lac_fixed_match;

lacuna_status lac_fixed_text_find(lac_fixed_match *match, lac_span text, const char *prescribed,
                                  lacuna_error *err);

#endif
