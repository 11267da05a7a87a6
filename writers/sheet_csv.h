/*
 * sheet_csv.h - tables as one CSV file (RFC 4180).
 *
 * Form: UTF-8 with a BOM, which Excel needs to know it; commas; CRLF; an empty row between sheets.
 * Text that a spreadsheet would take for a formula (it begins with = + - @, a tab or an apostrophe)
 * gets an apostrophe in front; parsers/sheet takes it off.
 */
#ifndef LAC_SHEET_CSV_H
#define LAC_SHEET_CSV_H

#include "parsers/sheet/sheet.h"
#include "writers/output.h"

lacuna_status lac_csv_sheets(const lac_sheets *sheets, lacuna_write_fn write, void *user,
                             lacuna_error *err);

#endif
