/*
 * validation.h - the XML of a submission against the user's own DTDs and schemas.
 *
 * Purpose: backbones and study tagging files of 3.2.2 by their DTD, messages of 4.0 by the schema.
 *   Only files that were read to their end: what is not well-formed is a trouble already.
 */
#ifndef LAC_ECTD_VALIDATION_H
#define LAC_ECTD_VALIDATION_H

#include "parsers/package/package.h"
#include "parsers/submission.h"

/* Folders; NULL: nothing is claimed. */
typedef struct lac_grammars {
    const char *dtd_dir, *schema_dir;
} lac_grammars;

/* Fills the validities; call it before the submission is shared. `source` is the one it was opened
 * from. A folder that cannot be opened is an error; a file that has changed since is a fault of its
 * judgement. */
lacuna_status lac_submission_validate(lac_submission *submission, const lac_source *source,
                                      const lac_limits *limits, const lac_grammars *grammars,
                                      lacuna_error *err);

#endif
