#include "spec.h"

typedef struct reading {
    lac_draft *draft;
    const lac_document *document;
    const char *why;
} reading;

static bool fail(reading *state, const char *why)
{
    state->why = why;
    return false;
}

static bool text_of(reading *state, lac_span *out, const json_t *value, const char *otherwise)
{
    lac_span text = json_is_string(value)
                        ? lac_span_make(json_string_value(value), json_string_length(value))
                        : lac_span_of(otherwise);
    char *copy = lac_arena_copy(&state->draft->arena, text);
    *out = lac_span_make(copy, text.len);
    return copy != NULL || fail(state, "out of memory");
}

static bool texts_of(reading *state, const lac_span **out, uint32_t *count, const json_t *list)
{
    size_t size = json_array_size(list);
    lac_span *items = lac_arena_array(&state->draft->arena, size + 1, sizeof *items);
    if (items == NULL) {
        return fail(state, "out of memory");
    }
    for (size_t i = 0; i < size; i++) {
        if (!text_of(state, &items[i], json_array_get(list, i), "")) {
            return false;
        }
    }
    *out = items;
    *count = (uint32_t)size;
    return true;
}

static bool table_of(reading *state, lac_draft_block *block, const json_t *rows)
{
    block->rows = (uint32_t)json_array_size(rows);
    block->columns = (uint32_t)json_array_size(json_array_get(rows, 0));
    lac_span *cells = lac_arena_array(&state->draft->arena,
                                      (size_t)block->rows * block->columns + 1, sizeof *cells);
    if (block->rows == 0 || block->columns == 0 || cells == NULL) {
        return fail(state, "a table without cells");
    }
    for (uint32_t row = 0; row < block->rows; row++) {
        for (uint32_t column = 0; column < block->columns; column++) {
            const json_t *cell = json_array_get(json_array_get(rows, row), column);
            if (!text_of(state, &cells[(size_t)row * block->columns + column], cell, "")) {
                return false;
            }
        }
    }
    block->cells = cells;
    return true;
}

static bool block_of(reading *state, lac_draft_block *block, const json_t *spec)
{
    static const char *const kinds[] = {"heading", "paragraph", "bullet", "number", "table"};
    const char *kind = json_string_value(json_object_get(spec, "kind"));
    for (int i = 0; kind != NULL && i <= LAC_DRAFT_TABLE; i++) {
        if (strcmp(kind, kinds[i]) == 0) {
            block->kind = (lac_draft_kind)i;
            block->level = (uint8_t)json_integer_value(json_object_get(spec, "level"));
            block->header_rows = (uint32_t)json_integer_value(json_object_get(spec, "header_rows"));
            return block->kind == LAC_DRAFT_TABLE
                       ? table_of(state, block, json_object_get(spec, "rows"))
                       : text_of(state, &block->text, json_object_get(spec, "text"), "");
        }
    }
    return fail(state, "a block of no known kind");
}

static bool heading_of(reading *state, lac_draft_place *place, const char *title)
{
    for (uint32_t i = 1; i < state->document->section_count; i++) {
        const lac_section *section = &state->document->sections[i];
        if (section->heading != LAC_NONE && lac_span_is(section->title, title)) {
            place->paragraph = state->document->blocks[section->heading].ordinal;
            return true;
        }
    }
    return fail(state, "no heading has that title");
}

static bool place_of(reading *state, lac_draft_place *place, const json_t *spec)
{
    static const char *const places[] = {"after-section", "in-section", "before-section",
                                         "after-paragraph", "end"};
    const char *where = json_string_value(json_object_get(spec, "where"));
    const char *title = json_string_value(json_object_get(spec, "heading"));
    place->paragraph = (uint32_t)json_integer_value(json_object_get(spec, "paragraph"));
    for (int i = 0; where != NULL && i <= LAC_DRAFT_AT_END; i++) {
        if (strcmp(where, places[i]) == 0) {
            place->where = (lac_draft_where)i;
            return title == NULL || heading_of(state, place, title);
        }
    }
    return fail(state, "a gap without a known place");
}

static bool gap_of(reading *state, lac_draft_gap *gap, const json_t *spec)
{
    const json_t *list = json_object_get(spec, "blocks");
    size_t size = json_array_size(list);
    lac_draft_block *blocks = lac_arena_array(&state->draft->arena, size + 1, sizeof *blocks);
    if (blocks == NULL) {
        return fail(state, "out of memory");
    }
    for (size_t i = 0; i < size; i++) {
        if (!block_of(state, &blocks[i], json_array_get(list, i))) {
            return false;
        }
    }
    gap->blocks = blocks;
    gap->block_count = (uint32_t)size;
    return place_of(state, &gap->place, spec) &&
           text_of(state, &gap->item, json_object_get(spec, "item"), "") &&
           texts_of(state, &gap->comment, &gap->comment_count, json_object_get(spec, "comment"));
}

bool spec_read(lac_draft *draft, const json_t *spec, const lac_document *document, const char **why)
{
    *draft = (lac_draft){.gap_count = 0};
    lac_arena_init(&draft->arena);
    reading state = {draft, document, ""};
    const json_t *list = json_object_get(spec, "gaps");
    size_t size = json_array_size(list);
    lac_draft_gap *gaps = lac_arena_array(&draft->arena, size + 1, sizeof *gaps);
    bool good =
        gaps != NULL &&
        text_of(&state, &draft->author, json_object_get(spec, "author"), "Lacuna (AI draft)") &&
        text_of(&state, &draft->initials, json_object_get(spec, "initials"), "L") &&
        text_of(&state, &draft->date, json_object_get(spec, "date"), "2026-01-31T12:00:00Z");
    for (size_t i = 0; i < size && good; i++) {
        good = gap_of(&state, &gaps[i], json_array_get(list, i));
    }
    draft->gaps = gaps;
    draft->gap_count = (uint32_t)size;
    *why = state.why;
    return good;
}
