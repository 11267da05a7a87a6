/* Checklists as tables: what goes out comes back, and what is wrong is told by row and column. */
#define _XOPEN_SOURCE 700 /* mkstemp */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analyzer/registry.h"
#include "include/lacuna.h"
#include "support/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int append(void *user, const void *data, size_t length)
{
    return lac_buf_append(user, data, length) == LACUNA_OK ? 0 : 1;
}

static void make_file(char *path, const char *bytes, size_t length)
{
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, bytes, length), (ssize_t)length);
    assert_int_equal(close(descriptor), 0);
}

typedef struct imported {
    lac_buf json, messages;
    uint64_t problems;
    lacuna_status status;
    lacuna_error err;
} imported;

static imported import_bytes(const char *bytes, size_t length)
{
    char path[] = "/tmp/lacuna-exchange-XXXXXX";
    imported i = {.problems = 0};
    lac_buf_init(&i.json, 1 << 26);
    lac_buf_init(&i.messages, 1 << 26);
    make_file(path, bytes, length);
    i.status = lacuna_checklist_import(&i.problems, path, NULL, NULL, append, &i.messages, append,
                                       &i.json, &i.err);
    (void)unlink(path);
    return i;
}

static void release(imported *i)
{
    lac_buf_free(&i->json);
    lac_buf_free(&i->messages);
}

static void export_one(lac_buf *out, const lacuna_catalog *catalog, const char *id,
                       const char *format)
{
    lacuna_error err = {0};
    lac_buf_init(out, 1 << 26);
    if (lacuna_catalog_export(catalog, id, format, append, out, &err) != LACUNA_OK) {
        fail_msg("%s as %s: %s", id, format, err.message);
    }
}

static void comes_back(const lacuna_catalog *catalog, const char *id, const char *format)
{
    lac_buf canonical;
    lac_buf table;
    lac_buf again;
    export_one(&canonical, catalog, id, "json");
    export_one(&table, catalog, id, format);
    export_one(&again, catalog, id, format);
    assert_true(lac_span_equal(lac_buf_span(&table), lac_buf_span(&again)));
    imported i = import_bytes(table.data, table.len);
    assert_int_equal(i.status, LACUNA_OK);
    if (i.problems > 0 || !lac_span_equal(lac_buf_span(&canonical), lac_buf_span(&i.json))) {
        fail_msg("%s as %s does not come back as it was: %.2000s", id, format,
                 lac_buf_text(&i.messages));
    }
    release(&i);
    lac_buf_free(&again);
    lac_buf_free(&table);
    lac_buf_free(&canonical);
}

/* ./test builds it with sanitizers, where every pack costs a second. */
static void every_built_in_pack_comes_back(void **state)
{
    (void)state;
    lacuna_catalog *catalog;
    lac_registry *registry;
    lacuna_error err = {0};
    assert_int_equal(lacuna_catalog_open(&catalog, NULL, &err), LACUNA_OK);
    assert_int_equal(lac_registry_new(&registry, NULL, &err), LACUNA_OK);
    assert_true(lac_registry_count(registry) > 20);
    for (uint32_t i = 0; i < lac_registry_count(registry); i++) {
        const char *id = lac_registry_entry_at(registry, i)->id;
        comes_back(catalog, id, "csv");
        comes_back(catalog, id, "xlsx");
    }
    lac_registry_free(registry);
    lacuna_catalog_free(catalog);
}

#define HEAD                                                                  \
    "id;acme\nversion;1\ntitle;T\nguidance.authority;A\nguidance.version;1\n" \
    "guidance.status;final\ndocuments;protocol\nlanguages;en\n;;\n"

static void european_excel_is_read(void **state)
{
    (void)state;
    static const char csv[] = "\xEF\xBB\xBF" HEAD "id;title;requirement;confidence;authority;"
                              "strength;aliases;expect.facts;expect.at_least\r\n"
                              "a.1;One;Say \"\"so\"\";memory;practice;may;\"Uno\r\nEins\";"
                              "\"fact: f\nany: uno two\n\nhere: '=x\";1;;;;\r\n;;;;;;\r\n"
                              "a.2;'=Two;'-so;memory;practice;may;;;\r\n";
    imported i = import_bytes(csv, sizeof csv - 1);
    assert_int_equal(i.status, LACUNA_OK);
    assert_int_equal(i.problems, 0);
    assert_non_null(strstr(i.json.data, "\"Uno\",\n        \"Eins\""));
    assert_non_null(strstr(i.json.data, "\"title\": \"=Two\""));
    assert_non_null(strstr(i.json.data, "\"requirement\": \"-so\""));
    assert_non_null(strstr(i.json.data, "\"'=x\"")); /* only the front of a cell is guarded */
    assert_non_null(strstr(i.json.data, "\"schema\": \"lacuna.checklist/1\""));
    release(&i);
}

static void assert_told(const char *csv, const char *message)
{
    imported i = import_bytes(csv, strlen(csv));
    assert_int_equal(i.status, LACUNA_OK);
    if (i.problems == 0 || strstr(lac_buf_text(&i.messages), message) == NULL) {
        fail_msg("not told: %s; but: %s", message, lac_buf_text(&i.messages));
    }
    assert_int_equal(i.json.len, 0);
    release(&i);
}

#define COLUMNS "id;title;citation;confidence;authority;strength;requirement;expect.facts\n"

static void errors_name_row_and_column(void **state)
{
    (void)state;
    assert_told(HEAD COLUMNS "a.1;T;;verified;practice;may;R\n",
                "row 11, column C (citation): error: a.1: without a citation");
    assert_told(HEAD COLUMNS "a.1;T;;memory;practice;may;\n",
                "row 11, column G (requirement): error: a.1: \"requirement\" is missing");
    assert_told(HEAD COLUMNS "a.1;T;;memory;practise;may;R\n",
                "row 11, column E (authority): error: a.1: must be one of: law");
    assert_told(HEAD COLUMNS "a.1;T;;memory;practice;may;R;\"fact: f\nany: (a\"\n",
                "row 11, column H (expect.facts): error: a.1: ");
    assert_told(HEAD COLUMNS "a.1;T;;memory;practice;may;R;any: x\n",
                "row 11, column H (expect.facts): error: line 1: the first line is \"fact: NAME\"");
    assert_told(HEAD COLUMNS "a.1;T;;memory;practice;may;R;;stray\n",
                "row 11, column I: error: the column has no name");
    assert_told(HEAD "id;titel;requirement\na.1;T;R\n",
                "row 10, column B: error: there is no member \"titel\"; is it \"title\"?");
    assert_told("guidance.effective;soon\n" HEAD COLUMNS "a.1;T;;memory;practice;may;R\n",
                "row 1, column B (guidance.effective)");
    assert_told(HEAD, "there is no row that names the columns");
    assert_told("id;x\nid;y\n" HEAD COLUMNS, "this member stands in the table twice");
}

static void what_is_no_table_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"id;\"open", "id;\xFC", "PK\x03\x04 no zip"};
    for (size_t n = 0; n < sizeof wrong / sizeof wrong[0]; n++) {
        imported i = import_bytes(wrong[n], strlen(wrong[n]));
        assert_int_equal(i.status, LACUNA_E_FORMAT);
        assert_int_equal(i.json.len, 0);
        release(&i);
    }
}

static void formulas_are_guarded(void **state)
{
    (void)state;
    static const char json[] =
        "{\"schema\":\"lacuna.checklist/1\",\"id\":\"guard\",\"version\":\"1\",\"title\":\"=1+1\","
        "\"guidance\":{\"authority\":\"'@a\",\"version\":\"-1\",\"status\":\"'s\"},"
        "\"documents\":[\"protocol\"],\"languages\":[\"en\"],\"items\":[{\"id\":\"g\","
        "\"title\":\"_x0041_\",\"requirement\":\"+R\",\"confidence\":\"memory\","
        "\"authority\":\"practice\",\"strength\":\"may\",\"aliases\":[\" a \",\"b\"]}]}";
    char folder[] = "/tmp/lacuna-guard-XXXXXX";
    char path[64];
    lacuna_options *options;
    lacuna_catalog *catalog;
    lacuna_error err = {0};
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/guard.json", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(json, file) >= 0 && fclose(file) == 0);
    assert_int_equal(lacuna_options_new(&options, &err), LACUNA_OK);
    assert_int_equal(lacuna_options_set(options, "checklist-dir", folder, &err), LACUNA_OK);
    assert_int_equal(lacuna_catalog_open(&catalog, options, &err), LACUNA_OK);
    lac_buf csv;
    export_one(&csv, catalog, "guard", "csv");
    assert_non_null(strstr(csv.data, "title,'=1+1\r\n"));
    assert_non_null(strstr(csv.data, "guidance.authority,''@a\r\n"));
    assert_non_null(strstr(csv.data, "guidance.version,'-1\r\n"));
    comes_back(catalog, "guard", "csv");
    comes_back(catalog, "guard", "xlsx");
    lac_buf_free(&csv);
    lacuna_catalog_free(catalog);
    lacuna_options_free(options);
    (void)unlink(path);
    (void)rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_built_in_pack_comes_back),
        cmocka_unit_test(european_excel_is_read),
        cmocka_unit_test(errors_name_row_and_column),
        cmocka_unit_test(what_is_no_table_is_refused),
        cmocka_unit_test(formulas_are_guarded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
