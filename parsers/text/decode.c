#include "parsers/text/decode.h"

#include "support/utf8.h"

#include <string.h>

/* Takes one code point from the front of *rest; malformed input gives U+FFFD. */
typedef uint32_t (*take_fn)(lac_span *rest);

static uint32_t unit(const char *p, bool big_endian)
{
    unsigned char first = (unsigned char)p[0];
    unsigned char second = (unsigned char)p[1];
    return big_endian ? (uint32_t)first << 8 | second : (uint32_t)second << 8 | first;
}

static void advance(lac_span *rest, size_t bytes)
{
    rest->ptr += bytes;
    rest->len -= bytes;
}

static uint32_t take_utf16(lac_span *rest, bool big_endian)
{
    if (rest->len < 2) {
        advance(rest, rest->len);
        return LAC_UTF8_REPLACEMENT;
    }
    uint32_t high = unit(rest->ptr, big_endian);
    advance(rest, 2);
    if (high < 0xD800 || high > 0xDFFF) {
        return high;
    }
    uint32_t low = rest->len >= 2 ? unit(rest->ptr, big_endian) : 0;
    if (high > 0xDBFF || low < 0xDC00 || low > 0xDFFF) {
        return LAC_UTF8_REPLACEMENT;
    }
    advance(rest, 2);
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

static uint32_t take_utf16_be(lac_span *rest)
{
    return take_utf16(rest, true);
}

static uint32_t take_utf16_le(lac_span *rest)
{
    return take_utf16(rest, false);
}

static uint32_t take_utf8(lac_span *rest)
{
    size_t length;
    uint32_t codepoint = lac_utf8_decode(*rest, &length);
    advance(rest, length);
    return codepoint;
}

static take_fn choose(lac_span *rest)
{
    if (rest->len >= 2 && memcmp(rest->ptr, "\xFF\xFE", 2) == 0) {
        advance(rest, 2);
        return take_utf16_le;
    }
    if (rest->len >= 2 && memcmp(rest->ptr, "\xFE\xFF", 2) == 0) {
        advance(rest, 2);
        return take_utf16_be;
    }
    if (rest->len >= 3 && memcmp(rest->ptr, "\xEF\xBB\xBF", 3) == 0) {
        advance(rest, 3);
    }
    return take_utf8;
}

/* How many bytes from the front can be copied as they are: plain ASCII. */
static size_t plain_run(lac_span rest)
{
    size_t i = 0;
    while (i < rest.len && (unsigned char)rest.ptr[i] < 0x80 && rest.ptr[i] != '\r' &&
           rest.ptr[i] != '\0') {
        i++;
    }
    return i;
}

static lacuna_status append_one(lac_buf *text, uint64_t *replaced, lac_span *rest, take_fn take)
{
    uint32_t codepoint = take(rest);
    if (codepoint == '\r') {
        lac_span next = *rest;
        if (next.len > 0 && take(&next) == '\n') {
            *rest = next;
        }
        codepoint = '\n';
    }
    if (codepoint == 0) {
        codepoint = LAC_UTF8_REPLACEMENT;
    }
    *replaced += codepoint == LAC_UTF8_REPLACEMENT;
    return lac_buf_append_codepoint(text, codepoint);
}

lacuna_status lac_text_decode(lac_buf *text, uint64_t *replaced, lac_span bytes)
{
    *replaced = 0;
    lac_span rest = bytes;
    take_fn take = choose(&rest);
    lacuna_status status = LACUNA_OK;
    while (rest.len > 0 && status == LACUNA_OK) {
        size_t plain = take == take_utf8 ? plain_run(rest) : 0;
        if (plain > 0) {
            status = lac_buf_append(text, rest.ptr, plain);
            advance(&rest, plain);
        } else {
            status = append_one(text, replaced, &rest, take);
        }
    }
    if (status == LACUNA_OK && text->len > 0 && text->data[text->len - 1] != '\n') {
        status = lac_buf_append_char(text, '\n');
    }
    return status;
}
