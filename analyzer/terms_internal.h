/*
 * terms_internal.h - the parsed form of a term, shared by its parser, its matcher and lint.
 *
 * A term is either an expression (regex) or parts joined by '&'; a part is elements in order, each
 * preceded by a gap; an element is alternatives for one place; an alternative is words in a row.
 * All arrays lie in the arena of the term; indices say which piece belongs to which.
 * Limits: the caps below keep a match in fixed memory and its work bounded; a term over them is
 * refused when it is parsed.
 */
#ifndef LAC_TERMS_INTERNAL_H
#define LAC_TERMS_INTERNAL_H

#include "analyzer/terms.h"

enum {
    LAC_TERM_BYTES = 1000,
    LAC_TERM_WORDS = 192, /* in all alternatives together; measured packs need 120 */
    LAC_TERM_ELEMENTS = 16,
    LAC_TERM_PARTS = 4,
    LAC_TERM_GAP = 40, /* words between two elements */
    LAC_TERM_DEFAULT_GAP = 6,
    /* No match is longer, in words: all words of the term and all gaps. */
    LAC_TERM_WINDOW = 64 + LAC_TERM_ELEMENTS * LAC_TERM_GAP,
};

typedef struct lac_term_word {
    lac_span folded;  /* exact words compare by this; of a prefix: its synonym group, or empty */
    lac_span raw;     /* prefix as written, lower-cased */
    lac_span spelled; /* prefix in American spelling */
    bool prefix;
} lac_term_word;

typedef struct lac_term_run {
    uint32_t first, count; /* of words (an alternative), alternatives, or elements */
} lac_term_run;

typedef struct lac_term_element {
    lac_term_run alternatives;
    uint32_t gap; /* other words allowed before it */
} lac_term_element;

typedef struct lac_term_regex lac_term_regex;

struct lac_term {
    const char *source;
    bool exclusion;
    lac_term_regex *regex; /* NULL: words */
    lac_term_word *words;
    lac_term_run *alternatives;
    lac_term_element *elements;
    lac_term_run *parts;
    uint32_t word_count, alternative_count, element_count, part_count;
};

/* terms_regex.c: checks the expression between the slashes and makes its holder in the arena. */
lacuna_status lac_term_regex_new(lac_term_regex **out, lac_arena *arena, lac_span pattern,
                                 lacuna_error *err);
void lac_term_regex_release(lac_term_regex *regex);
lacuna_status lac_term_regex_find(bool *found, lac_match *match, lac_term_regex *regex,
                                  lac_span text, uint32_t from, uint32_t to, lacuna_error *err);

#endif
