#include "parsers/text/markdown_lines.h"

#include <string.h>

enum { MAX_INDENT = 3, FENCE_MARKS = 3 };

/* Without up to three spaces in front; *deep when there are more. */
static lac_span dedent(lac_span line, bool *deep)
{
    size_t i = 0;
    while (i < line.len && i <= MAX_INDENT && line.ptr[i] == ' ') {
        i++;
    }
    *deep = i > MAX_INDENT || (i < line.len && line.ptr[i] == '\t');
    return lac_span_make(line.ptr + i, line.len - i);
}

static size_t run_of(lac_span text, char c)
{
    size_t i = 0;
    while (i < text.len && text.ptr[i] == c) {
        i++;
    }
    return i;
}

/* Closing marks count when white space stands before them. */
static lac_span without_closing_marks(lac_span title)
{
    size_t end = title.len;
    while (end > 0 && title.ptr[end - 1] == '#') {
        end--;
    }
    bool closing = end == 0 || title.ptr[end - 1] == ' ' || title.ptr[end - 1] == '\t';
    return closing ? lac_span_trim(lac_span_make(title.ptr, end)) : title;
}

uint8_t lac_markdown_atx(lac_span line, lac_span *title)
{
    enum { DEEPEST = 6 };
    bool deep;
    lac_span text = dedent(line, &deep);
    size_t marks = run_of(text, '#');
    *title = lac_span_make(text.ptr, 0);
    if (deep || marks == 0 || marks > DEEPEST) {
        return 0;
    }
    lac_span rest = lac_span_make(text.ptr + marks, text.len - marks);
    if (rest.len > 0 && rest.ptr[0] != ' ' && rest.ptr[0] != '\t') {
        return 0;
    }
    *title = without_closing_marks(lac_span_trim(rest));
    return (uint8_t)marks;
}

uint8_t lac_markdown_underline(lac_span line)
{
    bool deep;
    lac_span text = lac_span_trim(dedent(line, &deep));
    if (deep || text.len < 2) {
        return 0;
    }
    if (run_of(text, '=') == text.len) {
        return 1;
    }
    return text.len >= 3 && run_of(text, '-') == text.len ? 2 : 0;
}

bool lac_markdown_break(lac_span line)
{
    bool deep;
    lac_span text = lac_span_trim(dedent(line, &deep));
    if (deep || text.len < 3 || text.ptr[0] == '\0' || strchr("-*_", text.ptr[0]) == NULL) {
        return false;
    }
    size_t marks = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == text.ptr[0]) {
            marks++;
        } else if (text.ptr[i] != ' ' && text.ptr[i] != '\t') {
            return false;
        }
    }
    return marks >= 3;
}

/* Fences inside list items are indented, so any indent is accepted. */
size_t lac_markdown_fence(lac_span line, char *mark)
{
    lac_span text = lac_span_trim(line);
    *mark = text.len > 0 ? text.ptr[0] : '\0';
    if (*mark != '`' && *mark != '~') {
        return 0;
    }
    size_t marks = run_of(text, *mark);
    /* "```code``` in one line" is a code span. */
    bool span = *mark == '`' && memchr(text.ptr + marks, '`', text.len - marks) != NULL;
    return marks >= FENCE_MARKS && !span ? marks : 0;
}

bool lac_markdown_fence_end(lac_span line, size_t length, char mark)
{
    lac_span text = lac_span_trim(line);
    return text.len >= length && run_of(text, mark) == text.len;
}

bool lac_markdown_has_bar(lac_span line)
{
    return line.len > 0 && memchr(line.ptr, '|', line.len) != NULL;
}

lac_span lac_markdown_row(lac_span line)
{
    lac_span row = lac_span_trim(line);
    if (row.len > 0 && row.ptr[0] == '|') {
        row.ptr++;
        row.len--;
    }
    if (row.len > 0 && row.ptr[row.len - 1] == '|' &&
        (row.len == 1 || row.ptr[row.len - 2] != '\\')) {
        row.len--;
    }
    return row;
}

bool lac_markdown_cell(lac_span *cell, lac_span *rest)
{
    if (rest->ptr == NULL) {
        return false;
    }
    size_t i = 0;
    while (i < rest->len && rest->ptr[i] != '|') {
        i += rest->ptr[i] == '\\' && i + 1 < rest->len ? 2 : 1;
    }
    *cell = lac_span_trim(lac_span_make(rest->ptr, i));
    bool more = i < rest->len;
    *rest = more ? lac_span_make(rest->ptr + i + 1, rest->len - i - 1) : lac_span_make(NULL, 0);
    return true;
}

/* One cell of the second line: dashes, perhaps with a colon at either end. */
static bool is_delimiter_cell(lac_span cell)
{
    size_t i = cell.len > 0 && cell.ptr[0] == ':' ? 1 : 0;
    size_t dashes = run_of(lac_span_make(cell.ptr + i, cell.len - i), '-');
    i += dashes;
    i += i < cell.len && cell.ptr[i] == ':' ? 1 : 0;
    return dashes > 0 && i == cell.len;
}

bool lac_markdown_delimiter(lac_span line)
{
    bool deep;
    lac_span cell;
    lac_span rest = lac_markdown_row(dedent(line, &deep));
    if (deep || !lac_markdown_has_bar(line)) {
        return false;
    }
    while (lac_markdown_cell(&cell, &rest)) {
        if (!is_delimiter_cell(cell)) {
            return false;
        }
    }
    return true;
}

static bool wrapped_in(lac_span text, const char *mark)
{
    size_t length = strlen(mark);
    return text.len > 2 * length && memcmp(text.ptr, mark, length) == 0 &&
           memcmp(text.ptr + text.len - length, mark, length) == 0;
}

/* The emphasis around all of the text; "**a** and **b**" is emphasis twice, so none. */
static size_t emphasis_length(lac_span text)
{
    static const char *const marks[] = {"***", "**", "__", "*", "_", "`"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        size_t length = strlen(marks[i]);
        if (wrapped_in(text, marks[i]) &&
            memchr(text.ptr + length, marks[i][0], text.len - 2 * length) == NULL) {
            return length;
        }
    }
    return 0;
}

bool lac_markdown_all_bold(lac_span text)
{
    return (text.len > 0 && text.ptr[0] != '`') && emphasis_length(text) >= 2;
}

static lac_span without_attributes(lac_span title)
{
    if (title.len == 0 || title.ptr[title.len - 1] != '}') {
        return title;
    }
    for (size_t i = title.len; i-- > 0;) {
        if (title.ptr[i] == '{') {
            bool attribute = title.ptr[i + 1] == '#' || title.ptr[i + 1] == '.';
            return attribute ? lac_span_trim(lac_span_make(title.ptr, i)) : title;
        }
    }
    return title;
}

static lac_span without_anchor(lac_span title)
{
    if (!lac_span_starts_nocase(title, "<a ")) {
        return title;
    }
    const char *end = memchr(title.ptr, '>', title.len);
    if (end == NULL) {
        return title;
    }
    size_t used = (size_t)(end + 1 - title.ptr);
    lac_span rest = lac_span_make(title.ptr + used, title.len - used);
    size_t close = lac_span_starts_nocase(rest, "</a>") ? 4 : 0;
    return lac_span_trim(lac_span_make(rest.ptr + close, rest.len - close));
}

lac_span lac_markdown_plain_title(lac_span title)
{
    lac_span text = without_anchor(without_attributes(lac_span_trim(title)));
    size_t mark = emphasis_length(text);
    return lac_span_trim(lac_span_make(text.ptr + mark, text.len - 2 * mark));
}

lac_span lac_markdown_local_link(lac_span text)
{
    lac_span none = lac_span_make(text.ptr, 0);
    if (text.len < 5 || text.ptr[0] != '[' || text.ptr[text.len - 1] != ')') {
        return none;
    }
    for (size_t i = 1; i + 2 < text.len; i++) {
        if (memcmp(text.ptr + i, "](#", 3) == 0) {
            return lac_span_make(text.ptr + 1, i - 1);
        }
    }
    return none;
}

/* "# deaths" over a column of a table is no heading. */
static bool is_telling(lac_span title)
{
    return title.len > 1 && !(title.ptr[0] >= 'a' && title.ptr[0] <= 'z');
}

/* One heading at the top, or two different ones anywhere. */
static bool enough(lac_span *first, size_t line, lac_span title)
{
    enum { TOP_LINES = 5 };
    if (line < TOP_LINES || (first->len > 0 && !lac_span_equal(*first, title))) {
        return true;
    }
    *first = title;
    return false;
}

bool lac_markdown_likely(const lac_lines *lines)
{
    size_t fence = 0;
    char mark = '\0';
    lac_span first = {NULL, 0};
    for (size_t i = 0; i < lines->count; i++) {
        lac_span line = lac_line_whole(lines, i);
        lac_span title;
        if (fence > 0) {
            fence = lac_markdown_fence_end(line, fence, mark) ? 0 : fence;
            continue;
        }
        bool own = (i == 0 || lac_line_blank(lines, i - 1)) && lac_line_blank(lines, i + 1);
        if (own && lac_markdown_atx(line, &title) > 0 && is_telling(title) &&
            enough(&first, i, title)) {
            return true;
        }
        fence = lac_markdown_fence(line, &mark);
    }
    return false;
}
