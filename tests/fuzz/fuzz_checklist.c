/*
 * A checklist pack: no input crashes or hangs, and what loads is sound: parents before children,
 * counts within the facts. Lint agrees with the loader about what is refused.
 */
#include "analyzer/checklist.h"
#include "analyzer/lint.h"
#include "tests/fuzz/fuzz.h"

static void check_items(const lac_checklist *list)
{
    for (uint32_t i = 0; i < list->item_count; i++) {
        const lac_item *item = &list->items[i];
        FUZZ_EXPECT(item->parent == UINT32_MAX || item->parent < i);
        FUZZ_EXPECT(item->first_child == UINT32_MAX ||
                    (item->first_child > i && list->items[item->first_child].parent == i));
        FUZZ_EXPECT(item->expect.at_least <= item->expect.fact_count);
        FUZZ_EXPECT(lac_checklist_item(list, item->id) == item);
        FUZZ_EXPECT(item->confidence != LAC_CONFIDENCE_MEMORY ||
                    item->severity <= LAC_SEVERITY_MINOR);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    lac_limits limits = LAC_LIMITS_DEFAULT;
    limits.json_bytes = 1 << 20;
    lac_span json = lac_span_make((const char *)data, size);
    lac_checklist *list = NULL;
    lacuna_status loaded = lac_checklist_load(&list, json, "fuzz.json", &limits, NULL);
    if (loaded == LACUNA_OK) {
        check_items(list);
    }
    lac_checklist_free(list);
    lac_lint_report *report = NULL;
    lacuna_error err = {0};
    if (lac_lint_pack(&report, json, "fuzz", &limits, &err) == LACUNA_OK) {
        FUZZ_EXPECT(loaded == LACUNA_OK || report->errors > 0);
    }
    lac_lint_report_free(report);
    return 0;
}
