#include "parsers/sheet/sheet.h"

#include "support/error.h"

#include <stdlib.h>

void lac_sheets_init(lac_sheets *sheets)
{
    *sheets = (lac_sheets){.items = NULL};
    lac_arena_init(&sheets->arena);
}

void lac_sheets_free(lac_sheets *sheets)
{
    for (uint32_t i = 0; i < sheets->count; i++) {
        free(sheets->items[i].rows);
        free(sheets->items[i].cells);
    }
    free(sheets->items);
    lac_arena_free(&sheets->arena);
    *sheets = (lac_sheets){.items = NULL};
}

static lacuna_status fail_growth(lacuna_status status, const char *what, int most,
                                 lacuna_error *err)
{
    return status == LACUNA_E_LIMIT
               ? lac_fail(err, status, "the table has more than %d %s", most, what)
               : lac_fail_nomem(err);
}

lacuna_status lac_sheet_begin(lac_sheets *sheets, lac_span name, lacuna_error *err)
{
    lacuna_status status =
        lac_grow((void **)&sheets->items, &sheets->cap, (size_t)sheets->count + 1,
                 sizeof *sheets->items, LAC_SHEET_MOST);
    if (status != LACUNA_OK) {
        return fail_growth(status, "sheets", LAC_SHEET_MOST, err);
    }
    const char *kept = lac_arena_copy(&sheets->arena, name);
    if (kept == NULL) {
        return lac_fail_nomem(err);
    }
    sheets->items[sheets->count++] = (lac_sheet){.name = kept};
    return LACUNA_OK;
}

lacuna_status lac_sheet_row(lac_sheets *sheets, uint32_t number, lacuna_error *err)
{
    lac_sheet *sheet = &sheets->items[sheets->count - 1];
    if (sheet->row_count > 0 && sheet->rows[sheet->row_count - 1].count == 0) {
        sheet->row_count--; /* nothing was in the one before */
    }
    lacuna_status status =
        lac_grow((void **)&sheet->rows, &sheet->row_cap, (size_t)sheet->row_count + 1,
                 sizeof *sheet->rows, LAC_SHEET_ROWS);
    if (status != LACUNA_OK) {
        return fail_growth(status, "rows", LAC_SHEET_ROWS, err);
    }
    sheet->rows[sheet->row_count++] = (lac_row){number, sheet->cell_count, 0};
    return LACUNA_OK;
}

lacuna_status lac_sheet_add(lac_sheets *sheets, uint32_t column, lac_cell_kind kind, lac_span text,
                            lacuna_error *err)
{
    lac_sheet *sheet = &sheets->items[sheets->count - 1];
    if (text.len == 0) {
        return LACUNA_OK;
    }
    if (column >= LAC_SHEET_COLUMNS || text.len > LAC_SHEET_CELL_BYTES) {
        return lac_fail(err, LACUNA_E_LIMIT,
                        column >= LAC_SHEET_COLUMNS ? "row %u has a cell to the right of column %d"
                                                    : "row %u has a cell of more than %d bytes",
                        sheet->rows[sheet->row_count - 1].number,
                        column >= LAC_SHEET_COLUMNS ? LAC_SHEET_COLUMNS : LAC_SHEET_CELL_BYTES);
    }
    lacuna_status status =
        lac_grow((void **)&sheet->cells, &sheet->cell_cap, (size_t)sheet->cell_count + 1,
                 sizeof *sheet->cells, LAC_SHEET_CELLS);
    if (status != LACUNA_OK) {
        return fail_growth(status, "cells", LAC_SHEET_CELLS, err);
    }
    if (sheets->arena.used > LAC_SHEET_TEXT) { /* a shared string may be shown a million times */
        return lac_fail(err, LACUNA_E_LIMIT, "the table has more than %d bytes of text",
                        LAC_SHEET_TEXT);
    }
    const char *kept = lac_arena_copy(&sheets->arena, text);
    if (kept == NULL) {
        return lac_fail_nomem(err);
    }
    sheet->cells[sheet->cell_count++] = (lac_cell){column, kind, lac_span_make(kept, text.len)};
    sheet->rows[sheet->row_count - 1].count++;
    return LACUNA_OK;
}

const lac_cell *lac_sheet_cell(const lac_sheet *sheet, const lac_row *row, uint32_t column)
{
    for (uint32_t i = 0; i < row->count; i++) {
        if (sheet->cells[row->first + i].column == column) {
            return &sheet->cells[row->first + i];
        }
    }
    return NULL;
}

void lac_sheet_column_letters(char letters[8], uint32_t column)
{
    char reversed[8];
    size_t count = 0;
    uint64_t rest = (uint64_t)column + 1; /* base 26 without a zero */
    while (rest > 0) {
        rest--;
        reversed[count++] = (char)('A' + rest % 26);
        rest /= 26;
    }
    for (size_t i = 0; i < count; i++) {
        letters[i] = reversed[count - 1 - i];
    }
    letters[count] = '\0';
}
