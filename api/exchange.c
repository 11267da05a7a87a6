/* Checklists as tables for spreadsheets, and back. */
#include "analyzer/lint.h"
#include "analyzer/pack_canonical.h"
#include "analyzer/pack_table.h"
#include "api/catalog.h"
#include "api/options.h"
#include "parsers/package/package.h"
#include "support/error.h"
#include "writers/output.h"
#include "writers/sheet_csv.h"
#include "writers/xlsx/workbook.h"

#include <stdlib.h>

enum { TEXT_MAX = 64 << 20 };

/* ---- out ------------------------------------------------------------------------------------ */

static lacuna_status write_table(const json_t *pack, bool workbook, lacuna_write_fn write,
                                 void *user, lacuna_error *err)
{
    lac_sheets sheets;
    lac_sheets_init(&sheets);
    lacuna_status status = lac_pack_table_make(&sheets, pack, err);
    if (status == LACUNA_OK) {
        status = workbook ? lac_xlsx_workbook(&sheets, write, user, err)
                          : lac_csv_sheets(&sheets, write, user, err);
    }
    lac_sheets_free(&sheets);
    return status;
}

static lacuna_status write_json(const json_t *pack, lacuna_write_fn write, void *user,
                                lacuna_error *err)
{
    lac_buf text;
    lac_output output;
    lac_buf_init(&text, TEXT_MAX);
    lac_output_init(&output, write, user);
    lacuna_status status = lac_pack_print(&text, pack, err);
    if (status == LACUNA_OK) {
        lac_output_span(&output, lac_buf_span(&text));
        status = lac_output_finish(&output, err);
    }
    lac_buf_free(&text);
    return status;
}

lacuna_status lacuna_catalog_export(const lacuna_catalog *catalog, const char *checklist,
                                    const char *format, lacuna_write_fn write, void *user,
                                    lacuna_error *err)
{
    json_t *pack = NULL;
    json_t *ordered = NULL;
    const lac_checklist *loaded;
    lac_registry *registry = lac_catalog_registry(catalog);
    bool json = strcmp(format, "json") == 0;
    bool workbook = strcmp(format, "xlsx") == 0;
    if (!json && !workbook && strcmp(format, "csv") != 0) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "there is no format \"%.40s\": csv, xlsx or json",
                        format);
    }
    lacuna_status status = lac_registry_load(&loaded, registry, checklist, err);
    if (status == LACUNA_OK) {
        status = lac_pack_parse(&pack, lac_registry_source(registry, checklist), err);
    }
    if (status == LACUNA_OK) {
        status = lac_pack_order(&ordered, pack, err);
    }
    if (status == LACUNA_OK) {
        status = json ? write_json(ordered, write, user, err)
                      : write_table(ordered, workbook, write, user, err);
    }
    json_decref(ordered);
    json_decref(pack);
    return status;
}

/* ---- in ------------------------------------------------------------------------------------- */

typedef struct importing {
    const char *path;
    lac_output output; /* of messages */
    uint64_t problems;
    bool warnings;
} importing;

static void write_message(importing *i, bool error, const char *place, const char *item,
                          const char *text)
{
    lac_output *output = &i->output;
    lac_output_text(output, i->path);
    lac_output_text(output, ": ");
    lac_output_text(output, place);
    lac_output_text(output, place[0] == '\0' ? "" : ": ");
    lac_output_text(output, error ? "error: " : "warning: ");
    lac_output_text(output, item);
    lac_output_text(output, item[0] == '\0' ? "" : ": ");
    lac_output_text(output, text);
    lac_output_char(output, '\n');
}

static void take_problem(void *user, const char *place, const char *message)
{
    importing *i = user;
    i->problems++;
    write_message(i, true, place, "", message);
}

static lacuna_status write_lint(importing *i, const lac_lint_report *report,
                                const lac_table_places *places)
{
    lac_buf place;
    lacuna_status status = LACUNA_OK;
    lac_buf_init(&place, 1024);
    for (uint32_t m = 0; m < report->count && status == LACUNA_OK; m++) {
        const lac_lint_message *message = &report->messages[m];
        if (message->error || i->warnings) {
            status = lac_table_place(&place, places, message->pointer, message->text);
            write_message(i, message->error, lac_buf_text(&place), message->item, message->text);
        }
    }
    i->problems += report->errors;
    lac_buf_free(&place);
    return status;
}

static lacuna_status lint_table(importing *i, lac_span json, const char *name,
                                const lac_table_places *places, lacuna_error *err)
{
    lac_lint_report *report = NULL;
    lacuna_status status = lac_lint_pack(&report, json, name, &LAC_LIMITS_DEFAULT, err);
    if (status == LACUNA_OK) {
        status = write_lint(i, report, places);
    }
    lac_lint_report_free(report);
    return status;
}

static bool begins_as_zip(lac_span bytes)
{
    return bytes.len > 4 && memcmp(bytes.ptr, "PK\x03\x04", 4) == 0;
}

static lacuna_status read_sheets(lac_sheets *sheets, char **bytes, const char *path,
                                 const lacuna_options *options, lacuna_error *err)
{
    size_t length = 0;
    lac_kind kind;
    lac_source source = {.kind = LAC_SOURCE_PATH, .path = path};
    lacuna_status status =
        lac_source_read(bytes, &length, &source, LAC_LIMITS_DEFAULT.json_bytes, err);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_source memory = {
        .kind = LAC_SOURCE_MEMORY, .path = path, .memory = lac_span_make(*bytes, length)};
    if (begins_as_zip(memory.memory)) {
        return lac_xlsx_read(sheets, &memory, lac_options_limits(options), err);
    }
    status = lac_sniff(&kind, &memory, err);
    if (status == LACUNA_OK && (kind == LAC_KIND_OLE_LEGACY || kind == LAC_KIND_OLE_ENCRYPTED)) {
        return lac_fail_remedy(err, LACUNA_E_UNSUPPORTED, "save it as .xlsx or as CSV UTF-8",
                               "an old or password-protected Excel file");
    }
    return status == LACUNA_OK ? lac_csv_read(sheets, memory.memory, err) : status;
}

/* A schema is what a person need not write. */
static lacuna_status give_schema(json_t *pack, lacuna_error *err)
{
    if (json_object_get(pack, "schema") != NULL) {
        return LACUNA_OK;
    }
    json_t *schema = json_string("lacuna.checklist/1");
    return schema != NULL && json_object_set_new(pack, "schema", schema) == 0 ? LACUNA_OK
                                                                              : lac_fail_nomem(err);
}

/* Sheets to canonical text, with everything that is wrong told. */
static lacuna_status make_text(lac_buf *text, importing *i, const lac_sheets *sheets,
                               const char *name, lacuna_error *err)
{
    json_t *pack = NULL;
    json_t *ordered = NULL;
    uint32_t problems = 0;
    lac_table_places places;
    lacuna_status status =
        lac_pack_table_read(&pack, &places, &problems, sheets, take_problem, i, err);
    if (status == LACUNA_OK) {
        status = give_schema(pack, err);
    }
    if (status == LACUNA_OK) {
        status = lac_pack_order(&ordered, pack, err);
    }
    if (status == LACUNA_OK) {
        status = lac_pack_print(text, ordered, err);
    }
    if (status == LACUNA_OK && problems == 0) { /* else lint would tell what follows from them */
        status = lint_table(i, lac_buf_span(text), name, &places, err);
    }
    lac_table_places_free(&places);
    json_decref(ordered);
    json_decref(pack);
    return status;
}

lacuna_status lacuna_checklist_import(uint64_t *problems, const char *path, const char *name,
                                      const lacuna_options *options, lacuna_write_fn tell,
                                      void *tell_user, lacuna_write_fn write, void *user,
                                      lacuna_error *err)
{
    lac_sheets sheets;
    char *bytes = NULL;
    lac_buf text;
    importing i = {.path = path,
                   .warnings = options == NULL || options->detail != LAC_DETAIL_SUMMARY};
    *problems = 0;
    lac_sheets_init(&sheets);
    lac_buf_init(&text, TEXT_MAX);
    lac_output_init(&i.output, tell, tell_user);
    lacuna_status status = read_sheets(&sheets, &bytes, path, options, err);
    if (status == LACUNA_OK) {
        status = make_text(&text, &i, &sheets, name == NULL ? "" : name, err);
    }
    lacuna_status told = lac_output_finish(&i.output, status == LACUNA_OK ? err : NULL);
    status = status == LACUNA_OK ? told : status;
    *problems = i.problems;
    if (status == LACUNA_OK && i.problems == 0 && write(user, text.data, text.len) != 0) {
        status = lac_fail(err, LACUNA_E_IO, "the checklist could not be written");
    }
    lac_buf_free(&text);
    lac_sheets_free(&sheets);
    free(bytes);
    return status;
}
