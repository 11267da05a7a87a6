/*
 * findings.h - findings about the document itself, whatever checklist applies: an outdated table of
 *   contents, tracked changes left in, hidden text, broken references, template leftovers.
 *
 * Ownership: everything is allocated from the arena of the list.
 */
#ifndef LAC_FINDINGS_H
#define LAC_FINDINGS_H

#include "analyzer/reading.h"
#include "analyzer/result.h"

typedef struct lac_finding_list {
    lac_arena *arena;
    lac_finding *items; /* grown with malloc; the caller frees it */
    size_t count, cap;
} lac_finding_list;

/* Appends a finding; `message` and `anchors` are copied. */
lacuna_status lac_finding_add(lac_finding_list *list, const char *rule, lac_severity severity,
                              const char *message, const lac_anchor *anchors, uint32_t count);

/* All findings about the document. */
lacuna_status lac_document_findings(lac_finding_list *list, const lac_reading *reading,
                                    lacuna_error *err);

/* The table of contents against the headings it should list (contents_list.c). */
lacuna_status lac_contents_findings(lac_finding_list *list, const lac_reading *reading);

#endif
