#include "writers/json/gate.h"

#include "support/error.h"

#include <stdlib.h>

void lac_json_waiver(lac_json *json, const lac_waiver *waiver)
{
    lac_json_object(json, "waiver");
    lac_json_text(json, "approver", waiver->approver);
    lac_json_text(json, "created", waiver->created);
    lac_json_text(json, "expires", waiver->expires);
    lac_json_text(json, "id", waiver->id);
    lac_json_text(json, "justification", waiver->justification);
    lac_json_object_end(json);
}

void lac_json_decision(lac_json *json, const lac_decision *decision, lac_item_status undecided)
{
    lac_json_object(json, "decision");
    lac_json_text(json, "by", decision->by);
    lac_json_text(json, "decided", decision->decided);
    lac_json_text(json, "otherwise", lac_item_status_name(undecided));
    lac_json_text(json, "reason", decision->reason);
    lac_json_object_end(json);
}

void lac_json_baseline_entry(lac_json *json, const lac_baseline_entry *entry)
{
    lac_json_object(json, NULL);
    if (entry->checklist != NULL) {
        lac_json_text(json, "checklist", entry->checklist);
    }
    lac_json_text(json, "document", entry->document);
    lac_json_text(json, "fingerprint", entry->fingerprint);
    lac_json_text(json, "message", entry->message);
    lac_json_text(json, "rule", entry->rule);
    lac_json_text(json, "severity", entry->severity);
    lac_json_object_end(json);
}

/* ---- files ---------------------------------------------------------------------------------- */

/* By document and rule, so that a change of the file is read as one. */
static int compare(const void *a, const void *b)
{
    const lac_baseline_entry *x = a;
    const lac_baseline_entry *y = b;
    int order = strcmp(x->document, y->document);
    order = order != 0 ? order : strcmp(x->rule, y->rule);
    return order != 0 ? order : strcmp(x->fingerprint, y->fingerprint);
}

static lacuna_status write_file(lac_baseline_entry *entries, size_t count, lacuna_write_fn write,
                                void *user, lacuna_error *err)
{
    lac_output output;
    lac_json json;
    if (count > 1) {
        qsort(entries, count, sizeof *entries, compare);
    }
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    lac_json_object(&json, NULL);
    lac_json_array(&json, "findings");
    for (size_t i = 0; i < count; i++) {
        lac_json_baseline_entry(&json, &entries[i]);
    }
    lac_json_array_end(&json);
    lac_json_text(&json, "fingerprints", "lacuna/v1");
    lac_json_text(&json, "schema", "lacuna.baseline/1");
    lac_json_object_end(&json);
    lac_json_end(&json);
    return lac_output_finish(&output, err);
}

static lac_baseline_entry entry_of(const lac_report *report, const lac_report_finding *finding)
{
    return (lac_baseline_entry){.fingerprint = finding->fingerprint.hex,
                                .rule = finding->rule,
                                .checklist = finding->checklist,
                                .document = report->identities[finding->document].text,
                                .severity = lac_severity_name(finding->severity),
                                .message = finding->message};
}

lacuna_status lac_json_baseline(const lac_report *report, lacuna_write_fn write, void *user,
                                lacuna_error *err)
{
    size_t count = 0;
    lac_baseline_entry *entries = calloc((size_t)report->finding_count + 1, sizeof *entries);
    if (entries == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < report->finding_count; i++) {
        if (report->findings[i].waiver == NULL) {
            entries[count++] = entry_of(report, &report->findings[i]);
        }
    }
    lacuna_status status = write_file(entries, count, write, user, err);
    free(entries);
    return status;
}

lacuna_status lac_json_baseline_pruned(const lac_report *report, lacuna_write_fn write, void *user,
                                       lacuna_error *err)
{
    size_t count = 0;
    const lac_baseline *baseline = report->baseline;
    lacuna_status status = LACUNA_OK;
    lac_baseline_entry *entries = calloc((size_t)baseline->count + 1, sizeof *entries);
    bool *absent = calloc((size_t)baseline->count + 1, sizeof *absent);
    if (entries == NULL || absent == NULL) {
        status = lac_fail_nomem(err);
        goto cleanup;
    }
    for (uint32_t i = 0; i < report->counts.absent; i++) {
        absent[report->absent[i] - baseline->entries] = true;
    }
    for (uint32_t i = 0; i < baseline->count; i++) {
        if (!absent[i]) {
            entries[count++] = baseline->entries[i];
        }
    }
    status = write_file(entries, count, write, user, err);
cleanup:
    free(entries);
    free(absent);
    return status;
}
