#define _GNU_SOURCE /* memmem */

#include "writers/docx/brackets.h"

static const struct {
    const char *name, *open, *close;
} kinds[LAC_BRACKET_COUNT] = {
    [LAC_BRACKET_TOKEN] = {"{{ }}", "{{", "}}"},
    [LAC_BRACKET_DOUBLE_CHEVRON] = {"<< >>", "<<", ">>"},
    [LAC_BRACKET_SQUARE] = {"[ ]", "[", "]"},
    [LAC_BRACKET_CHEVRON] = {"< >", "<", ">"},
    [LAC_BRACKET_BRACE] = {"{ }", "{", "}"},
    [LAC_BRACKET_GUILLEMET] = {"\xC2\xAB \xC2\xBB", "\xC2\xAB", "\xC2\xBB"},
};

enum { SHORTEST_ENDING = 3, LONGEST_ACRONYM = 6 };

const char *lac_bracket_name(lac_bracket bracket)
{
    return kinds[bracket].name;
}

lac_span lac_bracket_inner(lac_span found, lac_bracket bracket)
{
    size_t open = strlen(kinds[bracket].open), close = strlen(kinds[bracket].close);
    return found.len < open + close
               ? lac_span_make(found.ptr, 0)
               : lac_span_trim(lac_span_make(found.ptr + open, found.len - open - close));
}

/* ---- what is no placeholder ------------------------------------------------------------------ */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0xC3;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool has_letter(lac_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (is_letter(text.ptr[i]) || text.ptr[i] == '#') {
            return true;
        }
    }
    return false;
}

static bool is_citation(lac_span inner)
{
    return memmem(inner.ptr, inner.len, "et al", 5) != NULL ||
           lac_span_starts_nocase(inner, "ref ") || lac_span_starts_nocase(inner, "ref.");
}

/* "patient(s)" in square brackets */
static bool is_ending(lac_span text, size_t at, lac_span inner)
{
    return at > 0 && is_letter(text.ptr[at - 1]) && inner.len <= SHORTEST_ENDING;
}

static bool may_be(lac_span text, size_t at, lac_span inner, lac_bracket bracket)
{
    if (inner.len == 0 || !has_letter(inner)) {
        return false;
    }
    switch (bracket) {
    case LAC_BRACKET_CHEVRON:
        return !is_digit(inner.ptr[0]) && inner.ptr[0] != '=' && text.ptr[at + 1] != ' ' &&
               text.ptr[at + 1] != '/';
    case LAC_BRACKET_SQUARE:
        return !is_citation(inner) && !is_ending(text, at, inner);
    default:
        return true;
    }
}

/* ---- pairs ----------------------------------------------------------------------------------- */

static bool starts(lac_span text, size_t at, const char *mark)
{
    size_t length = strlen(mark);
    return text.len - at >= length && memcmp(text.ptr + at, mark, length) == 0;
}

/* A single bracket is not half of a double one. */
static bool is_double(lac_span text, size_t at, lac_bracket bracket)
{
    return (bracket == LAC_BRACKET_BRACE || bracket == LAC_BRACKET_CHEVRON) &&
           ((at + 1 < text.len && text.ptr[at + 1] == text.ptr[at]) ||
            (at > 0 && text.ptr[at - 1] == text.ptr[at]));
}

/* Behind the bracket that closes the one at `at`; 0: none does. */
static size_t closing(lac_span text, size_t at, lac_bracket bracket)
{
    const char *open = kinds[bracket].open, *close = kinds[bracket].close;
    size_t depth = 0;
    for (size_t i = at; i < text.len && i - at <= LAC_BRACKET_LONGEST;) {
        if (starts(text, i, open) && !is_double(text, i, bracket)) {
            depth++;
            i += strlen(open);
        } else if (starts(text, i, close) && !is_double(text, i, bracket)) {
            i += strlen(close);
            if (--depth == 0) {
                return i;
            }
        } else {
            i++;
        }
    }
    return 0;
}

bool lac_bracket_next(lac_span *found, size_t *at, lac_span text, lac_bracket bracket)
{
    const char *open = kinds[bracket].open;
    size_t length = strlen(open), tries = 0;
    while (*at < text.len) {
        const char *next = memmem(text.ptr + *at, text.len - *at, open, length);
        if (next == NULL) {
            break;
        }
        size_t start = (size_t)(next - text.ptr);
        *at = start + length;
        size_t end = is_double(text, start, bracket) ? 0 : closing(text, start, bracket);
        if (end > 0) {
            *found = lac_span_make(next, end - start);
            if (may_be(text, start, lac_bracket_inner(*found, bracket), bracket)) {
                return true;
            }
        } else if (++tries > LAC_BRACKET_LONGEST) { /* only opening ones: not worth the time */
            break;
        }
    }
    *at = text.len;
    return false;
}
