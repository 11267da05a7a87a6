#include "analyzer/pack_table.h"

#include "analyzer/pack_cell.h"
#include "support/error.h"

/* The member a dotted path leads to; `owner` is the object it is in. NULL: not there. */
static json_t *member_at(json_t **owner, char key[128], json_t *object, const char *path)
{
    for (;;) {
        size_t length = strcspn(path, ".");
        if (length >= 128 || !json_is_object(object)) {
            return NULL;
        }
        memcpy(key, path, length);
        key[length] = '\0';
        *owner = object;
        object = json_object_get(object, key);
        if (path[length] == '\0' || object == NULL) {
            return object;
        }
        path += length + 1;
    }
}

/* Takes a member out, and the objects around it that are empty for it. */
static void take_out(json_t *object, const char *path)
{
    json_t *owner = NULL;
    char key[128];
    char shorter[128];
    size_t length = strlen(path);
    if (length >= sizeof shorter || member_at(&owner, key, object, path) == NULL) {
        return;
    }
    (void)json_object_del(owner, key);
    memcpy(shorter, path, length + 1);
    while (owner != object && json_object_size(owner) == 0) {
        char *dot = strrchr(shorter, '.');
        if (dot == NULL) {
            return;
        }
        *dot = '\0';
        if (member_at(&owner, key, object, shorter) == NULL) {
            return;
        }
        (void)json_object_del(owner, key);
    }
}

typedef struct table_maker {
    lac_sheets *sheets;
    lac_buf text;
    lacuna_error *err;
} table_maker;

/* The text of a member into maker->text, taken out of `rest` where a cell can hold it. */
static lacuna_status print_member(table_maker *m, bool *has, const lac_column *column, json_t *rest)
{
    json_t *owner = NULL;
    char key[128];
    *has = false;
    const json_t *value =
        column->kind == LAC_COLUMN_REST ? rest : member_at(&owner, key, rest, column->name);
    if (value == NULL || (column->kind == LAC_COLUMN_REST && json_object_size(value) == 0)) {
        return LACUNA_OK;
    }
    lacuna_status status = lac_cell_print(&m->text, has, column->kind, value, m->err);
    if (status == LACUNA_OK && !*has && column->kind == LAC_COLUMN_REST) {
        return lac_fail(m->err, LACUNA_E_LIMIT, "a member of the checklist fits no cell");
    }
    if (status == LACUNA_OK && *has && column->kind != LAC_COLUMN_REST) {
        take_out(rest, column->name);
    }
    return status;
}

static lacuna_status add_text(table_maker *m, uint32_t column, const char *text)
{
    return lac_sheet_add(m->sheets, column, LAC_CELL_TEXT, lac_span_of(text), m->err);
}

static lacuna_status make_head(table_maker *m, json_t *rest)
{
    lacuna_status status = lac_sheet_begin(m->sheets, lac_span_of("checklist"), m->err);
    if (status == LACUNA_OK) {
        status = lac_sheet_row(m->sheets, 1, m->err);
    }
    if (status == LACUNA_OK) {
        status = add_text(m, 0, "field");
    }
    if (status == LACUNA_OK) {
        status = add_text(m, 1, "value");
    }
    uint32_t row = 2;
    for (size_t i = 0; i < lac_head_column_count && status == LACUNA_OK; i++) {
        bool has;
        status = print_member(m, &has, &lac_head_columns[i], rest);
        if (status != LACUNA_OK || !has) {
            continue;
        }
        status = lac_sheet_row(m->sheets, row++, m->err);
        if (status == LACUNA_OK) {
            status = add_text(m, 0, lac_head_columns[i].name);
        }
        if (status == LACUNA_OK) {
            status = add_text(m, 1, lac_buf_text(&m->text));
        }
    }
    return status;
}

/* Which columns the table has: some always, the others where an item has the member. */
static uint32_t choose_columns(uint32_t chosen[LAC_MOST_COLUMNS], const json_t *items)
{
    uint32_t count = 0;
    for (size_t c = 0; c < lac_item_column_count; c++) {
        const lac_column *column = &lac_item_columns[c];
        bool used = column->always || column->kind == LAC_COLUMN_REST;
        for (size_t i = 0; i < json_array_size(items) && !used; i++) {
            json_t *owner = NULL;
            char key[128];
            used = member_at(&owner, key, json_array_get(items, i), column->name) != NULL;
        }
        if (used) {
            chosen[count++] = (uint32_t)c;
        }
    }
    return count;
}

static lacuna_status make_item(table_maker *m, const uint32_t *chosen, uint32_t count,
                               const json_t *item)
{
    json_t *rest = json_deep_copy(item);
    lacuna_status status = rest == NULL ? lac_fail_nomem(m->err) : LACUNA_OK;
    for (uint32_t c = 0; c < count && status == LACUNA_OK; c++) {
        bool has;
        status = print_member(m, &has, &lac_item_columns[chosen[c]], rest);
        if (status == LACUNA_OK && has) {
            status = add_text(m, c, lac_buf_text(&m->text));
        }
    }
    json_decref(rest);
    return status;
}

static lacuna_status make_items(table_maker *m, const json_t *items)
{
    uint32_t chosen[LAC_MOST_COLUMNS];
    uint32_t count = choose_columns(chosen, items);
    lacuna_status status = lac_sheet_begin(m->sheets, lac_span_of("items"), m->err);
    if (status == LACUNA_OK) {
        status = lac_sheet_row(m->sheets, 1, m->err);
    }
    for (uint32_t c = 0; c < count && status == LACUNA_OK; c++) {
        status = add_text(m, c, lac_item_columns[chosen[c]].name);
    }
    for (size_t i = 0; i < json_array_size(items) && status == LACUNA_OK; i++) {
        status = lac_sheet_row(m->sheets, (uint32_t)i + 2, m->err);
        if (status == LACUNA_OK) {
            status = make_item(m, chosen, count, json_array_get(items, i));
        }
    }
    return status;
}

lacuna_status lac_pack_table_make(lac_sheets *sheets, const json_t *pack, lacuna_error *err)
{
    table_maker m = {.sheets = sheets, .err = err};
    json_t *head = json_deep_copy(pack);
    if (head == NULL) {
        return lac_fail_nomem(err);
    }
    (void)json_object_del(head, "items");
    lac_buf_init(&m.text, LAC_SHEET_CELL_BYTES);
    lacuna_status status = make_head(&m, head);
    if (status == LACUNA_OK) {
        status = make_items(&m, json_object_get(pack, "items"));
    }
    lac_buf_free(&m.text);
    json_decref(head);
    return status;
}
