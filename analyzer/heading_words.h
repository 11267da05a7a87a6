/*
 * heading_words.h - how alike two headings are, compared as words.
 *
 * Purpose: the vote of the title when sections are located. Two stages, because folding hard makes
 *   false friends ("Appropriateness of measurements" is not "Efficacy variables"): words that
 *   differ in spelling and number only count in full; words that agree through synonyms a little
 *   less.
 * Ownership: the words lie in the caller's arena and hold no text, so titles may be freed.
 * Limits: words of a heading beyond LAC_HEADING_WORDS are not looked at.
 */
#ifndef LAC_HEADING_WORDS_H
#define LAC_HEADING_WORDS_H

#include "analyzer/synonyms.h"
#include "support/arena.h"
#include "support/span.h"

#include <stdbool.h>

enum { LAC_HEADING_WORDS = 48 };

/* A set of words: hashes in ascending order, each once. A word that heads anything ("general",
 * "study") weighs less than one that says what the section is about. */
typedef struct lac_word_set {
    const uint64_t *words;
    const float *weights;
    uint32_t count;
    float weight;   /* sum */
    uint64_t shape; /* one bit a word; sets without a common bit have no common word */
    uint64_t order; /* of two words as written: "source data" is not "data source"; 0: any */
} lac_word_set;

typedef struct lac_heading_words {
    lac_word_set plain;  /* spelling and plural folded */
    lac_word_set folded; /* synonyms too */
} lac_heading_words;

/* Stop words ("the", "of", "and" ...) are dropped. `synonyms` may be NULL: single-word synonyms of
 * lac_fold_word only. */
lacuna_status lac_heading_words_make(lac_heading_words *out, lac_arena *arena,
                                     const lac_synonyms *synonyms, lac_span title);

/* 0..1. 1: the same words, but 0.9 for two words changing places; through synonyms at most 0.95;
 * all words of one inside the other 0.5 to 0.95 by how much is left over; otherwise the share of
 * common words. Symmetric. */
double lac_heading_likeness(const lac_heading_words *a, const lac_heading_words *b);

#endif
