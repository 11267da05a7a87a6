/*
 * analyze.h - one document against its checklists: the whole of the analyzer in one call.
 *
 * Purpose: detect type and language, choose checklists, locate, judge, and collect findings.
 * Ownership: the result borrows the document and the registry's checklists, which must outlive it.
 * Determinism: the same document, options and packs give the same result, whatever else runs.
 * Threads: a registry may be shared; one call per thread.
 */
#ifndef LAC_ANALYZE_H
#define LAC_ANALYZE_H

#include "analyzer/registry.h"
#include "analyzer/result.h"
#include "analyzer/told.h"

typedef struct lac_analyze_options {
    lac_registry *registry;
    const char *const *checklists; /* ids; NULL or none: by document type */
    uint32_t checklist_count;
    const char *document_type; /* overrides detection; NULL: detect */
    const char *as_of;         /* "2026-11-24": which guidance versions are in force */
    const char *sequence;      /* of submissions: look at this one only; NULL: at all */
    lac_told_facts facts;      /* told by the user about submission and product */
    uint32_t threads;          /* checksums of a submission computed at the same time */
} lac_analyze_options;

lacuna_status lac_analyze(lac_document_result **out, const lac_document *document,
                          const lac_analyze_options *options, lacuna_error *err);

#endif
