#include "claude/ini.h"

static lac_span next_line(lac_span *text)
{
    const char *end = text->len == 0 ? NULL : memchr(text->ptr, '\n', text->len);
    size_t length = end == NULL ? text->len : (size_t)(end - text->ptr);
    lac_span line = lac_span_make(text->ptr, length);
    size_t taken = end == NULL ? length : length + 1;
    *text = lac_span_make(text->ptr + taken, text->len - taken);
    return lac_span_trim(line);
}

bool lac_ini_find(lac_span *value, lac_span text, const char *section, const char *key)
{
    bool inside = false, found = false;
    while (text.len > 0) {
        lac_span line = next_line(&text);
        if (line.len == 0 || line.ptr[0] == '#' || line.ptr[0] == ';') {
            continue;
        }
        if (line.ptr[0] == '[') {
            size_t length = line.ptr[line.len - 1] == ']' ? line.len - 2 : line.len - 1;
            inside = lac_span_is(lac_span_trim(lac_span_make(line.ptr + 1, length)), section);
            continue;
        }
        const char *equals = memchr(line.ptr, '=', line.len);
        if (!inside || equals == NULL) {
            continue;
        }
        size_t length = (size_t)(equals - line.ptr);
        if (lac_span_is(lac_span_trim(lac_span_make(line.ptr, length)), key)) {
            *value = lac_span_trim(lac_span_make(equals + 1, line.len - length - 1));
            found = true;
        }
    }
    return found;
}
