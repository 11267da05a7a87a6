/*
 * words.h - cuts UTF-8 text into words, the same way for documents, terms and headings.
 *
 * Purpose: a word is a run of letters and digits. An apostrophe between letters and a soft hyphen
 *   are dropped from it ("sponsor's" is "sponsors"), a hyphen splits, ligatures are spelled out.
 * Sentences: a line end or a cell border (LF, TAB) closes a sentence, and so does [.!?] followed by
 *   white space and a capital or digit, except behind an abbreviation.
 * Limits: of a longer word only the first LAC_WORD_BYTES bytes are kept.
 */
#ifndef LAC_WORDS_H
#define LAC_WORDS_H

#include "support/span.h"

#include <stddef.h>
#include <stdint.h>

enum { LAC_WORD_BYTES = 96 };

typedef struct lac_words {
    lac_span text;
    size_t at;
    size_t start, end;  /* of the word last returned, bytes in the text */
    bool sentence_ends; /* between the word before and this one a sentence ends */
    bool malformed;     /* bytes that are not UTF-8 were passed */
    size_t length;      /* of lower[] */
    char lower[LAC_WORD_BYTES + 4];
} lac_words;

void lac_words_init(lac_words *words, lac_span text);
/* Goes to the next word; false at the end of the text. */
bool lac_words_next(lac_words *words);

static inline lac_span lac_words_lower(const lac_words *words)
{
    return lac_span_make(words->lower, words->length);
}

#endif
