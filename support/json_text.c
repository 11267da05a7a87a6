#include "support/json_text.h"

/* Reads from `at`; all functions leave it inside the text. */
typedef struct reader {
    lac_span text;
    size_t at;
} reader;

static bool at_end(const reader *r)
{
    return r->at >= r->text.len;
}

static void skip_space(reader *r)
{
    while (!at_end(r) && strchr(" \t\r\n", r->text.ptr[r->at]) != NULL &&
           r->text.ptr[r->at] != '\0') {
        r->at++;
    }
}

static bool take(reader *r, char c)
{
    skip_space(r);
    if (at_end(r) || r->text.ptr[r->at] != c) {
        return false;
    }
    r->at++;
    return true;
}

/* Behind the closing quote of a string that begins at `at`. */
static bool skip_string(reader *r)
{
    if (!take(r, '"')) {
        return false;
    }
    while (!at_end(r) && r->text.ptr[r->at] != '"') {
        r->at += r->text.ptr[r->at] == '\\' && r->at + 1 < r->text.len ? 2u : 1u;
    }
    return take(r, '"');
}

static bool skip_scalar(reader *r)
{
    size_t start = r->at;
    while (!at_end(r) && strchr(",]} \t\r\n", r->text.ptr[r->at]) == NULL) {
        r->at++;
    }
    return r->at > start;
}

/* Behind a value of any kind; nesting is counted, not recursed into. */
static bool skip_value(reader *r)
{
    size_t depth = 0;
    do {
        skip_space(r);
        if (at_end(r)) {
            return false;
        }
        char c = r->text.ptr[r->at];
        if (c == '"') {
            if (!skip_string(r)) {
                return false;
            }
        } else if (c == '{' || c == '[') {
            depth++;
            r->at++;
        } else if (c == '}' || c == ']') {
            if (depth == 0) {
                return false;
            }
            depth--;
            r->at++;
        } else if (c == ',' || c == ':') {
            if (depth == 0) {
                return false;
            }
            r->at++;
        } else if (!skip_scalar(r)) {
            return false;
        }
    } while (depth > 0);
    return true;
}

/* Whether a member name (raw, between quotes) is the pointer step; escapes in names do not occur in
 * the files this is used for and simply do not match. */
static bool name_is(lac_span name, lac_span step)
{
    size_t n = 0;
    for (size_t i = 0; i < step.len; i++, n++) {
        char c = step.ptr[i];
        if (c == '~' && i + 1 < step.len) {
            c = step.ptr[++i] == '1' ? '/' : '~';
        }
        if (n >= name.len || name.ptr[n] != c) {
            return false;
        }
    }
    return n == name.len;
}

static bool enter_member(reader *r, lac_span step)
{
    if (!take(r, '{')) {
        return false;
    }
    do {
        skip_space(r);
        size_t start = r->at + 1;
        if (!skip_string(r)) {
            return false;
        }
        lac_span name = lac_span_make(r->text.ptr + start, r->at - 1 - start);
        if (!take(r, ':')) {
            return false;
        }
        skip_space(r);
        if (name_is(name, step)) {
            return true;
        }
    } while (skip_value(r) && take(r, ','));
    return false;
}

static bool enter_element(reader *r, lac_span step)
{
    size_t index = 0;
    for (size_t i = 0; i < step.len; i++) {
        if (step.ptr[i] < '0' || step.ptr[i] > '9' || index > r->text.len) {
            return false;
        }
        index = index * 10 + (size_t)(step.ptr[i] - '0');
    }
    if (step.len == 0 || !take(r, '[')) {
        return false;
    }
    while (index-- > 0) {
        if (!skip_value(r) || !take(r, ',')) {
            return false;
        }
    }
    skip_space(r);
    return !at_end(r);
}

/* Goes as far along the pointer as there are values; true when it is the whole way. */
static bool follow(reader *r, const char *pointer)
{
    skip_space(r);
    while (*pointer == '/') {
        const char *end = strchr(++pointer, '/');
        lac_span step =
            lac_span_make(pointer, end == NULL ? strlen(pointer) : (size_t)(end - pointer));
        reader next = *r;
        if (!enter_member(&next, step)) {
            next = *r;
            if (!enter_element(&next, step)) {
                return false;
            }
        }
        *r = next;
        pointer += step.len;
    }
    return true;
}

bool lac_json_find(lac_span *value, lac_span json, const char *pointer)
{
    reader r = {json, 0};
    *value = lac_span_make(json.ptr, 0);
    if (!follow(&r, pointer)) {
        return false;
    }
    size_t start = r.at;
    if (!skip_value(&r)) {
        return false;
    }
    *value = lac_span_make(json.ptr + start, r.at - start);
    return true;
}

uint32_t lac_json_line(lac_span json, const char *pointer)
{
    reader r = {json, 0};
    (void)follow(&r, pointer);
    uint32_t line = 1;
    for (size_t i = 0; i < r.at && i < json.len; i++) {
        line += json.ptr[i] == '\n' ? 1u : 0u;
    }
    return json.len == 0 ? 0 : line;
}

/* Behind the closing quote of a string whose first character is at `at`; strings are most of the
 * text, so the closing quote is looked for, and backslashes before it counted. */
static size_t string_end(lac_span json, size_t at)
{
    size_t start = at;
    while (at < json.len) {
        const char *quote = memchr(json.ptr + at, '"', json.len - at);
        if (quote == NULL) {
            return json.len;
        }
        size_t end = (size_t)(quote - json.ptr);
        size_t slashes = 0;
        while (end - slashes > start && json.ptr[end - slashes - 1] == '\\') {
            slashes++;
        }
        at = end + 1;
        if (slashes % 2 == 0) {
            return at;
        }
    }
    return json.len;
}

uint32_t lac_json_depth(lac_span json)
{
    uint32_t depth = 0;
    uint32_t deepest = 0;
    for (size_t i = 0; i < json.len; i++) {
        char c = json.ptr[i];
        if (c == '"') {
            i = string_end(json, i + 1) - 1;
        } else if (c == '{' || c == '[') {
            depth++;
            deepest = depth > deepest ? depth : deepest;
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        }
    }
    return deepest;
}
