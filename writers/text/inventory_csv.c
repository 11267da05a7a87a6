#include "writers/inventory.h"
#include "writers/output.h"

/* RFC 4180; a spreadsheet takes a cell that begins with = + - @ for a formula. */
static void write_cell(lac_output *output, const char *text)
{
    lac_output_char(output, '"');
    if (text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL) {
        lac_output_char(output, '\'');
    }
    for (const char *at = text; *at != '\0'; at++) {
        lac_output_text(output, *at == '"' ? "\"" : "");
        lac_output_char(output, *at);
    }
    lac_output_text(output, "\",");
}

static void write_number(lac_output *output, uint64_t value, const char *behind)
{
    lac_output_uint(output, value);
    lac_output_text(output, behind);
}

static void write_sequence(lac_output *output, const lac_submission *submission,
                           const lac_inventory *inventory, uint32_t index)
{
    const lac_sequence *s = &submission->sequences[index];
    const lac_application *application = &submission->applications[s->application];
    const char *const cells[] = {application->id,    application->type,
                                 s->folder,          s->name,
                                 s->number,          lac_standard_name(s->standard),
                                 s->region,          s->submission_id,
                                 s->submission_type, s->submission_sub_type,
                                 s->description};
    const lac_inventory_counts *counts = &inventory->counts[index];
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        write_cell(output, cells[i]);
    }
    bool v4 = s->standard == LAC_STANDARD_ECTD_4;
    write_number(output, s->index_leaves, ",");
    write_number(output, s->regional_leaves, ",");
    write_number(output, v4 ? s->placement_count : 0, ",");
    write_number(output, s->documents, ",");
    for (int i = 0; i < LAC_OPERATION_COUNT; i++) {
        write_number(output, counts->operations[i], ",");
    }
    for (int i = LAC_REFERENCE_NONE + 1; i < LAC_REFERENCE_COUNT; i++) {
        write_number(output, counts->references[i], ",");
    }
    for (int i = 0; i < LAC_CHECKSUM_COUNT; i++) {
        write_number(output, counts->checksums[i], ",");
    }
    write_number(output, counts->case_mismatches, ",");
    write_number(output, counts->files, ",");
    write_number(output, counts->unreferenced, "\r\n");
}

static void write_names(lac_output *output)
{
    lac_output_text(output, "application,application_type,folder,sequence,envelope_sequence,"
                            "standard,region,submission_id,submission_type,submission_sub_type,"
                            "description,index_leaves,regional_leaves,contexts,documents,");
    for (int i = 0; i < LAC_OPERATION_COUNT; i++) {
        lac_output_text(output, lac_operation_name((lac_operation)i));
        lac_output_char(output, ',');
    }
    for (int i = LAC_REFERENCE_NONE + 1; i < LAC_REFERENCE_COUNT; i++) {
        lac_output_text(output, "modified_");
        lac_output_text(output, lac_reference_name((lac_reference)i));
        lac_output_char(output, ',');
    }
    for (int i = 0; i < LAC_CHECKSUM_COUNT; i++) {
        lac_output_text(output, "checksum_");
        lac_output_text(output, lac_checksum_name((lac_checksum)i));
        lac_output_char(output, ',');
    }
    lac_output_text(output, "case_mismatches,files,unreferenced_files\r\n");
}

lacuna_status lac_csv_inventory(const lac_submission *submission, lacuna_write_fn write, void *user,
                                lacuna_error *err)
{
    lac_output output;
    lac_inventory inventory;
    lacuna_status status = lac_inventory_make(&inventory, submission, err);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_output_init(&output, write, user);
    write_names(&output);
    for (uint32_t i = 0; i < submission->sequence_count; i++) {
        write_sequence(&output, submission, &inventory, i);
    }
    lac_inventory_free(&inventory);
    return lac_output_finish(&output, err);
}
