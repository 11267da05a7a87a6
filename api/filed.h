/*
 * filed.h - what an answer to an agency rests on: documents, and what is current in submissions.
 *
 * Purpose: each placement that is current with its document, leaf, study and file tag; files of
 *   their own besides. A file is read once and kept in memory, however often it is filed. What
 * could not be read is there with the reason. Ownership: owns everything; freed by lac_filed_free.
 * Immutable once read.
 */
#ifndef LAC_API_FILED_H
#define LAC_API_FILED_H

#include "analyzer/letter/resolve.h"
#include "api/inputs.h"
#include "api/options.h"

typedef struct lac_filed_note {
    const char *text; /* "PATH: what" */
    size_t path_length;
} lac_filed_note;

typedef struct lac_filed_files {
    lac_inputs inputs;
    lac_arena arena;
    lac_filed_document *documents;
    size_t count, cap;
    lac_document **owned;
    size_t owned_count, owned_cap;
    lac_submission **submissions;
    size_t submission_count, submission_cap;
    const char **given; /* paths as they were given */
    size_t given_count;
    lac_filed_note *notes; /* what was not read */
    size_t note_count, note_cap;
    lac_filed_set set; /* a view of all this */
} lac_filed_files;

void lac_filed_init(lac_filed_files *filed);
void lac_filed_free(lac_filed_files *filed);

/* Paths of documents, folders, submissions. What cannot be read becomes a note. */
lacuna_status lac_filed_read(lac_filed_files *filed, const char *const *paths, size_t count,
                             const lacuna_options *options, lacuna_error *err);

#endif
