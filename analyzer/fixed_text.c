#include "analyzer/fixed_text.h"

#include "support/buf.h"
#include "support/error.h"
#include "support/utf8.h"

#include <stdlib.h>
#include <string.h>

/* The comparable characters of a text, and where each of them stands. */
typedef struct folded {
    lac_buf text;
    uint32_t *places; /* byte offset in the original, one per byte of `text`, and one behind */
    size_t place_cap;
} folded;

static bool is_dash(uint32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

static bool is_quote(uint32_t c)
{
    return c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB;
}

/* One letter of the original as it is compared; 0: it does not count. */
static uint32_t comparable(uint32_t c)
{
    if (lac_utf8_is_space(c) || is_quote(c) || c == 0xAD) {
        return 0;
    }
    return is_dash(c) ? '-' : lac_utf8_lower(c);
}

static lacuna_status append(folded *f, uint32_t codepoint, uint32_t at)
{
    size_t before = f->text.len;
    lacuna_status status = lac_buf_append_codepoint(&f->text, codepoint);
    if (status == LACUNA_OK) {
        status = lac_grow((void **)&f->places, &f->place_cap, f->text.len + 1, sizeof *f->places,
                          f->text.max + 1);
    }
    for (size_t i = before; status == LACUNA_OK && i < f->text.len; i++) {
        f->places[i] = at;
    }
    return status;
}

/* "https" is compared as "http": the regulation was written before the address changed. */
static bool ends_in_https(const folded *f)
{
    return f->text.len >= 5 && memcmp(f->text.data + f->text.len - 5, "https", 5) == 0;
}

static lacuna_status fold(folded *f, lac_span text)
{
    for (size_t at = 0; at < text.len;) {
        size_t length;
        uint32_t c =
            comparable(lac_utf8_decode(lac_span_make(text.ptr + at, text.len - at), &length));
        if (c == ':' && ends_in_https(f)) {
            f->text.len--;
        }
        if (c != 0) {
            lacuna_status status = append(f, c, (uint32_t)at);
            if (status != LACUNA_OK) {
                return status;
            }
        }
        at += length;
    }
    return LACUNA_OK;
}

static void release(folded *f)
{
    lac_buf_free(&f->text);
    free(f->places);
}

/* Where the character at `at` ends. */
static uint32_t behind(lac_span text, uint32_t at)
{
    size_t length;
    (void)lac_utf8_decode(lac_span_make(text.ptr + at, text.len - at), &length);
    return at + (uint32_t)length;
}

static void search(lac_fixed_match *match, const folded *text, const folded *wanted,
                   lac_span original)
{
    size_t length = wanted->text.len;
    for (size_t i = 0; length > 0 && i + length <= text->text.len; i++) {
        const char *here =
            memchr(text->text.data + i, wanted->text.data[0], text->text.len - length + 1 - i);
        if (here == NULL) {
            return;
        }
        i = (size_t)(here - text->text.data);
        if (memcmp(here, wanted->text.data, length) == 0) {
            *match = (lac_fixed_match){true, text->places[i],
                                       behind(original, text->places[i + length - 1])};
            return;
        }
    }
}

lacuna_status lac_fixed_text_find(lac_fixed_match *match, lac_span text, const char *prescribed,
                                  lacuna_error *err)
{
    *match = (lac_fixed_match){false, 0, 0};
    folded here = {.places = NULL};
    folded wanted = {.places = NULL};
    lac_buf_init(&here.text, text.len * 2 + 16);
    lac_buf_init(&wanted.text, strlen(prescribed) * 2 + 16);
    lacuna_status status = fold(&here, text);
    if (status == LACUNA_OK) {
        status = fold(&wanted, lac_span_of(prescribed));
    }
    if (status == LACUNA_OK) {
        search(match, &here, &wanted, text);
    } else {
        status = lac_fail_nomem(err);
    }
    release(&here);
    release(&wanted);
    return status;
}
