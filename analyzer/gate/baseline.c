#include "analyzer/gate/baseline.h"

#include "analyzer/checklist_read.h"
#include "analyzer/gate/gate_file.h"
#include "support/error.h"

#include <stdlib.h>

static const char REMEDY[] = "Write it again with `lacuna baseline write`.";

static void read_entry(lac_pack_reader *r, lac_baseline_entry *entry, const json_t *json)
{
    static const char *const keys[] = {"checklist", "document", "fingerprint", "message",
                                       "rule",      "severity", NULL};
    if (!lac_pack_object(r, json, keys)) {
        return;
    }
    int severity = lac_pack_choice(r, json, "severity", lac_severity_names, LAC_SEVERITY_COUNT, -1);
    entry->fingerprint = lac_gate_hex(r, json, "fingerprint", true);
    entry->rule = lac_pack_string(r, json, "rule", true);
    entry->checklist = lac_pack_string(r, json, "checklist", false);
    entry->document = lac_pack_string(r, json, "document", true);
    entry->message = lac_pack_string(r, json, "message", true);
    entry->severity = lac_severity_names[severity < 0 ? 0 : severity];
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const lac_baseline_entry *)a)->fingerprint,
                  ((const lac_baseline_entry *)b)->fingerprint);
}

static void refuse_twice(lac_pack_reader *r, const lac_baseline *baseline)
{
    for (uint32_t i = 1; i < baseline->count && r->problems == 0; i++) {
        if (compare(&baseline->entries[i - 1], &baseline->entries[i]) == 0) {
            lac_pack_problem(r, "the fingerprint %.12s... is there twice",
                             baseline->entries[i].fingerprint);
        }
    }
}

static lacuna_status read_entries(lac_baseline *baseline, lac_gate_file *file, lacuna_error *err)
{
    static const char *const keys[] = {"$schema", "findings", "fingerprints", "schema", NULL};
    static const char *const kinds[] = {"lacuna/v1"};
    lac_pack_reader *r = &file->reader;
    if (!lac_pack_object(r, file->root, keys)) {
        return LACUNA_OK;
    }
    (void)lac_pack_choice(r, file->root, "fingerprints", kinds, 1, -1);
    const json_t *list = lac_pack_array(r, file->root, "findings");
    size_t count = json_array_size(list);
    if (list == NULL) {
        lac_pack_problem(r, "\"findings\" is missing");
    }
    if (count > LAC_BASELINE_ENTRIES) {
        return lac_fail(err, LACUNA_E_LIMIT, "%.80s: more than %d findings", baseline->name,
                        LAC_BASELINE_ENTRIES);
    }
    baseline->entries = lac_arena_array(&baseline->arena, count + 1, sizeof *baseline->entries);
    if (baseline->entries == NULL) {
        return lac_fail_nomem(err);
    }
    size_t mark = lac_pack_enter(r, "findings");
    for (size_t i = 0; i < count; i++) {
        size_t inner = lac_pack_enter_index(r, i);
        read_entry(r, &baseline->entries[i], json_array_get(list, i));
        lac_pack_leave(r, inner);
    }
    lac_pack_leave(r, mark);
    baseline->count = (uint32_t)count;
    if (r->problems == 0 && !r->out_of_memory && count > 0) {
        qsort(baseline->entries, count, sizeof *baseline->entries, compare);
        refuse_twice(r, baseline);
    }
    return LACUNA_OK;
}

lacuna_status lac_baseline_load(lac_baseline **out, lac_span json, const char *name,
                                lacuna_error *err)
{
    lac_gate_file file;
    *out = NULL;
    lac_baseline *baseline = calloc(1, sizeof *baseline);
    if (baseline == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&baseline->arena);
    baseline->name = lac_arena_copy(&baseline->arena, lac_span_of(name));
    lacuna_status status = baseline->name == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    if (status == LACUNA_OK) {
        status = lac_gate_file_open(&file, &baseline->arena, json, baseline->name,
                                    "lacuna.baseline/1", err);
    }
    if (status == LACUNA_OK) {
        baseline->digest = file.digest;
        status = lac_gate_file_close(&file, read_entries(baseline, &file, err), REMEDY, err);
    }
    if (status != LACUNA_OK) {
        lac_baseline_free(baseline);
        return status;
    }
    *out = baseline;
    return LACUNA_OK;
}

void lac_baseline_free(lac_baseline *baseline)
{
    if (baseline != NULL) {
        lac_arena_free(&baseline->arena);
        free(baseline);
    }
}

uint32_t lac_baseline_find(const lac_baseline *baseline, const char *fingerprint)
{
    const lac_baseline_entry wanted = {.fingerprint = fingerprint};
    const lac_baseline_entry *found = baseline->count == 0
                                          ? NULL
                                          : bsearch(&wanted, baseline->entries, baseline->count,
                                                    sizeof *baseline->entries, compare);
    return found == NULL ? UINT32_MAX : (uint32_t)(found - baseline->entries);
}
