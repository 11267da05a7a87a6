#include "analyzer/gap_findings.h"

#include "analyzer/evidence.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

static lacuna_status gap_finding(lac_finding_list *list, const lac_item_result *item)
{
    lac_anchor anchor = lac_anchor_document();
    if (item->evidence_count > 0) {
        anchor = item->evidence[0].anchor;
    } else if (item->nearest_count > 0) {
        anchor = item->nearest[0].anchor;
    }
    lac_buf message;
    lac_buf_init(&message, 4096);
    lacuna_status status = lac_buf_printf(&message, "%s: %s %s", item->item->title,
                                          item->explanation, item->item->requirement);
    if (status == LACUNA_OK) {
        status = lac_finding_add(list, item->item->id, item->item->severity, lac_buf_text(&message),
                                 &anchor, 1);
    }
    lac_buf_free(&message);
    return status;
}

lacuna_status lac_gap_findings(lac_finding_list *list, const lac_document_result *result)
{
    for (uint32_t c = 0; c < result->checklist_count; c++) {
        const lac_checklist_result *checklist = &result->checklists[c];
        for (uint32_t i = 0; i < checklist->item_count; i++) {
            const lac_item_result *item = &checklist->items[i];
            if (lac_item_status_is_gap(item->status) &&
                item->item->strength != LAC_STRENGTH_STRUCTURAL) {
                lacuna_status status = gap_finding(list, item);
                if (status != LACUNA_OK) {
                    return status;
                }
            }
        }
    }
    return LACUNA_OK;
}

/* ---- again ---------------------------------------------------------------------------------- */

/* How many findings at the front are about items: their rules are the items' own ids. */
static uint32_t count_about_items(const lac_document_result *result)
{
    uint32_t count = 0;
    for (uint32_t c = 0; c < result->checklist_count; c++) {
        const lac_checklist_result *list = &result->checklists[c];
        for (uint32_t i = 0; i < list->item_count && count < result->finding_count; i++) {
            count += result->findings[count].rule == list->items[i].item->id ? 1 : 0;
        }
    }
    return count;
}

lacuna_status lac_gap_findings_renew(lac_document_result *result, lacuna_error *err)
{
    lac_finding_list list = {.arena = &result->arena};
    uint32_t before = count_about_items(result);
    uint32_t others = result->finding_count - before;
    lac_finding *findings = NULL;
    lacuna_status status = lac_gap_findings(&list, result);
    if (status == LACUNA_OK) {
        findings = lac_arena_array(&result->arena, list.count + others, sizeof *findings);
    }
    if (findings == NULL) {
        free(list.items);
        return lac_fail_nomem(err);
    }
    if (list.count > 0) {
        memcpy(findings, list.items, list.count * sizeof *findings);
    }
    if (others > 0) {
        memcpy(findings + list.count, result->findings + before, others * sizeof *findings);
    }
    result->findings = findings;
    result->finding_count = (uint32_t)list.count + others;
    free(list.items);
    return LACUNA_OK;
}
