#include "parsers/letter/mail_decode.h"

#include "support/utf8.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

lac_mail_transfer lac_mail_transfer_of(lac_span name)
{
    if (lac_span_equal_nocase(name, lac_span_of("quoted-printable"))) {
        return LAC_MAIL_QUOTED_PRINTABLE;
    }
    return lac_span_equal_nocase(name, lac_span_of("base64")) ? LAC_MAIL_BASE64 : LAC_MAIL_IDENTITY;
}

/* Bytes of a line break behind a soft one; blanks before it are padding (RFC 2045 6.7 (3)). */
static size_t soft_break(lac_span rest)
{
    size_t i = 0;
    while (i < rest.len && (rest.ptr[i] == ' ' || rest.ptr[i] == '\t')) {
        i++;
    }
    if (i < rest.len && rest.ptr[i] == '\r') {
        i++;
    }
    return i < rest.len && rest.ptr[i] == '\n' ? i + 1 : 0;
}

static lacuna_status decode_quoted(lac_buf *out, lac_span bytes, bool word)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < bytes.len && status == LACUNA_OK; i++) {
        char c = bytes.ptr[i];
        if (c == '_' && word) {
            c = ' ';
        } else if (c == '=') {
            lac_span rest = lac_span_make(bytes.ptr + i + 1, bytes.len - i - 1);
            size_t skip = soft_break(rest);
            if (skip > 0) {
                i += skip;
                continue;
            }
            int high = rest.len >= 2 ? hex_digit(rest.ptr[0]) : -1;
            int low = high >= 0 ? hex_digit(rest.ptr[1]) : -1;
            if (low >= 0) {
                c = (char)(high * 16 + low);
                i += 2;
            }
        }
        status = lac_buf_append_char(out, c);
    }
    return status;
}

static int base64_digit(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
        return c - '0' + 52;
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Characters outside the alphabet are skipped, as RFC 2045 6.8 asks; '=' ends a group. */
static lacuna_status decode_base64(lac_buf *out, lac_span bytes)
{
    uint32_t group = 0;
    int bits = 0;
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < bytes.len && status == LACUNA_OK; i++) {
        int digit = base64_digit(bytes.ptr[i]);
        if (bytes.ptr[i] == '=') {
            bits = 0;
        }
        if (digit < 0) {
            continue;
        }
        group = (group << 6 | (uint32_t)digit) & 0xFFFFFF;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            status = lac_buf_append_char(out, (char)(group >> bits & 0xFF));
        }
    }
    return status;
}

lacuna_status lac_mail_transfer_decode(lac_buf *out, lac_mail_transfer transfer, lac_span bytes)
{
    switch (transfer) {
    case LAC_MAIL_QUOTED_PRINTABLE:
        return decode_quoted(out, bytes, false);
    case LAC_MAIL_BASE64:
        return decode_base64(out, bytes);
    default:
        return lac_buf_append_span(out, bytes);
    }
}

/* ---- charsets ------------------------------------------------------------------------------- */

typedef enum charset {
    CHARSET_UTF8, /* and US-ASCII */
    CHARSET_LATIN1,
    CHARSET_WINDOWS,
    CHARSET_OTHER,
} charset;

static charset charset_of(lac_span name)
{
    static const struct {
        const char *name;
        charset value;
    } known[] = {
        {"", CHARSET_UTF8},          {"utf-8", CHARSET_UTF8},
        {"utf8", CHARSET_UTF8},      {"us-ascii", CHARSET_UTF8},
        {"ascii", CHARSET_UTF8},     {"iso-8859-1", CHARSET_LATIN1},
        {"latin1", CHARSET_LATIN1},  {"windows-1252", CHARSET_WINDOWS},
        {"cp1252", CHARSET_WINDOWS},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (lac_span_equal_nocase(name, lac_span_of(known[i].name))) {
            return known[i].value;
        }
    }
    return CHARSET_OTHER;
}

bool lac_mail_knows_charset(lac_span name)
{
    return charset_of(name) != CHARSET_OTHER;
}

/* Windows-1252, 0x80 to 0x9F (the table of the Encoding Standard, whatwg.org). */
static uint32_t windows_codepoint(unsigned char byte)
{
    static const uint16_t upper[32] = {
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    return byte >= 0x80 && byte <= 0x9F ? upper[byte - 0x80] : byte;
}

static uint32_t take(charset from, lac_span rest, size_t *length)
{
    unsigned char byte = (unsigned char)rest.ptr[0];
    *length = 1;
    if (byte < 0x80) {
        return byte;
    }
    switch (from) {
    case CHARSET_UTF8:
        return lac_utf8_decode(rest, length);
    case CHARSET_LATIN1: /* mail that says so is Windows-1252, as browsers take it */
    case CHARSET_WINDOWS:
        return windows_codepoint(byte);
    default:
        return LAC_UTF8_REPLACEMENT;
    }
}

lacuna_status lac_mail_to_utf8(lac_buf *out, lac_span name, lac_span bytes)
{
    charset from = charset_of(name);
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < bytes.len && status == LACUNA_OK;) {
        size_t length;
        uint32_t codepoint = take(from, lac_span_make(bytes.ptr + i, bytes.len - i), &length);
        status = lac_buf_append_codepoint(out, codepoint);
        i += length;
    }
    return status;
}

/* ---- encoded words -------------------------------------------------------------------------- */

static size_t find_char(lac_span text, size_t from, char c)
{
    while (from < text.len && text.ptr[from] != c) {
        from++;
    }
    return from;
}

/* "=?charset?Q?text?=" at the front; its length, 0: none. A language behind '*' (RFC 2231 5) goes.
 */
static size_t encoded_word(lac_span text, lac_span *name, char *encoding, lac_span *body)
{
    if (text.len < 8 || text.ptr[0] != '=' || text.ptr[1] != '?') {
        return 0;
    }
    size_t name_end = find_char(text, 2, '?');
    if (name_end + 3 >= text.len || text.ptr[name_end + 2] != '?') {
        return 0;
    }
    size_t body_end = find_char(text, name_end + 3, '?');
    if (body_end + 1 >= text.len || text.ptr[body_end + 1] != '=') {
        return 0;
    }
    size_t star = find_char(text, 2, '*');
    *name = lac_span_make(text.ptr + 2, (star < name_end ? star : name_end) - 2);
    *encoding = text.ptr[name_end + 1];
    *body = lac_span_make(text.ptr + name_end + 3, body_end - name_end - 3);
    return body_end + 2;
}

static lacuna_status append_word(lac_buf *out, lac_span name, char encoding, lac_span body)
{
    lac_buf bytes;
    lac_buf_init(&bytes, body.len + 1);
    bool base64 = encoding == 'B' || encoding == 'b';
    lacuna_status status = base64 ? decode_base64(&bytes, body) : decode_quoted(&bytes, body, true);
    if (status == LACUNA_OK) {
        status = lac_mail_to_utf8(out, name, lac_buf_span(&bytes));
    }
    lac_buf_free(&bytes);
    return status;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

lacuna_status lac_mail_field_text(lac_buf *out, lac_span value)
{
    lacuna_status status = LACUNA_OK;
    bool after_word = false;
    for (size_t i = 0; i < value.len && status == LACUNA_OK;) {
        size_t blanks = i;
        while (blanks < value.len && is_blank(value.ptr[blanks])) {
            blanks++;
        }
        lac_span name, body, rest = lac_span_make(value.ptr + blanks, value.len - blanks);
        char encoding;
        size_t word = encoded_word(rest, &name, &encoding, &body);
        /* White space between two encoded words is no part of the text (RFC 2047 6.2). */
        if (blanks > i && !(word > 0 && after_word) && blanks < value.len && out->len > 0) {
            status = lac_buf_append_char(out, ' ');
        }
        i = blanks + word;
        if (status == LACUNA_OK && word > 0) {
            status = append_word(out, name, encoding, body);
        } else if (status == LACUNA_OK && i < value.len) {
            size_t length;
            uint32_t codepoint = lac_utf8_decode(rest, &length);
            status = lac_buf_append_codepoint(out, codepoint < ' ' ? ' ' : codepoint);
            i += length;
        }
        after_word = word > 0;
    }
    return status;
}
