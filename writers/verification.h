/*
 * verification.h - a text held against documents, as reports show it.
 *
 * Purpose: both formats are rendered from this. Ownership: everything is borrowed.
 */
#ifndef LAC_WRITERS_VERIFICATION_H
#define LAC_WRITERS_VERIFICATION_H

#include "drafter/ground/verification.h"
#include "writers/output.h"
#include "writers/text/page.h"

typedef struct lac_verification_report {
    const lac_verification *verification;
    const char *path;         /* of the text */
    const char *const *notes; /* inputs that were not read, or only in part */
    size_t note_count;
    bool incomplete;
} lac_verification_report;

/* "supported", "not-supported", "incomplete", "nothing-to-verify". */
const char *lac_verification_verdict(const lac_verification_report *report);

lacuna_status lac_json_verification(const lac_verification_report *report, lacuna_write_fn write,
                                    void *user, lacuna_error *err);
lacuna_status lac_text_verification(const lac_verification_report *report,
                                    const lac_text_style *style, lacuna_write_fn write, void *user,
                                    lacuna_error *err);

#endif
