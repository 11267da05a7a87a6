/*
 * identities.h - the names of the documents of a report, by which later runs know them.
 *
 * Purpose: one identity a document (analyzer/gate/identity.h). Where several documents have the
 *   same, the second and further ones, by path, get "#2" and so on, and the report a finding that
 *   says so: which is which then hangs on their paths.
 * Ownership: everything lives in the arena of the report.
 */
#ifndef LAC_WRITERS_IDENTITIES_H
#define LAC_WRITERS_IDENTITIES_H

#include "writers/report.h"

/* Fills report->identities. */
lacuna_status lac_report_identify(lac_report *report, lacuna_error *err);

/* How many documents share the identity of this one with a document before it. */
uint32_t lac_identity_shared_count(const lac_report *report);

#endif
