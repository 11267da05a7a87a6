#include "support/utf8.h"

/* Length announced by the lead byte; 0 for a byte that cannot lead. */
static size_t lead_length(unsigned char lead)
{
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return 3;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/* Overlong forms, surrogates and values over U+10FFFF are not characters. */
static bool in_range(uint32_t codepoint, size_t length)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    return codepoint >= smallest[length] && codepoint <= 0x10FFFF &&
           (codepoint < 0xD800 || codepoint > 0xDFFF);
}

/* Returns the length of a well-formed sequence at `text`, or 0. */
static size_t decode_strict(lac_span text, uint32_t *codepoint)
{
    unsigned char lead = (unsigned char)text.ptr[0];
    size_t length = lead_length(lead);
    if (length == 0 || length > text.len) {
        return 0;
    }
    static const unsigned char mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t value = lead & mask[length];
    for (size_t i = 1; i < length; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if ((byte & 0xC0) != 0x80) {
            return 0;
        }
        value = (value << 6) | (byte & 0x3Fu);
    }
    *codepoint = value;
    return in_range(value, length) ? length : 0;
}

uint32_t lac_utf8_decode(lac_span text, size_t *length)
{
    uint32_t codepoint = LAC_UTF8_REPLACEMENT;
    *length = decode_strict(text, &codepoint);
    if (*length == 0) {
        *length = 1;
        return LAC_UTF8_REPLACEMENT;
    }
    return codepoint;
}

size_t lac_utf8_encode(char bytes[4], uint32_t codepoint)
{
    if (codepoint > 0x10FFFF || (codepoint >= 0xD800 && codepoint <= 0xDFFF)) {
        codepoint = LAC_UTF8_REPLACEMENT;
    }
    if (codepoint < 0x80) {
        bytes[0] = (char)codepoint;
        return 1;
    }
    if (codepoint < 0x800) {
        bytes[0] = (char)(0xC0 | (codepoint >> 6));
        bytes[1] = (char)(0x80 | (codepoint & 0x3F));
        return 2;
    }
    if (codepoint < 0x10000) {
        bytes[0] = (char)(0xE0 | (codepoint >> 12));
        bytes[1] = (char)(0x80 | ((codepoint >> 6) & 0x3F));
        bytes[2] = (char)(0x80 | (codepoint & 0x3F));
        return 3;
    }
    bytes[0] = (char)(0xF0 | (codepoint >> 18));
    bytes[1] = (char)(0x80 | ((codepoint >> 12) & 0x3F));
    bytes[2] = (char)(0x80 | ((codepoint >> 6) & 0x3F));
    bytes[3] = (char)(0x80 | (codepoint & 0x3F));
    return 4;
}

bool lac_utf8_valid(lac_span text)
{
    while (text.len > 0) {
        uint32_t codepoint;
        size_t length = decode_strict(text, &codepoint);
        if (length == 0) {
            return false;
        }
        text.ptr += length;
        text.len -= length;
    }
    return true;
}

lac_span lac_utf8_prefix(lac_span text, size_t max)
{
    if (text.len <= max) {
        return text;
    }
    while (max > 0 && ((unsigned char)text.ptr[max] & 0xC0) == 0x80) {
        max--;
    }
    return lac_span_make(text.ptr, max);
}

uint32_t lac_utf8_lower(uint32_t c)
{
    if (c < 0x80) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
        (c >= 0x410 && c <= 0x42F)) {
        return c + 32;
    }
    if (c >= 0x400 && c <= 0x40F) {
        return c + 80;
    }
    if (c == 0x178) {
        return 0xFF;
    }
    /* Latin Extended-A: pairs, upper case first; the parity changes at U+0139 and U+014A. */
    if ((c >= 0x100 && c <= 0x137 && c != 0x130) || (c >= 0x14A && c <= 0x177)) {
        return c | 1;
    }
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) {
        return (c & 1) != 0 ? c + 1 : c;
    }
    return c;
}

bool lac_utf8_is_letter(uint32_t c)
{
    if (c < 0x80) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
    if (c < 0xC0) {
        return c == 0xAA || c == 0xB5 || c == 0xBA;
    }
    if (c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x206F) || (c >= 0x20A0 && c <= 0x2BFF)) {
        return false;
    }
    return c < 0xE000 && (c < 0x3000 || c > 0x303F) && !lac_utf8_is_digit(c);
}

bool lac_utf8_is_digit(uint32_t c)
{
    return (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x966 && c <= 0x96F);
}

bool lac_utf8_is_space(uint32_t c)
{
    return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200D) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}
