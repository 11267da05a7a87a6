#include "parsers/text/plain.h"

#include "parsers/text/contents.h"

#include <string.h>

enum { PARAGRAPH_BYTES = 200 }; /* a longer line was not wrapped: it is a paragraph of its own */

static bool ends_statement(lac_span text)
{
    return text.len > 0 && strchr(".:;)", text.ptr[text.len - 1]) != NULL;
}

/* "1. ..." may be the rest of a wrapped sentence; a bullet may not. */
static bool starts_item(const lac_lines *lines, size_t line, bool in_list)
{
    lac_span text = lac_line_text(lines, line);
    size_t marker = lac_list_marker(text);
    if (marker == 0 || marker >= text.len) {
        return false;
    }
    return in_list || lac_list_bullet(text) || line == 0 || lac_line_blank(lines, line - 1) ||
           ends_statement(lac_line_text(lines, line - 1));
}

static bool is_long(const lac_lines *lines, size_t line)
{
    return lines->items[line].length > PARAGRAPH_BYTES;
}

/* The end of the paragraph or list item that starts at `first`. */
static size_t block_end(const lac_lines *lines, size_t first, bool line_per_block, bool item)
{
    size_t end = first + 1;
    while (!line_per_block && end < lines->count && lines->items[end].role == LAC_LINE_TEXT &&
           !starts_item(lines, end, item) && !is_long(lines, end) && !is_long(lines, end - 1)) {
        end++;
    }
    return end;
}

lacuna_status lac_plain_blocks(lac_emit *emit)
{
    const lac_lines *lines = emit->lines;
    bool line_per_block = lac_plain_line_per_block(lines);
    bool item = false;
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < lines->count && status == LACUNA_OK;) {
        size_t end = i + 1;
        switch (lines->items[i].role) {
        case LAC_LINE_BLANK:
            break;
        case LAC_LINE_HEADING:
            end += end < lines->count && lines->items[end].role == LAC_LINE_HEADING_REST;
            status = lac_emit_heading(emit, i, end, lac_lines_joined(lines, i, end), 0);
            break;
        case LAC_LINE_CONTENTS:
            status = lac_emit_contents(emit, i, lac_contents_entry(lac_line_text(lines, i)), 0);
            break;
        default:
            item = starts_item(lines, i, item);
            end = block_end(lines, i, line_per_block, item);
            status = lac_emit_lines(emit, i, end, item ? LAC_BLOCK_LIST_ITEM : 0);
            break;
        }
        i = end;
    }
    return status;
}
