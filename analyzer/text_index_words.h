/*
 * text_index_words.h - the look-ups of a text index that term matching is made of.
 *
 * Purpose: exact words by their folded form, prefixes by ranges in the sorted vocabulary. The rank
 *   of a word is its position in that order; a word whose American spelling differs has a second
 *   rank for it, so that "randomiz*" finds "randomised".
 */
#ifndef LAC_TEXT_INDEX_WORDS_H
#define LAC_TEXT_INDEX_WORDS_H

#include "analyzer/text_index.h"

enum { LAC_NO_RANK = UINT32_MAX };

typedef struct lac_rank_range {
    uint32_t from, to; /* ranks; empty when equal */
} lac_rank_range;

/* Number of a folded form in this text, LAC_NO_WORD when it does not occur. */
uint32_t lac_text_index_fold(const lac_text_index *index, lac_span folded);
uint32_t lac_text_index_fold_of(const lac_text_index *index, uint32_t word);

/* Token indices where a folded form stands, ascending. */
const uint32_t *lac_text_index_postings(const lac_text_index *index, uint32_t fold,
                                        uint32_t *count);

lac_rank_range lac_text_index_prefix(const lac_text_index *index, lac_span prefix);
uint32_t lac_text_index_ranked_word(const lac_text_index *index, uint32_t rank);
/* The ranks of a word: as written, and in American spelling (LAC_NO_RANK when the same). */
void lac_text_index_ranks(const lac_text_index *index, uint32_t word, uint32_t ranks[2]);

/* The tokens of a sentence: [*first, *end). */
void lac_text_index_sentence(const lac_text_index *index, uint32_t sentence, uint32_t *first,
                             uint32_t *end);

#endif
