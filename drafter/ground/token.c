#include "drafter/ground/token.h"

#include "support/buf.h"
#include "support/error.h"
#include "support/utf8.h"

#include <stdlib.h>

typedef struct lexer {
    lac_span text;
    lac_arena *arena;
    lac_ground_token *items;
    size_t count, cap;
    bool spaced;
} lexer;

static uint32_t peek(const lexer *x, size_t at, size_t *length)
{
    *length = 0;
    return at < x->text.len
               ? lac_utf8_decode(lac_span_make(x->text.ptr + at, x->text.len - at), length)
               : 0;
}

static uint32_t look(const lexer *x, size_t at)
{
    size_t length;
    return peek(x, at, &length);
}

static bool is_ascii_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* ---- folding -------------------------------------------------------------------------------- */

static uint32_t fold_mark(uint32_t c)
{
    switch (c) {
    case 0x2212:
    case 0xFE58:
    case 0xFE63:
    case 0xFF0D:
    case 0x2043:
        return '-';
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x00AB:
    case 0x00BB:
    case 0x2033:
        return '"';
    case 0x22C5:
    case 0x2219:
        return 0x00B7;
    case 0x2A7D:
        return 0x2264;
    case 0x2A7E:
        return 0x2265;
    case 0xFF05:
        return '%';
    case 0x2215:
    case 0x2044:
        return '/';
    default:
        return c >= 0x2010 && c <= 0x2015 ? '-' : c;
    }
}

static bool is_invisible(uint32_t c)
{
    return c == 0x00AD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F);
}

/* The digit or sign of a superscript; 0: it is none. */
static char raised_as(uint32_t c)
{
    switch (c) {
    case 0x00B9:
        return '1';
    case 0x00B2:
        return '2';
    case 0x00B3:
        return '3';
    case 0x207B:
        return '-';
    default:
        return c == 0x2070 || (c >= 0x2074 && c <= 0x2079) ? (char)('0' + (c - 0x2070)) : '\0';
    }
}

/* ---- making --------------------------------------------------------------------------------- */

static lacuna_status push(lexer *x, const lac_ground_token *token)
{
    void *items = x->items;
    lacuna_status status =
        lac_grow(&items, &x->cap, x->count + 2, sizeof *x->items, LAC_TOKENS_MAX);
    x->items = items;
    if (status == LACUNA_OK) {
        x->items[x->count] = *token;
        x->items[x->count].spaced = x->spaced || x->count == 0;
        x->items[x->count].exact =
            lac_span_make(x->text.ptr + token->start, token->end - token->start);
        x->count++;
        x->spaced = token->kind == LAC_TOKEN_BREAK;
    }
    return status;
}

static lacuna_status keep(lac_span *out, lexer *x, lac_buf *form)
{
    const char *copy = lac_arena_copy(x->arena, lac_buf_span(form));
    *out = lac_span_make(copy, form->len);
    return copy == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

/* Letters and digits from `at` on, lower case. */
static lacuna_status lex_word(lexer *x, size_t *at)
{
    lac_buf form;
    lac_ground_token token = {.start = (uint32_t)*at, .kind = LAC_TOKEN_WORD};
    lacuna_status status = LACUNA_OK;
    size_t length;
    lac_buf_init(&form, x->text.len * 2 + 8);
    for (uint32_t c = peek(x, *at, &length); status == LACUNA_OK && length > 0;
         c = peek(x, *at, &length)) {
        if (!is_invisible(c) && !lac_utf8_is_letter(c) && !lac_utf8_is_digit(c)) {
            break;
        }
        token.capital = token.capital || (form.len == 0 && lac_utf8_lower(c) != c);
        if (!is_invisible(c)) {
            status = lac_buf_append_codepoint(&form, c == 0x00B5 ? 0x03BC : lac_utf8_lower(c));
        }
        *at += length;
    }
    token.end = (uint32_t)*at;
    status = status == LACUNA_OK ? keep(&token.form, x, &form) : status;
    lac_buf_free(&form);
    return status == LACUNA_OK ? push(x, &token) : status;
}

static bool is_group_mark(uint32_t c)
{
    return c == ',' || c == 0x00A0 || c == 0x2009 || c == 0x202F;
}

/* A mark and exactly three digits. */
static bool is_group(const lexer *x, size_t at, size_t *length)
{
    if (!is_group_mark(peek(x, at, length))) {
        return false;
    }
    size_t first = at + *length;
    for (size_t i = 0; i < 3; i++) {
        if (!is_ascii_digit(look(x, first + i))) {
            return false;
        }
    }
    return !is_ascii_digit(look(x, first + 3));
}

static lacuna_status take_digits(lexer *x, size_t *at, lac_buf *form)
{
    lacuna_status status = LACUNA_OK;
    while (status == LACUNA_OK && is_ascii_digit(look(x, *at))) {
        status = lac_buf_append_char(form, x->text.ptr[(*at)++]);
    }
    return status;
}

static lacuna_status take_groups(lexer *x, size_t *at, lac_buf *form)
{
    size_t length;
    lacuna_status status = LACUNA_OK;
    if (form->len > 3 || form->len == 0 || form->data[0] == '0') {
        return LACUNA_OK;
    }
    while (status == LACUNA_OK && is_group(x, *at, &length)) {
        *at += length;
        status = take_digits(x, at, form);
    }
    return status;
}

/* "E-3", not the beginning of a word. */
static void take_exponent(lexer *x, size_t *at, lac_ground_token *token)
{
    size_t i = *at, length;
    uint32_t c = look(x, i);
    if (c != 'e' && c != 'E') {
        return;
    }
    uint32_t sign = fold_mark(peek(x, ++i, &length));
    bool negative = sign == '-';
    i += negative || sign == '+' ? length : 0;
    int32_t exponent = 0;
    size_t first = i;
    while (is_ascii_digit(look(x, i)) && i - first < 4) {
        exponent = exponent * 10 + (x->text.ptr[i++] - '0');
    }
    if (i == first || lac_utf8_is_letter(look(x, i)) || lac_utf8_is_digit(look(x, i))) {
        return;
    }
    token->exponent = negative ? -exponent : exponent;
    *at = i;
}

static bool is_point(const lexer *x, size_t at, size_t *length)
{
    uint32_t c = peek(x, at, length);
    return (c == '.' || c == 0x00B7) && is_ascii_digit(look(x, at + *length));
}

static lacuna_status lex_number(lexer *x, size_t *at)
{
    lac_buf form;
    lac_ground_token token = {.start = (uint32_t)*at, .kind = LAC_TOKEN_NUMBER};
    uint32_t points = 0;
    size_t length;
    lac_buf_init(&form, x->text.len * 2 + 8);
    lacuna_status status = take_digits(x, at, &form);
    status = status == LACUNA_OK ? take_groups(x, at, &form) : status;
    while (status == LACUNA_OK && is_point(x, *at, &length)) {
        *at += length;
        points++;
        status = lac_buf_append_char(&form, '.');
        status = status == LACUNA_OK ? take_digits(x, at, &form) : status;
    }
    token.kind = points > 1 ? LAC_TOKEN_DOTTED : LAC_TOKEN_NUMBER;
    if (points < 2) {
        take_exponent(x, at, &token);
    }
    token.end = (uint32_t)*at;
    status = status == LACUNA_OK ? keep(&token.form, x, &form) : status;
    lac_buf_free(&form);
    return status == LACUNA_OK ? push(x, &token) : status;
}

static lacuna_status lex_raised(lexer *x, size_t *at)
{
    lac_buf form;
    lac_ground_token token = {.start = (uint32_t)*at, .kind = LAC_TOKEN_RAISED};
    lacuna_status status = LACUNA_OK;
    size_t length;
    lac_buf_init(&form, x->text.len + 8);
    for (char c = raised_as(peek(x, *at, &length)); c != '\0' && status == LACUNA_OK;
         c = raised_as(peek(x, *at, &length))) {
        status = lac_buf_append_char(&form, c);
        *at += length;
    }
    token.end = (uint32_t)*at;
    status = status == LACUNA_OK ? keep(&token.form, x, &form) : status;
    lac_buf_free(&form);
    return status == LACUNA_OK ? push(x, &token) : status;
}

static lacuna_status lex_one(lexer *x, size_t *at)
{
    size_t length;
    uint32_t c = peek(x, *at, &length);
    bool joined = x->count > 0 && !x->spaced && x->items[x->count - 1].kind == LAC_TOKEN_WORD;
    if (is_ascii_digit(c) || (c == '.' && !joined && is_point(x, *at, &length))) {
        return lex_number(x, at);
    }
    if (lac_utf8_is_letter(c) || lac_utf8_is_digit(c)) {
        return lex_word(x, at);
    }
    if (raised_as(c) != '\0') {
        return lex_raised(x, at);
    }
    lac_ground_token token = {.start = (uint32_t)*at, .kind = LAC_TOKEN_MARK, .mark = fold_mark(c)};
    if (c == '\n' || c == '\t') {
        token.kind = LAC_TOKEN_BREAK;
    }
    *at += length;
    token.end = (uint32_t)*at;
    return push(x, &token);
}

lacuna_status lac_ground_tokens_make(lac_ground_tokens *out, lac_arena *arena, lac_span text,
                                     lacuna_error *err)
{
    lexer x = {.text = text, .arena = arena};
    lacuna_status status = text.len < UINT32_MAX ? LACUNA_OK : LACUNA_E_LIMIT;
    size_t at = 0, length;
    *out = (lac_ground_tokens){NULL, 0};
    while (status == LACUNA_OK && at < text.len) {
        uint32_t c = peek(&x, at, &length);
        if (is_invisible(c)) {
            at += length;
        } else if (c != '\n' && c != '\t' && lac_utf8_is_space(c)) {
            x.spaced = true;
            at += length;
        } else {
            status = lex_one(&x, &at);
        }
    }
    lac_ground_token *items = lac_arena_array(arena, x.count + 1, sizeof *items);
    if (items == NULL || status == LACUNA_E_NOMEM) {
        free(x.items);
        return lac_fail_nomem(err);
    }
    if (status != LACUNA_OK) {
        free(x.items);
        return lac_fail(err, status, "the text is too long to look for claims in it");
    }
    if (x.count > 0) {
        memcpy(items, x.items, x.count * sizeof *items);
    }
    items[x.count] = (lac_ground_token){.start = (uint32_t)text.len,
                                        .end = (uint32_t)text.len,
                                        .kind = LAC_TOKEN_END,
                                        .spaced = true};
    free(x.items);
    *out = (lac_ground_tokens){items, (uint32_t)x.count};
    return LACUNA_OK;
}
