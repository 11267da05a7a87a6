/*
 * workbook.h - a checklist's tables as an XLSX workbook, made for people who edit it.
 *
 * Form: the row of names stays in sight and filters; every cell is text, so that 6.10 stays 6.10;
 *   members that take one of a few values have a list to choose from.
 * Determinism: the same tables give the same bytes; the date of creation is a constant.
 * Limits: 32,767 characters a cell, as spreadsheets have; longer text is LACUNA_E_LIMIT.
 */
#ifndef LAC_XLSX_WORKBOOK_H
#define LAC_XLSX_WORKBOOK_H

#include "parsers/sheet/sheet.h"

/* `sheets` as lac_pack_table_make gives them. A temporary file is used and removed. */
lacuna_status lac_xlsx_workbook(const lac_sheets *sheets, lacuna_write_fn write, void *user,
                                lacuna_error *err);

/* Tables of another kind: their title, and the widths of their columns from the left; columns
 * behind the last one have its width. */
typedef struct lac_xlsx_form {
    const char *title;
    const double *widths;
    uint32_t width_count;
} lac_xlsx_form;

lacuna_status lac_xlsx_tables(const lac_sheets *sheets, const lac_xlsx_form *form,
                              lacuna_write_fn write, void *user, lacuna_error *err);

#endif
