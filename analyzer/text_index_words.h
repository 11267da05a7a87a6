/*
 * text_index_words.h - the inside of a text index, for the matching of terms.
 *
 * Purpose: exact words are looked up by their folded form, prefixes by ranges of the vocabulary.
 * Invariants: words are numbered in byte order of their lower-cased form, so a prefix is a range of
 *   numbers. A word whose American spelling differs stands a second time in `spellings`, so that
 *   "randomiz*" finds "randomised".
 */
#ifndef LAC_TEXT_INDEX_WORDS_H
#define LAC_TEXT_INDEX_WORDS_H

#include "analyzer/text_index.h"
#include "analyzer/word_table.h"

/* A vocabulary entry in sorted order. `key` is its first eight bytes, so that most comparisons are
 * one of integers. */
typedef struct lac_sorted_word {
    uint64_t key;
    lac_span text;
    uint32_t word;
} lac_sorted_word;

typedef struct lac_sorted_words {
    lac_sorted_word *items;
    uint32_t count;
} lac_sorted_words;

struct lac_text_index {
    lac_span text;
    lac_token *tokens;
    size_t token_cap;
    uint32_t token_count;
    uint32_t *sentence_first; /* first token of each sentence */
    size_t sentence_cap;
    uint32_t sentence_count;
    lac_word_table table;       /* words in order of appearance; owns their bytes */
    lac_sorted_words words;     /* the vocabulary; items[n].word == n */
    lac_sorted_words spellings; /* American spellings that differ */
    lac_arena spelled;          /* their bytes */
    lac_word_table folds;       /* distinct folded words */
    uint32_t *spelling_of;      /* word -> entry of spellings, LAC_NO_WORD: none */
    uint32_t *fold_of;          /* word -> fold */
    uint32_t *posting_start;    /* fold -> begin in postings[]; one more than folds */
    uint32_t *postings;         /* token numbers */
};

/* text_vocabulary.c: numbers, folds and posts the words of the tokens that were read. */
lacuna_status lac_text_vocabulary_build(lac_text_index *index);

/* Entries that begin with a prefix: [from, to). */
typedef struct lac_word_range {
    uint32_t from, to;
} lac_word_range;

lac_word_range lac_sorted_words_prefix(const lac_sorted_words *sorted, lac_span prefix);

/* Number of a folded form in this text, LAC_NO_WORD when it does not occur. */
static inline uint32_t lac_text_index_fold(const lac_text_index *index, lac_span folded)
{
    return lac_word_table_find(&index->folds, folded);
}

/* Token numbers where a folded form stands, ascending. */
static inline const uint32_t *lac_text_index_postings(const lac_text_index *index, uint32_t fold,
                                                      uint32_t *count)
{
    if (fold == LAC_NO_WORD) {
        *count = 0;
        return index->postings;
    }
    *count = index->posting_start[fold + 1] - index->posting_start[fold];
    return index->postings + index->posting_start[fold];
}

/* The tokens of a sentence: [*first, *end). */
static inline void lac_text_index_sentence(const lac_text_index *index, uint32_t sentence,
                                           uint32_t *first, uint32_t *end)
{
    *first = index->sentence_first[sentence];
    *end = sentence + 1 < index->sentence_count ? index->sentence_first[sentence + 1]
                                                : index->token_count;
}

#endif
