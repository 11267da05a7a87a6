/*
 * sheet.h - tables of cells, as spreadsheet programs write them: CSV files and XLSX workbooks.
 *
 * Purpose: one form for checklists that people edit in a spreadsheet; what a cell holds is told as
 *   text, together with the row number the program shows, so that messages can name the place.
 * Ownership: lac_sheets owns its sheets, their arrays and the text; freed by lac_sheets_free.
 * Invariants: cells are in the order of rows and columns; empty ones are left out.
 * Limits: LAC_SHEET_*; a file as a whole by json_bytes and the package limits of lac_limits.
 */
#ifndef LAC_SHEET_H
#define LAC_SHEET_H

#include "include/lacuna.h"
#include "parsers/package/package.h"
#include "support/arena.h"
#include "support/buf.h"

enum {
    LAC_SHEET_MOST = 64,           /* sheets of a workbook */
    LAC_SHEET_ROWS = 20000,        /* rows with something in them, of one sheet */
    LAC_SHEET_COLUMNS = 256,       /* cells to the right of that must be empty */
    LAC_SHEET_CELLS = 1000000,     /* of one sheet */
    LAC_SHEET_CELL_BYTES = 262144, /* of one cell; spreadsheets hold 32,767 characters */
    LAC_SHEET_TEXT = 64 << 20,     /* bytes of all cells */
};

typedef enum lac_cell_kind {
    LAC_CELL_TEXT,
    LAC_CELL_NUMBER, /* a number or a date: what was typed is not known any more */
    LAC_CELL_TRUTH,  /* TRUE or FALSE; the text says "yes" or "no" */
    LAC_CELL_FAULT,  /* an error value: #REF! */
} lac_cell_kind;

typedef struct lac_cell {
    uint32_t column; /* from 0 */
    lac_cell_kind kind;
    lac_span text;
} lac_cell;

typedef struct lac_row {
    uint32_t number; /* from 1, as spreadsheet programs count */
    uint32_t first;  /* of its cells */
    uint32_t count;
} lac_row;

typedef struct lac_sheet {
    const char *name; /* "": a CSV file has none */
    lac_row *rows;
    lac_cell *cells;
    uint32_t row_count, cell_count;
    size_t row_cap, cell_cap;
} lac_sheet;

typedef struct lac_sheets {
    lac_arena arena;
    lac_sheet *items;
    uint32_t count;
    size_t cap;
} lac_sheets;

void lac_sheets_init(lac_sheets *sheets);
void lac_sheets_free(lac_sheets *sheets);

/* Building: a sheet, its rows, their cells, from left to right. Empty text adds nothing. */
lacuna_status lac_sheet_begin(lac_sheets *sheets, lac_span name, lacuna_error *err);
lacuna_status lac_sheet_row(lac_sheets *sheets, uint32_t number, lacuna_error *err);
lacuna_status lac_sheet_add(lac_sheets *sheets, uint32_t column, lac_cell_kind kind, lac_span text,
                            lacuna_error *err);

/* NULL: the cell is empty. */
const lac_cell *lac_sheet_cell(const lac_sheet *sheet, const lac_row *row, uint32_t column);

/* "A" ... "Z", "AA" ...; `letters` holds at least 8 bytes. */
void lac_sheet_column_letters(char letters[8], uint32_t column);

/* RFC 4180, with a BOM or without, separated by comma, semicolon or tab, whichever the first line
 * has most of. LACUNA_E_FORMAT for bytes that are no UTF-8 and for a quote that does not end. */
lacuna_status lac_csv_read(lac_sheets *sheets, lac_span csv, lacuna_error *err);

/* An XLSX workbook (ECMA-376 part 1, 18): the visible text of every worksheet. Formulas count with
 * the value that was stored with them. */
lacuna_status lac_xlsx_read(lac_sheets *sheets, const lac_source *source, const lac_limits *limits,
                            lacuna_error *err);

#endif
