/*
 * facts.h - whether a named fact, or any term of a list, stands in a piece of text.
 *
 * An exclusion ("!not planned") voids matches of its own list in the sentences it occurs in.
 */
#ifndef LAC_FACTS_H
#define LAC_FACTS_H

#include "analyzer/checklist.h"

/* First match of any term of the list in [from, to) that no exclusion of the list voids. "First" is
 * the earliest in the text. */
lacuna_status lac_terms_any(bool *found, lac_match *match, const lac_term *const *terms,
                            uint32_t count, const lac_text_index *index, uint32_t from, uint32_t to,
                            lacuna_error *err);

/* The fact by its strict terms and, `in_section`, failing these by its looser ones. */
lacuna_status lac_fact_find(bool *found, lac_match *match, const lac_fact *fact, bool in_section,
                            const lac_text_index *index, uint32_t from, uint32_t to,
                            lacuna_error *err);

#endif
