/*
 * verify_leaves.h - the documents a text is verified against: files, and what a submission holds.
 *
 * Purpose: all are kept in memory while the text is verified. Of a submission the documents that
 * are current are read; superseded ones support nothing. Ownership: owns the documents and strings;
 * freed by lac_verify_documents_free.
 */
#ifndef LAC_API_VERIFY_LEAVES_H
#define LAC_API_VERIFY_LEAVES_H

#include "api/options.h"
#include "drafter/ground/verification.h"
#include "parsers/open.h"

typedef struct lac_verify_documents {
    lac_arena arena;
    lac_verified_document *items;
    lac_document **owned;
    size_t count, item_cap, owned_cap;
    const char **notes;
    size_t note_count, note_cap;
} lac_verify_documents;

void lac_verify_documents_init(lac_verify_documents *documents);
void lac_verify_documents_free(lac_verify_documents *documents);

/* "PATH: what": something was not read. */
lacuna_status lac_verify_note(lac_verify_documents *documents, const char *path, const char *what,
                              lacuna_error *err);

/* A document that cannot be read becomes a note; only running out of memory is an error. */
lacuna_status lac_verify_add_document(lac_verify_documents *documents, const lac_source *source,
                                      const char *shown, const lacuna_options *options,
                                      lacuna_error *err);

/* LACUNA_E_UNSUPPORTED: it is no submission. */
lacuna_status lac_verify_add_submission(lac_verify_documents *documents, const lac_source *source,
                                        const char *shown, const lacuna_options *options,
                                        lacuna_error *err);

#endif
