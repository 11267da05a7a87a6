/*
 * report.h - what came of a run of drafting, gap by gap: for people, and for programs.
 */
#ifndef LAC_DRAFT_REPORT_H
#define LAC_DRAFT_REPORT_H

#include "drafter/draft/drafting.h"

/* Appends checklists/schema/draft-report-1.json, keys in byte order. `audit_head` is "" without a
 * log. */
lacuna_status lac_drafting_json(lac_buf *out, const lac_drafting *drafting, const char *audit_head,
                                lacuna_error *err);

/* Appends a few lines for each gap that a person has to know more of than that it is drafted. */
lacuna_status lac_drafting_text(lac_buf *out, const lac_drafting *drafting, lacuna_error *err);

#endif
