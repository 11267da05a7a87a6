/*
 * audit_open.h - the audit log that the options name.
 */
#ifndef LAC_API_AUDIT_OPEN_H
#define LAC_API_AUDIT_OPEN_H

#include "api/options.h"
#include "drafter/audit.h"

/* *audit is NULL where none is named. */
lacuna_status lac_audit_open_for(lac_audit **audit, const lacuna_options *options,
                                 lacuna_error *err);

#endif
