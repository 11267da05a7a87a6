/*
 * audit_log.h - entries of the audit log as text, CSV or JSON.
 *
 * Purpose: an entry is shown as it is recorded; nothing is left out but, in text and CSV, members
 * that are not among the columns. Ownership: entries are borrowed.
 */
#ifndef LAC_AUDIT_LOG_H
#define LAC_AUDIT_LOG_H

#include "writers/output.h"

#include <jansson.h>

/* "seq  time  actor  action  ..." on one line. */
void lac_audit_text(lac_output *output, const json_t *entry);

void lac_audit_csv_head(lac_output *output);
void lac_audit_csv(lac_output *output, const json_t *entry);

/* One element of an array, with a comma in front unless it is the first. */
lacuna_status lac_audit_json(lac_output *output, const json_t *entry, bool first,
                             lacuna_error *err);

#endif
