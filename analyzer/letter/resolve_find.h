/*
 * resolve_find.h - shared by the files that resolve cites; not for others.
 */
#ifndef LAC_LETTER_RESOLVE_FIND_H
#define LAC_LETTER_RESOLVE_FIND_H

#include "analyzer/letter/resolve.h"

/* Places that one cite may mean; those behind the last are only counted. */
typedef struct lac_cite_finds {
    lac_cite_place items[LAC_CITE_PLACES_MAX];
    uint32_t count, more;
    bool heading; /* they are the leaves of one heading of the CTD, or of one study */
} lac_cite_finds;

/* Documents of the set that a query speaks of; NULL: not known. */
typedef struct lac_cite_context {
    const lac_filed_set *filed;
    const bool *meant;
} lac_cite_context;

void lac_cite_add(lac_cite_finds *finds, const lac_cite_place *place);
/* A document as a whole. */
lac_cite_place lac_cite_place_of(const lac_filed_set *filed, uint32_t document);

/* "section 6.7" -> "6.7": what stands behind the last blank. */
lac_span lac_cite_last_word(const char *text);

void lac_find_section(lac_cite_finds *finds, const lac_cite_context *context, lac_span number);
/* `text` is the whole cite, "Table 9". */
void lac_find_caption(lac_cite_finds *finds, const lac_cite_context *context, lac_span text);
void lac_find_study(lac_cite_finds *finds, const lac_filed_set *filed, const char *text);
void lac_find_sequence(lac_cite_finds *finds, const lac_filed_set *filed, lac_span number);
/* Whether the submissions hold the application that is cited, "IND 900204"; false: another one. */
bool lac_find_application(lac_cite_finds *finds, const lac_filed_set *filed, const char *text);

#endif
