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
#include "parsers/ectd/validation.h"

/* What a place calls for: the type of the document filed there, the checklists it is held to. */
typedef struct lac_document_call {
    const char *const *types; /* any of these; the first where nothing speaks for any type */
    uint32_t type_count;
    const char *const
        *checklists; /* ids besides those made for the type; unknown ones are left out */
    uint32_t checklist_count;
    bool detected;  /* only a document that shows to be of a type */
    uint32_t words; /* with fewer it is a piece of such a document, and is not judged as one */
} lac_document_call;

/* An item that another document of the same study answers, filed under its own tag. */
typedef struct lac_filed_apart {
    const char *checklist;
    const char *item; /* and those below it */
    const lac_leaf_place *place;
} lac_filed_apart;

typedef struct lac_analyze_options {
    lac_registry *registry;
    const char *const *checklists; /* ids; NULL or none: by document type */
    uint32_t checklist_count;
    const char *document_type; /* overrides detection; NULL: detect */
    const char *as_of;         /* "2026-11-24": which guidance versions are in force */
    const char *sequence;      /* of submissions: look at this one only; NULL: at all */
    lac_told_facts facts;      /* told by the user about submission and product */
    lac_told_facts filed;      /* of a document in a submission: what its envelope tells */
    uint32_t threads;          /* checksums of a submission computed at the same time */
    lac_grammars grammars;     /* folders to validate the XML of a submission with */
    /* Of a document in a submission: by what its place calls for, and by nothing else. */
    bool placed;
    const lac_document_call *const *calls;
    uint32_t call_count;
    const lac_filed_apart *apart;
    uint32_t apart_count;
    /* Checklists whose items are sections of the document, judged into `sections` of the result. */
    const lac_checklist *const *sections;
    uint32_t section_count;
    struct lac_leaves *leaves; /* of a submission: what its documents hold; NULL: not read */
    /* Asked between two items; true: end with LACUNA_E_CANCELLED. NULL: never. */
    bool (*cancelled)(void *user);
    void *cancel_user;
} lac_analyze_options;

lacuna_status lac_analyze(lac_document_result **out, const lac_document *document,
                          const lac_analyze_options *options, lacuna_error *err);

#endif
