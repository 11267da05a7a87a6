#include "drafter/draft/markdown.h"

#include "support/error.h"

#include <stdlib.h>

typedef struct reading {
    lac_arena *arena;
    lac_span text;
    lac_markdown_block *blocks;
    uint32_t count;
    bool open; /* the last block goes on with the next line of text */
    lacuna_error *err;
} reading;

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static lac_markdown_range trim(lac_span text, size_t start, size_t end)
{
    while (start < end && is_space(text.ptr[start])) {
        start++;
    }
    while (end > start && (is_space(text.ptr[end - 1]) || text.ptr[end - 1] == '\n')) {
        end--;
    }
    return (lac_markdown_range){(uint32_t)start, (uint32_t)end};
}

static lacuna_status add(reading *r, lac_markdown_block block)
{
    if (r->count == LAC_MARKDOWN_BLOCKS_MAX) {
        return lac_fail(r->err, LACUNA_E_LIMIT, "the draft has more than %d paragraphs",
                        LAC_MARKDOWN_BLOCKS_MAX);
    }
    r->blocks[r->count++] = block;
    r->open = block.kind != LAC_DRAFT_HEADING && block.kind != LAC_DRAFT_TABLE;
    return LACUNA_OK;
}

/* ---- lines ---------------------------------------------------------------------------------- */

static size_t line_end(lac_span text, size_t at)
{
    const char *end = at < text.len ? memchr(text.ptr + at, '\n', text.len - at) : NULL;
    return end == NULL ? text.len : (size_t)(end - text.ptr);
}

/* The bytes of a mark of that kind in front of the line, white space behind it included; 0: none.
 */
static size_t mark_length(lac_span text, lac_markdown_range line, lac_draft_kind kind)
{
    size_t at = line.start;
    const char *c = text.ptr;
    if (kind == LAC_DRAFT_HEADING) {
        while (at < line.end && c[at] == '#' && at - line.start < 6) {
            at++;
        }
    } else if (kind == LAC_DRAFT_BULLET) {
        if (at + 3 <= line.end && memcmp(c + at, "\xE2\x80\xA2", 3) == 0) {
            at += 3;
        } else if (at < line.end && (c[at] == '-' || c[at] == '*')) {
            at++;
        }
    } else {
        while (at < line.end && c[at] >= '0' && c[at] <= '9' && at - line.start < 3) {
            at++;
        }
        at = at > line.start && at < line.end && (c[at] == '.' || c[at] == ')') ? at + 1
                                                                                : line.start;
    }
    return at > line.start && at < line.end && is_space(c[at]) ? at + 1 - line.start : 0;
}

static lacuna_status add_text_line(reading *r, lac_markdown_range line)
{
    static const lac_draft_kind KINDS[] = {LAC_DRAFT_HEADING, LAC_DRAFT_BULLET, LAC_DRAFT_NUMBERED};
    for (size_t i = 0; i < sizeof KINDS / sizeof KINDS[0]; i++) {
        size_t mark = mark_length(r->text, line, KINDS[i]);
        if (mark > 0) {
            uint8_t level = KINDS[i] == LAC_DRAFT_HEADING ? (uint8_t)(mark - 1) : 0;
            return add(r,
                       (lac_markdown_block){.kind = KINDS[i],
                                            .level = level,
                                            .range = trim(r->text, line.start + mark, line.end)});
        }
    }
    if (r->open) {
        r->blocks[r->count - 1].range.end = line.end;
        return LACUNA_OK;
    }
    return add(r, (lac_markdown_block){.kind = LAC_DRAFT_PARAGRAPH, .range = line});
}

/* ---- tables --------------------------------------------------------------------------------- */

static bool is_row(lac_span text, lac_markdown_range line)
{
    return line.end > line.start + 1 && text.ptr[line.start] == '|';
}

/* "|---|:--:|" */
static bool is_rule(lac_span text, lac_markdown_range line)
{
    bool dash = false;
    for (size_t i = line.start; i < line.end; i++) {
        char c = text.ptr[i];
        if (c != '|' && c != '-' && c != ':' && !is_space(c)) {
            return false;
        }
        dash = dash || c == '-';
    }
    return dash;
}

/* The cells of a row; returns how many there are, also of those that have no room. */
static uint32_t split_row(lac_markdown_range *cells, uint32_t room, lac_span text,
                          lac_markdown_range line)
{
    uint32_t count = 0;
    size_t start = (size_t)line.start + 1;
    for (size_t at = start; at <= line.end; at++) {
        bool border = at < line.end && text.ptr[at] == '|' && text.ptr[at - 1] != '\\';
        if (!border && at < line.end) {
            continue;
        }
        if (border || trim(text, start, at).end > trim(text, start, at).start) {
            if (count < room) {
                cells[count] = trim(text, start, at);
            }
            count++;
        }
        start = at + 1;
    }
    return count;
}

/* The rows that begin at *at; moves it behind the last. */
static lacuna_status add_table(reading *r, size_t *at)
{
    lac_markdown_range row[LAC_MARKDOWN_COLUMNS_MAX];
    lac_markdown_block block = {.kind = LAC_DRAFT_TABLE};
    size_t end = *at, count = 0;
    block.range.start = trim(r->text, *at, line_end(r->text, *at)).start;
    for (size_t from = *at; from < r->text.len; from = line_end(r->text, from) + 1) {
        lac_markdown_range line = trim(r->text, from, line_end(r->text, from));
        if (!is_row(r->text, line)) {
            break;
        }
        bool rule = is_rule(r->text, line);
        block.header_rows = rule && block.rows == 1 ? 1 : block.header_rows;
        uint32_t columns = rule ? 0 : split_row(row, LAC_MARKDOWN_COLUMNS_MAX, r->text, line);
        block.columns = columns > block.columns ? columns : block.columns;
        block.rows += rule ? 0 : 1;
        block.range.end = line.end;
        end = line_end(r->text, from) + 1;
    }
    if (block.columns > LAC_MARKDOWN_COLUMNS_MAX ||
        (uint64_t)block.rows * block.columns > LAC_MARKDOWN_CELLS_MAX) {
        return lac_fail(r->err, LACUNA_E_LIMIT, "a table of the draft is too large");
    }
    size_t from = *at;
    *at = end;
    if (block.rows == 0 || block.columns == 0) {
        return LACUNA_OK;
    }
    lac_markdown_range *cells =
        lac_arena_array(r->arena, (size_t)block.rows * block.columns, sizeof *cells);
    if (cells == NULL) {
        return lac_fail_nomem(r->err);
    }
    for (; from < end && from < r->text.len; from = line_end(r->text, from) + 1) {
        lac_markdown_range line = trim(r->text, from, line_end(r->text, from));
        if (!is_rule(r->text, line)) {
            (void)split_row(cells + count, block.columns, r->text, line);
            count += block.columns;
        }
    }
    block.cells = cells;
    return add(r, block);
}

lacuna_status lac_markdown_read(lac_markdown *out, lac_arena *arena, lac_span text,
                                lacuna_error *err)
{
    reading r = {.arena = arena, .text = text, .err = err};
    *out = (lac_markdown){.count = 0};
    if (text.len >= UINT32_MAX) {
        return lac_fail(err, LACUNA_E_LIMIT, "the draft is too long");
    }
    r.blocks = lac_arena_array(arena, LAC_MARKDOWN_BLOCKS_MAX, sizeof *r.blocks);
    lacuna_status status = r.blocks == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    for (size_t at = 0; at < text.len && status == LACUNA_OK;) {
        size_t end = line_end(text, at);
        lac_markdown_range line = trim(text, at, end);
        if (is_row(text, line)) {
            status = add_table(&r, &at);
            continue;
        }
        if (line.start == line.end) {
            r.open = false;
        } else {
            status = add_text_line(&r, line);
        }
        at = end + 1;
    }
    *out = (lac_markdown){r.blocks, r.count};
    return status;
}
