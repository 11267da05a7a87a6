/*
 * token.h - text as words, numbers and marks, each with its place.
 *
 * Purpose: what reads the same is the same token: all dashes are '-', all kinds of spaces separate,
 * thousands groups and the raised point are undone, soft hyphens and zero-width characters are not
 * there. Ownership: forms live in the arena; the text is borrowed. Limits: LAC_TOKENS_MAX.
 */
#ifndef LAC_GROUND_TOKEN_H
#define LAC_GROUND_TOKEN_H

#include "include/lacuna.h"
#include "support/arena.h"
#include "support/span.h"

#include <stdint.h>

enum { LAC_TOKENS_MAX = 1 << 26 };

typedef enum lac_token_kind {
    LAC_TOKEN_END, /* what stands behind the last */
    LAC_TOKEN_WORD,
    LAC_TOKEN_NUMBER, /* "12", "1.5" */
    LAC_TOKEN_DOTTED, /* "6.4.8" */
    LAC_TOKEN_RAISED, /* superscript digits, with their sign */
    LAC_TOKEN_MARK,
    LAC_TOKEN_BREAK, /* a line end, or the border of a cell */
} lac_token_kind;

typedef struct lac_ground_token {
    uint32_t start, end; /* bytes */
    uint32_t mark;       /* of a mark: the character, folded; of a break: '\n' or '\t' */
    uint8_t kind;
    bool spaced;   /* white space or a break in front, or the beginning */
    bool capital;  /* begins with a capital letter */
    lac_span form; /* word: lower case; number: digits and '.'; raised: "-3" */
    lac_span exact;
    int32_t exponent; /* of a number: "1.2E-3" has -3 */
} lac_ground_token;

typedef struct lac_ground_tokens {
    const lac_ground_token *items; /* count of them, and an END */
    uint32_t count;
} lac_ground_tokens;

lacuna_status lac_ground_tokens_make(lac_ground_tokens *out, lac_arena *arena, lac_span text,
                                     lacuna_error *err);

#endif
