#define _GNU_SOURCE /* memmem */

#include "writers/docx/fill_values.h"

#include "support/buf.h"
#include "support/error.h"
#include "support/json_parse.h"
#include "support/json_text.h"

#include <stdio.h>
#include <stdlib.h>

enum { LONGEST_NAME = 512 };

typedef struct reading {
    lac_arena *arena;
    lac_fill_value *values;
    size_t count, cap;
    lacuna_error *err;
} reading;

static lacuna_status read_members(reading *state, const json_t *object, const char *prefix);

static lacuna_status wrong(const reading *state, const char *name, const char *message)
{
    return lac_fail_remedy(state->err, LACUNA_E_FORMAT, "See lacuna help fill.", "value %.100s: %s",
                           name, message);
}

static lacuna_status copy(lac_span *out, const reading *state, const json_t *text)
{
    lac_span from = lac_span_make(json_string_value(text), json_string_length(text));
    char *kept = lac_arena_copy(state->arena, from);
    *out = lac_span_make(kept, from.len);
    return kept == NULL ? lac_fail_nomem(state->err) : LACUNA_OK;
}

/* ---- blocks ---------------------------------------------------------------------------------- */

static lacuna_status read_cells(lac_draft_block *block, const reading *state, const json_t *rows,
                                const char *name)
{
    size_t columns = json_array_size(json_array_get(rows, 0)), count = json_array_size(rows);
    if (count == 0 || columns == 0 || count > UINT32_MAX / columns) {
        return wrong(state, name, "a table is a list of rows, which are lists of texts");
    }
    lac_span *cells = lac_arena_array(state->arena, count * columns, sizeof *cells);
    if (cells == NULL) {
        return lac_fail_nomem(state->err);
    }
    block->rows = (uint32_t)count;
    block->columns = (uint32_t)columns;
    block->cells = cells;
    lacuna_status status = LACUNA_OK;
    for (size_t row = 0; row < count && status == LACUNA_OK; row++) {
        const json_t *line = json_array_get(rows, row);
        if (json_array_size(line) != columns) {
            return wrong(state, name, "the rows of a table are of one length");
        }
        for (size_t column = 0; column < columns && status == LACUNA_OK; column++) {
            const json_t *cell = json_array_get(line, column);
            status = json_is_string(cell) ? copy(&cells[row * columns + column], state, cell)
                                          : wrong(state, name, "a cell of a table is a text");
        }
    }
    return status;
}

static lacuna_status read_table(lac_draft_block *block, const reading *state, const json_t *value,
                                const char *name)
{
    const json_t *header = json_object_get(value, "header_rows");
    json_int_t rows = header == NULL ? 1 : json_integer_value(header);
    block->kind = LAC_DRAFT_TABLE;
    lacuna_status status = read_cells(block, state, json_object_get(value, "table"), name);
    block->header_rows = rows < 0                         ? 0
                         : rows > (json_int_t)block->rows ? block->rows
                                                          : (uint32_t)rows;
    return status;
}

static lacuna_status read_block(lac_draft_block *block, const reading *state, const json_t *value,
                                const char *name)
{
    static const struct {
        const char *key;
        lac_draft_kind kind;
    } kinds[] = {{"heading", LAC_DRAFT_HEADING},
                 {"paragraph", LAC_DRAFT_PARAGRAPH},
                 {"bullet", LAC_DRAFT_BULLET},
                 {"numbered", LAC_DRAFT_NUMBERED}};
    json_int_t level = json_integer_value(json_object_get(value, "level"));
    *block = (lac_draft_block){.level = (uint8_t)(level < 1 ? 1 : level > 9 ? 9 : level)};
    if (json_is_array(json_object_get(value, "table"))) {
        return read_table(block, state, value, name);
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const json_t *text = json_object_get(value, kinds[i].key);
        if (json_is_string(text)) {
            block->kind = kinds[i].kind;
            return copy(&block->text, state, text);
        }
    }
    return wrong(state, name, "a block has a heading, paragraph, bullet, numbered or table");
}

static lacuna_status read_blocks(lac_fill_value *value, const reading *state, const json_t *list,
                                 const char *name)
{
    size_t count = json_array_size(list);
    lac_draft_block *blocks = lac_arena_array(state->arena, count + 1, sizeof *blocks);
    lacuna_status status = blocks == NULL           ? lac_fail_nomem(state->err)
                           : count > LAC_VALUES_MAX ? wrong(state, name, "too many blocks")
                                                    : LACUNA_OK;
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        const json_t *item = json_array_get(list, i);
        if (json_is_string(item)) {
            blocks[i] = (lac_draft_block){.kind = LAC_DRAFT_BULLET};
            status = copy(&blocks[i].text, state, item);
        } else {
            status = read_block(&blocks[i], state, item, name);
        }
    }
    value->blocks = blocks;
    value->block_count = (uint32_t)count;
    return status;
}

/* Paragraphs are apart by an empty line. */
static lacuna_status split_paragraphs(lac_fill_value *value, const reading *state)
{
    size_t count = 1;
    lac_span rest = value->text;
    for (size_t i = 0; i + 1 < rest.len; i++) {
        count += rest.ptr[i] == '\n' && rest.ptr[i + 1] == '\n';
    }
    lac_draft_block *blocks = lac_arena_array(state->arena, count, sizeof *blocks);
    if (blocks == NULL) {
        return lac_fail_nomem(state->err);
    }
    uint32_t used = 0;
    while (rest.len > 0) {
        const char *end = memmem(rest.ptr, rest.len, "\n\n", 2);
        size_t length = end == NULL ? rest.len : (size_t)(end - rest.ptr);
        lac_span text = lac_span_trim(lac_span_make(rest.ptr, length));
        if (text.len > 0) {
            blocks[used++] = (lac_draft_block){.kind = LAC_DRAFT_PARAGRAPH, .text = text};
        }
        length += end == NULL ? 0 : 2;
        rest = lac_span_make(rest.ptr + length, rest.len - length);
    }
    if (used > 1) {
        value->blocks = blocks;
        value->block_count = used;
    }
    return LACUNA_OK;
}

/* ---- values ---------------------------------------------------------------------------------- */

static lacuna_status read_items(lac_fill_value *value, const reading *outer, const json_t *list)
{
    size_t count = json_array_size(list);
    lac_fill_item *items = lac_arena_array(outer->arena, count + 1, sizeof *items);
    lacuna_status status = items == NULL ? lac_fail_nomem(outer->err) : LACUNA_OK;
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        reading inner = {.arena = outer->arena, .err = outer->err};
        status = read_members(&inner, json_array_get(list, i), "");
        lac_fill_value *kept = lac_arena_array(outer->arena, inner.count + 1, sizeof *kept);
        if (status == LACUNA_OK && kept == NULL) {
            status = lac_fail_nomem(outer->err);
        }
        if (status == LACUNA_OK && inner.count > 0) {
            memcpy(kept, inner.values, inner.count * sizeof *kept);
        }
        items[i] = (lac_fill_item){kept, (uint32_t)inner.count};
        free(inner.values);
    }
    value->is_list = true;
    value->items = items;
    value->item_count = (uint32_t)count;
    return status;
}

static lacuna_status read_number(lac_fill_value *value, const reading *state, const json_t *number)
{
    char text[64];
    if (json_is_integer(number)) {
        (void)snprintf(text, sizeof text, "%" JSON_INTEGER_FORMAT, json_integer_value(number));
    } else {
        (void)snprintf(text, sizeof text, "%s", json_is_true(number) ? "true" : "false");
    }
    char *kept = lac_arena_copy(state->arena, lac_span_of(text));
    value->text = lac_span_of(kept);
    return kept == NULL ? lac_fail_nomem(state->err) : LACUNA_OK;
}

static lacuna_status read_value(lac_fill_value *out, const reading *state, const json_t *value,
                                const char *name)
{
    if (json_is_string(value)) {
        lacuna_status status = copy(&out->text, state, value);
        return status == LACUNA_OK ? split_paragraphs(out, state) : status;
    }
    if (json_is_integer(value) || json_is_boolean(value)) {
        return read_number(out, state, value);
    }
    if (json_is_array(value)) {
        return json_is_object(json_array_get(value, 0)) || json_array_size(value) == 0
                   ? read_items(out, state, value)
                   : read_blocks(out, state, value, name);
    }
    return json_is_object(value)
               ? read_blocks(out, state, json_object_get(value, "blocks"), name)
               : wrong(state, name,
                       "a number with a fraction has to be given as a text, with the "
                       "digits it is to have");
}

static lacuna_status add_value(reading *state, const json_t *value, const char *name)
{
    lacuna_status status = lac_grow((void **)&state->values, &state->cap, state->count + 1,
                                    sizeof *state->values, LAC_VALUES_MAX);
    char *kept = lac_arena_copy(state->arena, lac_span_of(name));
    if (status != LACUNA_OK || kept == NULL) {
        return status == LACUNA_E_LIMIT ? wrong(state, name, "too many values")
                                        : lac_fail_nomem(state->err);
    }
    lac_fill_value *out = &state->values[state->count++];
    *out = (lac_fill_value){.name = lac_span_of(kept), .text = lac_span_make("", 0)};
    return read_value(out, state, value, name);
}

static lacuna_status read_members(reading *state, const json_t *object, const char *prefix)
{
    const char *key;
    json_t *value;
    lacuna_status status = LACUNA_OK;
    if (!json_is_object(object)) {
        return wrong(state, prefix, "values are an object, name to value");
    }
    json_object_foreach((json_t *)object, key, value)
    {
        char name[LONGEST_NAME];
        int length = snprintf(name, sizeof name, "%s%s", prefix, key);
        bool inner = json_is_object(value) && json_object_get(value, "blocks") == NULL;
        if (json_is_null(value) || strcmp(key, "$schema") == 0 || strcmp(key, "schema") == 0) {
            continue;
        }
        if (length < 0 || length + 1 >= LONGEST_NAME) {
            status = wrong(state, prefix, "a name is too long");
        } else if (inner) {
            name[length] = '.';
            name[length + 1] = '\0';
            status = read_members(state, value, name);
        } else {
            status = add_value(state, value, name);
        }
        if (status != LACUNA_OK) {
            break;
        }
    }
    return status;
}

lacuna_status lac_fill_values_read(const lac_fill_value **out, uint32_t *count, lac_arena *arena,
                                   lac_span json, const lac_limits *limits, lacuna_error *err)
{
    json_t *tree = NULL;
    json_error_t where = {0};
    *out = NULL;
    *count = 0;
    if (json.len > limits->json_bytes || lac_json_depth(json) > LAC_VALUES_DEPTH) {
        return lac_fail(err, LACUNA_E_LIMIT, "the values are too many or nested too deeply");
    }
    lacuna_status status = lac_json_parse(&tree, json, 0, &where);
    if (status != LACUNA_OK) {
        lac_error_place(err, "", where.line > 0 ? (uint32_t)where.line : 0);
        return status == LACUNA_E_NOMEM ? lac_fail_nomem(err)
                                        : lac_fail(err, status, "no JSON: %.100s", where.text);
    }
    reading state = {.arena = arena, .err = err};
    status = read_members(&state, tree, "");
    lac_fill_value *kept = lac_arena_array(arena, state.count + 1, sizeof *kept);
    if (status == LACUNA_OK && kept == NULL) {
        status = lac_fail_nomem(err);
    }
    if (status == LACUNA_OK && state.count > 0) {
        memcpy(kept, state.values, state.count * sizeof *kept);
    }
    *out = kept;
    *count = (uint32_t)state.count;
    free(state.values);
    json_decref(tree);
    return status;
}
