/*
 * fold_word.h - one spelling for words that mean the same.
 *
 * Purpose: British to American spelling, then plural to singular, then the field's single-word
 *   synonyms. Folding is for comparing only; what is shown is always the text itself.
 * Invariants: input and output are lower-cased as lac_words gives them. Two spellings of one word
 *   fold to the same bytes; these need not be a word ("headaches" and "headache" only have to
 * agree).
 */
#ifndef LAC_FOLD_WORD_H
#define LAC_FOLD_WORD_H

#include "support/span.h"

enum { LAC_FOLD_EXTRA = 32 }; /* bytes a folded word may need beyond the length of the word */

/* American spelling of a lower-cased word into `out`; returns the length. */
size_t lac_spell_word(char *out, size_t size, lac_span lower);

/* The same for the beginning of a word ("randomis" gives "randomiz"). */
size_t lac_spell_prefix(char *out, size_t size, lac_span lower);

/* Spelling and plural folded, synonyms not: for headings, where both are compared. */
size_t lac_fold_light(char *out, size_t size, lac_span lower);

/* Spelling, plural and single-word synonyms folded. */
size_t lac_fold_lower(char *out, size_t size, lac_span lower);

/* The same for a word that is in American spelling already. */
size_t lac_fold_spelled(char *out, size_t size, lac_span spelled);

/* The single-word synonym of a word that lac_fold_light has folded. */
size_t lac_fold_synonym(char *out, size_t size, lac_span light);

/* Whether a folded word is the canonical word of a synonym group. */
bool lac_fold_is_group(lac_span folded);

#endif
