/*
 * result.h - what a check found, the one thing every report is rendered from.
 *
 * Purpose: every item of every applicable checklist ends in exactly one status, with its reason,
 *   evidence or where it was looked for; rules that fire freely yield findings.
 * Ownership: one arena per result; immutable once analysed.
 */
#ifndef LAC_RESULT_H
#define LAC_RESULT_H

#include "analyzer/checklist.h"
#include "parsers/document.h"
#include "parsers/submission.h"

typedef enum lac_item_status {
    LAC_MET,
    LAC_PARTIAL,
    LAC_MISSING,
    LAC_CONTRADICTS,
    LAC_NOT_APPLICABLE,
    LAC_NOT_EVALUATED,
    LAC_WAIVED,
} lac_item_status;

/* A place in a submission. No text is NULL. */
typedef struct lac_leaf_place {
    uint32_t application_index; /* LAC_NONE: none */
    const char *application;    /* its id */
    const char *sequence;       /* name of the folder; "": the application, or the submission */
    const char *id;             /* leaf ID, or id of the context of use or document */
    const char *title;
    const char *heading;             /* "3.2.S.2.1" */
    const char *const *heading_path; /* "3.2.S Drug substance (substance: x)", outermost first */
    uint32_t heading_count;
    const char *file; /* path below the input */
} lac_leaf_place;

/* A place in a document; see design A: path, part, block, heading path, line, offsets. */
typedef struct lac_anchor {
    const char *part;     /* "" where the format has none */
    uint32_t block;       /* paragraph ordinal in its part; LAC_NONE: the document as a whole */
    uint32_t para_id;     /* 0: none */
    uint32_t row, column; /* inside a table; LAC_NONE outside */
    uint32_t section;     /* section index, for the heading path */
    uint32_t line;        /* 1-based line of `lacuna text` */
    uint32_t page;        /* from 1; 0: the format has none */
    uint32_t start, end;  /* bytes of the reference text */
    const lac_leaf_place *leaf; /* in a submission; NULL: in a document */
} lac_anchor;

typedef struct lac_evidence {
    lac_span quote;   /* substring of the reference text */
    const char *fact; /* the named fact it shows; NULL: the heading */
    lac_anchor anchor;
} lac_evidence;

/* A section that was considered for an item. */
typedef struct lac_candidate {
    uint32_t section;
    double score; /* 0..1 */
    lac_anchor anchor;
} lac_candidate;

/* One of two votes on an item that a model was asked about (drafter/judge.h). */
typedef struct lac_vote {
    lac_item_status status;
    const char *reason; /* "met/quoted", "not-evaluated/unverified" ..., static */
    lac_evidence *evidence;
    uint32_t evidence_count;
    const char **searched; /* titles of what the model was given */
    uint32_t searched_count;
    const char *words; /* a model's own, not verified; "": none */
    const char *model; /* "anthropic/claude-opus-5-5"; "": the rules' vote */
    const char *request_id;
} lac_vote;

/* What another document of the submission says, to which the section refers. */
typedef struct lac_followed {
    const lac_leaf_place *place;
    lac_evidence *evidence;
    uint32_t evidence_count;
} lac_followed;

typedef struct lac_item_result {
    const lac_item *item;
    lac_item_status status;
    const char *reason;      /* "missing/placeholder" ..., static */
    const char *explanation; /* one sentence for a person */
    double confidence;       /* 0..1 */
    lac_evidence *evidence;
    uint32_t evidence_count;
    const char **searched; /* what was looked for and where, sentences */
    uint32_t searched_count;
    lac_candidate *located; /* the sections taken for its own, best first */
    uint32_t located_count;
    lac_candidate *nearest;
    uint32_t nearest_count;
    const char **needs; /* what would satisfy it */
    uint32_t needs_count;
    const lac_leaf_place *leaf;   /* of a submission: the document it was judged in; NULL: none */
    const lac_followed *followed; /* NULL: no reference was followed to another document */
    const struct lac_waiver *waiver; /* status is waived; NULL: it is not (gate/waivers.h) */
    struct {
        lac_item_status status;
        const char *reason, *explanation;
    } waived;                               /* what it was before */
    const struct lac_decision *decision;    /* of a person (gate/decisions.h); NULL: none */
    lac_item_status undecided;              /* what it was without */
    bool known;                             /* its finding is in the baseline */
    const lac_vote *rule_vote, *model_vote; /* both or none: a model was asked; `status` is what
                                               follows from both */
} lac_item_result;

typedef struct lac_finding {
    const char *rule; /* checklist item id, or "docx/contents-out-of-date" ... */
    lac_severity severity;
    const char *message;
    lac_anchor *anchors;
    uint32_t anchor_count;
} lac_finding;

typedef struct lac_checklist_result {
    const lac_checklist *checklist;
    const char *why; /* how it was chosen: "--checklist", "document type protocol" ... */
    lac_item_result *items;
    uint32_t item_count;
} lac_checklist_result;

/* Document type or language with the evidence it was decided on. */
typedef struct lac_detection {
    const char *value; /* "protocol"; "" = unknown */
    double confidence;
    const char *evidence; /* a sentence */
} lac_detection;

typedef enum lac_fact_source {
    LAC_FACT_TOLD,     /* by the user */
    LAC_FACT_FILED,    /* by the envelope of the submission */
    LAC_FACT_DETECTED, /* in the document */
} lac_fact_source;

enum { LAC_FACT_VALUES = 4 };

/* A fact of the study, product or submission (profile-facts.json). Several values: signs of equal
 * strength speak for each. */
typedef struct lac_known_fact {
    const char *key;
    const char *values[LAC_FACT_VALUES];
    uint32_t value_count; /* at least 1 */
    lac_fact_source source;
    double confidence;    /* 0..1; 0 where there are several values */
    const char *contrary; /* what another source says against what was told or filed, or NULL */
    lac_fact_source contrary_source;
    lac_evidence evidence[LAC_FACT_VALUES]; /* passages of what the document shows */
    uint32_t evidence_count;
} lac_known_fact;

typedef struct lac_known_facts {
    lac_known_fact *items; /* in the order of profile-facts.json */
    uint32_t count;
} lac_known_facts;

/* The result for one document, or for one submission: then `document` is NULL and `submission` is
 * set, anchors have a leaf, and quotes are titles of leaves. */
typedef struct lac_document_result {
    lac_arena arena;
    const lac_document *document;
    const lac_submission *submission;
    const char *application; /* of the submission: its id */
    lac_detection type, language;
    lac_detection date;      /* of the document: "2024-03-12"; "": not found */
    lac_known_facts profile; /* of a document */
    uint32_t words;          /* of content in the document */
    lac_checklist_result *checklists;
    uint32_t checklist_count;
    lac_checklist_result *sections; /* judged for somebody else, who tells what is missing */
    uint32_t section_count;
    lac_finding *findings;
    uint32_t finding_count;
} lac_document_result;

void lac_document_result_free(lac_document_result *result);

const char *lac_item_status_name(lac_item_status status); /* "not-applicable" */
bool lac_item_status_is_gap(lac_item_status status);      /* partial, missing, contradicts */

#endif
