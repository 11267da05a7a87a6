/*
 * plain.h - the text of an answer as a whole, and which part of the answer each byte comes from.
 *
 * Purpose: marks of emphasis and control characters are left out. What an answer puts into a
 *   placeholder is kept without digits, and not at all where it is long: a placeholder is not the
 *   place for a fact. Ownership: owns both until lac_plain_free.
 */
#ifndef LAC_DRAFT_PLAIN_H
#define LAC_DRAFT_PLAIN_H

#include "drafter/draft/answer.h"
#include "support/buf.h"

typedef struct lac_plain {
    lac_buf text;
    uint32_t *part; /* of each byte */
    size_t capacity;
} lac_plain;

lacuna_status lac_plain_make(lac_plain *out, const lac_draft_answer *answer, lacuna_error *err);
void lac_plain_free(lac_plain *plain);

/* Bytes of a plain text, with their parts, put behind another's. White space becomes one space. */
lacuna_status lac_plain_append(lac_plain *out, const lac_plain *from, size_t start, size_t end);
void lac_plain_init(lac_plain *out);
lacuna_status lac_plain_put(lac_plain *out, const char *text, uint32_t part);

#endif
