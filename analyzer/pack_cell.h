/*
 * pack_cell.h - one member of a pack as the text of a cell, and back.
 *
 * Purpose: lists are lines, facts are lines with a word in front; checklists/README.md "Tables".
 * Invariants: what lac_cell_fits allows, lac_cell_parse gives back equal.
 */
#ifndef LAC_PACK_CELL_H
#define LAC_PACK_CELL_H

#include "analyzer/pack_columns.h"
#include "include/lacuna.h"
#include "support/buf.h"

#include <jansson.h>

/* Appends the text of a value; *fits tells whether a cell of this kind can hold it. */
lacuna_status lac_cell_print(lac_buf *out, bool *fits, lac_column_kind kind, const json_t *value,
                             lacuna_error *err);

/* `text` is not blank. *out is NULL with LACUNA_OK where it cannot be read: `problem` (256 bytes)
 * says why. */
lacuna_status lac_cell_parse(json_t **out, char problem[256], lac_column_kind kind, lac_span text,
                             lacuna_error *err);

#endif
