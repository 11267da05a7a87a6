/*
 * normalize.h - text as a reader sees it, with the way back to the bytes it came from.
 *
 * Purpose: a quote is verbatim when it reads the same, whatever a word processor made of its
 * spaces, dashes and quotation marks. Folded: all kinds of white space to one space, soft hyphens,
 * zero-width and direction marks to nothing, curly quotes to straight ones, dashes and minus to
 * '-', ligatures to their letters, the ellipsis to three dots, the micro sign to mu, a word divided
 * at a line end to one word. Not folded: case, digits, letters, units: nothing that means
 * something. Ownership: owns its bytes and offsets until lac_normal_free.
 */
#ifndef LAC_DRAFTER_NORMALIZE_H
#define LAC_DRAFTER_NORMALIZE_H

#include "include/lacuna.h"
#include "support/buf.h"

typedef struct lac_normal {
    lac_buf text;
    uint32_t *offsets; /* for each byte of text, where its character begins in the original */
    size_t offset_capacity;
} lac_normal;

/* Originals up to 4 GiB less one byte; LACUNA_E_LIMIT over that. */
lacuna_status lac_normal_make(lac_normal *out, lac_span original, lacuna_error *err);
void lac_normal_free(lac_normal *normal);

/* The bytes of the original that the normalized bytes [start, end) came from; start < end. */
lac_span lac_normal_original(const lac_normal *normal, lac_span original, size_t start, size_t end);

#endif
