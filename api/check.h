/*
 * check.h - one input: read, identified by its digest, analysed.
 */
#ifndef LAC_API_CHECK_H
#define LAC_API_CHECK_H

#include "analyzer/analyze.h"
#include "analyzer/ectd/leaves.h"
#include "analyzer/ectd/submission.h"
#include "api/inputs.h"
#include "parsers/open.h"

/* What became of an input. Owned by the result; freed by lac_checked_free. */
typedef struct lac_checked {
    lac_document *document;              /* NULL: not read */
    lac_document_result *result;         /* NULL: not analysed */
    bool is_submission;                  /* it was taken for one */
    lac_submission *submission;          /* NULL: a document, or not read */
    lac_submission_result *applications; /* of a submission; NULL: not analysed */
    lac_leaves *leaves;                  /* its documents; NULL: not planned */
    struct lac_checked_package *package; /* a response package; NULL: none, or not read */
    lac_digest digest;                   /* "": not read */
    lacuna_error error;                  /* status LACUNA_OK: all of it worked */
} lac_checked;

/* Everything that goes wrong is told in out->error. Safe in several threads. */
void lac_check_input(lac_checked *out, const lac_input *input, const lac_open_options *open,
                     const lac_analyze_options *options);
void lac_checked_free(lac_checked *checked);

#endif
