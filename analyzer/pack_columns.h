/*
 * pack_columns.h - the members of a pack as rows and columns of a table, and in which order they
 * stand in canonical JSON.
 *
 * Purpose: one list for export, import, messages about imported files and the canonical form.
 * Invariants: a name is the path of a member with dots; static storage.
 */
#ifndef LAC_PACK_COLUMNS_H
#define LAC_PACK_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum lac_column_kind {
    LAC_COLUMN_TEXT,
    LAC_COLUMN_LIST,  /* one entry a line */
    LAC_COLUMN_FLAG,  /* yes or no */
    LAC_COLUMN_COUNT, /* a whole number */
    LAC_COLUMN_FACTS, /* lines "fact: ...", "any: ...", "here: ...", "required: yes" */
    LAC_COLUMN_REST,  /* JSON: members no column takes */
} lac_column_kind;

typedef struct lac_column {
    const char *name; /* "when.kind" */
    lac_column_kind kind;
    uint32_t width;            /* characters, for a spreadsheet */
    const char *const *choice; /* the values it takes; NULL: any */
    uint32_t choice_count;
    bool always; /* written also where no item has it */
} lac_column;

enum { LAC_MOST_COLUMNS = 64 };

/* Members before the items, one a row; and those of an item, one a column. The last is the rest. */
extern const lac_column lac_head_columns[];
extern const size_t lac_head_column_count;
extern const lac_column lac_item_columns[];
extern const size_t lac_item_column_count;

/* -1: no such column. */
int lac_column_find(const lac_column *columns, size_t count, const char *name);

#endif
