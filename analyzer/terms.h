/*
 * terms.h - the small language in which checklists say what to look for.
 *
 * Purpose: people of the field write and read it; it matches words, never substrings.
 *
 *     emergency unblinding            these words in this order; punctuation and hyphens are ignored
 *     random*                         any word that begins with "random"
 *     (stop*|terminat*) (rule*|criteri*)   alternatives for one place, each one or more words
 *     sponsor .. address              up to 6 other words between, same sentence; ..12 up to 12
 *     sponsor & address               both in one sentence, in any order
 *     /\d{3}-\d{4}/                   a PCRE2 expression, caseless, on the text itself
 *     !not planned                    as a member of `any` or `here`: sentences with it do not count
 *
 * Words are folded as in text_index.h on both sides ("subject" finds "patients").
 * Ownership: a term lives in the arena it was parsed into, except compiled expressions, which
 *   lac_term_release frees.
 */
#ifndef LAC_TERMS_H
#define LAC_TERMS_H

#include "analyzer/text_index.h"
#include "support/arena.h"

#include <stdbool.h>

typedef struct lac_term lac_term;

lacuna_status lac_term_parse(lac_term **out, lac_arena *arena, const char *source,
                             lacuna_error *err);
void lac_term_release(lac_term *term);
const char *lac_term_source(const lac_term *term);
bool lac_term_is_exclusion(const lac_term *term); /* written with a leading '!' */

typedef struct lac_match {
    uint32_t start, end; /* bytes in the text */
} lac_match;

/* Finds the first match that starts in [from, to) and ends by `to`. *found says whether there is
 * one. A match limit reached in an expression is LACUNA_E_LIMIT, never "no match". */
lacuna_status lac_term_find(bool *found, lac_match *match, const lac_term *term,
                            const lac_text_index *index, uint32_t from, uint32_t to,
                            lacuna_error *err);

#endif
