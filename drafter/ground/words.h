/*
 * words.h - what words do in a sentence with numbers.
 *
 * Purpose: words that say nothing (the, was, reported), words that deny, pairs that mean the
 * opposite (increased and decreased, primary and secondary), labels that tell groups apart
 * (placebo, baseline). A stem joins the forms of a word, and the spellings of both sides of the
 * Atlantic. The table is data. Ownership: static.
 */
#ifndef LAC_GROUND_WORDS_H
#define LAC_GROUND_WORDS_H

#include "support/span.h"

#include <stdint.h>

enum { LAC_STEM_MAX = 48 };

typedef enum lac_word_class {
    LAC_WORD_CONTENT,
    LAC_WORD_STOP,    /* grammar: the, of, was */
    LAC_WORD_GENERIC, /* reporting: observed, overall; may be exchanged freely */
    LAC_WORD_DENIAL,  /* not, no, without */
} lac_word_class;

typedef struct lac_ground_word {
    uint8_t class;       /* lac_word_class */
    bool label;          /* tells groups or occasions apart */
    const char *concept; /* of words with an opposite, or a synonym; NULL: none */
    int8_t value;        /* which side of the concept; 0: a synonym */
} lac_ground_word;

/* `lower` is a word in lower case. */
lac_ground_word lac_word_of(lac_span lower);

/* The stem, or the concept of a synonym; returns its length. Long words are cut. */
size_t lac_word_stem(char stem[LAC_STEM_MAX], lac_span lower);

#endif
