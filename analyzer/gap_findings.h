/*
 * gap_findings.h - every item that is a gap, once among the findings.
 *
 * Purpose: baselines, waivers and formats work on one list. Gaps stand first in it, in the order of
 *   the checklists.
 */
#ifndef LAC_GAP_FINDINGS_H
#define LAC_GAP_FINDINGS_H

#include "analyzer/findings.h"

lacuna_status lac_gap_findings(lac_finding_list *list, const lac_document_result *result);

/* Makes the findings of a result agree with its items again, after an item was answered anew. */
lacuna_status lac_gap_findings_renew(lac_document_result *result, lacuna_error *err);

#endif
