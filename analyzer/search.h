/*
 * search.h - finding facts where a document states them.
 *
 * Purpose: a match counts only in running content: not in a heading (a title is no content), not in
 *   a leftover of the template, and outside a located section not in contents lists, references or
 *   abbreviations.
 */
#ifndef LAC_SEARCH_H
#define LAC_SEARCH_H

#include "analyzer/checklist.h"
#include "analyzer/reading.h"

typedef struct lac_scope {
    uint32_t from, to;
    bool located;        /* inside a section located for the item: looser terms count too */
    bool headings;       /* headings are content too */
    const bool *skipped; /* per section: not looked at there; NULL: everywhere */
} lac_scope;

lacuna_status lac_search_fact(bool *found, lac_match *match, const lac_fact *fact,
                              const lac_reading *reading, lac_scope scope, lacuna_error *err);

/* First counting match of any of the terms, under the same rules. */
lacuna_status lac_search_terms(bool *found, lac_match *match, const lac_term *const *terms,
                               uint32_t count, const lac_reading *reading, lac_scope scope,
                               lacuna_error *err);

/* First match of a term, from an offset on, that starts in a heading. */
lacuna_status lac_search_heading(bool *found, lac_match *match, const lac_term *term,
                                 const lac_reading *reading, uint32_t from, lacuna_error *err);

/* The whole document, as content elsewhere. */
lac_scope lac_scope_document(const lac_reading *reading);

/* Its title: what stands before the first heading, or the heading it opens with and what stands
 * before the next; the first bytes of a long front page. */
lac_scope lac_scope_title(const lac_reading *reading);

#endif
