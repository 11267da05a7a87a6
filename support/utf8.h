/*
 * utf8.h - the little Unicode the core needs: decoding, encoding, validity, folding.
 *
 * Limits: case folding covers Latin, Greek and Cyrillic letters (one code point to one); that is
 * enough to compare headings and never used to change text that is shown.
 */
#ifndef LAC_UTF8_H
#define LAC_UTF8_H

#include "support/span.h"

#include <stdbool.h>
#include <stdint.h>

enum { LAC_UTF8_REPLACEMENT = 0xFFFD };

/* Decodes one code point at `text` (text.len > 0) and stores its length in bytes (>= 1). Malformed
 * bytes give U+FFFD and length 1. */
uint32_t lac_utf8_decode(lac_span text, size_t *length);

/* Writes 1 to 4 bytes, returns how many. Surrogates and values over U+10FFFF become U+FFFD. */
size_t lac_utf8_encode(char bytes[4], uint32_t codepoint);

bool lac_utf8_valid(lac_span text);

/* At most `max` bytes of `text`, cut between characters. */
lac_span lac_utf8_prefix(lac_span text, size_t max);

/* Simple lower case of a code point. */
uint32_t lac_utf8_lower(uint32_t codepoint);

/* Letters of any script, and decimal digits: what makes a word. */
bool lac_utf8_is_letter(uint32_t codepoint);
bool lac_utf8_is_digit(uint32_t codepoint);
/* White space, including non-breaking and thin spaces, and zero-width characters. */
bool lac_utf8_is_space(uint32_t codepoint);

#endif
