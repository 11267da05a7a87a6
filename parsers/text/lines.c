#include "parsers/text/lines.h"

#include "support/buf.h"
#include "support/utf8.h"

#include <stdlib.h>
#include <string.h>

static uint32_t indent_of(lac_span line)
{
    uint32_t i = 0;
    while (i < line.len && (line.ptr[i] == ' ' || line.ptr[i] == '\t' || line.ptr[i] == '\f')) {
        i++;
    }
    return i;
}

lacuna_status lac_lines_split(lac_lines *lines, lac_span text, size_t max)
{
    *lines = (lac_lines){text, NULL, 0, 0};
    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.ptr + at, '\n', text.len - at);
        size_t length = end == NULL ? text.len - at : (size_t)(end - text.ptr) - at;
        lacuna_status status = lac_grow((void **)&lines->items, &lines->cap, lines->count + 1,
                                        sizeof *lines->items, max);
        if (status != LACUNA_OK) {
            return status;
        }
        lac_span line = lac_span_make(text.ptr + at, length);
        bool blank = lac_span_trim(line).len == 0;
        lines->items[lines->count++] = (lac_line){
            .start = (uint32_t)at,
            .length = (uint32_t)length,
            .indent = indent_of(line),
            .role = (uint8_t)(blank ? LAC_LINE_BLANK : LAC_LINE_TEXT),
        };
        at += length + 1;
    }
    return LACUNA_OK;
}

void lac_lines_free(lac_lines *lines)
{
    free(lines->items);
    *lines = (lac_lines){{NULL, 0}, NULL, 0, 0};
}

lac_span lac_line_whole(const lac_lines *lines, size_t index)
{
    if (index >= lines->count) {
        return lac_span_make("", 0);
    }
    return lac_span_make(lines->text.ptr + lines->items[index].start, lines->items[index].length);
}

lac_span lac_line_text(const lac_lines *lines, size_t index)
{
    return lac_span_trim(lac_line_whole(lines, index));
}

lac_span lac_lines_joined(const lac_lines *lines, size_t first, size_t end)
{
    lac_span from = lac_line_whole(lines, first);
    lac_span to = lac_line_whole(lines, end - 1);
    return lac_span_trim(lac_span_make(from.ptr, (size_t)(to.ptr + to.len - from.ptr)));
}

bool lac_line_blank(const lac_lines *lines, size_t index)
{
    return index >= lines->count || lines->items[index].role == LAC_LINE_BLANK;
}

/* White space behind a marker; a marker may also end the line. */
static size_t marker_end(lac_span text, size_t at)
{
    size_t i = at;
    while (i < text.len && (text.ptr[i] == ' ' || text.ptr[i] == '\t')) {
        i++;
    }
    return i > at || i == text.len ? i : 0;
}

static size_t bullet_length(lac_span text)
{
    static const char *const bullets[] = {"-",
                                          "*",
                                          "+",
                                          "\xE2\x80\xA2",
                                          "\xE2\x80\xA3",
                                          "\xE2\x97\xA6",
                                          "\xE2\x96\xAA",
                                          "\xE2\x80\x93",
                                          "\xC2\xB7"};
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++) {
        size_t length = strlen(bullets[i]);
        if (text.len >= length && memcmp(text.ptr, bullets[i], length) == 0) {
            return length;
        }
    }
    return 0;
}

bool lac_list_bullet(lac_span text)
{
    size_t length = bullet_length(text);
    return length > 0 && marker_end(text, length) > 0;
}

static bool is_marker_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "1", "12", "b", "iv": digits, one letter, or roman digits. */
static size_t ordinal_length(lac_span text)
{
    enum { LONGEST = 4 };
    size_t digits = 0;
    size_t roman = 0;
    size_t i = 0;
    while (i < text.len && i <= LONGEST && is_marker_char(text.ptr[i])) {
        digits += text.ptr[i] >= '0' && text.ptr[i] <= '9';
        roman += strchr("ivxIVX", text.ptr[i]) != NULL;
        i++;
    }
    return i > 0 && i <= LONGEST && (digits == i || roman == i || i == 1) ? i : 0;
}

size_t lac_list_marker(lac_span text)
{
    size_t bullet = bullet_length(text);
    if (bullet > 0) {
        return marker_end(text, bullet);
    }
    size_t open = text.len > 0 && text.ptr[0] == '(' ? 1 : 0;
    size_t ordinal = ordinal_length(lac_span_make(text.ptr + open, text.len - open));
    size_t close = open + ordinal;
    if (ordinal == 0 || close >= text.len) {
        return 0;
    }
    bool closed = text.ptr[close] == ')' || (open == 0 && text.ptr[close] == '.');
    return closed ? marker_end(text, close + 1) : 0;
}
