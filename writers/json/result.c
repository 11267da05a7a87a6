#include "writers/json/result.h"

#include "support/buf.h"
#include "support/build.h"
#include "support/utf8.h"
#include "writers/anchor.h"
#include "writers/gate.h"
#include "writers/json/gate.h"
#include "writers/json/items.h"
#include "writers/json/profile.h"

/* JSON cannot hold the bytes of a name that is no UTF-8; they follow as hexadecimal digits. */
static void write_path(lac_json *json, const char *path)
{
    static const char digits[] = "0123456789abcdef";
    lac_buf hex;
    lac_json_text(json, "path", path);
    if (lac_utf8_valid(lac_span_of(path))) {
        return;
    }
    lac_buf_init(&hex, 2 * strlen(path) + 1);
    for (const char *at = path; *at != '\0'; at++) {
        const unsigned char byte = (unsigned char)*at;
        const char pair[] = {digits[byte >> 4], digits[byte & 15]};
        if (lac_buf_append(&hex, pair, sizeof pair) != LACUNA_OK) {
            json->output->status = LACUNA_E_NOMEM;
        }
    }
    lac_json_text(json, "path_hex", lac_buf_text(&hex));
    lac_buf_free(&hex);
}

static void write_notices(lac_json *json, const lac_report *report, const lac_checklist *checklist)
{
    lac_json_array(json, "notices");
    for (uint32_t i = 0; i < report->notice_count; i++) {
        if (report->notices[i].checklist == checklist) {
            lac_json_text(json, NULL, report->notices[i].text);
        }
    }
    lac_json_array_end(json);
}

static void write_tailored(lac_json *json, const lac_checklist *checklist)
{
    if (checklist->tailored_count == 0) {
        return;
    }
    lac_json_array(json, "tailored_by");
    for (uint32_t i = 0; i < checklist->tailored_count; i++) {
        lac_json_object(json, NULL);
        lac_json_text(json, "digest", checklist->tailored[i].digest.hex);
        lac_json_text(json, "id", checklist->tailored[i].id);
        lac_json_text(json, "version", checklist->tailored[i].version);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

static void write_in_force(lac_json *json, const lac_checklist *checklist)
{
    if (checklist->in_force_count == 0) {
        return;
    }
    lac_json_array(json, "in_force");
    for (uint32_t i = 0; i < checklist->in_force_count; i++) {
        lac_json_object(json, NULL);
        lac_json_text(json, "effective", checklist->in_force[i].effective);
        lac_json_text(json, "region", checklist->in_force[i].region);
        lac_json_text(json, "superseded", checklist->in_force[i].superseded);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

/* Whether any document has something to tell about the item besides its status. */
static bool is_told(const lac_report *report, const lac_checklist *checklist, uint32_t item)
{
    for (uint32_t d = 0; d < report->document_count; d++) {
        const lac_document_result *result = report->documents[d].result;
        for (uint32_t c = 0; result != NULL && c < result->checklist_count; c++) {
            const lac_checklist_result *list = &result->checklists[c];
            if (list->checklist == checklist && item < list->item_count &&
                (lac_item_has_finding(&list->items[item]) ||
                 list->items[item].model_vote != NULL)) {
                return true;
            }
        }
    }
    return false;
}

/* What other formats tell of the items that have findings. */
static void write_asked(lac_json *json, const lac_report *report, const lac_checklist *checklist)
{
    lac_json_array(json, "items");
    for (uint32_t i = 0; i < checklist->item_count; i++) {
        const lac_item *item = &checklist->items[i];
        if (lac_item_is_structural(item) || !is_told(report, checklist, i)) {
            continue;
        }
        lac_json_object(json, NULL);
        lac_json_text(json, "authority", lac_authority_name(item->authority));
        lac_json_text(json, "id", item->id);
        lac_json_text(json, "requirement", item->requirement);
        lac_json_text(json, "satisfied_by", item->satisfied_by);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

static void write_checklists(lac_json *json, const lac_report *report)
{
    lac_json_array(json, "checklists");
    for (uint32_t i = 0; i < report->checklist_count; i++) {
        const lac_checklist *checklist = report->checklists[i];
        lac_json_object(json, NULL);
        lac_json_text(json, "digest", checklist->digest.hex);
        lac_json_text(json, "guidance_status", checklist->guidance_status);
        lac_json_text(json, "guidance_version", checklist->guidance_version);
        lac_json_text(json, "id", checklist->id);
        write_in_force(json, checklist);
        write_asked(json, report, checklist);
        write_notices(json, report, checklist);
        lac_json_text(json, "superseded_by", checklist->superseded_by);
        write_tailored(json, checklist);
        lac_json_text(json, "title", checklist->title);
        lac_json_text(json, "version", checklist->version);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

/* By severity, keys in byte order. */
static void write_severities(lac_json *json, const char *key,
                             const uint32_t counts[LAC_SEVERITY_COUNT])
{
    static const lac_severity order[] = {LAC_SEVERITY_CRITICAL, LAC_SEVERITY_INFO,
                                         LAC_SEVERITY_MAJOR, LAC_SEVERITY_MINOR};
    lac_json_object(json, key);
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        lac_json_uint(json, lac_severity_name(order[i]), counts[order[i]]);
    }
    lac_json_object_end(json);
}

static void write_counts(lac_json *json, const lac_report *report)
{
    const lac_report_counts *counts = &report->counts;
    lac_json_object(json, "counts");
    lac_json_uint(json, "contradicts", counts->items[LAC_CONTRADICTS]);
    lac_json_uint(json, "documents", lac_report_inputs(report) - counts->submissions);
    lac_json_uint(json, "documents-not-evaluated", counts->not_evaluated);
    write_severities(json, "findings", counts->findings);
    write_severities(json, "gaps", counts->gaps);
    lac_json_uint(json, "met", counts->items[LAC_MET]);
    lac_json_uint(json, "missing", counts->items[LAC_MISSING]);
    lac_json_uint(json, "not-applicable", counts->items[LAC_NOT_APPLICABLE]);
    lac_json_uint(json, "not-evaluated", counts->items[LAC_NOT_EVALUATED]);
    lac_json_uint(json, "pages-without-text", counts->pages_without_text);
    lac_json_uint(json, "partial", counts->items[LAC_PARTIAL]);
    lac_json_uint(json, "partly-read", counts->partly_read);
    lac_json_uint(json, "submissions", counts->submissions);
    lac_json_uint(json, "unassigned", counts->unassigned);
    lac_json_uint(json, "unread", counts->unread);
    lac_json_uint(json, "waived", counts->items[LAC_WAIVED]);
    lac_json_object_end(json);
}

static void write_error(lac_json *json, const lacuna_error *error)
{
    if (error->status == LACUNA_OK) {
        lac_json_null(json, "error");
        return;
    }
    lac_json_object(json, "error");
    lac_json_uint(json, "line", error->line);
    lac_json_text(json, "message", error->message);
    lac_json_text(json, "place", error->place);
    lac_json_text(json, "remedy", error->remedy);
    lac_json_text(json, "status", lacuna_status_name((lacuna_status)error->status));
    lac_json_object_end(json);
}

static void write_detection(lac_json *json, const char *key, const lac_detection *detection)
{
    lac_json_object(json, key);
    lac_json_fraction(json, "confidence", detection->confidence);
    lac_json_text(json, "evidence", detection->evidence == NULL ? "" : detection->evidence);
    lac_json_text(json, "value", detection->value);
    lac_json_object_end(json);
}

static void write_choices(lac_json *json, const lac_document_result *result)
{
    lac_json_array(json, "checklists");
    for (uint32_t i = 0; result != NULL && i < result->checklist_count; i++) {
        lac_json_object(json, NULL);
        lac_json_text(json, "id", result->checklists[i].checklist->id);
        lac_json_text(json, "why", result->checklists[i].why);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

static void write_notes(lac_json *json, const lac_document *document)
{
    lac_json_array(json, "notes");
    for (uint32_t i = 0; document != NULL && i < document->note_count; i++) {
        const lac_note *note = &document->notes[i];
        lac_json_object(json, NULL);
        lac_json_text(json, "code", note->code);
        lac_json_text(json, "part",
                      note->part < document->part_count ? document->parts[note->part] : "");
        lac_json_text(json, "text", note->text);
        lac_json_bool(json, "text_missing", note->text_missing);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

static void write_results(lac_json *json, const lac_report_document *document)
{
    const lac_document_result *result = document->result;
    lac_json_array(json, "results");
    for (uint32_t c = 0; result != NULL && c < result->checklist_count; c++) {
        const lac_checklist_result *list = &result->checklists[c];
        for (uint32_t i = 0; i < list->item_count; i++) {
            lac_json_item(json, document, list->checklist->id, &list->items[i]);
        }
    }
    lac_json_array_end(json);
}

/* Where a document of a submission is filed; the first placement stands for all. */
static const lac_leaf_place *first_place(const lac_report_document *document)
{
    return document->place_count == 0 ? NULL : document->places[0];
}

static void write_leaves(lac_json *json, const lac_report_document *document)
{
    if (document->place_count == 0) {
        return;
    }
    lac_json_text(json, "leaf", document->places[0]->id);
    lac_json_array(json, "leaves");
    for (uint32_t i = 0; i < document->place_count; i++) {
        lac_json_leaf(json, NULL, document->places[i]);
    }
    lac_json_array_end(json);
}

static void write_where(lac_json *json, const char *key, const char *text)
{
    if (text != NULL) {
        lac_json_text(json, key, text);
    }
}

static void write_document(lac_json *json, const lac_report *report, uint32_t index)
{
    static const lac_detection unknown = {"", 0, ""};
    const lac_report_document *document = &report->documents[index];
    const lac_document_result *result = document->result;
    const lac_leaf_place *place = first_place(document);
    lac_json_object(json, NULL);
    lac_json_bool(json, "analysed", result != NULL);
    write_choices(json, result);
    write_detection(json, "date_detection", result == NULL ? &unknown : &result->date);
    write_error(json, &document->error);
    lac_json_text(json, "format",
                  document->document == NULL ? NULL : lac_format_name(document->document->format));
    write_where(json, "heading", place == NULL ? NULL : place->heading);
    lac_json_text(json, "identity", report->identities[index].text);
    write_detection(json, "language_detection", result == NULL ? &unknown : &result->language);
    write_leaves(json, document);
    lac_json_text(json, "not_evaluated",
                  lac_report_not_evaluated(document) ? document->document->not_evaluated : NULL);
    write_notes(json, document->document);
    lac_json_uint(json, "pages_without_text",
                  document->document == NULL ? 0 : document->document->pages_without_text);
    write_path(json, document->path);
    lac_json_uint(json, "position", index);
    lac_json_profile(json, document);
    write_results(json, document);
    lac_json_uint(json, "sections_judged", result == NULL ? 0 : result->section_count);
    write_where(json, "sequence", place == NULL ? NULL : place->sequence);
    lac_json_text(json, "sha256", document->digest.hex[0] == '\0' ? NULL : document->digest.hex);
    write_where(json, "submission", place == NULL ? NULL : place->application);
    lac_json_text(json, "type", result == NULL ? "" : result->type.value);
    write_detection(json, "type_detection", result == NULL ? &unknown : &result->type);
    lac_json_object_end(json);
}

static void write_troubles(lac_json *json, const lac_document_result *result)
{
    const lac_submission *submission = result == NULL ? NULL : result->submission;
    lac_json_array(json, "notes");
    for (uint32_t i = 0; submission != NULL && i < submission->trouble_count; i++) {
        const lac_trouble *trouble = &submission->troubles[i];
        lac_json_object(json, NULL);
        lac_json_text(json, "code", trouble->code);
        lac_json_text(json, "part", trouble->file);
        lac_json_text(json, "text", trouble->text);
        lac_json_bool(json, "text_missing", trouble->incomplete);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

/* One application; where nothing could be read, the input stands for it. */
static void write_submission(lac_json *json, const lac_report *report, uint32_t index)
{
    static const lac_detection unknown = {"", 0, ""};
    const lac_report_document *document = &report->documents[index];
    const lac_document_result *result = document->result;
    lac_json_object(json, NULL);
    lac_json_bool(json, "analysed", result != NULL);
    write_choices(json, result);
    write_error(json, &document->error);
    lac_json_text(json, "id", result == NULL ? document->path : result->application);
    lac_json_text(json, "identity", report->identities[index].text);
    write_troubles(json, result);
    write_path(json, document->path);
    lac_json_uint(json, "position", index);
    write_results(json, document);
    write_detection(json, "type_detection", result == NULL ? &unknown : &result->type);
    lac_json_object_end(json);
}

static void write_documents(lac_json *json, const lac_report *report, bool submissions)
{
    lac_json_array(json, submissions ? "submissions" : "documents");
    for (uint32_t i = 0; i < report->document_count; i++) {
        const lac_report_document *document = &report->documents[i];
        if (document->control != NULL) {
            continue;
        }
        if (document->is_submission == submissions && submissions) {
            write_submission(json, report, i);
        } else if (document->is_submission == submissions) {
            write_document(json, report, i);
        }
    }
    lac_json_array_end(json);
}

static void write_finding(lac_json *json, const lac_report *report,
                          const lac_report_finding *finding)
{
    const lac_report_document *document = &report->documents[finding->document];
    lac_json_object(json, NULL);
    lac_json_array(json, "anchors");
    for (uint32_t i = 0; i < finding->anchor_count; i++) {
        lac_json_anchor(json, NULL, document->path, document->document, &finding->anchors[i]);
    }
    lac_json_array_end(json);
    lac_json_text(json, "checklist", finding->checklist);
    lac_json_text(json, "document", document->path);
    lac_json_text(json, "fingerprint", finding->fingerprint.hex);
    lac_json_text(json, "identity", report->identities[finding->document].text);
    lac_json_text(json, "message", finding->message);
    lac_json_text(json, "rule", finding->rule);
    lac_json_text(json, "severity", lac_severity_name(finding->severity));
    lac_json_text(json, "state", lac_finding_state_name(finding->state));
    lac_json_text(json, "status",
                  finding->item == NULL ? NULL : lac_item_status_name(finding->item->status));
    if (finding->subject != NULL) {
        lac_json_text(json, "subject", finding->subject);
    }
    if (finding->waiver == NULL) {
        lac_json_null(json, "waiver");
    } else {
        lac_json_waiver(json, finding->waiver);
    }
    lac_json_object_end(json);
}

static void write_absent(lac_json *json, const lac_report *report)
{
    lac_json_array(json, "absent");
    for (uint32_t i = 0; i < report->counts.absent; i++) {
        lac_json_baseline_entry(json, report->absent[i]);
    }
    lac_json_array_end(json);
}

/* Only where there is something to gate by. */
static void write_gate(lac_json *json, const lac_report *report)
{
    const lac_report_counts *counts = &report->counts;
    if (counts->controls == 0) {
        return;
    }
    lac_json_object(json, "gate");
    write_absent(json, report);
    lac_json_object(json, "counts");
    lac_json_uint(json, "absent", counts->absent);
    write_severities(json, "new", counts->fresh);
    lac_json_uint(json, "not-looked-at", counts->unseen);
    lac_json_uint(json, "unchanged", counts->unchanged);
    lac_json_uint(json, "waived", counts->waived);
    lac_json_object_end(json);
    lac_json_array(json, "files");
    for (uint32_t i = 0; i < report->document_count; i++) {
        const lac_report_document *document = &report->documents[i];
        if (document->control != NULL) {
            lac_json_object(json, NULL);
            lac_json_text(json, "identity", report->identities[i].text);
            lac_json_text(json, "kind", document->control);
            lac_json_text(json, "path", document->path);
            lac_json_text(json, "sha256", document->digest.hex);
            lac_json_object_end(json);
        }
    }
    lac_json_array_end(json);
    lac_json_object_end(json);
}

static void write_skips(lac_json *json, const lac_report *report)
{
    lac_json_array(json, "skipped");
    for (uint32_t i = 0; i < report->skip_count; i++) {
        lac_json_object(json, NULL);
        write_path(json, report->skips[i].path);
        lac_json_text(json, "reason", report->skips[i].reason);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

static void write_tool(lac_json *json, const lac_report *report)
{
    char build[LAC_BUILD_ID_SIZE];
    lac_report_build(build, report);
    lac_json_object(json, "tool");
    lac_json_text(json, "build", build);
    lac_json_text(json, "name", "lacuna");
    lac_json_text(json, "version", lac_report_version(report));
    lac_json_object_end(json);
}

/* Only where a model was asked. */
static void write_judge(lac_json *json, const lac_report_judge *judge)
{
    const lacuna_judge_summary *summary = &judge->summary;
    if (judge->model == NULL) {
        return;
    }
    lac_json_object(json, "judge");
    lac_json_uint(json, "agreed", summary->agreed);
    lac_json_uint(json, "asked", summary->asked);
    lac_json_text(json, "audit_head", summary->audit_head[0] == '\0' ? NULL : summary->audit_head);
    lac_json_uint(json, "differed", summary->differed);
    lac_json_uint(json, "failed", summary->failed);
    lac_json_text(json, "first_failure",
                  summary->first_failure[0] == '\0' ? NULL : summary->first_failure);
    lac_json_uint(json, "items", summary->items);
    lac_json_uint(json, "kept", summary->kept);
    lac_json_text(json, "model", judge->model);
    lac_json_uint(json, "questions", summary->questions);
    lac_json_uint(json, "undecided", summary->undecided);
    lac_json_object_end(json);
}

/* Only where something was told. */
static void write_profile(lac_json *json, const lac_told_facts *told)
{
    if (told->count > 0) {
        lac_json_array(json, "profile");
        for (uint32_t i = 0; i < told->count; i++) {
            lac_json_text(json, NULL, told->texts[i]);
        }
        lac_json_array_end(json);
    }
}

static void write_report(lac_json *json, const lac_report *report)
{
    lac_json_object(json, NULL);
    lac_json_text(json, "as_of", report->as_of);
    lac_json_bool(json, "cancelled", report->cancelled);
    write_checklists(json, report);
    if (report->chosen_count > 0) {
        lac_json_texts(json, "chosen_checklists", report->chosen, report->chosen_count);
    }
    write_counts(json, report);
    write_documents(json, report, false);
    lac_json_array(json, "findings");
    for (uint32_t i = 0; i < report->finding_count; i++) {
        write_finding(json, report, &report->findings[i]);
    }
    lac_json_array_end(json);
    write_gate(json, report);
    write_judge(json, &report->judge);
    write_profile(json, &report->told);
    lac_json_text(json, "schema", "lacuna.result/1");
    write_skips(json, report);
    write_documents(json, report, true);
    write_tool(json, report);
    lac_json_text(json, "verdict", lac_verdict_name(report->verdict));
    lac_json_object_end(json);
}

lacuna_status lac_json_result(const lac_report *report, lacuna_write_fn write, void *user,
                              lacuna_error *err)
{
    lac_output output;
    lac_json json;
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    write_report(&json, report);
    lac_json_end(&json);
    return lac_output_finish(&output, err);
}
