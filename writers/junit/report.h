/*
 * report.h - the result as JUnit XML: one suite a document, one case an item or finding.
 *
 * Shape: what the schemas of Apache Ant (JUnit.xsd) and of Jenkins (junit-10.xsd) both allow: no
 * attributes on <testsuites>; properties, cases, system-out, system-err in this order. A finding is
 * a failure with its severity as type; one that is only information is skipped, type "info". Items
 * that are met pass; not applicable, not evaluated and waived ones are skipped. A document that
 * could not be read is an error. The name of a case is the same as long as its fingerprint is; no
 * two of a suite are alike.
 */
#ifndef LAC_JUNIT_REPORT_H
#define LAC_JUNIT_REPORT_H

#include "writers/report.h"

lacuna_status lac_junit(const lac_report *report, lacuna_write_fn write, void *user,
                        lacuna_error *err);

#endif
