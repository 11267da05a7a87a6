#include "json_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Length of the UTF-8 sequence at `text`, 0 where it is none (RFC 3629: no overlong forms, no
 * surrogates, nothing above U+10FFFF). */
static size_t sequence_length(const unsigned char *text, size_t left)
{
    static const struct {
        unsigned char first, last, second_first, second_last, length;
    } forms[] = {
        {0x00, 0x7F, 0, 0, 1},       {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        size_t length = forms[i].length;
        if (text[0] < forms[i].first || text[0] > forms[i].last) {
            continue;
        }
        bool sound = length == 1 || (left >= length && text[1] >= forms[i].second_first &&
                                     text[1] <= forms[i].second_last);
        for (size_t k = 2; k < length && sound; k++) {
            sound = text[k] >= 0x80 && text[k] <= 0xBF;
        }
        return sound ? length : 0;
    }
    return 0;
}

static void escape(cli_buffer *out, unsigned char byte)
{
    enum { ESCAPE_SIZE = 8 };
    char text[ESCAPE_SIZE];
    if (byte == '"' || byte == '\\') {
        (void)snprintf(text, sizeof text, "\\%c", byte);
    } else if (byte == '\n' || byte == '\t') {
        (void)snprintf(text, sizeof text, "\\%c", byte == '\n' ? 'n' : 't');
    } else {
        (void)snprintf(text, sizeof text, "\\u%04x", byte);
    }
    cli_buffer_text(out, text);
}

void cli_json_string(cli_buffer *out, const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t plain = 0; /* where what is not written yet begins */
    cli_buffer_append(out, "\"", 1);
    for (size_t at = 0; at < length;) {
        size_t step = sequence_length(bytes + at, length - at);
        bool special = step == 0 || bytes[at] < 0x20 || bytes[at] == '"' || bytes[at] == '\\';
        if (special) {
            cli_buffer_append(out, text + plain, at - plain);
            plain = at + 1;
        }
        if (special && step == 0) {
            cli_buffer_text(out, "\xEF\xBF\xBD");
        } else if (special) {
            escape(out, bytes[at]);
        }
        at += step == 0 ? 1 : step;
    }
    cli_buffer_append(out, text + plain, length - plain);
    cli_buffer_append(out, "\"", 1);
}

void cli_json_compact(cli_buffer *out, const char *json, size_t length)
{
    bool in_string = false;
    size_t plain = 0;
    for (size_t at = 0; at < length; at++) {
        char c = json[at];
        if (in_string) {
            at += c == '\\' ? 1 : 0;
            in_string = c != '"';
        } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
            cli_buffer_append(out, json + plain, at - plain);
            plain = at + 1;
        } else {
            in_string = c == '"';
        }
    }
    cli_buffer_append(out, json + plain, length - plain);
}

static void member(cli_buffer *out, const char *name, const char *text)
{
    if (text[0] != '\0') {
        cli_buffer_text(out, ",\"");
        cli_buffer_text(out, name);
        cli_buffer_text(out, "\":");
        cli_json_string(out, text, strlen(text));
    }
}

void cli_json_error(cli_buffer *out, const char *code, const lacuna_error *err)
{
    cli_buffer_text(out, "{\"code\":");
    cli_json_string(out, code, strlen(code));
    member(out, "message", err->message[0] != '\0' ? err->message : code);
    member(out, "place", err->place);
    if (err->line > 0) {
        cli_buffer_text(out, ",\"line\":");
        cli_buffer_number(out, err->line);
    }
    member(out, "remedy", err->remedy);
    cli_buffer_text(out, "}");
}

/* ---- base64 --------------------------------------------------------------------------------- */

static int digit_of(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c == '\0' ? NULL : strchr(digits, c);
    return at == NULL ? -1 : (int)(at - digits);
}

bool cli_base64_decode(char **out, size_t *out_length, const char *text, size_t length)
{
    *out = NULL;
    *out_length = 0;
    for (int padding = 0; padding < 2 && length > 0 && text[length - 1] == '='; padding++) {
        length--;
    }
    if (length % 4 == 1) {
        return false;
    }
    char *data = malloc(length / 4 * 3 + 3);
    size_t used = 0;
    unsigned bits = 0;
    for (size_t at = 0; at < length && data != NULL; at++) {
        int digit = digit_of(text[at]);
        if (digit < 0) {
            free(data);
            return false;
        }
        bits = (bits << 6 | (unsigned)digit) & 0xFFFFFFu;
        if (at % 4 != 0) {
            unsigned spare = 4 - 2 * (unsigned)(at % 4 - 1);
            data[used++] = (char)(bits >> spare & 0xFFu);
        }
    }
    *out = data;
    *out_length = used;
    return data != NULL;
}
