/* Documents, submissions and the files of the gate of a stored result. */
#include "support/error.h"
#include "writers/stored/parts.h"

#include <stdio.h>

/* ---- small parts ---------------------------------------------------------------------------- */

static const char *status_name(uint32_t index)
{
    return lacuna_status_name((lacuna_status)index);
}

static const char *format_name(uint32_t index)
{
    return lac_format_name((lac_format)index);
}

static lacuna_error read_error(lac_pack_reader *r, const json_t *document)
{
    lacuna_error error = {0};
    const json_t *json = json_object_get(document, "error");
    if (json_is_object(json)) {
        error.status = (int32_t)lac_stored_choice(r, json, "status", status_name,
                                                  LACUNA_E_INTERNAL + 1, LACUNA_E_INTERNAL);
        error.line = lac_stored_number(r, json, "line");
        (void)snprintf(error.message, sizeof error.message, "%s",
                       lac_stored_text(r, json, "message"));
        (void)snprintf(error.place, sizeof error.place, "%s", lac_stored_text(r, json, "place"));
        (void)snprintf(error.remedy, sizeof error.remedy, "%s", lac_stored_text(r, json, "remedy"));
    }
    return error;
}

static lac_detection read_detection(lac_pack_reader *r, const json_t *document, const char *key)
{
    const json_t *json = json_object_get(document, key);
    return (lac_detection){.value = lac_stored_text(r, json, "value"),
                           .confidence = lac_stored_fraction(r, json, "confidence"),
                           .evidence = lac_stored_text(r, json, "evidence")};
}

static void read_notes(lac_pack_reader *r, lac_document *document, const json_t *json)
{
    const json_t *array = lac_pack_array(r, json, "notes");
    size_t size = json_array_size(array);
    lac_note *notes = size == 0 ? NULL : lac_stored_array(r, size, sizeof *notes);
    const char **parts = size == 0 ? NULL : lac_stored_array(r, size, sizeof *parts);
    for (size_t i = 0; notes != NULL && parts != NULL && i < size; i++) {
        const json_t *from = json_array_get(array, i);
        parts[i] = lac_stored_text(r, from, "part");
        notes[i] = (lac_note){.code = lac_stored_text(r, from, "code"),
                              .text = lac_stored_text(r, from, "text"),
                              .part = (uint32_t)i,
                              .text_missing = lac_stored_bool(r, from, "text_missing")};
        document->note_count = document->part_count = (uint32_t)i + 1;
    }
    document->notes = notes;
    document->parts = parts;
}

static lac_stored_document *read_shell(lac_pack_reader *r, const json_t *json)
{
    if (!json_is_string(json_object_get(json, "format"))) {
        return NULL; /* nothing was read */
    }
    lac_stored_document *of = lac_stored_array(r, 1, sizeof *of);
    if (of == NULL) {
        return NULL;
    }
    of->document.format = (lac_format)lac_stored_choice(r, json, "format", format_name,
                                                        LAC_FORMAT_XML + 1, LAC_FORMAT_TEXT);
    of->document.not_evaluated = lac_stored_text_or_null(r, json, "not_evaluated");
    of->document.pages_without_text = lac_stored_number(r, json, "pages_without_text");
    read_notes(r, &of->document, json);
    return of;
}

static void read_places(lac_pack_reader *r, lac_report_document *document, const json_t *json)
{
    const json_t *array = lac_pack_array(r, json, "leaves");
    size_t size = json_array_size(array);
    const lac_leaf_place **places = size == 0 ? NULL : lac_stored_array(r, size, sizeof *places);
    for (size_t i = 0; places != NULL && i < size && !r->out_of_memory; i++) {
        places[document->place_count++] = lac_stored_leaf(r, json_array_get(array, i));
    }
    document->places = places;
}

/* ---- results -------------------------------------------------------------------------------- */

static lac_checklist *find_checklist(const lac_report *report, const char *id)
{
    for (uint32_t i = 0; id != NULL && i < report->checklist_count; i++) {
        if (strcmp(report->checklists[i]->id, id) == 0) {
            return (lac_checklist *)report->checklists[i]; /* ours, in the arena */
        }
    }
    return NULL;
}

static bool is_of(const json_t *result, const char *checklist)
{
    const char *own = json_string_value(json_object_get(result, "checklist"));
    return own != NULL && strcmp(own, checklist) == 0;
}

/* The first document that was held to a checklist tells its items; further ones share them. */
static void read_list(lac_pack_reader *r, lac_stored_document *of, lac_checklist_result *list,
                      const json_t *results, size_t first, size_t count)
{
    lac_checklist *checklist = (lac_checklist *)list->checklist;
    lac_item *items = lac_stored_array(r, count, sizeof *items);
    list->items = lac_stored_array(r, count, sizeof *list->items);
    for (size_t i = 0; items != NULL && list->items != NULL && i < count; i++) {
        size_t mark = lac_pack_enter_index(r, first + i);
        lac_stored_item(r, of, &list->items[i], &items[i], json_array_get(results, first + i));
        bool shared = i < checklist->item_count && items[i].id != NULL &&
                      strcmp(checklist->items[i].id, items[i].id) == 0;
        if (shared) {
            list->items[i].item = &checklist->items[i];
        }
        list->item_count++;
        lac_pack_leave(r, mark);
    }
    if (checklist->items == NULL && list->item_count > 0) {
        checklist->items = items;
        checklist->item_count = list->item_count;
    }
}

static void read_results(lac_pack_reader *r, const lac_report *report, lac_stored_document *of,
                         lac_document_result *result, const json_t *json)
{
    const json_t *chosen = lac_pack_array(r, json, "checklists");
    const json_t *results = lac_pack_array(r, json, "results");
    size_t size = json_array_size(chosen), at = 0;
    result->checklists = lac_stored_array(r, size, sizeof *result->checklists);
    size_t mark = lac_pack_enter(r, "results");
    for (size_t c = 0; result->checklists != NULL && c < size; c++) {
        const json_t *choice = json_array_get(chosen, c);
        const char *id = json_string_value(json_object_get(choice, "id"));
        lac_checklist *checklist = find_checklist(report, id);
        if (checklist == NULL) {
            lac_pack_problem(r, "of a checklist that is not among \"checklists\"");
            break;
        }
        size_t first = at;
        while (at < json_array_size(results) && is_of(json_array_get(results, at), id)) {
            at++;
        }
        lac_checklist_result *list = &result->checklists[result->checklist_count++];
        list->checklist = checklist;
        list->why = lac_stored_text_or_null(r, choice, "why");
        read_list(r, of, list, results, first, at - first);
    }
    if (at != json_array_size(results)) {
        lac_pack_problem(r, "of a checklist the document was not held to, or out of order");
    }
    lac_pack_leave(r, mark);
}

/* ---- documents ------------------------------------------------------------------------------ */

static lac_document_result *read_result(lac_pack_reader *r, const lac_report *report,
                                        lac_stored_document *of, const json_t *json)
{
    if (!lac_stored_bool(r, json, "analysed")) {
        return NULL;
    }
    lac_document_result *result = lac_stored_array(r, 1, sizeof *result);
    if (result == NULL) {
        return NULL;
    }
    result->document = of == NULL ? NULL : &of->document;
    result->type = read_detection(r, json, "type_detection");
    result->language = read_detection(r, json, "language_detection");
    result->date = read_detection(r, json, "date_detection");
    result->section_count = lac_stored_number(r, json, "sections_judged");
    lac_stored_profile(r, of, &result->profile, json);
    read_results(r, report, of, result, json);
    return result;
}

static void read_document(lac_pack_reader *r, const lac_report *report, lac_report_document *out,
                          const json_t *json)
{
    lac_stored_document *of = read_shell(r, json);
    out->path = lac_stored_path(r, json);
    out->identity = lac_stored_text(r, json, "identity");
    out->error = read_error(r, json);
    out->document = of == NULL ? NULL : &of->document;
    (void)snprintf(out->digest.hex, sizeof out->digest.hex, "%s",
                   lac_stored_text(r, json, "sha256"));
    read_places(r, out, json);
    out->result = read_result(r, report, of, json);
}

static lac_submission *read_troubles(lac_pack_reader *r, const json_t *json)
{
    const json_t *array = lac_pack_array(r, json, "notes");
    size_t size = json_array_size(array);
    lac_submission *submission = lac_stored_array(r, 1, sizeof *submission);
    lac_trouble *troubles = lac_stored_array(r, size, sizeof *troubles);
    for (size_t i = 0; submission != NULL && troubles != NULL && i < size; i++) {
        const json_t *from = json_array_get(array, i);
        troubles[i] = (lac_trouble){.code = lac_stored_text(r, from, "code"),
                                    .text = lac_stored_text(r, from, "text"),
                                    .file = lac_stored_text(r, from, "part"),
                                    .id = "",
                                    .incomplete = lac_stored_bool(r, from, "text_missing")};
        submission->incomplete = submission->incomplete || troubles[i].incomplete;
        submission->trouble_count++;
    }
    if (submission != NULL) {
        submission->troubles = troubles;
    }
    return submission;
}

static void read_submission(lac_pack_reader *r, const lac_report *report, lac_report_document *out,
                            const json_t *json)
{
    lac_document_result *result = read_result(r, report, NULL, json);
    out->is_submission = true;
    out->path = lac_stored_path(r, json);
    out->identity = lac_stored_text(r, json, "identity");
    out->error = read_error(r, json);
    out->result = result;
    if (result != NULL) {
        result->application = lac_stored_text(r, json, "id");
        result->submission = read_troubles(r, json);
    }
}

static void read_control(lac_pack_reader *r, lac_report_document *out, const json_t *json)
{
    out->control = lac_stored_text(r, json, "kind");
    out->path = lac_stored_text(r, json, "path");
    out->identity = lac_stored_text(r, json, "identity");
    (void)snprintf(out->digest.hex, sizeof out->digest.hex, "%s",
                   lac_stored_text(r, json, "sha256"));
}

/* ---- all of them, in their order ------------------------------------------------------------ */

typedef void (*read_fn)(lac_pack_reader *r, const lac_report *report, lac_report_document *out,
                        const json_t *json);

static void read_all(lac_pack_reader *r, const lac_report *report, lac_report_document *documents,
                     size_t count, const json_t *root, const char *key, read_fn read)
{
    const json_t *array = lac_pack_array(r, root, key);
    size_t mark = lac_pack_enter(r, key);
    for (size_t i = 0; i < json_array_size(array) && !r->out_of_memory; i++) {
        size_t inner = lac_pack_enter_index(r, i);
        const json_t *json = json_array_get(array, i);
        uint32_t position = lac_stored_number(r, json, "position");
        if (position >= count || documents[position].path != NULL) {
            lac_pack_problem(r, "\"position\" is not its place among the documents");
        } else {
            read(r, report, &documents[position], json);
        }
        lac_pack_leave(r, inner);
    }
    lac_pack_leave(r, mark);
}

void lac_stored_documents(lac_pack_reader *r, lac_report *report, const json_t *root)
{
    const json_t *files = lac_pack_array(r, json_object_get(root, "gate"), "files");
    size_t inputs = json_array_size(lac_pack_array(r, root, "documents")) +
                    json_array_size(lac_pack_array(r, root, "submissions"));
    size_t count = inputs + json_array_size(files);
    lac_report_document *documents = lac_stored_array(r, count, sizeof *documents);
    report->identities = lac_stored_array(r, count, sizeof *report->identities);
    if (documents == NULL || report->identities == NULL) {
        return;
    }
    read_all(r, report, documents, inputs, root, "documents", read_document);
    read_all(r, report, documents, inputs, root, "submissions", read_submission);
    for (size_t i = inputs; i < count; i++) {
        read_control(r, &documents[i], json_array_get(files, i - inputs));
    }
    for (size_t i = 0; i < count; i++) {
        report->identities[i].text = documents[i].identity == NULL ? "" : documents[i].identity;
    }
    report->documents = documents;
    report->document_count = (uint32_t)count;
}

lac_stored_document *lac_stored_document_of(const lac_report_document *document)
{
    /* The first member of the stand-in that read_shell made. */
    return (lac_stored_document *)document->document;
}
