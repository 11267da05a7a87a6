#include "parsers/package/names.h"

#include "support/utf8.h"

#include <string.h>

/* IBM code page 437, upper half. */
static const uint16_t cp437[128] = {
    0x00C7, 0x00FC, 0x00E9, 0x00E2, 0x00E4, 0x00E0, 0x00E5, 0x00E7, 0x00EA, 0x00EB, 0x00E8, 0x00EF,
    0x00EE, 0x00EC, 0x00C4, 0x00C5, 0x00C9, 0x00E6, 0x00C6, 0x00F4, 0x00F6, 0x00F2, 0x00FB, 0x00F9,
    0x00FF, 0x00D6, 0x00DC, 0x00A2, 0x00A3, 0x00A5, 0x20A7, 0x0192, 0x00E1, 0x00ED, 0x00F3, 0x00FA,
    0x00F1, 0x00D1, 0x00AA, 0x00BA, 0x00BF, 0x2310, 0x00AC, 0x00BD, 0x00BC, 0x00A1, 0x00AB, 0x00BB,
    0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562, 0x2556, 0x2555, 0x2563, 0x2551, 0x2557,
    0x255D, 0x255C, 0x255B, 0x2510, 0x2514, 0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x255E, 0x255F,
    0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256C, 0x2567, 0x2568, 0x2564, 0x2565, 0x2559,
    0x2558, 0x2552, 0x2553, 0x256B, 0x256A, 0x2518, 0x250C, 0x2588, 0x2584, 0x258C, 0x2590, 0x2580,
    0x03B1, 0x00DF, 0x0393, 0x03C0, 0x03A3, 0x03C3, 0x00B5, 0x03C4, 0x03A6, 0x0398, 0x03A9, 0x03B4,
    0x221E, 0x03C6, 0x03B5, 0x2229, 0x2261, 0x00B1, 0x2265, 0x2264, 0x2320, 0x2321, 0x00F7, 0x2248,
    0x00B0, 0x2219, 0x00B7, 0x221A, 0x207F, 0x00B2, 0x25A0, 0x00A0,
};

static const char *segment_fault(lac_span segment)
{
    if (lac_span_is(segment, "..")) {
        return "leads out of the package (\"..\")";
    }
    if (segment.len == 0 || lac_span_is(segment, ".")) {
        return "has an empty or \".\" segment";
    }
    return NULL;
}

static const char *byte_fault(lac_span name)
{
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        if (c < 0x20 || c == 0x7F) {
            return "holds a control character";
        }
        if (c == '\\') {
            return "holds a backslash";
        }
    }
    return NULL;
}

const char *lac_name_fault(lac_span name, uint32_t max_bytes)
{
    if (name.len == 0) {
        return "is empty";
    }
    if (name.len > max_bytes) {
        return "is too long";
    }
    const char *fault = byte_fault(name);
    if (fault != NULL) {
        return fault;
    }
    if (name.ptr[0] == '/' || (name.len > 1 && name.ptr[1] == ':')) {
        return "is an absolute path";
    }
    /* A folder entry ends in '/': the empty segment behind it is none. */
    size_t end = name.ptr[name.len - 1] == '/' ? name.len - 1 : name.len;
    for (size_t from = 0, i = 0; i <= end && fault == NULL; i++) {
        if (i == end || name.ptr[i] == '/') {
            fault = segment_fault(lac_span_make(name.ptr + from, i - from));
            from = i + 1;
        }
    }
    return fault;
}

char *lac_name_decode(lac_arena *arena, lac_span raw)
{
    if (lac_utf8_valid(raw)) {
        return lac_arena_copy(arena, raw);
    }
    /* Every byte of the upper half becomes at most three. */
    char *name = lac_arena_array(arena, raw.len + 1, 3);
    if (name == NULL) {
        return NULL;
    }
    size_t length = 0;
    for (size_t i = 0; i < raw.len; i++) {
        unsigned char c = (unsigned char)raw.ptr[i];
        char bytes[4];
        size_t n = lac_utf8_encode(bytes, c < 0x80 ? c : cp437[c - 0x80]);
        memcpy(name + length, bytes, n);
        length += n;
    }
    name[length] = '\0';
    return name;
}

int lac_name_compare(const char *a, const char *b)
{
    for (;; a++, b++) {
        unsigned char x = (unsigned char)*a;
        unsigned char y = (unsigned char)*b;
        x = x >= 'A' && x <= 'Z' ? (unsigned char)(x + 32) : x;
        y = y >= 'A' && y <= 'Z' ? (unsigned char)(y + 32) : y;
        if (x != y || x == 0) {
            return (x > y) - (x < y);
        }
    }
}

lac_shown_name lac_name_show(lac_span raw)
{
    lac_shown_name shown = {{0}};
    size_t length = 0;
    while (raw.len > 0) {
        size_t n;
        uint32_t c = lac_utf8_decode(raw, &n);
        char bytes[4];
        size_t size = lac_utf8_encode(bytes, c < 0x20 || (c >= 0x7F && c < 0xA0) ? '?' : c);
        if (length + size > 96) {
            memcpy(shown.text + length, "...", 4);
            break;
        }
        memcpy(shown.text + length, bytes, size);
        length += size;
        raw.ptr += n;
        raw.len -= n;
    }
    return shown;
}

char *lac_name_escape(lac_arena *arena, lac_span raw)
{
    static const char digits[] = "0123456789ABCDEF";
    if (raw.len > SIZE_MAX / 4 - 1) {
        return NULL;
    }
    char *text = lac_arena_alloc(arena, raw.len * 4 + 1);
    size_t length = 0;
    for (size_t i = 0; text != NULL && i < raw.len;) {
        size_t n;
        uint32_t c = lac_utf8_decode(lac_span_make(raw.ptr + i, raw.len - i), &n);
        bool malformed = c == LAC_UTF8_REPLACEMENT && n == 1;
        if (malformed || c < 0x20 || (c >= 0x7F && c < 0xA0)) {
            for (size_t k = 0; k < n; k++) {
                unsigned char byte = (unsigned char)raw.ptr[i + k];
                text[length++] = '\\';
                text[length++] = 'x';
                text[length++] = digits[byte >> 4];
                text[length++] = digits[byte & 15];
            }
        } else {
            memcpy(text + length, raw.ptr + i, n);
            length += n;
        }
        i += n;
    }
    return text;
}
