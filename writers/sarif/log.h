/*
 * log.h - findings as SARIF 2.1.0 (OASIS), as code scanning of GitHub and others take it in.
 *
 * One run. Locations are lines of `lacuna text FILE` and heading paths; URIs are percent-encoded
 * and relative to SRCROOT, the folder the check ran in. Identity: partialFingerprints lacuna/v1,
 * and the same as primaryLocationLineHash, so that GitHub makes none of its own from the bytes of a
 * line, which in a Word file mean nothing. What could not be read is a notification.
 * Limits: LAC_SARIF_RESULTS results, the most severe ones; GitHub refuses a file with more. A
 * notification tells how many were left out.
 */
#ifndef LAC_SARIF_LOG_H
#define LAC_SARIF_LOG_H

#include "writers/report.h"

enum { LAC_SARIF_RESULTS = 25000, LAC_SARIF_RELATED = 100 };

lacuna_status lac_sarif(const lac_report *report, lacuna_write_fn write, void *user,
                        lacuna_error *err);

#endif
