/* The marks of list items, also the broken forms that letters print. */
#include "analyzer/letter/layout.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Bytes of a bullet at the front: also the private-use characters Word's symbol fonts leave. */
static size_t bullet_length(lac_span line)
{
    static const char *const bullets[] = {"\xE2\x80\xA2",
                                          "\xEF\x82\xB7",
                                          "\xEF\x82\xA7",
                                          "\xEF\x83\x98",
                                          "\xE2\x96\xAA",
                                          "\xE2\x97\x8F",
                                          "\xE2\x97\xA6",
                                          "\xE2\x80\x93",
                                          "\xE2\x80\x94",
                                          "\xEF\x80\xAD",
                                          "o",
                                          "*",
                                          "-",
                                          "\xC2\xB7"};
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++) {
        size_t length = strlen(bullets[i]);
        if (line.len > length && memcmp(line.ptr, bullets[i], length) == 0 &&
            is_blank(line.ptr[length])) {
            return length;
        }
    }
    return 0;
}

static bool is_roman(lac_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("ivx", text.ptr[i]) == NULL || text.ptr[i] == '\0') {
            return false;
        }
    }
    return text.len > 0;
}

/* What stands between the brackets or in front of the dot. */
static bool read_name(lac_letter_mark *mark, lac_span name)
{
    if (name.len == 0 || name.len > 4) {
        return false;
    }
    uint32_t number = 0;
    size_t digits = 0;
    while (digits < name.len && is_digit(name.ptr[digits])) {
        number = number * 10 + (uint32_t)(name.ptr[digits++] - '0');
    }
    if (digits == name.len) {
        mark->kind = LAC_MARK_NUMBER;
        mark->number = number;
        return digits <= 2 && number > 0;
    }
    if (name.len == 1 && is_upper(name.ptr[0])) {
        mark->kind = LAC_MARK_UPPER;
        mark->number = (uint32_t)(name.ptr[0] - 'A') + 1;
        return true;
    }
    if ((name.len == 1 && is_lower(name.ptr[0])) || is_roman(name)) {
        mark->kind = LAC_MARK_LOWER;
        mark->number = (uint32_t)(name.ptr[0] - 'a') + 1;
        return true;
    }
    return false;
}

lac_letter_mark lac_letter_mark_of(lac_span line)
{
    lac_letter_mark mark = {0};
    size_t bullet = bullet_length(line);
    bool bracket = line.len > 0 && line.ptr[0] == '(';
    size_t from = bracket ? 1 : 0, to = from;
    while (to < line.len && to < from + 5 &&
           (is_digit(line.ptr[to]) || is_upper(line.ptr[to]) || is_lower(line.ptr[to]))) {
        to++;
    }
    size_t end = to;
    while (end < line.len && end < to + 2 && (line.ptr[end] == '.' || line.ptr[end] == ')')) {
        end++;
    }
    bool closed = end > to && (!bracket || line.ptr[to] == ')');
    if (bullet > 0) {
        mark.kind = LAC_MARK_BULLET;
        end = bullet;
    } else if (!closed || (end < line.len && !is_blank(line.ptr[end])) ||
               !read_name(&mark, lac_span_make(line.ptr + from, to - from))) {
        return (lac_letter_mark){0};
    }
    mark.printed = lac_span_make(line.ptr, end);
    while (end < line.len && is_blank(line.ptr[end])) {
        end++;
    }
    /* "(b) (4)" at the beginning of a line is a redaction. */
    lac_span rest = lac_span_make(line.ptr + end, line.len - end);
    bool redaction = bracket && mark.kind == LAC_MARK_LOWER && mark.number == 2 &&
                     (rest.len == 0 || rest.ptr[0] == '(');
    mark.length = (uint32_t)end;
    return redaction ? (lac_letter_mark){0} : mark;
}
