#include "parsers/text/markdown.h"

#include "parsers/text/contents.h"
#include "parsers/text/markdown_lines.h"

#include <string.h>

typedef struct reader {
    lac_emit *emit;
    lac_lines *lines;
    size_t at;
    bool bold_headings; /* no heading has marks: short bold lines stand in for them */
} reader;

static lac_span whole(const reader *r, size_t line)
{
    return lac_line_whole(r->lines, line);
}

static bool starts_comment(lac_span line)
{
    return lac_span_starts_nocase(lac_span_trim(line), "<!--");
}

static bool starts_item(const reader *r, size_t line)
{
    lac_span text = lac_line_text(r->lines, line);
    size_t marker = lac_list_marker(text);
    return marker > 0 && marker < text.len;
}

static bool starts_table(const reader *r, size_t line)
{
    return line + 1 < r->lines->count && lac_markdown_has_bar(whole(r, line)) &&
           lac_markdown_delimiter(whole(r, line + 1));
}

/* Whether a line ends the paragraph before it. */
static bool interrupts(const reader *r, size_t line)
{
    lac_span text = whole(r, line);
    lac_span title;
    char mark;
    return lac_line_blank(r->lines, line) || r->lines->items[line].role == LAC_LINE_CONTENTS ||
           lac_markdown_atx(text, &title) > 0 || lac_markdown_fence(text, &mark) > 0 ||
           lac_markdown_break(text) || starts_comment(text) || starts_item(r, line) ||
           starts_table(r, line);
}

/* ---- blocks with an end mark ---------------------------------------------------------------- */

static lacuna_status read_fence(reader *r, size_t length, char mark)
{
    size_t end = r->at + 1;
    while (end < r->lines->count && !lac_markdown_fence_end(whole(r, end), length, mark)) {
        end++;
    }
    end += end < r->lines->count;
    lacuna_status status = lac_emit_lines(r->emit, r->at, end, LAC_BLOCK_CODE);
    r->at = end;
    return status;
}

static bool contains(lac_span text, const char *what)
{
    size_t length = strlen(what);
    for (size_t i = 0; i + length <= text.len; i++) {
        if (memcmp(text.ptr + i, what, length) == 0) {
            return true;
        }
    }
    return false;
}

/* A reader of the page does not see comments; templates keep their instructions in them. */
static lacuna_status read_comment(reader *r)
{
    size_t end = r->at;
    while (end < r->lines->count && !contains(whole(r, end), "-->")) {
        end++;
    }
    end += end < r->lines->count;
    lacuna_status status = lac_emit_lines(r->emit, r->at, end, LAC_BLOCK_INSTRUCTION);
    r->at = end;
    return status;
}

/* ---- headings ------------------------------------------------------------------------------- */

static lacuna_status emit_heading(reader *r, size_t end, uint8_t level, lac_heading_source source,
                                  lac_span title)
{
    lac_line *line = &r->lines->items[r->at];
    lac_span name = lac_markdown_plain_title(title);
    line->level = level;
    line->source = (uint8_t)source;
    uint32_t flags = lac_contents_title(name) ? LAC_BLOCK_TOC : 0;
    lacuna_status status = LACUNA_OK;
    if (name.len > 0) {
        status = lac_emit_heading(r->emit, r->at, end, name, flags);
    }
    r->at = end;
    return status;
}

static bool is_bold_heading(const reader *r)
{
    enum { LONGEST = 120 };
    lac_span text = lac_line_text(r->lines, r->at);
    return r->bold_headings && text.len <= LONGEST && lac_markdown_all_bold(text) &&
           lac_line_blank(r->lines, r->at + 1);
}

static bool has_marked_heading(const reader *r)
{
    lac_span title;
    for (size_t i = 0; i < r->lines->count; i++) {
        if (lac_markdown_atx(whole(r, i), &title) > 0 ||
            (i > 0 && !lac_line_blank(r->lines, i - 1) &&
             lac_markdown_underline(whole(r, i)) > 0)) {
            return true;
        }
    }
    return false;
}

/* ---- tables --------------------------------------------------------------------------------- */

static lacuna_status emit_row(reader *r, size_t line, uint32_t row, lac_table *table,
                              uint32_t index)
{
    lac_span cell;
    lac_span rest = lac_markdown_row(whole(r, line));
    lacuna_status status = LACUNA_OK;
    lac_block block = lac_body_block(row == 0 ? LAC_BLOCK_HEADER_ROW : 0);
    block.table = index;
    block.row = row;
    while (status == LACUNA_OK && lac_markdown_cell(&cell, &rest)) {
        if (cell.len > 0) {
            status = lac_emit_span(r->emit, cell, block);
        }
        block.column++;
    }
    table->columns = block.column > table->columns ? block.column : table->columns;
    return status;
}

static lacuna_status read_table(reader *r)
{
    lac_builder *builder = r->emit->builder;
    lac_table table = {(uint32_t)builder->block_count, 0, 0, 0, LAC_NONE};
    uint32_t index;
    lacuna_status status = lac_builder_table(builder, &index, &table);
    size_t line = r->at;
    while (status == LACUNA_OK && line < r->lines->count && !lac_line_blank(r->lines, line) &&
           lac_markdown_has_bar(whole(r, line))) {
        status = emit_row(r, line, table.rows, &table, index);
        table.rows++;
        line += line == r->at ? 2 : 1; /* the delimiter line is no row */
    }
    if (status == LACUNA_OK) {
        table.end_block = (uint32_t)builder->block_count;
        builder->tables[index] = table;
    }
    r->at = line;
    return status;
}

/* ---- paragraphs and lists ------------------------------------------------------------------- */

static lacuna_status read_item(reader *r)
{
    lac_span text = lac_line_text(r->lines, r->at);
    size_t marker = lac_list_marker(text);
    lac_span content = lac_span_make(text.ptr + marker, text.len - marker);
    lac_span entry = lac_markdown_local_link(content);
    size_t end = r->at + 1;
    lacuna_status status;
    if (entry.len > 0) {
        status = lac_emit_contents(r->emit, r->at, entry, LAC_BLOCK_LIST_ITEM);
    } else {
        while (end < r->lines->count && !interrupts(r, end)) {
            end++;
        }
        status = lac_emit_lines(r->emit, r->at, end, LAC_BLOCK_LIST_ITEM);
    }
    r->at = end;
    return status;
}

static lacuna_status read_paragraph(reader *r)
{
    size_t end = r->at + 1;
    uint8_t level = end < r->lines->count ? lac_markdown_underline(whole(r, end)) : 0;
    lac_span text = lac_line_text(r->lines, r->at);
    if (level > 0) {
        return emit_heading(r, end + 1, level, LAC_HEADING_MARKUP, text);
    }
    if (is_bold_heading(r)) {
        return emit_heading(r, end, 1, LAC_HEADING_FORMATTING, text);
    }
    while (end < r->lines->count && !interrupts(r, end)) {
        end++;
    }
    bool bold = end == r->at + 1 && lac_markdown_all_bold(text);
    lacuna_status status = lac_emit_lines(r->emit, r->at, end, bold ? LAC_BLOCK_ALL_BOLD : 0);
    r->at = end;
    return status;
}

/* ---- front matter --------------------------------------------------------------------------- */

static lac_span unquoted(lac_span text)
{
    lac_span s = lac_span_trim(text);
    bool quoted =
        s.len >= 2 && (s.ptr[0] == '"' || s.ptr[0] == '\'') && s.ptr[s.len - 1] == s.ptr[0];
    return quoted ? lac_span_make(s.ptr + 1, s.len - 2) : s;
}

/* The line that closes front matter; 0: there is none. */
static size_t front_matter_end(const reader *r)
{
    enum { LONGEST = 200 };
    if (r->lines->count == 0 || !lac_span_is(lac_line_text(r->lines, 0), "---") ||
        lac_line_blank(r->lines, 1)) {
        return 0;
    }
    for (size_t i = 1; i < r->lines->count && i < LONGEST; i++) {
        lac_span line = whole(r, i);
        lac_span text = lac_span_trim(line);
        if (lac_span_is(text, "---") || lac_span_is(text, "...")) {
            return i;
        }
        bool nested = line.len > 0 && strchr(" \t-#", line.ptr[0]) != NULL;
        if (text.len > 0 && !nested && memchr(text.ptr, ':', text.len) == NULL) {
            return 0;
        }
    }
    return 0;
}

static lacuna_status emit_front_line(reader *r, size_t line)
{
    lac_document *document = r->emit->builder->document;
    bool titled = lac_span_starts_nocase(whole(r, line), "title:");
    if (titled && document->property_title.len == 0) {
        lac_span text = whole(r, line);
        lac_span title = unquoted(lac_span_make(text.ptr + 6, text.len - 6));
        document->property_title.ptr = lac_arena_copy(&document->arena, title);
        if (document->property_title.ptr == NULL) {
            return LACUNA_E_NOMEM;
        }
        document->property_title.len = title.len;
    }
    return lac_emit_lines(r->emit, line, line + 1, titled ? LAC_BLOCK_TITLE : 0);
}

static lacuna_status read_front_matter(reader *r)
{
    size_t end = front_matter_end(r);
    lacuna_status status = LACUNA_OK;
    for (size_t i = 1; i < end && status == LACUNA_OK; i++) {
        if (!lac_line_blank(r->lines, i)) {
            status = emit_front_line(r, i);
        }
    }
    r->at = end > 0 ? end + 1 : 0;
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------ */

static lacuna_status read_block(reader *r)
{
    lac_span line = whole(r, r->at);
    lac_span title;
    char mark;
    size_t fence = lac_markdown_fence(line, &mark);
    if (fence > 0) {
        return read_fence(r, fence, mark);
    }
    if (starts_comment(line)) {
        return read_comment(r);
    }
    uint8_t level = lac_markdown_atx(line, &title);
    if (level > 0) {
        return emit_heading(r, r->at + 1, level, LAC_HEADING_MARKUP, title);
    }
    if (lac_markdown_break(line)) {
        r->at++;
        return LACUNA_OK;
    }
    if (starts_table(r, r->at)) {
        return read_table(r);
    }
    if (r->lines->items[r->at].role == LAC_LINE_CONTENTS) {
        lac_span entry = lac_contents_entry(lac_line_text(r->lines, r->at));
        return lac_emit_contents(r->emit, r->at++, entry, 0);
    }
    return starts_item(r, r->at) ? read_item(r) : read_paragraph(r);
}

lacuna_status lac_markdown_blocks(lac_emit *emit, lac_lines *lines)
{
    reader r = {emit, lines, 0, false};
    r.bold_headings = !has_marked_heading(&r);
    lacuna_status status = read_front_matter(&r);
    while (r.at < lines->count && status == LACUNA_OK) {
        if (lac_line_blank(lines, r.at)) {
            r.at++;
        } else {
            status = read_block(&r);
        }
    }
    return status;
}
