/*
 * decode.h - the bytes of a text file as UTF-8 with LF line ends.
 *
 * Purpose: drops a byte order mark, converts UTF-16 that has one, turns CR LF and CR into LF,
 *   replaces malformed bytes and NUL by U+FFFD, ends the last line.
 * Limits: the maximum of `text`.
 */
#ifndef LAC_TEXT_DECODE_H
#define LAC_TEXT_DECODE_H

#include "support/buf.h"

#include <stdbool.h>

/* Appends to `text`; *replaced counts the replacements. */
lacuna_status lac_text_decode(lac_buf *text, uint64_t *replaced, lac_span bytes);

#endif
