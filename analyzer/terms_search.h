/*
 * terms_search.h - one search of a term in a text; shared by the files that carry it out.
 *
 * How a term is found: each of its words is looked up in the index once. The element that occurs
 * least is the anchor. A match has to hold one of the anchor's words, so only starts a bounded
 * number of words before each of them are tried; from a start the elements are followed from left
 * to right, and all ends they can reach are kept, so that no combination is tried twice.
 */
#ifndef LAC_TERMS_SEARCH_H
#define LAC_TERMS_SEARCH_H

#include "analyzer/terms_internal.h"
#include "analyzer/text_index_words.h"

enum {
    LAC_ANCHOR_LISTS = 64, /* a prefix with more different words is searched for by reading on */
    LAC_MANY = UINT32_MAX, /* a cost that was not counted */
};

/* A word of the term as this text knows it. */
typedef struct lac_known_word {
    uint32_t fold;            /* LAC_NO_WORD: none */
    lac_word_range written;   /* of a prefix: words that begin as it is written, */
    lac_word_range american;  /* words that begin with its American spelling, where it differs, */
    lac_word_range spellings; /* and words whose American spelling begins with that */
    uint32_t occurrences;     /* an upper bound; LAC_MANY: not counted */
} lac_known_word;

typedef struct lac_term_search {
    const lac_term *term;
    const lac_text_index *index;
    const lac_token *tokens;
    uint32_t first, end; /* tokens that may take part */
    lac_known_word words[LAC_TERM_WORDS];
} lac_term_search;

/* terms_lookup.c: fills `words`. */
void lac_term_search_look_up(lac_term_search *s);
/* How often the rarest word of an alternative occurs, and which one it is. */
uint32_t lac_term_search_rarest(const lac_term_search *s, const lac_term_run *alternative,
                                uint32_t *which);
/* The element that occurs least; returns how often at most. 0: the term cannot occur. */
uint32_t lac_term_search_anchor(const lac_term_search *s, uint32_t *anchor);

/* terms_match.c: follows the elements of a part from token `start`, up to `end`; *stop is the token
 * behind the shortest match. */
bool lac_term_search_matches_at(const lac_term_search *s, const lac_term_run *part, uint32_t start,
                                uint32_t end, uint32_t *stop);

#endif
