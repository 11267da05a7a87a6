#include "analyzer/near_name.h"
#include "analyzer/pack_cell.h"
#include "analyzer/pack_table.h"
#include "support/error.h"

#include <stdio.h>
#include <stdlib.h>

enum { PLACE_BYTES = 160, MOST_ITEMS = 10000 };

typedef struct table_reader {
    const lac_sheet *sheet;
    lac_table_places *places;
    json_t *pack, *items;
    uint32_t problems;
    lac_table_problem_fn report;
    void *user;
    lacuna_error *err;
} table_reader;

/* ---- places --------------------------------------------------------------------------------- */

void lac_table_places_free(lac_table_places *places)
{
    free(places->item_rows);
    places->item_rows = NULL;
}

/* "sheet items, row 14, column C (citation)"; column UINT32_MAX: the row alone. */
static void print_place(char out[PLACE_BYTES], const char *sheet, uint32_t row, uint32_t column,
                        const char *name)
{
    char letters[8];
    const char *in = sheet[0] == '\0' ? "" : "sheet ";
    const char *comma = sheet[0] == '\0' ? "" : ", ";
    if (column == UINT32_MAX) {
        (void)snprintf(out, PLACE_BYTES, "%s%.40s%srow %u", in, sheet, comma, row);
        return;
    }
    lac_sheet_column_letters(letters, column);
    (void)snprintf(out, PLACE_BYTES, "%s%.40s%srow %u, column %s%s%.40s%s", in, sheet, comma, row,
                   letters, name[0] == '\0' ? "" : " (", name, name[0] == '\0' ? "" : ")");
}

/* Steps of a JSON pointer with dots: "/expect/facts/0/any" becomes "expect.facts.0.any". */
static void dotted(char out[128], const char *pointer)
{
    size_t length = 0;
    for (; *pointer != '\0' && length < 127; pointer++) {
        if (*pointer == '/' && length == 0) {
            continue;
        }
        out[length++] = *pointer == '/' ? '.' : *pointer;
    }
    out[length] = '\0';
}

/* The column whose name is the path or leads to it. -1: none. */
static int column_of(const lac_column *columns, size_t count, const char *path)
{
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(columns[i].name);
        if (strncmp(columns[i].name, path, length) == 0 &&
            (path[length] == '\0' || path[length] == '.')) {
            return (int)i;
        }
    }
    return -1;
}

static void place_in_item(char out[PLACE_BYTES], const lac_table_places *places, uint32_t item,
                          const char *path)
{
    uint32_t row = places->item_rows[item];
    int found = column_of(lac_item_columns, lac_item_column_count, path);
    uint32_t column = found < 0 ? UINT32_MAX : places->columns[found];
    if (column == UINT32_MAX && path[0] != '\0') { /* what no column says stands under "more" */
        found = (int)lac_item_column_count - 1;
        column = places->columns[found];
    }
    print_place(out, places->item_sheet, row, column,
                found < 0 ? "" : lac_item_columns[found].name);
}

/* "\"citation\" is missing" and "effective: a date" are about a member of what is pointed to. */
static void add_named(char path[128], const char *message)
{
    size_t length = strlen(path);
    bool quoted = message[0] == '"';
    const char *name = quoted ? message + 1 : message;
    size_t size = strspn(name, "abcdefghijklmnopqrstuvwxyz_$");
    if (size == 0 || name[size] != (quoted ? '"' : ':') || length + size + 2 > 128) {
        return;
    }
    if (length > 0) {
        path[length++] = '.';
    }
    memcpy(path + length, name, size);
    path[length + size] = '\0';
}

lacuna_status lac_table_place(lac_buf *out, const lac_table_places *places, const char *pointer,
                              const char *message)
{
    char place[PLACE_BYTES] = "";
    char path[128];
    char *end = NULL;
    lac_buf_clear(out);
    if (strncmp(pointer, "/items/", 7) == 0) {
        unsigned long item = strtoul(pointer + 7, &end, 10);
        dotted(path, end);
        add_named(path, message);
        if (item < places->item_count) {
            place_in_item(place, places, (uint32_t)item, path);
        }
    } else {
        dotted(path, pointer);
        add_named(path, message);
        int found = column_of(lac_head_columns, lac_head_column_count, path);
        if (found >= 0 && places->head_rows[found] > 0) {
            print_place(place, places->head_sheet, places->head_rows[found], 1, path);
        }
    }
    return lac_buf_append_text(out, place);
}

/* ---- cells ---------------------------------------------------------------------------------- */

static void problem(table_reader *r, uint32_t row, uint32_t column, const char *name,
                    const char *message)
{
    char place[PLACE_BYTES];
    print_place(place, r->sheet->name, row, column, name);
    r->problems++;
    r->report(r->user, place, message);
}

/* Puts a value at a dotted path; false: out of memory, or what is there is no object (*clash). */
static bool put(bool *clash, json_t *object, const char *path, json_t *value)
{
    char key[128];
    *clash = false;
    for (;;) {
        size_t length = strcspn(path, ".");
        memcpy(key, path, length);
        key[length] = '\0';
        if (path[length] == '\0') {
            *clash = json_object_get(object, key) != NULL;
            return !*clash && json_object_set(object, key, value) == 0;
        }
        json_t *inner = json_object_get(object, key);
        if (inner == NULL) {
            inner = json_object();
            if (inner == NULL || json_object_set_new(object, key, inner) != 0) {
                return false;
            }
        }
        *clash = !json_is_object(inner);
        if (*clash) {
            return false;
        }
        object = inner;
        path += length + 1;
    }
}

static bool is_blank(const lac_cell *cell)
{
    return cell == NULL || lac_span_trim(cell->text).len == 0;
}

/* A number where text belongs may not be what was typed: "6.10" is the number 6.1. */
static const char *refuse_kind(const lac_column *column, const lac_cell *cell)
{
    if (cell->kind == LAC_CELL_FAULT) {
        return "the cell holds an error value";
    }
    if (cell->kind == LAC_CELL_NUMBER && column->kind != LAC_COLUMN_COUNT) {
        return "the cell holds a number or a date, which may differ from what was typed (6.10 "
               "becomes 6.1): format the cell as text and type it again";
    }
    return NULL;
}

/* JSON of the rest first, so that columns stand over it and a clash is told. */
static lacuna_status take_cell(table_reader *r, json_t *object, const lac_column *column,
                               const lac_cell *cell, uint32_t row)
{
    char wrong[256];
    json_t *value = NULL;
    const char *refused = refuse_kind(column, cell);
    if (refused != NULL) {
        problem(r, row, cell->column, column->name, refused);
        return LACUNA_OK;
    }
    lacuna_status status = lac_cell_parse(&value, wrong, column->kind, cell->text, r->err);
    if (status != LACUNA_OK) {
        return status;
    }
    if (value == NULL) {
        problem(r, row, cell->column, column->name, wrong);
        return LACUNA_OK;
    }
    bool clash = false;
    bool done = column->kind == LAC_COLUMN_REST ? json_object_update(object, value) == 0
                                                : put(&clash, object, column->name, value);
    json_decref(value);
    if (clash) {
        problem(r, row, cell->column, column->name, "the column \"more\" says this too");
    }
    return done || clash ? LACUNA_OK : lac_fail_nomem(r->err);
}

/* ---- the head ------------------------------------------------------------------------------- */

static const char *nearest_column(const lac_column *columns, size_t count, const char *name)
{
    const char *nearest = NULL;
    uint32_t least = LAC_NEAR_NAME_MOST + 1;
    for (size_t i = 0; i < count; i++) {
        uint32_t edits = lac_name_edits(name, columns[i].name);
        if (edits < least) {
            least = edits;
            nearest = columns[i].name;
        }
    }
    return nearest;
}

static void report_unknown(table_reader *r, uint32_t row, uint32_t column,
                           const lac_column *columns, size_t count, const char *name)
{
    char message[200];
    const char *nearest = nearest_column(columns, count, name);
    (void)snprintf(message, sizeof message, "there is no member \"%.60s\"%s%s%s", name,
                   nearest == NULL ? "" : "; is it \"", nearest == NULL ? "" : nearest,
                   nearest == NULL ? "" : "\"?");
    problem(r, row, column, "", message);
}

/* The trimmed text of a cell, NUL-terminated in `out`; longer text is cut. */
static const char *name_in(char out[80], const lac_cell *cell)
{
    lac_span text = lac_span_trim(cell->text);
    size_t length = text.len < 79 ? text.len : 79;
    memcpy(out, text.ptr, length);
    out[length] = '\0';
    return out;
}

/* `rest`: only the row "more", which comes before the others have their turn. */
static lacuna_status take_head_row(table_reader *r, const lac_row *row, bool rest)
{
    char name[80];
    const lac_cell *first = lac_sheet_cell(r->sheet, row, 0);
    const lac_cell *value = lac_sheet_cell(r->sheet, row, 1);
    if (is_blank(first)) {
        if (!is_blank(value) && !rest) {
            problem(r, row->number, 0, "", "the name of a member is missing");
        }
        return LACUNA_OK;
    }
    (void)name_in(name, first);
    if (strcmp(name, "field") == 0 || (strcmp(name, "more") == 0) != rest) {
        return LACUNA_OK; /* the heading of this table, or the turn of others */
    }
    int found = lac_column_find(lac_head_columns, lac_head_column_count, name);
    if (found < 0) {
        report_unknown(r, row->number, 0, lac_head_columns, lac_head_column_count, name);
        return LACUNA_OK;
    }
    if (r->places->head_rows[found] != 0) {
        problem(r, row->number, 0, name, "this member stands in the table twice");
        return LACUNA_OK;
    }
    r->places->head_rows[found] = row->number;
    return is_blank(value) ? LACUNA_OK
                           : take_cell(r, r->pack, &lac_head_columns[found], value, row->number);
}

/* ---- items ---------------------------------------------------------------------------------- */

/* The row that names the columns: it begins with "id" and names a title or a requirement. */
static bool names_columns(const table_reader *r, const lac_row *row)
{
    bool first = false;
    bool other = false;
    uint32_t filled = 0; /* a row of the head has two */
    for (uint32_t i = 0; i < row->count; i++) {
        lac_span text = lac_span_trim(r->sheet->cells[row->first + i].text);
        filled += text.len > 0 ? 1 : 0;
        first = first || lac_span_is(text, "id");
        other = other || lac_span_is(text, "requirement") || lac_span_is(text, "title");
    }
    return first && other && filled > 2;
}

static void take_columns(table_reader *r, const lac_row *row)
{
    char name[80];
    r->places->item_sheet = r->sheet->name;
    for (uint32_t i = 0; i < row->count; i++) {
        const lac_cell *cell = &r->sheet->cells[row->first + i];
        if (is_blank(cell)) {
            continue;
        }
        (void)name_in(name, cell);
        int found = lac_column_find(lac_item_columns, lac_item_column_count, name);
        if (found < 0) {
            report_unknown(r, row->number, cell->column, lac_item_columns, lac_item_column_count,
                           name);
        } else if (r->places->columns[found] != UINT32_MAX) {
            problem(r, row->number, cell->column, name, "this column stands in the table twice");
        } else {
            r->places->columns[found] = cell->column;
        }
    }
}

static bool row_is_blank(const table_reader *r, const lac_row *row)
{
    for (uint32_t i = 0; i < row->count; i++) {
        if (!is_blank(&r->sheet->cells[row->first + i])) {
            return false;
        }
    }
    return true;
}

/* Text beside the named columns would be lost. */
static void report_stray(table_reader *r, const lac_row *row)
{
    for (uint32_t i = 0; i < row->count; i++) {
        const lac_cell *cell = &r->sheet->cells[row->first + i];
        bool named = is_blank(cell);
        for (size_t c = 0; c < lac_item_column_count && !named; c++) {
            named = r->places->columns[c] == cell->column;
        }
        if (!named && r->problems == 0) { /* a column without a good name was told already */
            problem(r, row->number, cell->column, "", "the column has no name in the first row");
        }
    }
}

static lacuna_status add_item(table_reader *r, json_t **item, uint32_t row)
{
    lac_table_places *places = r->places;
    lacuna_status status =
        lac_grow((void **)&places->item_rows, &places->item_cap, (size_t)places->item_count + 1,
                 sizeof *places->item_rows, MOST_ITEMS);
    *item = json_object();
    if (status != LACUNA_OK || *item == NULL || json_array_append_new(r->items, *item) != 0) {
        return status == LACUNA_E_LIMIT ? lac_fail(r->err, status, "more than %d items", MOST_ITEMS)
                                        : lac_fail_nomem(r->err);
    }
    places->item_rows[places->item_count++] = row;
    return LACUNA_OK;
}

static lacuna_status take_item(table_reader *r, const lac_row *row)
{
    json_t *item;
    lacuna_status status = add_item(r, &item, row->number);
    if (status != LACUNA_OK) {
        return status;
    }
    for (size_t left = lac_item_column_count; left > 0 && status == LACUNA_OK; left--) {
        size_t c = left - 1; /* "more" is last and taken first */
        uint32_t column = r->places->columns[c];
        const lac_cell *cell = column == UINT32_MAX ? NULL : lac_sheet_cell(r->sheet, row, column);
        if (!is_blank(cell)) {
            status = take_cell(r, item, &lac_item_columns[c], cell, row->number);
        }
    }
    report_stray(r, row);
    return status;
}

static lacuna_status read_head_rest(table_reader *r)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < r->sheet->row_count && status == LACUNA_OK; i++) {
        const lac_row *row = &r->sheet->rows[i];
        if (names_columns(r, row)) {
            break;
        }
        status = take_head_row(r, row, true);
    }
    if (json_object_get(r->pack, "items") != r->items) {
        r->problems++;
        r->report(r->user, "", "\"more\" cannot hold the items");
        status = json_object_set(r->pack, "items", r->items) == 0 ? status : lac_fail_nomem(r->err);
    }
    return status;
}

static lacuna_status read_sheet(table_reader *r, bool *in_items)
{
    lacuna_status status = read_head_rest(r);
    for (uint32_t i = 0; i < r->sheet->row_count && status == LACUNA_OK; i++) {
        const lac_row *row = &r->sheet->rows[i];
        if (row_is_blank(r, row)) {
            continue;
        }
        if (*in_items) {
            status = take_item(r, row);
        } else if (names_columns(r, row)) {
            *in_items = true;
            take_columns(r, row);
        } else {
            r->places->head_sheet = r->sheet->name;
            status = take_head_row(r, row, false);
        }
    }
    return status;
}

static lacuna_status read_all(table_reader *r, const lac_sheets *sheets)
{
    bool in_items = false;
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < sheets->count && !in_items && status == LACUNA_OK; i++) {
        r->sheet = &sheets->items[i]; /* further sheets are the author's own */
        status = read_sheet(r, &in_items);
    }
    if (status == LACUNA_OK && !in_items) {
        r->problems++;
        r->report(r->user, "",
                  "there is no row that names the columns: \"id\", \"title\", \"requirement\" ...");
    }
    return status;
}

lacuna_status lac_pack_table_read(json_t **pack, lac_table_places *places, uint32_t *problems,
                                  const lac_sheets *sheets, lac_table_problem_fn report, void *user,
                                  lacuna_error *err)
{
    *pack = NULL;
    *problems = 0;
    *places = (lac_table_places){.head_sheet = "", .item_sheet = ""};
    for (size_t i = 0; i < LAC_MOST_COLUMNS; i++) {
        places->columns[i] = UINT32_MAX;
    }
    json_t *root = json_object();
    json_t *items = json_array();
    if (root == NULL || items == NULL || json_object_set(root, "items", items) != 0) {
        json_decref(root);
        json_decref(items);
        return lac_fail_nomem(err);
    }
    table_reader r = {
        .places = places, .pack = root, .items = items, .report = report, .user = user, .err = err};
    lacuna_status status = read_all(&r, sheets);
    json_decref(items);
    *problems = r.problems;
    if (status != LACUNA_OK) {
        json_decref(root);
        return status;
    }
    *pack = root;
    return LACUNA_OK;
}
