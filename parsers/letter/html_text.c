#include "parsers/letter/html_text.h"

#include <string.h>

enum { LISTS_MOST = 16, ENTITY_BYTES = 12 };

typedef struct reader {
    lac_buf *out;
    lac_span rest;
    uint32_t lists[LISTS_MOST]; /* next number; 0: bullets */
    uint32_t depth;             /* open lists, also those beyond LISTS_MOST */
    bool space;                 /* white space was seen */
} reader;

static void skip(reader *r, size_t bytes)
{
    r->rest.ptr += bytes;
    r->rest.len -= bytes;
}

static bool at_line_start(const reader *r)
{
    return r->out->len == 0 || r->out->data[r->out->len - 1] == '\n';
}

static lacuna_status new_line(reader *r)
{
    r->space = false;
    return at_line_start(r) ? LACUNA_OK : lac_buf_append_char(r->out, '\n');
}

static lacuna_status blank_line(reader *r)
{
    lacuna_status status = new_line(r);
    size_t length = r->out->len;
    bool blank = length < 2 || r->out->data[length - 2] == '\n';
    return status == LACUNA_OK && !blank ? lac_buf_append_char(r->out, '\n') : status;
}

static lacuna_status put_space(reader *r)
{
    bool wanted = r->space && !at_line_start(r);
    r->space = false;
    return wanted ? lac_buf_append_char(r->out, ' ') : LACUNA_OK;
}

/* ---- characters ----------------------------------------------------------------------------- */

static uint32_t named_codepoint(lac_span name)
{
    static const struct {
        const char *name;
        uint32_t codepoint;
    } known[] = {{"amp", '&'},      {"lt", '<'},        {"gt", '>'},       {"quot", '"'},
                 {"apos", '\''},    {"nbsp", ' '},      {"ndash", 0x2013}, {"mdash", 0x2014},
                 {"lsquo", 0x2018}, {"rsquo", 0x2019},  {"ldquo", 0x201C}, {"rdquo", 0x201D},
                 {"bull", 0x2022},  {"hellip", 0x2026}, {"sect", 0xA7},    {"reg", 0xAE},
                 {"trade", 0x2122}, {"deg", 0xB0},      {"micro", 0xB5},   {"plusmn", 0xB1},
                 {"le", 0x2264},    {"ge", 0x2265},     {"times", 0xD7}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (lac_span_is(name, known[i].name)) {
            return known[i].codepoint;
        }
    }
    return 0;
}

static uint32_t numbered_codepoint(lac_span digits)
{
    bool hex = digits.len > 0 && (digits.ptr[0] == 'x' || digits.ptr[0] == 'X');
    uint32_t value = 0;
    for (size_t i = hex ? 1 : 0; i < digits.len; i++) {
        char c = digits.ptr[i];
        const char *all = "0123456789abcdefABCDEF";
        const char *found = c == '\0' ? NULL : strchr(all, c);
        uint32_t digit = found == NULL ? 99 : (uint32_t)(found - all);
        digit = digit >= 16 && digit < 22 ? digit - 6 : digit;
        if (digit >= (hex ? 16u : 10u) || value > 0x10FFFF) {
            return 0;
        }
        value = value * (hex ? 16 : 10) + digit;
    }
    return value;
}

/* "&name;" at the front; false: it is none, and the '&' is text. */
static bool take_entity(reader *r, uint32_t *codepoint)
{
    size_t end = 1;
    while (end < r->rest.len && end < ENTITY_BYTES && r->rest.ptr[end] != ';') {
        end++;
    }
    if (end >= r->rest.len || r->rest.ptr[end] != ';') {
        return false;
    }
    lac_span name = lac_span_make(r->rest.ptr + 1, end - 1);
    *codepoint = name.len > 1 && name.ptr[0] == '#'
                     ? numbered_codepoint(lac_span_make(name.ptr + 1, name.len - 1))
                     : named_codepoint(name);
    if (*codepoint == 0) {
        return false;
    }
    skip(r, end + 1);
    return true;
}

static lacuna_status take_character(reader *r)
{
    uint32_t codepoint = 0;
    char c = r->rest.ptr[0];
    if (c == '&' && take_entity(r, &codepoint)) {
        if (codepoint == ' ' || codepoint == 0xA0) {
            r->space = true;
            return LACUNA_OK;
        }
        lacuna_status status = put_space(r);
        return status == LACUNA_OK ? lac_buf_append_codepoint(r->out, codepoint) : status;
    }
    skip(r, 1);
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        r->space = true;
        return LACUNA_OK;
    }
    lacuna_status status = put_space(r);
    return status == LACUNA_OK ? lac_buf_append_char(r->out, c) : status;
}

/* ---- tags ----------------------------------------------------------------------------------- */

static bool named(lac_span tag, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (lac_span_equal_nocase(tag, lac_span_of(names[i]))) {
            return true;
        }
    }
    return false;
}

static lacuna_status begin_item(reader *r)
{
    lacuna_status status = new_line(r);
    uint32_t *next = r->depth > 0 && r->depth <= LISTS_MOST ? &r->lists[r->depth - 1] : NULL;
    for (uint32_t i = 1; i < r->depth && i < LISTS_MOST && status == LACUNA_OK; i++) {
        status = lac_buf_append_text(r->out, "    ");
    }
    if (status == LACUNA_OK) {
        status = next == NULL || *next == 0 ? lac_buf_append_text(r->out, "\xE2\x80\xA2")
                                            : lac_buf_printf(r->out, "%u.", (*next)++);
    }
    return status == LACUNA_OK ? lac_buf_append_char(r->out, ' ') : status;
}

static void count_list(reader *r, bool closing, bool numbered)
{
    if (closing) {
        r->depth -= r->depth > 0 ? 1 : 0;
        return;
    }
    if (r->depth < LISTS_MOST) {
        r->lists[r->depth] = numbered ? 1 : 0;
    }
    r->depth += r->depth < UINT32_MAX ? 1 : 0;
}

static lacuna_status apply_tag(reader *r, lac_span tag, bool closing)
{
    static const char *const blocks[] = {"p",  "div", "h1", "h2",    "h3",        "h4",
                                         "h5", "h6",  "hr", "table", "blockquote"};
    static const char *const lines[] = {"br", "tr"};
    bool numbered = lac_span_equal_nocase(tag, lac_span_of("ol"));
    if (numbered || lac_span_equal_nocase(tag, lac_span_of("ul"))) {
        count_list(r, closing, numbered);
        return new_line(r);
    }
    if (lac_span_equal_nocase(tag, lac_span_of("li")) && !closing) {
        return begin_item(r);
    }
    if (lac_span_equal_nocase(tag, lac_span_of("td"))) {
        r->space = true;
        return LACUNA_OK;
    }
    if (named(tag, lines, sizeof lines / sizeof lines[0])) {
        r->space = false;
        return closing ? LACUNA_OK : lac_buf_append_char(r->out, '\n');
    }
    return named(tag, blocks, sizeof blocks / sizeof blocks[0]) ? blank_line(r) : LACUNA_OK;
}

static size_t find(lac_span text, size_t from, const char *what)
{
    size_t length = strlen(what);
    for (; from + length <= text.len; from++) {
        if (lac_span_equal_nocase(lac_span_make(text.ptr + from, length),
                                  lac_span_make(what, length))) {
            return from;
        }
    }
    return text.len;
}

/* What stands between a tag that holds no text and its end. */
static void skip_content(reader *r, lac_span tag)
{
    static const struct {
        const char *tag, *end;
    } silent[] = {
        {"script", "</script"}, {"style", "</style"}, {"head", "</head"}, {"title", "</title"}};
    for (size_t i = 0; i < sizeof silent / sizeof silent[0]; i++) {
        if (lac_span_equal_nocase(tag, lac_span_of(silent[i].tag))) {
            skip(r, find(r->rest, 0, silent[i].end));
        }
    }
}

static lacuna_status take_tag(reader *r)
{
    bool comment = r->rest.len >= 4 && memcmp(r->rest.ptr, "<!--", 4) == 0;
    size_t end = comment ? find(r->rest, 4, "-->") + 2 : find(r->rest, 0, ">");
    size_t at = 1;
    bool closing = r->rest.len > 1 && r->rest.ptr[1] == '/';
    at += closing ? 1 : 0;
    size_t name = at;
    while (name < r->rest.len && name < end && strchr(" \t\r\n/>", r->rest.ptr[name]) == NULL) {
        name++;
    }
    lac_span tag = lac_span_make(r->rest.ptr + at, name - at);
    skip(r, end < r->rest.len ? end + 1 : r->rest.len);
    if (comment) {
        return LACUNA_OK;
    }
    if (!closing) {
        skip_content(r, tag);
    }
    return apply_tag(r, tag, closing);
}

lacuna_status lac_html_text(lac_buf *out, lac_span html)
{
    reader r = {.out = out, .rest = html};
    lacuna_status status = LACUNA_OK;
    while (r.rest.len > 0 && status == LACUNA_OK) {
        status = r.rest.ptr[0] == '<' ? take_tag(&r) : take_character(&r);
    }
    return status == LACUNA_OK ? new_line(&r) : status;
}
