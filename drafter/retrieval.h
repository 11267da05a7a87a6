/*
 * retrieval.h - which sections and tables of a dossier speak about a requirement.
 *
 * Purpose: sources for a draft, whole sections and whole tables, never fragments: a table cut in
 * pieces and a sentence torn from its section are how drafts go wrong. Ranked by BM25 over title,
 * heading path and text (SQLite FTS5, in memory), lifted where the checklist says where it usually
 * stands. Determinism: the same documents in the same order and the same question give the same
 * ranking. Ownership: borrows the documents, which must outlive it. Threads: one at a time.
 */
#ifndef LAC_DRAFTER_RETRIEVAL_H
#define LAC_DRAFTER_RETRIEVAL_H

#include "analyzer/checklist.h"
#include "parsers/document.h"

typedef struct lac_retrieval lac_retrieval;

typedef struct lac_source_document {
    const char *path; /* as shown */
    const char *type; /* "protocol"; "": not known */
    const lac_document *document;
} lac_source_document;

lacuna_status lac_retrieval_new(lac_retrieval **out, const lac_source_document *documents,
                                uint32_t count, lacuna_error *err);
void lac_retrieval_free(lac_retrieval *retrieval);

typedef struct lac_found {
    uint32_t document, section; /* indices */
    uint32_t table;             /* of the document; LAC_NONE: the section's own text */
    uint32_t start, end;        /* bytes of the document's text */
    double score;               /* higher is better; comparable within one answer */
} lac_found;

/* At most `most` sources for an item, best first, into `found`. A source without a word of the
 * item is none. */
lacuna_status lac_retrieval_find(lac_found *found, uint32_t *count, uint32_t most,
                                 lac_retrieval *retrieval, const lac_item *item, lacuna_error *err);

#endif
