#include "analyzer/lint.h"
#include "analyzer/near_name.h"
#include "analyzer/registry_head.h"
#include "api/lint_tailoring.h"
#include "api/options.h"
#include "include/lacuna.h"
#include "parsers/package/package.h"
#include "support/error.h"
#include "writers/output.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void write_message(lac_output *output, const char *path, const lac_lint_message *message)
{
    lac_output_text(output, path);
    lac_output_char(output, ':');
    lac_output_uint(output, message->line);
    lac_output_text(output, message->error ? ": error: " : ": warning: ");
    if (message->item[0] != '\0') {
        lac_output_text(output, message->item);
        lac_output_text(output, ": ");
    }
    lac_output_text(output, message->text);
    lac_output_text(output, " (");
    lac_output_text(output, message->pointer);
    lac_output_text(output, ")\n");
}

static void write_count(lac_output *output, uint32_t count, const char *singular)
{
    lac_output_uint(output, count);
    lac_output_char(output, ' ');
    lac_output_text(output, singular);
    lac_output_text(output, count == 1 ? "" : "s");
}

static void write_report(lac_output *output, const char *path, const lac_lint_report *report,
                         bool warnings)
{
    for (uint32_t i = 0; i < report->count; i++) {
        if (warnings || report->messages[i].error) {
            write_message(output, path, &report->messages[i]);
        }
    }
    lac_output_text(output, path);
    lac_output_text(output, ": ");
    write_count(output, report->items, "item");
    lac_output_text(output, ", ");
    write_count(output, report->facts, "fact");
    lac_output_text(output, ", ");
    write_count(output, report->tests, "test sentence");
    lac_output_text(output, ": ");
    write_count(output, report->errors, "error");
    lac_output_text(output, ", ");
    write_count(output, report->warnings, "warning");
    lac_output_text(output, report->more ? " (more are not listed)\n" : "\n");
}

/* A file that says it is something else of ours, and not by a slip of the pen. */
static bool is_foreign(lac_span json)
{
    static const char ours[] = "lacuna.checklist/1";
    json_t *root = json_loadb(json.ptr, json.len, 0, NULL);
    const char *schema = json_string_value(json_object_get(root, "schema"));
    bool foreign = schema != NULL && strncmp(schema, "lacuna.", 7) == 0 &&
                   lac_name_edits(schema, ours) > LAC_NEAR_NAME_MOST;
    json_decref(root);
    return foreign;
}

typedef enum other_file {
    NO_OTHER_FILE, /* a checklist, or meant as one */
    LOADED_FILE,   /* tried by loading it */
    TAILORING_FILE,
    FOREIGN_FILE, /* nothing here knows it */
} other_file;

/* The other data files of a checklists folder have no linter: some of them load, or do not. */
static lacuna_status load_other(other_file *other, lac_span json, const char *name,
                                lacuna_error *err)
{
    lac_arena arena;
    lac_registry_head head;
    lac_arena_init(&arena);
    *other = NO_OTHER_FILE;
    lacuna_status status = lac_registry_head_read(&head, &arena, json, name, NULL);
    if (status == LACUNA_OK && head.kind == LAC_FILE_DOCUMENT_TYPES) {
        lac_document_types *types = NULL;
        *other = LOADED_FILE;
        status = lac_document_types_load(&types, json, err);
        lac_document_types_free(types);
    } else if (status == LACUNA_OK && head.kind == LAC_FILE_SYNONYMS) {
        lac_synonyms *synonyms = NULL;
        *other = LOADED_FILE;
        status = lac_synonyms_load(&synonyms, json, err);
        lac_synonyms_free(synonyms);
    } else if (status == LACUNA_OK && head.kind == LAC_FILE_TAILORING) {
        *other = TAILORING_FILE;
    } else if (status == LACUNA_OK && head.kind == LAC_FILE_OTHER) {
        *other = is_foreign(json) ? FOREIGN_FILE : NO_OTHER_FILE;
    }
    lac_arena_free(&arena);
    return *other == LOADED_FILE ? status : LACUNA_OK;
}

static void write_other(lac_output *output, const char *path, other_file other,
                        const lacuna_error *error)
{
    lac_output_text(output, path);
    if (error->status != LACUNA_OK) {
        lac_output_text(output, ": error: ");
        lac_output_text(output, error->message);
    } else {
        lac_output_text(output, other == LOADED_FILE ? ": no checklist; it loads"
                                                     : ": no checklist; not looked at");
    }
    lac_output_char(output, '\n');
}

static lacuna_status lint_pack(uint64_t *problems, lac_output *output, lac_span json,
                               const char *path, bool warnings, lacuna_error *err)
{
    lac_lint_report *report = NULL;
    lacuna_status status = lac_lint_pack(&report, json, path, &LAC_LIMITS_DEFAULT, err);
    if (status == LACUNA_OK) {
        write_report(output, path, report, warnings);
        *problems = report->errors;
    }
    lac_lint_report_free(report);
    return status;
}

lacuna_status lacuna_checklist_lint(uint64_t *problems, const char *path,
                                    const lacuna_options *options, lacuna_write_fn write,
                                    void *user, lacuna_error *err)
{
    char *bytes = NULL;
    size_t length = 0;
    lac_source source = {.kind = LAC_SOURCE_PATH, .path = path};
    *problems = 0;
    lacuna_status status =
        lac_source_read(&bytes, &length, &source, LAC_LIMITS_DEFAULT.json_bytes, err);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_output output;
    lacuna_error load_error = {0};
    other_file other;
    lac_span json = lac_span_make(bytes, length);
    lac_output_init(&output, write, user);
    load_error.status = (int32_t)load_other(&other, json, path, &load_error);
    bool warnings = options == NULL || options->detail != LAC_DETAIL_SUMMARY;
    if (other == TAILORING_FILE) {
        status = lac_lint_tailoring(problems, &output, json, path, warnings, err);
    } else if (other != NO_OTHER_FILE) {
        write_other(&output, path, other, &load_error);
        *problems = load_error.status == LACUNA_OK ? 0 : 1;
    } else {
        status = lint_pack(problems, &output, json, path, warnings, err);
    }
    lacuna_status written = lac_output_finish(&output, status == LACUNA_OK ? err : NULL);
    free(bytes);
    return status == LACUNA_OK ? written : status;
}
