/*
 * pack_table.h - a checklist pack as a table for a spreadsheet, and back.
 *
 * Purpose: two sheets, "checklist" (one member of the head a row) and "items" (one item a row, one
 *   member a column). A value no cell can hold stays as JSON in the column "more", so nothing is
 *   lost: the pack that is read back is the pack that was written.
 * Ownership: sheets, trees and places belong to the caller.
 * Limits: those of sheet.h.
 */
#ifndef LAC_PACK_TABLE_H
#define LAC_PACK_TABLE_H

#include "analyzer/pack_columns.h"
#include "parsers/sheet/sheet.h"

#include <jansson.h>

/* `pack` has its members in order (lac_pack_order). */
lacuna_status lac_pack_table_make(lac_sheets *sheets, const json_t *pack, lacuna_error *err);

/* Where a table says what; borrows the names of the sheets. */
typedef struct lac_table_places {
    const char *head_sheet, *item_sheet;
    uint32_t head_rows[LAC_MOST_COLUMNS]; /* row of a head column; 0: none */
    uint32_t columns[LAC_MOST_COLUMNS];   /* of an item column, from 0; UINT32_MAX: none */
    uint32_t *item_rows;                  /* lac_table_places_free */
    uint32_t item_count;
    size_t item_cap;
} lac_table_places;

void lac_table_places_free(lac_table_places *places);

/* The place of a member of the pack, by JSON pointer: "sheet items, row 14, column C (citation)".
 * A message that begins with a name is about that member of what is pointed to. Empties
 * `out` where the table does not say it. */
lacuna_status lac_table_place(lac_buf *out, const lac_table_places *places, const char *pointer,
                              const char *message);

typedef void (*lac_table_problem_fn)(void *user, const char *place, const char *message);

/* Reads the pack of a workbook or a CSV file. What is wrong with the table goes to `report` and
 * makes *problems; the tree then holds what could be read. */
lacuna_status lac_pack_table_read(json_t **pack, lac_table_places *places, uint32_t *problems,
                                  const lac_sheets *sheets, lac_table_problem_fn report, void *user,
                                  lacuna_error *err);

#endif
