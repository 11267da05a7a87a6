/*
 * facts.h - whether a named fact, or any term of a list, stands in a piece of text.
 *
 * An exclusion ("!not planned") voids matches of its own list in the sentences it occurs in. Which
 * match is returned: the earliest of the terms made of words; failing these, the first expression
 * of the list that matches (a full scan of the text each, so they are not raced).
 */
#ifndef LAC_FACTS_H
#define LAC_FACTS_H

#include "analyzer/checklist.h"

/* Asked about each match in turn: 0 takes it; otherwise the offset from where searching goes on
 * (behind the start of the match, or it is taken to be the end of the match). */
typedef uint32_t (*lac_match_filter)(void *user, lac_match match);

/* Where to look, and which matches count. */
typedef struct lac_fact_scope {
    const lac_text_index *index;
    uint32_t from, to;       /* matches start in [from, to) and end by `to` */
    lac_match_filter filter; /* NULL: every match counts */
    void *user;              /* of the filter */
} lac_fact_scope;

lacuna_status lac_terms_any(bool *found, lac_match *match, const lac_term *const *terms,
                            uint32_t count, const lac_fact_scope *scope, lacuna_error *err);

/* The fact by its strict terms and, `in_section`, failing these by its looser ones. */
lacuna_status lac_fact_find(bool *found, lac_match *match, const lac_fact *fact, bool in_section,
                            const lac_fact_scope *scope, lacuna_error *err);

#endif
