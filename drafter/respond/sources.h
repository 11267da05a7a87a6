/*
 * sources.h - which sections and tables feed the answer to a query, and which of their passages.
 *
 * Purpose: what a query cites comes first, then what speaks of the same (drafter/retrieval.h). Of a
 *   source those passages are taken that share words with the question; code alone decides.
 */
#ifndef LAC_RESPOND_SOURCES_H
#define LAC_RESPOND_SOURCES_H

#include "drafter/respond/plan.h"

enum { LAC_RESPONSE_PASSAGES_MAX = 3 }; /* of one source */

/* Fills the sources of all steps. */
lacuna_status lac_response_find_sources(lac_response_plan *plan, lacuna_error *err);

/* Sets the digest of a source's text. */
lacuna_status lac_response_pin(lac_response_source *source, const lac_filed_set *filed,
                               lacuna_error *err);

typedef struct lac_response_passage {
    lac_span text;    /* of the document, a paragraph or a whole table */
    uint32_t section; /* it stands in */
    uint32_t table;   /* LAC_NONE: a paragraph */
    uint32_t start;   /* byte of the document */
    uint32_t shared;  /* words it has in common with the question */
} lac_response_passage;

/* At most LAC_RESPONSE_PASSAGES_MAX, in document order. */
lacuna_status lac_response_passages(lac_response_passage *out, uint32_t *count,
                                    const lac_filed_set *filed, const lac_response_source *source,
                                    const lac_letter_query *query, lacuna_error *err);

#endif
