/*
 * heading_fold.h - the words of a heading or of a synonym phrase, stop words dropped, as hashes.
 */
#ifndef LAC_HEADING_FOLD_H
#define LAC_HEADING_FOLD_H

#include "analyzer/heading_words.h"

typedef struct lac_heading_fold {
    uint64_t plain[LAC_HEADING_WORDS];  /* spelling and plural folded */
    uint64_t folded[LAC_HEADING_WORDS]; /* single-word synonyms too */
    float weights[LAC_HEADING_WORDS];   /* 1 for most words */
    uint32_t count;
    bool turned; /* "withdrawal of subjects": "of" turns the order of the words round */
} lac_heading_fold;

void lac_heading_fold_make(lac_heading_fold *out, lac_span text);

#endif
