#include "writers/inventory.h"

#include "writers/output.h"

/* "name 3", separated by commas, for what is not zero. */
typedef struct list {
    lac_output *output;
    const char *lead; /* written before the first */
    bool begun;
} list;

static void item(list *l, uint64_t count, const char *name)
{
    if (count == 0) {
        return;
    }
    lac_output_text(l->output, l->begun ? ", " : l->lead);
    lac_output_uint(l->output, count);
    lac_output_char(l->output, ' ');
    for (const char *at = name; *at != '\0'; at++) {
        lac_output_char(l->output, *at == '_' ? ' ' : *at);
    }
    l->begun = true;
}

static void end(list *l)
{
    if (l->begun) {
        lac_output_char(l->output, '\n');
    }
}

/* Text of the input on one line; its controls are made harmless by the terminal's writer. */
static void write_plain(lac_output *output, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        lac_output_char(output, *at == '\n' || *at == '\r' || *at == '\t' ? ' ' : *at);
    }
}

static void write_field(lac_output *output, const char *lead, const char *text)
{
    if (text[0] != '\0') {
        lac_output_text(output, lead);
        write_plain(output, text);
    }
}

static void write_head(lac_output *output, const lac_submission *submission, const lac_sequence *s)
{
    lac_output_text(output, "  ");
    write_plain(output, s->name);
    if (s->number[0] != '\0' && lac_span_equal(lac_span_of(s->number), lac_span_of(s->name)) == 0) {
        write_field(output, " (envelope ", s->number);
        lac_output_char(output, ')');
    }
    write_field(output, "  eCTD ", lac_standard_name(s->standard));
    write_field(output, " ", s->region);
    write_field(output, "  submission ", s->submission_id);
    write_field(output, " ", s->submission_type);
    write_field(output, "/", s->submission_sub_type);
    write_field(output, "  ", s->description);
    if (s->grouped_in != LAC_NONE) {
        write_field(output, "  grouped in ", submission->sequences[s->grouped_in].folder);
    }
    lac_output_char(output, '\n');
}

static void write_sequence(lac_output *output, const lac_submission *submission,
                           const lac_inventory *inventory, uint32_t index)
{
    static const char margin[] = "      ";
    const lac_sequence *s = &submission->sequences[index];
    const lac_inventory_counts *counts = &inventory->counts[index];
    write_head(output, submission, s);
    list leaves = {output, margin, false};
    item(&leaves, s->index_leaves, "leaves in index.xml");
    item(&leaves, s->regional_leaves, "in the regional backbone");
    if (s->standard == LAC_STANDARD_ECTD_4) {
        item(&leaves, s->placement_count, "contexts of use");
        item(&leaves, s->documents, "documents");
    }
    for (int i = 0; i < LAC_OPERATION_COUNT; i++) {
        item(&leaves, counts->operations[i], lac_operation_name((lac_operation)i));
    }
    end(&leaves);
    list references = {output, "      references to earlier content: ", false};
    for (int i = LAC_REFERENCE_NONE + 1; i < LAC_REFERENCE_COUNT; i++) {
        item(&references, counts->references[i], lac_reference_name((lac_reference)i));
    }
    end(&references);
    list checksums = {output, "      checksums: ", false};
    for (int i = 0; i < LAC_CHECKSUM_COUNT; i++) {
        item(&checksums, counts->checksums[i], lac_checksum_name((lac_checksum)i));
    }
    item(&checksums, counts->case_mismatches, "found in another case");
    end(&checksums);
    list files = {output, "      files: ", false};
    item(&files, counts->files, "files");
    item(&files, counts->unreferenced, "unreferenced");
    item(&files, counts->shared, "referenced more than once");
    end(&files);
}

static void write_application(lac_output *output, const lac_submission *submission,
                              const lac_inventory *inventory, const lac_application *application)
{
    write_field(output, "\nApplication ", application->id);
    write_field(output, " ", application->type);
    write_field(output, "  ", application->product);
    lac_output_char(output, '\n');
    for (uint32_t i = 0; i < application->sequence_count; i++) {
        write_sequence(output, submission, inventory, application->first_sequence + i);
    }
    for (uint32_t i = 0; i < application->missing_count; i++) {
        lac_output_text(output,
                        i == 0 ? "  missing between the lowest and the highest sequence supplied: "
                               : ", ");
        lac_output_text(output, application->missing_sequences[i]);
    }
    lac_output_text(output, application->missing_count > 0 ? "\n" : "");
}

static void write_study(lac_output *output, const lac_submission *submission,
                        const lac_study *study)
{
    write_field(output, "  ", study->id);
    write_field(output, "  ",
                study->node == LAC_NONE ? "" : submission->nodes[study->node].heading);
    write_field(output, "  ", study->title);
    lac_output_char(output, '\n');
    for (uint32_t i = 0; i < study->document_count; i++) {
        const lac_study_document *document = &study->documents[i];
        bool found = document->placement != LAC_NONE;
        const lac_placement *p = found ? &submission->placements[document->placement] : NULL;
        if (found && p->state != LAC_STATE_CURRENT) {
            continue;
        }
        write_field(output, "      ", document->tag);
        write_field(output, ": ", found ? p->title : document->href);
        lac_output_text(output, found ? "" : " (not found)");
        lac_output_char(output, '\n');
    }
}

static void write_overview(lac_output *output, const lac_submission *submission, const char *path)
{
    list totals = {output, ": ", false};
    write_plain(output, path);
    item(&totals, submission->application_count, "applications");
    item(&totals, submission->sequence_count, "sequences");
    item(&totals, submission->placement_count, "leaves");
    item(&totals, submission->study_count, "studies");
    lac_output_text(output, submission->incomplete ? "; INCOMPLETE, see below\n" : "\n");
}

static void write_troubles(lac_output *output, const lac_submission *submission)
{
    for (uint32_t i = 0; i < submission->trouble_count; i++) {
        const lac_trouble *trouble = &submission->troubles[i];
        lac_output_text(output, i == 0 ? "\nTroubles\n" : "");
        write_field(output, "  ", trouble->file);
        write_field(output, ": ", trouble->text);
        write_field(output, "  [", trouble->code);
        lac_output_text(output, "]\n");
    }
}

lacuna_status lac_text_inventory(const lac_submission *submission, const char *path,
                                 lacuna_write_fn write, void *user, lacuna_error *err)
{
    lac_output output;
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
    write_overview(&output, submission, path);
    for (uint32_t i = 0; i < submission->application_count; i++) {
        write_application(&output, submission, &inventory, &submission->applications[i]);
    }
    lac_output_text(&output, submission->study_count > 0 ? "\nStudies\n" : "");
    for (uint32_t i = 0; i < submission->study_count; i++) {
        write_study(&output, submission, &submission->studies[i]);
    }
    list same = {&output, "\n", false};
    item(&same, duplicates.count, "contents occur in more than one file");
    end(&same);
    write_troubles(&output, submission);
    lac_duplicates_free(&duplicates);
    lac_inventory_free(&inventory);
    return lac_output_finish(&output, err);
}
