#include "writers/stored/stored.h"

#include "support/error.h"
#include "writers/gate.h"
#include "writers/stored/parts.h"

#include <stdio.h>

static const char REMEDY[] = "Write it again with `lacuna check --format json`.";

enum { TOLD_MAX = 16 * 1024 };

/* ---- findings ------------------------------------------------------------------------------- */

/* Findings stand in the order of their documents, so the search goes on where it was. */
static uint32_t find_document(const lac_report *report, const char *identity, uint32_t from)
{
    for (uint32_t i = 0; i < report->document_count; i++) {
        uint32_t at = (from + i) % report->document_count;
        if (strcmp(report->identities[at].text, identity) == 0) {
            return at;
        }
    }
    return LAC_NONE;
}

static lac_item_result *find_item(const lac_report_document *document, const char *checklist,
                                  const char *id)
{
    const lac_document_result *result = document->result;
    for (uint32_t c = 0; result != NULL && c < result->checklist_count; c++) {
        const lac_checklist_result *list = &result->checklists[c];
        for (uint32_t i = 0; strcmp(list->checklist->id, checklist) == 0 && i < list->item_count;
             i++) {
            if (strcmp(list->items[i].item->id, id) == 0) {
                return &list->items[i];
            }
        }
    }
    return NULL;
}

static const lac_waiver *read_waiver(lac_pack_reader *r, const json_t *json)
{
    const json_t *from = json_object_get(json, "waiver");
    lac_waiver *waiver = json_is_object(from) ? lac_stored_array(r, 1, sizeof *waiver) : NULL;
    if (waiver == NULL) {
        return NULL;
    }
    waiver->approver = lac_stored_text(r, from, "approver");
    waiver->created = lac_stored_text(r, from, "created");
    waiver->expires = lac_stored_text(r, from, "expires");
    waiver->id = lac_stored_text(r, from, "id");
    waiver->justification = lac_stored_text(r, from, "justification");
    if (lac_waiver_tell(waiver, r->arena) != LACUNA_OK) {
        r->out_of_memory = true;
    }
    return waiver;
}

static void read_anchors(lac_pack_reader *r, lac_report_finding *finding, lac_stored_document *of,
                         const json_t *json)
{
    const json_t *array = lac_pack_array(r, json, "anchors");
    size_t size = json_array_size(array);
    if (size == 0) {
        lac_pack_problem(r, "\"anchors\" is missing");
        return;
    }
    lac_anchor *anchors = lac_stored_array(r, size, sizeof *anchors);
    for (size_t i = 0; anchors != NULL && i < size; i++) {
        anchors[i] = lac_stored_anchor(r, of, json_array_get(array, i));
        finding->anchor_count++;
    }
    finding->anchors = anchors;
}

static const char *state_name(uint32_t index)
{
    return lac_finding_state_name((lac_finding_state)index);
}

static void bind_item(lac_pack_reader *r, lac_report_finding *finding,
                      const lac_report_document *document)
{
    if (finding->checklist == NULL) {
        return;
    }
    finding->item = find_item(document, finding->checklist, finding->rule);
    if (finding->item == NULL) {
        lac_pack_problem(r, "it stands for an item that is not among the results");
        return;
    }
    finding->item->known = finding->state == LAC_FINDING_UNCHANGED;
    finding->item->waiver = finding->waiver;
}

static void read_finding(lac_pack_reader *r, const lac_report *report, lac_report_finding *finding,
                         uint32_t *hint, const json_t *json)
{
    uint32_t document = find_document(report, lac_stored_text(r, json, "identity"), *hint);
    if (document == LAC_NONE) {
        lac_pack_problem(r, "\"identity\" is that of no document");
        return;
    }
    *hint = finding->document = document;
    finding->rule = lac_stored_text(r, json, "rule");
    finding->checklist = lac_stored_text_or_null(r, json, "checklist");
    finding->severity = (lac_severity)lac_stored_choice(
        r, json, "severity", lac_stored_severity_name, LAC_SEVERITY_COUNT, LAC_SEVERITY_INFO);
    finding->message = lac_stored_text(r, json, "message");
    finding->subject = lac_stored_text_or_null(r, json, "subject");
    finding->state =
        (lac_finding_state)lac_stored_choice(r, json, "state", state_name, 2, LAC_FINDING_NEW);
    (void)snprintf(finding->fingerprint.hex, sizeof finding->fingerprint.hex, "%s",
                   lac_stored_text(r, json, "fingerprint"));
    finding->waiver = read_waiver(r, json);
    read_anchors(r, finding, lac_stored_document_of(&report->documents[document]), json);
    bind_item(r, finding, &report->documents[document]);
}

static void read_findings(lac_pack_reader *r, lac_report *report, const json_t *root)
{
    const json_t *array = lac_pack_array(r, root, "findings");
    size_t size = json_array_size(array);
    uint32_t hint = 0;
    report->findings = lac_stored_array(r, size, sizeof *report->findings);
    size_t mark = lac_pack_enter(r, "findings");
    for (size_t i = 0; report->findings != NULL && i < size && r->problems == 0; i++) {
        size_t inner = lac_pack_enter_index(r, i);
        read_finding(r, report, &report->findings[i], &hint, json_array_get(array, i));
        report->finding_count++;
        lac_pack_leave(r, inner);
    }
    lac_pack_leave(r, mark);
}

/* ---- the rest ------------------------------------------------------------------------------- */

static void read_judge(lac_pack_reader *r, lac_report *report, const json_t *root)
{
    const json_t *json = json_object_get(root, "judge");
    lacuna_judge_summary *summary = &report->judge.summary;
    if (json == NULL) {
        return;
    }
    report->judge.model = lac_stored_text(r, json, "model");
    const struct {
        const char *key;
        uint64_t *value;
    } numbers[] = {{"agreed", &summary->agreed},       {"asked", &summary->asked},
                   {"differed", &summary->differed},   {"failed", &summary->failed},
                   {"items", &summary->items},         {"kept", &summary->kept},
                   {"questions", &summary->questions}, {"undecided", &summary->undecided}};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        *numbers[i].value = lac_stored_number(r, json, numbers[i].key);
    }
    (void)snprintf(summary->audit_head, sizeof summary->audit_head, "%s",
                   lac_stored_text(r, json, "audit_head"));
    (void)snprintf(summary->first_failure, sizeof summary->first_failure, "%s",
                   lac_stored_text(r, json, "first_failure"));
}

static void read_skips(lac_pack_reader *r, lac_report *report, const json_t *root)
{
    const json_t *array = lac_pack_array(r, root, "skipped");
    size_t size = json_array_size(array);
    lac_report_skip *skips = lac_stored_array(r, size, sizeof *skips);
    for (size_t i = 0; skips != NULL && i < size; i++) {
        const json_t *json = json_array_get(array, i);
        skips[i] = (lac_report_skip){lac_stored_path(r, json), lac_stored_text(r, json, "reason")};
        report->skip_count++;
    }
    report->skips = skips;
}

static void read_absent(lac_pack_reader *r, lac_report *report, const json_t *gate)
{
    const json_t *array = lac_pack_array(r, gate, "absent");
    size_t size = json_array_size(array);
    lac_baseline_entry *entries = lac_stored_array(r, size, sizeof *entries);
    report->absent = lac_stored_array(r, size, sizeof(const lac_baseline_entry *));
    for (size_t i = 0; entries != NULL && report->absent != NULL && i < size; i++) {
        const json_t *json = json_array_get(array, i);
        entries[i] =
            (lac_baseline_entry){.fingerprint = lac_stored_text(r, json, "fingerprint"),
                                 .rule = lac_stored_text(r, json, "rule"),
                                 .checklist = lac_stored_text_or_null(r, json, "checklist"),
                                 .document = lac_stored_text(r, json, "document"),
                                 .severity = lac_stored_text(r, json, "severity"),
                                 .message = lac_stored_text(r, json, "message")};
        report->absent[report->counts.absent++] = &entries[i];
    }
}

/* Of the baseline itself only that there was one, and what became of it, is kept. */
static void read_gate(lac_pack_reader *r, lac_report *report, const json_t *root)
{
    const json_t *gate = json_object_get(root, "gate");
    if (gate == NULL) {
        return;
    }
    read_absent(r, report, gate);
    report->counts.unseen = lac_stored_number(r, json_object_get(gate, "counts"), "not-looked-at");
    for (uint32_t i = 0; i < report->document_count; i++) {
        const char *control = report->documents[i].control;
        if (control != NULL && strcmp(control, "baseline") == 0) {
            report->baseline = lac_stored_array(r, 1, sizeof *report->baseline);
        }
    }
}

static void read_run(lac_pack_reader *r, lac_report *report, const json_t *root)
{
    const json_t *tool = json_object_get(root, "tool");
    (void)snprintf(report->as_of, sizeof report->as_of, "%s", lac_stored_text(r, root, "as_of"));
    report->cancelled = lac_stored_bool(r, root, "cancelled");
    report->tool_version = lac_stored_text(r, tool, "version");
    report->tool_build = lac_stored_text(r, tool, "build");
    report->chosen = lac_stored_texts(r, root, "chosen_checklists", &report->chosen_count);
    report->told.texts = lac_stored_texts(r, root, "profile", &report->told.count);
    read_judge(r, report, root);
    read_skips(r, report, root);
}

static void close_documents(lac_pack_reader *r, lac_report *report)
{
    for (uint32_t i = 0; i < report->document_count; i++) {
        if (report->documents[i].document != NULL) {
            lac_stored_document_close(r, lac_stored_document_of(&report->documents[i]));
        }
    }
}

static void read_report(lac_pack_reader *r, lac_report *report, const json_t *root)
{
    if (!json_is_object(root)) {
        lac_pack_problem(r, "must be an object");
        return;
    }
    if (lac_pack_array(r, root, "documents") == NULL ||
        lac_pack_array(r, root, "findings") == NULL) {
        lac_pack_problem(r, "\"documents\" or \"findings\" is missing");
        return;
    }
    read_run(r, report, root);
    lac_stored_checklists(r, report, root);
    lac_stored_documents(r, report, root);
    lac_stored_asked(r, report, root);
    read_findings(r, report, root);
    read_gate(r, report, root);
    close_documents(r, report);
    lac_report_count(report);
}

lacuna_status lac_stored_read(lac_report *report, lac_span json, const char *name,
                              lacuna_error *err)
{
    lac_gate_file file;
    *report = (lac_report){0};
    lac_arena_init(&report->arena);
    lacuna_status status =
        lac_gate_file_open(&file, &report->arena, json, name, "lacuna.result/1", err);
    if (status == LACUNA_OK) {
        if (file.reader.problems == 0) {
            read_report(&file.reader, report, file.root);
        }
        status = lac_gate_file_close(&file, LACUNA_OK, REMEDY, err);
    }
    if (status != LACUNA_OK) {
        lac_report_free(report);
    }
    return status;
}
