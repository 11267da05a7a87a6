#include "writers/inventory.h"
#include "writers/json/emit.h"

static void write_operations(lac_json *json, const char *key, const uint32_t *counts, bool v4)
{
    /* In the order of the words. */
    static const lac_operation v3_words[] = {LAC_OPERATION_APPEND, LAC_OPERATION_DELETE,
                                             LAC_OPERATION_NEW, LAC_OPERATION_REPLACE};
    static const lac_operation v4_words[] = {LAC_OPERATION_ACTIVE, LAC_OPERATION_SUSPENDED};
    const lac_operation *words = v4 ? v4_words : v3_words;
    size_t count = v4 ? sizeof v4_words / sizeof v4_words[0] : sizeof v3_words / sizeof v3_words[0];
    bool other = counts[LAC_OPERATION_OTHER] > 0;
    lac_json_object(json, key);
    for (size_t i = 0; i < count; i++) {
        if (other && !v4 && words[i] == LAC_OPERATION_REPLACE) {
            lac_json_uint(json, "other", counts[LAC_OPERATION_OTHER]);
        }
        if (other && v4 && words[i] == LAC_OPERATION_SUSPENDED) {
            lac_json_uint(json, "other", counts[LAC_OPERATION_OTHER]);
        }
        lac_json_uint(json, lac_operation_name(words[i]), counts[words[i]]);
    }
    lac_json_object_end(json);
}

static void write_references(lac_json *json, const char *key, const uint32_t *counts)
{
    lac_json_object(json, key);
    lac_json_uint(json, "broken", counts[LAC_REFERENCE_BROKEN]);
    lac_json_uint(json, "resolved", counts[LAC_REFERENCE_RESOLVED]);
    lac_json_uint(json, "unresolvable", counts[LAC_REFERENCE_UNRESOLVABLE]);
    lac_json_object_end(json);
}

static void write_checksums(lac_json *json, const uint32_t *counts)
{
    static const lac_checksum order[] = {
        LAC_CHECKSUM_MISMATCH,     LAC_CHECKSUM_MISSING_FILE, LAC_CHECKSUM_NOT_GIVEN,
        LAC_CHECKSUM_NOT_READ,     LAC_CHECKSUM_OK,           LAC_CHECKSUM_OK_AFTER_CRLF,
        LAC_CHECKSUM_UNRESOLVABLE,
    };
    lac_json_object(json, "checksums");
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        lac_json_uint(json, lac_checksum_name(order[i]), counts[order[i]]);
    }
    lac_json_object_end(json);
}

static void write_by_backbone(lac_json *json, const lac_inventory_counts *counts)
{
    lac_json_object(json, "operations_by_backbone");
    write_operations(json, "index", counts->index_operations, false);
    write_operations(json, "regional", counts->regional_operations, false);
    lac_json_object_end(json);
}

static void write_document_references(lac_json *json, const lac_inventory_counts *counts)
{
    lac_json_object(json, "document_references");
    lac_json_uint(json, "broken", counts->document_references[LAC_REFERENCE_BROKEN]);
    lac_json_uint(json, "none", counts->document_references[LAC_REFERENCE_NONE]);
    lac_json_uint(json, "other_unit", counts->foreign_documents);
    lac_json_uint(json, "resolved", counts->document_references[LAC_REFERENCE_RESOLVED]);
    lac_json_uint(json, "unresolvable", counts->document_references[LAC_REFERENCE_UNRESOLVABLE]);
    lac_json_object_end(json);
}

static void write_leaves(lac_json *json, const lac_sequence *sequence)
{
    lac_json_object(json, "leaves");
    if (sequence->standard == LAC_STANDARD_ECTD_4) {
        lac_json_uint(json, "contexts", sequence->placement_count);
    } else {
        lac_json_uint(json, "index", sequence->index_leaves);
        lac_json_uint(json, "regional", sequence->regional_leaves);
    }
    lac_json_object_end(json);
}

static void write_states(lac_json *json, const lac_inventory_counts *counts)
{
    lac_json_object(json, "states");
    lac_json_uint(json, "current", counts->states[LAC_STATE_CURRENT]);
    lac_json_uint(json, "deleted", counts->states[LAC_STATE_DELETED]);
    lac_json_uint(json, "operation", counts->states[LAC_STATE_OPERATION]);
    lac_json_uint(json, "superseded", counts->states[LAC_STATE_SUPERSEDED]);
    lac_json_object_end(json);
}

static void write_files(lac_json *json, const lac_submission *submission,
                        const lac_inventory *inventory, uint32_t index)
{
    lac_json_object(json, "files");
    lac_json_uint(json, "shared", inventory->counts[index].shared);
    lac_json_uint(json, "total", inventory->counts[index].files);
    lac_json_array(json, "unreferenced");
    for (uint32_t i = inventory->starts[index]; i < inventory->starts[index + 1]; i++) {
        const lac_file *file = &submission->files[inventory->files[i]];
        if (file->reference_count == 0 && !file->exempt) {
            lac_json_text(json, NULL, file->path);
        }
    }
    lac_json_array_end(json);
    lac_json_object_end(json);
}

static void write_sequence(lac_json *json, const lac_submission *submission,
                           const lac_inventory *inventory, uint32_t index)
{
    const lac_sequence *s = &submission->sequences[index];
    bool v4 = s->standard == LAC_STANDARD_ECTD_4;
    const lac_inventory_counts *counts = &inventory->counts[index];
    lac_json_object(json, NULL);
    lac_json_uint(json, "case_mismatches", counts->case_mismatches);
    write_checksums(json, counts->checksums);
    lac_json_text(json, "company", s->company);
    lac_json_text(json, "description", s->description);
    if (v4) {
        write_document_references(json, counts);
        lac_json_uint(json, "documents", s->documents);
    }
    lac_json_text(json, "envelope_sequence", s->number);
    write_files(json, submission, inventory, index);
    lac_json_text(json, "folder", s->folder);
    if (s->grouped_in != LAC_NONE) {
        lac_json_text(json, "grouped_in", submission->sequences[s->grouped_in].folder);
    }
    lac_json_text(json, "id", s->name);
    lac_json_text(json, "index_checksum", lac_checksum_name(s->index_checksum));
    write_leaves(json, s);
    write_references(json, "modified", counts->references);
    write_operations(json, "operations", counts->operations, v4);
    if (!v4) {
        write_by_backbone(json, counts);
    }
    lac_json_text(json, "region", s->region);
    lac_json_text(json, "related", s->related);
    lac_json_text(json, "standard", lac_standard_name(s->standard));
    write_states(json, counts);
    lac_json_text(json, "submission_id", s->submission_id);
    lac_json_text(json, "submission_sub_type", s->submission_sub_type);
    lac_json_text(json, "submission_type", s->submission_type);
    lac_json_object_end(json);
}

static void write_activities(lac_json *json, const lac_submission *submission, uint32_t application)
{
    const lac_application *a = &submission->applications[application];
    lac_json_array(json, "activities");
    for (uint32_t i = 0; i < submission->activity_count; i++) {
        const lac_activity *activity = &submission->activities[i];
        if (activity->application != application) {
            continue;
        }
        lac_json_object(json, NULL);
        lac_json_text(json, "id", activity->id);
        lac_json_array(json, "sequences");
        for (uint32_t k = 0; k < a->sequence_count; k++) {
            const lac_sequence *s = &submission->sequences[a->first_sequence + k];
            if (s->activity == i) {
                lac_json_text(json, NULL, s->number[0] == '\0' ? s->name : s->number);
            }
        }
        lac_json_array_end(json);
        lac_json_text(json, "type", activity->type);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

static void write_application(lac_json *json, const lac_submission *submission,
                              const lac_inventory *inventory, uint32_t index)
{
    const lac_application *application = &submission->applications[index];
    lac_json_object(json, NULL);
    write_activities(json, submission, index);
    lac_json_text(json, "id", application->id);
    lac_json_texts(json, "missing_sequences", application->missing_sequences,
                   application->missing_count);
    lac_json_text(json, "product", application->product);
    lac_json_array(json, "sequences");
    for (uint32_t i = 0; i < application->sequence_count; i++) {
        write_sequence(json, submission, inventory, application->first_sequence + i);
    }
    lac_json_array_end(json);
    lac_json_text(json, "type", application->type);
    lac_json_object_end(json);
}

static void write_duplicates(lac_json *json, const lac_submission *submission,
                             const lac_duplicates *duplicates)
{
    lac_json_array(json, "duplicate_files");
    for (uint32_t g = 0; g < duplicates->count; g++) {
        uint32_t from = duplicates->starts[g];
        lac_json_object(json, NULL);
        lac_json_array(json, "paths");
        for (uint32_t i = from; i < duplicates->starts[g + 1]; i++) {
            lac_json_text(json, NULL, submission->files[duplicates->files[i]].path);
        }
        lac_json_array_end(json);
        lac_json_uint(json, "size", submission->files[duplicates->files[from]].size);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

static void write_keys(lac_json *json, const char *key, const lac_key *keys, uint32_t count)
{
    lac_json_array(json, key);
    for (uint32_t i = 0; i < count; i++) {
        lac_json_object(json, NULL);
        lac_json_text(json, "name", keys[i].name);
        lac_json_text(json, "value", keys[i].value);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

static void write_study_document(lac_json *json, const lac_submission *submission,
                                 const lac_study_document *document)
{
    const lac_placement *p =
        document->placement == LAC_NONE ? NULL : &submission->placements[document->placement];
    lac_json_object(json, NULL);
    lac_json_text(json, "href", document->href);
    lac_json_text(json, "info_type", document->info_type);
    lac_json_text(json, "leaf", p == NULL ? NULL : p->id);
    write_keys(json, "properties", document->properties, document->property_count);
    lac_json_text(json, "reference", lac_reference_name(document->reference));
    lac_json_text(json, "sequence", p == NULL ? NULL : submission->sequences[p->sequence].name);
    lac_json_text(json, "state", p == NULL ? NULL : lac_state_name(p->state));
    lac_json_text(json, "tag", document->tag);
    lac_json_text(json, "title", p == NULL ? NULL : p->title);
    lac_json_object_end(json);
}

static void write_study(lac_json *json, const lac_submission *submission, const lac_study *study)
{
    lac_json_object(json, NULL);
    lac_json_text(json, "application", submission->applications[study->application].id);
    write_keys(json, "categories", study->categories, study->category_count);
    lac_json_array(json, "documents");
    for (uint32_t i = 0; i < study->document_count; i++) {
        write_study_document(json, submission, &study->documents[i]);
    }
    lac_json_array_end(json);
    lac_json_text(json, "heading",
                  study->node == LAC_NONE ? "" : submission->nodes[study->node].heading);
    lac_json_text(json, "id", study->id);
    lac_json_text(json, "title", study->title);
    lac_json_object_end(json);
}

static void write_trouble(lac_json *json, const lac_trouble *trouble)
{
    lac_json_object(json, NULL);
    lac_json_text(json, "code", trouble->code);
    lac_json_text(json, "file", trouble->file);
    lac_json_text(json, "id", trouble->id);
    lac_json_bool(json, "incomplete", trouble->incomplete);
    lac_json_text(json, "message", trouble->text);
    lac_json_object_end(json);
}

static void write_all(lac_json *json, const lac_submission *submission, const char *path,
                      const lac_inventory *inventory, const lac_duplicates *duplicates)
{
    lac_json_object(json, NULL);
    lac_json_array(json, "applications");
    for (uint32_t i = 0; i < submission->application_count; i++) {
        write_application(json, submission, inventory, i);
    }
    lac_json_array_end(json);
    write_duplicates(json, submission, duplicates);
    lac_json_bool(json, "incomplete", submission->incomplete);
    lac_json_text(json, "path", path);
    lac_json_text(json, "schema", "lacuna.inventory/1");
    lac_json_array(json, "studies");
    for (uint32_t i = 0; i < submission->study_count; i++) {
        write_study(json, submission, &submission->studies[i]);
    }
    lac_json_array_end(json);
    lac_json_array(json, "troubles");
    for (uint32_t i = 0; i < submission->trouble_count; i++) {
        write_trouble(json, &submission->troubles[i]);
    }
    lac_json_array_end(json);
    lac_json_object_end(json);
}

lacuna_status lac_json_inventory(const lac_submission *submission, const char *path,
                                 lacuna_write_fn write, void *user, lacuna_error *err)
{
    lac_output output;
    lac_json json;
    lac_inventory inventory;
    lac_duplicates duplicates;
    lacuna_status status = lac_inventory_make(&inventory, submission, err);
    if (status != LACUNA_OK) {
        return status;
    }
    status = lac_duplicates_find(&duplicates, submission, err);
    if (status != LACUNA_OK) {
        lac_inventory_free(&inventory);
        return status;
    }
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    write_all(&json, submission, path, &inventory, &duplicates);
    lac_json_end(&json);
    lac_duplicates_free(&duplicates);
    lac_inventory_free(&inventory);
    return lac_output_finish(&output, err);
}
