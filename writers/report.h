/*
 * report.h - one run as reports see it: documents, findings, counts, verdict.
 *
 * Purpose: every format is rendered from this and from nothing else, so no two formats disagree.
 * Ownership: the run fills the upper half with borrowed objects, which must outlive the report;
 *   lac_report_derive computes the lower half into the report's arena; lac_report_free frees that.
 * Invariants after lac_report_derive: findings are ordered by document, place, rule; every item
 *   that is a gap is exactly one finding; structural rows are neither counted nor findings.
 */
#ifndef LAC_REPORT_H
#define LAC_REPORT_H

#include "analyzer/gate/baseline.h"
#include "analyzer/gate/waivers.h"
#include "analyzer/result.h"
#include "analyzer/told.h"
#include "support/arena.h"
#include "support/build.h"
#include "support/hash.h"

enum {
    LAC_STATUS_COUNT = LAC_WAIVED + 1,
    LAC_SEVERITY_COUNT = LAC_SEVERITY_CRITICAL + 1,
};

typedef struct lac_report_document {
    const char *path;                  /* as shown */
    const char *id;                    /* by a configuration; NULL: none */
    const char *identity;              /* as a stored result tells it; NULL: to be found out */
    lac_digest digest;                 /* of the bytes; "": they could not be read */
    const lac_document *document;      /* NULL: not parsed */
    const lac_document_result *result; /* NULL: not analysed */
    lac_document_result *checked;      /* the same where decisions may change it; NULL: not */
    bool is_submission;  /* one application of a submission; then `document` is NULL, and `result`
                            names the submission and the application */
    const char *control; /* a file that tells the gate: "waivers", "baseline", "decisions"; it is no
                            document; NULL: it is one */
    lacuna_error error;  /* why not; status LACUNA_OK: nothing went wrong */
    /* Of a document in a submission: where it is filed; NULL: it is a file of its own. */
    const lac_leaf_place *const *places;
    uint32_t place_count;
} lac_report_document;

/* What later runs know a document by (identities.h). */
typedef struct lac_report_identity {
    const char *text;
    const char *shared; /* with documents before it: what it would be called; NULL: it is alone */
} lac_report_identity;

/* Something in a folder that was left out on purpose. */
typedef struct lac_report_skip {
    const char *path;
    const char *reason;
} lac_report_skip;

typedef enum lac_finding_state {
    LAC_FINDING_NEW, /* also where there is no baseline */
    LAC_FINDING_UNCHANGED,
} lac_finding_state;

/* Something to be said about a file that tells the gate. */
typedef struct lac_report_remark {
    const char *rule, *message;
    const char *subject; /* which entry */
    uint32_t document;   /* index of the file */
    uint32_t line;
} lac_report_remark;

typedef struct lac_report_finding {
    const char *rule;
    lac_item_result *item; /* the gap it stands for; NULL: a rule that fires freely */
    const char *checklist; /* id, NULL likewise */
    lac_severity severity;
    const char *message;
    uint32_t document; /* index */
    const lac_anchor *anchors;
    uint32_t anchor_count; /* at least 1 */
    lac_digest fingerprint;
    const char *subject; /* what else names it: the entry of a file; NULL: nothing */
    lac_finding_state state;
    const lac_waiver *waiver; /* NULL: not waived */
} lac_report_finding;

typedef struct lac_report_counts {
    uint32_t items[LAC_STATUS_COUNT];      /* leaves of all checklists, by status */
    uint32_t gaps[LAC_SEVERITY_COUNT];     /* of them partial, missing, contradicts */
    uint32_t findings[LAC_SEVERITY_COUNT]; /* gaps and others, but for waived ones */
    uint32_t fresh[LAC_SEVERITY_COUNT];    /* of them not in the baseline */
    uint32_t waived;                       /* findings */
    uint32_t unchanged;                    /* findings that are in the baseline and not waived */
    uint32_t absent;                       /* entries of the baseline that are fixed */
    uint32_t unseen;                       /* and that were not looked at again */
    uint32_t controls;                     /* files that tell the gate, among the documents */
    uint32_t submissions;                  /* applications of submissions among the documents */
    uint32_t unread;                       /* documents with an error */
    uint32_t partly_read;                  /* documents with text that could not be read */
    uint32_t unassigned;                   /* documents read that no checklist applies to */
    uint32_t not_evaluated;                /* documents that nobody could read, without a fault */
    uint32_t pages_without_text;           /* of the others */
} lac_report_counts;

/* A model that was asked; model NULL: none was. */
typedef struct lac_report_judge {
    const char *model; /* "anthropic/claude-opus-5-5" */
    lacuna_judge_summary summary;
} lac_report_judge;

/* What is to be known of the age of a checklist on the day of the run (analyzer/in_force.h). */
typedef struct lac_report_notice {
    const lac_checklist *checklist;
    const char *text;
} lac_report_notice;

typedef struct lac_report {
    /* given */
    char as_of[11];
    const char *tool_version, *tool_build; /* that made a stored result; NULL: this program */
    lac_told_facts told;       /* by the user, of submission and product */
    const char *const *chosen; /* ids of the checklists the user named; none: by document type */
    uint32_t chosen_count;
    bool cancelled;
    lac_report_judge judge;
    const lac_report_document *documents; /* in path order */
    uint32_t document_count;
    const lac_report_skip *skips; /* in path order */
    uint32_t skip_count;
    const lac_waivers *waivers; /* NULL: none */
    uint32_t waiver_document;   /* index of their file */
    const lac_baseline *baseline;
    const lac_report_remark *remarks;
    uint32_t remark_count;
    /* derived */
    lac_arena arena;
    lac_report_identity *identities; /* one a document */
    lac_report_finding *findings;
    uint32_t finding_count;
    const lac_checklist **checklists; /* used by any document, by id */
    uint32_t checklist_count;
    const lac_baseline_entry **absent; /* counts.absent, by document and rule */
    lac_report_notice *notices;        /* of these checklists, in their order */
    uint32_t notice_count;
    lac_report_counts counts;
    lacuna_verdict verdict;
} lac_report;

/* "ready", "not-ready" ...; static storage. */
const char *lac_verdict_name(lacuna_verdict verdict);

lacuna_status lac_report_derive(lac_report *report, lacuna_error *err);
/* Counts and verdict alone, where findings and checklists are there already. */
void lac_report_count(lac_report *report);
void lac_report_free(lac_report *report);

/* Of the program that made it. */
const char *lac_report_version(const lac_report *report);
void lac_report_build(char build[LAC_BUILD_ID_SIZE], const lac_report *report);

/* Whether a result of an item is among the findings: a gap, also one that a second reader disputes.
 */
bool lac_item_has_finding(const lac_item_result *item);

uint32_t lac_report_gap_count(const lac_report *report);
/* Whether any finding that is not waived is at least that severe. */
bool lac_report_reaches(const lac_report *report, lac_severity severity);
/* The same of those that are not in the baseline either. */
bool lac_report_reaches_new(const lac_report *report, lac_severity severity);
/* Documents without the files that tell the gate; an application of a submission is one. */
static inline uint32_t lac_report_inputs(const lac_report *report)
{
    return report->document_count - report->counts.controls;
}
/* Whether an item, a document or a page was not evaluated: that blocks "ready". */
bool lac_report_is_open(const lac_report *report);
/* Whether it is a document whose text nobody could read, without a fault: a PDF without reader. */
bool lac_report_not_evaluated(const lac_report_document *document);
/* Whether all of these are PDF files. */
bool lac_report_only_pdf(const lac_report *report);
/* Whether there are submissions and, besides what is filed in them, nothing else. */
bool lac_report_only_submissions(const lac_report *report);
/* Whether any document failed by a defect of ours. */
bool lac_report_has_defect(const lac_report *report);

/* A row whose status comes from its children. */
static inline bool lac_item_is_structural(const lac_item *item)
{
    return item->strength == LAC_STRENGTH_STRUCTURAL;
}

#endif
