/*
 * response_check.h - a response package as one input of a check.
 *
 * Purpose: reads the package, its letter and what its answers rest on, and checks it
 *   (drafter/respond/check.h). Its documents are reported one by one; what could not be read of
 * them, of the letter or of the sources is reported as a document of its own, so that the result is
 *   incomplete. Ownership: lac_checked_package_free.
 */
#ifndef LAC_API_RESPONSE_CHECK_H
#define LAC_API_RESPONSE_CHECK_H

#include "api/check.h"
#include "api/options.h"

typedef struct lac_checked_package lac_checked_package;

/* Everything that goes wrong is told in out->error, or by the documents of the package. */
void lac_check_package(lac_checked *out, const lac_input *input, const lacuna_options *options);
void lac_checked_package_free(lac_checked_package *package);

/* Documents of the report; 0 for NULL. */
size_t lac_checked_package_count(const lac_checked_package *package);
void lac_checked_package_documents(lac_report_document *out, const lac_checked_package *package);

#endif
