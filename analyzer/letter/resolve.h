/*
 * resolve.h - where in a submission stands what a query cites.
 *
 * Purpose: "section 6.7", "3.2.S.4.1", "Table 9", "Study HVT-204-102", "page 19" and "sequence
 * 0002" become leaf, section, the words of its heading and an anchor. A section number is a heading
 * of the CTD, a numbered section of a document, or both; a study that the same query cites tells
 *   which document is meant. What several places could be is ambiguous, and all of them are named.
 * Honesty: "not found" is only said where everything that could hold it was read; else it is not
 *   looked at, with the reason. Laws and standards are never looked for.
 * Ownership: results live in the arena; they borrow documents and leaves.
 */
#ifndef LAC_LETTER_RESOLVE_H
#define LAC_LETTER_RESOLVE_H

#include "analyzer/letter/letter.h"
#include "analyzer/result.h"

enum { LAC_CITE_PLACES_MAX = 20 }; /* named of one cite; the rest is counted */

/* A document as it is filed, or a file of its own. */
typedef struct lac_filed_document {
    const char *path;             /* as shown */
    const lac_document *document; /* NULL: not read, or not text */
    const char *unread;         /* why it should have been read and was not; NULL: nothing wrong */
    const lac_leaf_place *leaf; /* NULL: a file of its own */
    const char *study, *tag;    /* of its study tagging file; "" */
} lac_filed_document;

typedef struct lac_filed_set {
    const lac_filed_document *documents;
    uint32_t document_count;
    const lac_submission *const *submissions; /* for sequences and applications */
    uint32_t submission_count;
} lac_filed_set;

typedef enum lac_cite_state {
    LAC_CITE_FOUND,
    LAC_CITE_AMBIGUOUS,
    LAC_CITE_NOT_FOUND,
    LAC_CITE_NOT_LOOKED_AT,
} lac_cite_state;

typedef struct lac_cite_place {
    uint32_t document; /* of the set; LAC_NONE: a sequence or an application */
    uint32_t section;  /* of the document; LAC_NONE: the document as a whole */
    lac_span quote;    /* its heading, caption or title, as it stands there */
    lac_anchor anchor;
} lac_cite_place;

typedef struct lac_resolved_cite {
    const lac_letter_cite *cite;
    lac_cite_state state;
    const char *reason; /* a sentence; "" where it is found */
    const lac_cite_place *places;
    uint32_t place_count, more; /* more: found besides, not named */
} lac_resolved_cite;

/* One result a cite of the query, in their order. */
lacuna_status lac_resolve_cites(const lac_resolved_cite **out, lac_arena *arena,
                                const lac_letter_query *query, const lac_filed_set *filed,
                                lacuna_error *err);

/* "found", "ambiguous", "not-found", "not-looked-at"; static. */
const char *lac_cite_state_name(lac_cite_state state);

#endif
