/*
 * text_index.h - the words of a document and where they stand.
 *
 * Purpose: searching a few hundred terms costs one pass over the text plus look-ups, instead of a
 *   few hundred passes. Words are lower-cased; British spelling and the field's synonyms are folded
 *   (lac_fold_word), so "patients", "subjects" and "participants" are one word.
 * Ownership: built over borrowed text, which must outlive it; freed by lac_text_index_free.
 */
#ifndef LAC_TEXT_INDEX_H
#define LAC_TEXT_INDEX_H

#include "include/lacuna.h"
#include "support/span.h"

#include <stdint.h>

typedef struct lac_text_index lac_text_index;

/* A word occurrence. */
typedef struct lac_token {
    uint32_t start, length; /* bytes in the text */
    uint32_t word;          /* id in the vocabulary */
    uint32_t sentence;      /* sentences are numbered through; a line end closes one */
} lac_token;

lacuna_status lac_text_index_new(lac_text_index **out, lac_span text, lacuna_error *err);
void lac_text_index_free(lac_text_index *index);

const lac_token *lac_text_index_tokens(const lac_text_index *index, uint32_t *count);
lac_span lac_text_index_text(const lac_text_index *index);

/* First token that starts at or after a byte offset. */
uint32_t lac_text_index_at(const lac_text_index *index, uint32_t offset);

/* Lower-cased, folded form of a word into `out` (at least `word.len` + 32 bytes); returns length. */
size_t lac_fold_word(char *out, size_t size, lac_span word);

#endif
