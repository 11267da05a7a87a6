/*
 * verification.h - a whole text held against whole documents.
 *
 * Purpose: documents become passages (a paragraph, a whole table, each with the headings above it),
 * the text is checked paragraph by paragraph (check.h). A citation [NAME §NUMBER] holds what stands
 * in front of it, back to the one before, against that section of that document alone; NAME is the
 * file name, with or without its ending. Text without a citation may rest on anything that was
 * given. Ownership: everything lives in the verification; borrows the documents.
 */
#ifndef LAC_GROUND_VERIFICATION_H
#define LAC_GROUND_VERIFICATION_H

#include "drafter/ground/check.h"
#include "parsers/document.h"

typedef struct lac_verified_document {
    const char *path; /* as shown */
    const lac_document *document;
} lac_verified_document;

typedef struct lac_verified {
    uint32_t start, end;                   /* bytes of the text's document */
    uint32_t sentence_start, sentence_end; /* likewise */
    const lac_ground_finding *finding;
    uint32_t source;                   /* index of the document; UINT32_MAX: none */
    uint32_t source_start, source_end; /* bytes of it */
} lac_verified;

typedef struct lac_verification {
    lac_arena arena;
    const lac_document *text;
    const lac_verified_document *against;
    uint32_t against_count;
    const lac_verified *items;
    uint32_t count;
    uint32_t counts[LAC_GROUNDING_COUNT];
    uint32_t sentences; /* looked at */
} lac_verification;

lacuna_status lac_verification_make(lac_verification *out, const lac_document *text,
                                    const lac_verified_document *against, uint32_t count,
                                    lacuna_error *err);
void lac_verification_free(lac_verification *verification);

#endif
