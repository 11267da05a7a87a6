#define _XOPEN_SOURCE 700 /* mkstemp */

#include "writers/xlsx/workbook.h"

#include "analyzer/pack_columns.h"
#include "support/error.h"
#include "writers/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum {
    MOST_CHARACTERS = 32767,
    SPARE_ROWS = 500,    /* below the last item, where lists to choose from work too */
    CREATED = 946684800, /* 2000-01-01: the time of making must not change the bytes */
};

typedef struct maker {
    lxw_workbook *workbook;
    lxw_worksheet *sheet;
    lxw_format *name, *text;
    const lac_xlsx_form *form; /* NULL: tables of a checklist */
    lac_buf buf;
    lacuna_error *err;
} maker;

static lacuna_status fail_library(lxw_error error, lacuna_error *err)
{
    return error == LXW_ERROR_MEMORY_MALLOC_FAILED
               ? lac_fail_nomem(err)
               : lac_fail(err, LACUNA_E_IO, "the workbook could not be written: %s",
                          lxw_strerror(error));
}

static size_t character_count(lac_span text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80 ? 1 : 0;
    }
    return count;
}

static bool is_hex(char c)
{
    return c != '\0' && strchr("0123456789abcdefABCDEF", c) != NULL;
}

/* Text that looks like "_x000D_" would be read as the character: its first line is escaped
 * (ECMA-376 part 1, 22.9.2.19). */
static lacuna_status escape(maker *m, lac_span text)
{
    lac_buf_clear(&m->buf);
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < text.len && status == LACUNA_OK; i++) {
        const char *p = text.ptr + i;
        bool code = text.len - i >= 7 && p[0] == '_' && p[1] == 'x' && is_hex(p[2]) &&
                    is_hex(p[3]) && is_hex(p[4]) && is_hex(p[5]) && p[6] == '_';
        status = code ? lac_buf_append_text(&m->buf, "_x005F_") : lac_buf_append_char(&m->buf, *p);
    }
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(m->err);
}

static const lac_column *column_named(const maker *m, const lac_sheet *sheet, uint32_t column)
{
    const lac_cell *name = lac_sheet_cell(sheet, &sheet->rows[0], column);
    int found = name == NULL || m->form != NULL
                    ? -1
                    : lac_column_find(lac_item_columns, lac_item_column_count, name->text.ptr);
    return found < 0 ? NULL : &lac_item_columns[found];
}

static lacuna_status write_cell(maker *m, const lac_sheet *sheet, uint32_t row,
                                const lac_cell *cell)
{
    const lac_column *column = row == 0 ? NULL : column_named(m, sheet, cell->column);
    lxw_col_t at = (lxw_col_t)cell->column;
    if (character_count(cell->text) > MOST_CHARACTERS) {
        return lac_fail(m->err, LACUNA_E_LIMIT,
                        "row %u: a cell of more than %d characters, which spreadsheets do not hold",
                        row + 1, MOST_CHARACTERS);
    }
    if (column != NULL && column->kind == LAC_COLUMN_COUNT) {
        lxw_error error =
            worksheet_write_number(m->sheet, row, at, strtod(cell->text.ptr, NULL), m->text);
        return error == LXW_NO_ERROR ? LACUNA_OK : fail_library(error, m->err);
    }
    lacuna_status status = escape(m, cell->text);
    if (status != LACUNA_OK) {
        return status;
    }
    lxw_error error = worksheet_write_string(m->sheet, row, at, lac_buf_text(&m->buf),
                                             row == 0 ? m->name : m->text);
    return error == LXW_NO_ERROR ? LACUNA_OK : fail_library(error, m->err);
}

/* A list to choose from, for this column in every row there is or may come. */
static lxw_error offer_choice(maker *m, const lac_sheet *sheet, lxw_col_t at,
                              const lac_column *column)
{
    char *values[16] = {NULL}; /* the library copies them, and takes no const */
    for (uint32_t i = 0; i < column->choice_count && i < 15; i++) {
        values[i] = (char *)column->choice[i];
    }
    if (column->kind == LAC_COLUMN_FLAG) {
        values[0] = (char *)"yes";
        values[1] = (char *)"no";
    }
    lxw_data_validation validation = {.validate = LXW_VALIDATION_TYPE_LIST,
                                      .ignore_blank = LXW_VALIDATION_ON,
                                      .value_list = values,
                                      .error_title = "Lacuna",
                                      .error_message = "Choose one of the list."};
    return worksheet_data_validation_range(m->sheet, 1, at, sheet->row_count + SPARE_ROWS, at,
                                           &validation);
}

static double other_width(const maker *m, uint32_t column)
{
    if (m->form == NULL) {
        return column == 0 ? 28 : 90;
    }
    uint32_t last = m->form->width_count - 1;
    return m->form->widths[column < last ? column : last];
}

/* Widths, kept-in-sight names, filters, choices. */
static lacuna_status lay_out(maker *m, const lac_sheet *sheet)
{
    uint32_t columns = sheet->rows[0].count;
    lxw_error error = LXW_NO_ERROR;
    for (uint32_t c = 0; c < columns && error == LXW_NO_ERROR; c++) {
        const lac_column *column = column_named(m, sheet, c);
        double width = column != NULL ? column->width : other_width(m, c);
        error = worksheet_set_column(m->sheet, (lxw_col_t)c, (lxw_col_t)c, width, m->text);
        if (error == LXW_NO_ERROR && column != NULL &&
            (column->choice != NULL || column->kind == LAC_COLUMN_FLAG)) {
            error = offer_choice(m, sheet, (lxw_col_t)c, column);
        }
    }
    if (error == LXW_NO_ERROR) {
        error =
            worksheet_autofilter(m->sheet, 0, 0, sheet->row_count - 1, (lxw_col_t)(columns - 1));
    }
    if (error == LXW_NO_ERROR) {
        error =
            worksheet_ignore_errors(m->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
    }
    worksheet_freeze_panes(m->sheet, 1, 1);
    return error == LXW_NO_ERROR ? LACUNA_OK : fail_library(error, m->err);
}

static lacuna_status write_sheet(maker *m, const lac_sheet *sheet)
{
    m->sheet = workbook_add_worksheet(m->workbook, sheet->name);
    if (m->sheet == NULL) {
        return lac_fail_nomem(m->err);
    }
    lacuna_status status = LACUNA_OK;
    for (uint32_t r = 0; r < sheet->row_count && status == LACUNA_OK; r++) {
        const lac_row *row = &sheet->rows[r];
        for (uint32_t i = 0; i < row->count && status == LACUNA_OK; i++) {
            status = write_cell(m, sheet, r, &sheet->cells[row->first + i]);
        }
    }
    return status == LACUNA_OK && sheet->row_count > 0 ? lay_out(m, sheet) : status;
}

static lacuna_status prepare(maker *m)
{
    const char *title = m->form == NULL ? "Checklist" : m->form->title;
    lxw_doc_properties properties = {
        .title = (char *)(uintptr_t)title, .author = "Lacuna", .created = CREATED};
    lxw_error error = workbook_set_properties(m->workbook, &properties);
    m->name = workbook_add_format(m->workbook);
    m->text = workbook_add_format(m->workbook);
    if (error != LXW_NO_ERROR || m->name == NULL || m->text == NULL) {
        return lac_fail_nomem(m->err);
    }
    format_set_bold(m->name);
    format_set_bottom(m->name, LXW_BORDER_THIN);
    format_set_num_format(m->text, "@");
    format_set_text_wrap(m->text);
    format_set_align(m->text, LXW_ALIGN_VERTICAL_TOP);
    return LACUNA_OK;
}

static lacuna_status write_workbook(const lac_sheets *sheets, const lac_xlsx_form *form,
                                    const char *path, lacuna_error *err)
{
    maker m = {.workbook = workbook_new(path), .form = form, .err = err};
    if (m.workbook == NULL) {
        return lac_fail_nomem(err);
    }
    lac_buf_init(&m.buf, (size_t)8 * LAC_SHEET_CELL_BYTES);
    lacuna_status status = prepare(&m);
    for (uint32_t i = 0; i < sheets->count && status == LACUNA_OK; i++) {
        status = write_sheet(&m, &sheets->items[i]);
    }
    lxw_error error = workbook_close(m.workbook); /* frees it, whatever happened before */
    lac_buf_free(&m.buf);
    return status != LACUNA_OK || error == LXW_NO_ERROR ? status : fail_library(error, err);
}

static lacuna_status copy_out(int descriptor, lacuna_write_fn write, void *user, lacuna_error *err)
{
    char piece[16 * 1024];
    lac_output output;
    lac_output_init(&output, write, user);
    for (;;) {
        ssize_t length = read(descriptor, piece, sizeof piece);
        if (length < 0 && errno != EINTR) {
            return lac_fail(err, LACUNA_E_IO, "the workbook could not be read back: %s",
                            strerror(errno));
        }
        if (length == 0) {
            return lac_output_finish(&output, err);
        }
        lac_output_bytes(&output, piece, length > 0 ? (size_t)length : 0);
    }
}

lacuna_status lac_xlsx_workbook(const lac_sheets *sheets, lacuna_write_fn write, void *user,
                                lacuna_error *err)
{
    return lac_xlsx_tables(sheets, NULL, write, user, err);
}

lacuna_status lac_xlsx_tables(const lac_sheets *sheets, const lac_xlsx_form *form,
                              lacuna_write_fn write, void *user, lacuna_error *err)
{
    char path[] = P_tmpdir "/lacuna-XXXXXX"; /* libxlsxwriter writes to files only */
    int descriptor = mkstemp(path);
    if (descriptor < 0) {
        return lac_fail(err, LACUNA_E_IO, "a temporary file could not be made: %s",
                        strerror(errno));
    }
    (void)close(descriptor);
    lacuna_status status = write_workbook(sheets, form, path, err);
    descriptor = status == LACUNA_OK ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (status == LACUNA_OK && descriptor < 0) {
        status =
            lac_fail(err, LACUNA_E_IO, "the workbook could not be read back: %s", strerror(errno));
    }
    if (status == LACUNA_OK) {
        status = copy_out(descriptor, write, user, err);
    }
    if (descriptor >= 0) {
        (void)close(descriptor);
    }
    (void)unlink(path);
    return status;
}
