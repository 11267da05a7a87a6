/*
 * fold_tables.h - the word lists behind fold_word.h. Tables that are searched are sorted by `from`
 * (a unit test holds them to it).
 */
#ifndef LAC_FOLD_TABLES_H
#define LAC_FOLD_TABLES_H

#include <stddef.h>

typedef struct lac_word_pair {
    const char *from;
    const char *to;
} lac_word_pair;

/* Replaced wherever they stand inside a word; tried only where "ae" or "oe" occurs. */
extern const lac_word_pair lac_digraph_spellings[];
extern const size_t lac_digraph_spelling_count;
/* The same for "ou" and "ph". */
extern const lac_word_pair lac_inner_spellings[];
extern const size_t lac_inner_spelling_count;
/* Whole words, sorted. */
extern const lac_word_pair lac_word_spellings[];
extern const size_t lac_word_spelling_count;
/* Stems of verbs in -ise / -ize, sorted; `to` only says "present". */
extern const lac_word_pair lac_ise_stems[];
extern const size_t lac_ise_stem_count;
/* Plurals that the rules would get wrong, sorted. */
extern const lac_word_pair lac_irregular_plurals[];
extern const size_t lac_irregular_plural_count;
/* Single-word synonyms of the field, in singular, sorted. */
extern const lac_word_pair lac_word_synonyms[];
extern const size_t lac_word_synonym_count;

#endif
