/*
 * submission.h - a submission against the rules and its checklists, application by application.
 *
 * Purpose: rules over the whole history, completeness on the current view or on one sequence; one
 *   result an application, like that of a document.
 * Ownership: all results live in one arena; they borrow the submission and the registry's
 *   checklists, which must outlive them. Never lac_document_result_free one of them.
 * Determinism: the same submission, options and packs give the same result.
 */
#ifndef LAC_ECTD_SUBMISSION_H
#define LAC_ECTD_SUBMISSION_H

#include "analyzer/analyze.h"
#include "parsers/submission.h"

/* The document type that packs for submissions name. */
#define LAC_SUBMISSION_TYPE "submission"

typedef struct lac_submission_result {
    lac_arena arena;
    lac_document_result *applications; /* in the order of the submission */
    uint32_t application_count;
} lac_submission_result;

/* `sequence` is the name of a sequence's folder or its number, and applications without it are left
 * out; NULL: all, on the current view. LACUNA_E_NOTFOUND: there is no such sequence. */
lacuna_status lac_analyze_submission(lac_submission_result **out, const lac_submission *submission,
                                     const char *sequence, const lac_analyze_options *options,
                                     lacuna_error *err);
void lac_submission_result_free(lac_submission_result *result);

#endif
