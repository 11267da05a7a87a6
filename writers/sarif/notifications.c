#include "writers/sarif/notifications.h"

#include "analyzer/ectd/places.h"
#include "analyzer/evidence.h"
#include "writers/sarif/location.h"

typedef enum kind {
    CANCELLED,
    LEFT_OUT,
    NOT_EVALUATED,
    NOT_READ,
    PARTLY_READ,
    RESULTS_LEFT_OUT,
    KIND_COUNT,
} kind;

static const struct {
    const char *id, *meaning, *level;
} KINDS[KIND_COUNT] = {
    {"lacuna/cancelled", "The run was interrupted; not every input was checked.", "error"},
    {"lacuna/left-out", "A file of a folder was left out.", "note"},
    {"lacuna/not-evaluated", "Nobody could read the text of a document, without a fault.",
     "warning"},
    {"lacuna/not-read", "An input could not be read, so it was not judged.", "error"},
    {"lacuna/partly-read", "Some text could not be read: what is missing may stand there.",
     "error"},
    {"lacuna/results-left-out", "There are more results than a SARIF file may hold.", "warning"},
};

static void write_text(lac_json *json, const char *key, const char *text)
{
    lac_json_object(json, key);
    lac_json_text(json, "text", text);
    lac_json_object_end(json);
}

void lac_sarif_write_notification_kinds(lac_json *json)
{
    lac_json_array(json, "notifications");
    for (size_t i = 0; i < KIND_COUNT; i++) {
        lac_json_object(json, NULL);
        write_text(json, "fullDescription", KINDS[i].meaning);
        write_text(json, "help", KINDS[i].meaning);
        lac_json_text(json, "id", KINDS[i].id);
        write_text(json, "shortDescription", KINDS[i].meaning);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

/* `document` NULL: about the run. `anchor` NULL: about all of the document. */
static lacuna_status write_one(lac_json *json, kind which, const lac_report_document *document,
                               const lac_anchor *anchor, const char *message, lac_buf *scratch)
{
    lacuna_status status = LACUNA_OK;
    lac_json_object(json, NULL);
    lac_json_object(json, "descriptor");
    lac_json_text(json, "id", KINDS[which].id);
    lac_json_uint(json, "index", which);
    lac_json_object_end(json);
    lac_json_text(json, "level", KINDS[which].level);
    if (document != NULL) {
        lac_json_array(json, "locations");
        status = lac_sarif_write_location(json, document, anchor, scratch);
        lac_json_array_end(json);
    }
    write_text(json, "message", message);
    lac_json_object_end(json);
    return status;
}

static lacuna_status write_error(lac_json *json, const lac_report_document *document,
                                 lac_buf *scratch)
{
    lac_buf message;
    lac_buf_init(&message, LAC_FINDING_TEXT_MAX);
    lacuna_status status = lac_append_error(&message, &document->error);
    if (status == LACUNA_OK) {
        status = write_one(json, NOT_READ, document, NULL, lac_buf_text(&message), scratch);
    }
    lac_buf_free(&message);
    return status;
}

static lacuna_status write_notes(lac_json *json, const lac_report_document *of, lac_buf *scratch)
{
    const lac_document *document = of->document;
    bool not_evaluated = lac_report_not_evaluated(of);
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; document != NULL && i < document->note_count; i++) {
        const lac_note *note = &document->notes[i];
        if (status == LACUNA_OK && (not_evaluated || note->text_missing)) {
            status = write_one(json, note->text_missing ? PARTLY_READ : NOT_EVALUATED, of, NULL,
                               note->text, scratch);
        }
    }
    return status;
}

static lacuna_status write_troubles(lac_json *json, const lac_report_document *of, lac_buf *scratch)
{
    const lac_submission *submission = of->result == NULL ? NULL : of->result->submission;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; submission != NULL && i < submission->trouble_count; i++) {
        const lac_trouble *trouble = &submission->troubles[i];
        lac_leaf_place place = lac_place_none();
        lac_anchor anchor = lac_anchor_document();
        place.file = trouble->file;
        anchor.leaf = &place;
        if (status == LACUNA_OK && trouble->incomplete) {
            status = write_one(json, PARTLY_READ, of, trouble->file[0] == '\0' ? NULL : &anchor,
                               trouble->text, scratch);
        }
    }
    return status;
}

static lacuna_status write_about(lac_json *json, const lac_report_document *document,
                                 lac_buf *scratch)
{
    lacuna_status status = LACUNA_OK;
    if (document->error.status != LACUNA_OK) {
        status = write_error(json, document, scratch);
    }
    if (status == LACUNA_OK) {
        status = write_notes(json, document, scratch);
    }
    return status == LACUNA_OK ? write_troubles(json, document, scratch) : status;
}

static lacuna_status write_left_out(lac_json *json, uint32_t left_out, lac_buf *scratch)
{
    lac_buf message;
    lac_buf_init(&message, LAC_FINDING_TEXT_MAX);
    lacuna_status status =
        lac_buf_printf(&message, "%u of the least severe results are not in this file.", left_out);
    if (status == LACUNA_OK) {
        status = write_one(json, RESULTS_LEFT_OUT, NULL, NULL, lac_buf_text(&message), scratch);
    }
    lac_buf_free(&message);
    return status;
}

lacuna_status lac_sarif_write_notifications(lac_json *json, const lac_report *report,
                                            uint32_t left_out, lac_buf *scratch)
{
    lacuna_status status = LACUNA_OK;
    lac_json_array(json, "toolExecutionNotifications");
    if (report->cancelled) {
        status = write_one(json, CANCELLED, NULL, NULL, KINDS[CANCELLED].meaning, scratch);
    }
    for (uint32_t i = 0; i < report->document_count && status == LACUNA_OK; i++) {
        status = write_about(json, &report->documents[i], scratch);
    }
    for (uint32_t i = 0; i < report->skip_count && status == LACUNA_OK; i++) {
        const lac_report_document skipped = {.path = report->skips[i].path};
        status = write_one(json, LEFT_OUT, &skipped, NULL, report->skips[i].reason, scratch);
    }
    if (left_out > 0 && status == LACUNA_OK) {
        status = write_left_out(json, left_out, scratch);
    }
    lac_json_array_end(json);
    return status;
}
