/* Cells of CSV files and workbooks. The workbooks are those of the fuzzers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/sheet/sheet.h"

#include <string.h>

static void assert_cell(const lac_sheets *sheets, uint32_t row, uint32_t column, lac_cell_kind kind,
                        const char *text)
{
    const lac_sheet *sheet = &sheets->items[0];
    for (uint32_t i = 0; i < sheet->row_count; i++) {
        if (sheet->rows[i].number == row) {
            const lac_cell *cell = lac_sheet_cell(sheet, &sheet->rows[i], column);
            assert_non_null(cell);
            assert_int_equal(cell->kind, kind);
            assert_string_equal(cell->text.ptr, text);
            return;
        }
    }
    fail_msg("no row %u", row);
}

static lacuna_status read_workbook(lac_sheets *sheets, const char *path, lacuna_error *err)
{
    lac_source source = {.kind = LAC_SOURCE_PATH, .path = path};
    lac_sheets_init(sheets);
    return lac_xlsx_read(sheets, &source, &LAC_LIMITS_DEFAULT, err);
}

#define WORKBOOK(name) LAC_TEST_DATA "/../fuzz/corpus/table/" name ".xlsx"

static void workbooks_show_what_excel_shows(void **state)
{
    (void)state;
    lac_sheets sheets;
    lacuna_error err = {0};
    assert_int_equal(read_workbook(&sheets, WORKBOOK("strings"), &err), LACUNA_OK);
    assert_int_equal(sheets.count, 1);
    assert_string_equal(sheets.items[0].name, "both");
    assert_cell(&sheets, 1, 0, LAC_CELL_TEXT, "id");
    assert_cell(&sheets, 1, 1, LAC_CELL_TEXT, "seed");    /* inline */
    assert_cell(&sheets, 3, 1, LAC_CELL_TEXT, "title");   /* of two runs, without the phonetic */
    assert_cell(&sheets, 3, 3, LAC_CELL_TEXT, "aliases"); /* of a formula */
    assert_cell(&sheets, 4, 3, LAC_CELL_TEXT, "a\nb");    /* _x000D_ and a line end are one */
    assert_cell(&sheets, 4, 4, LAC_CELL_NUMBER, "1");
    assert_cell(&sheets, 4, 5, LAC_CELL_TRUTH, "yes");
    lac_sheets_free(&sheets);
}

static void broken_workbooks_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        lacuna_status status;
    } wrong[] = {{WORKBOOK("places"), LACUNA_E_FORMAT},
                 {WORKBOOK("absent"), LACUNA_E_FORMAT},
                 {WORKBOOK("far"), LACUNA_E_LIMIT}};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        lac_sheets sheets;
        lacuna_error err = {0};
        assert_int_equal(read_workbook(&sheets, wrong[i].path, &err), wrong[i].status);
        lac_sheets_free(&sheets);
    }
}

static void reads_csv_of_every_separator(void **state)
{
    (void)state;
    static const char *const files[] = {
        "a,\"b;\"\"c\"\"\"\r\n\r\n'=x,y", "a;\"b;\"\"c\"\"\"\n\n'=x;y\n",
        "a\t\"b;\"\"c\"\"\"\n\n'=x\ty\n", "sep=;\r\na;\"b;\"\"c\"\"\"\r\n'=x;y"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        lac_sheets sheets;
        lac_sheets_init(&sheets);
        assert_int_equal(lac_csv_read(&sheets, lac_span_of(files[i]), NULL), LACUNA_OK);
        assert_cell(&sheets, i == 3 ? 2 : 1, 0, LAC_CELL_TEXT, "a");
        assert_cell(&sheets, i == 3 ? 2 : 1, 1, LAC_CELL_TEXT, "b;\"c\"");
        assert_cell(&sheets, 3, 0, LAC_CELL_TEXT, "=x");
        assert_cell(&sheets, 3, 1, LAC_CELL_TEXT, "y");
        lac_sheets_free(&sheets);
    }
}

static void names_columns_as_spreadsheets_do(void **state)
{
    (void)state;
    char letters[8];
    lac_sheet_column_letters(letters, 0);
    assert_string_equal(letters, "A");
    lac_sheet_column_letters(letters, 25);
    assert_string_equal(letters, "Z");
    lac_sheet_column_letters(letters, 26);
    assert_string_equal(letters, "AA");
    lac_sheet_column_letters(letters, 16383);
    assert_string_equal(letters, "XFD");
    lac_sheet_column_letters(letters, UINT32_MAX);
    assert_int_equal(strlen(letters), 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(workbooks_show_what_excel_shows),
        cmocka_unit_test(broken_workbooks_are_refused),
        cmocka_unit_test(reads_csv_of_every_separator),
        cmocka_unit_test(names_columns_as_spreadsheets_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
