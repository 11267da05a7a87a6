/* Results read back from their canonical JSON, and baselines made of results. */
#include "writers/stored/stored.h"
#include "analyzer/registry_head.h"
#include "api/run.h"
#include "support/error.h"
#include "writers/gate.h"
#include "writers/json/gate.h"

#include <stdlib.h>

/* A stored result knows nothing of a baseline that was made later: it is laid over it anew. */
static lacuna_status compare(lacuna_result *result, lacuna_error *err)
{
    lac_report *report = &result->report;
    lacuna_status status = lac_gate_load_baseline(&result->gate, result->options, err);
    if (status != LACUNA_OK) {
        return status;
    }
    for (uint32_t i = 0; i < report->finding_count; i++) {
        report->findings[i].state = LAC_FINDING_NEW;
        if (report->findings[i].item != NULL) {
            report->findings[i].item->known = false;
        }
    }
    report->baseline = result->gate.baseline;
    report->counts = (lac_report_counts){0};
    status = lac_gate_compare(report, err);
    lac_report_count(report);
    return status;
}

static lacuna_status load(lacuna_result **out, lac_span json, const char *name,
                          const lacuna_options *options, lacuna_error *err)
{
    *out = NULL;
    if (json.len > LAC_STORED_BYTES) {
        return lac_fail(err, LACUNA_E_LIMIT, "%.150s: larger than %d bytes", name,
                        LAC_STORED_BYTES);
    }
    lacuna_result *result = calloc(1, sizeof *result);
    if (result == NULL) {
        return lac_fail_nomem(err);
    }
    lac_inputs_init(&result->inputs);
    lac_arena_init(&result->report.arena);
    lacuna_status status = lac_options_copy(&result->options, options, err);
    if (status == LACUNA_OK) {
        status = lac_stored_read(&result->report, json, name, err);
    }
    if (status == LACUNA_OK && result->options->baseline != NULL) {
        status = compare(result, err);
    }
    if (status == LACUNA_OK) {
        status = lac_result_tell(result, err);
    }
    if (status != LACUNA_OK) {
        lacuna_result_free(result);
        return status;
    }
    *out = result;
    return LACUNA_OK;
}

lacuna_status lacuna_result_load(lacuna_result **out, const char *path,
                                 const lacuna_options *options, lacuna_error *err)
{
    lac_arena arena;
    lac_span json;
    *out = NULL;
    lac_arena_init(&arena);
    lacuna_status status = lac_registry_file_read(&json, &arena, path, LAC_STORED_BYTES, err);
    if (status == LACUNA_OK) {
        status = load(out, json, path, options, err);
    }
    lac_arena_free(&arena);
    return status;
}

lacuna_status lacuna_result_load_memory(lacuna_result **out, const char *name, const void *data,
                                        size_t length, const lacuna_options *options,
                                        lacuna_error *err)
{
    return load(out, lac_span_make(data, length), name, options, err);
}

lacuna_status lacuna_result_baseline(const lacuna_result *result, lacuna_write_fn write, void *user,
                                     lacuna_error *err)
{
    return lac_json_baseline(&result->report, write, user, err);
}

lacuna_status lacuna_result_baseline_pruned(const lacuna_result *result, lacuna_write_fn write,
                                            void *user, lacuna_error *err)
{
    if (result->gate.baseline == NULL) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "the result was compared with no baseline");
    }
    return lac_json_baseline_pruned(&result->report, write, user, err);
}
