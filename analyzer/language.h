/*
 * language.h - which language a text is written in, by script and function words.
 *
 * Purpose: terms are English; a text they cannot read is "not evaluated", never "missing".
 * Limits: tells en, de, fr, es, it, pt, nl, no/da, sv, pl and, by script, ru, el, zh, ja, ko, ar,
 * he. Fewer than LAC_LANGUAGE_MIN_WORDS words give "".
 */
#ifndef LAC_LANGUAGE_H
#define LAC_LANGUAGE_H

#include "support/arena.h"
#include "support/span.h"

enum { LAC_LANGUAGE_MIN_WORDS = 30 };

typedef struct lac_language_guess {
    const char *code;        /* "en", static; "" when there is too little text to tell */
    double confidence;       /* 0..1 */
    unsigned words;          /* words looked at */
    unsigned function_words; /* of them function words of `code` */
} lac_language_guess;

/* The function words of all languages as a table; made once, read by any thread. NULL: out of
 * memory. It lives in the arena. */
typedef struct lac_lexicon lac_lexicon;
const lac_lexicon *lac_lexicon_make(lac_arena *arena);

lac_language_guess lac_guess_language(const lac_lexicon *lexicon, lac_span text);

#endif
