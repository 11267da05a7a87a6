/*
 * findings.h - findings as CSV (RFC 4180), one line each, with a heading line.
 *
 * Form: UTF-8 with a BOM, which Excel needs to know it; every cell quoted; CRLF. Text that a
 * spreadsheet would take for a formula gets an apostrophe in front.
 */
#ifndef LAC_CSV_FINDINGS_H
#define LAC_CSV_FINDINGS_H

#include "writers/report.h"

lacuna_status lac_csv_findings(const lac_report *report, lacuna_write_fn write, void *user,
                               lacuna_error *err);

#endif
