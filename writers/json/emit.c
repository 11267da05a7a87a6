#include "writers/json/emit.h"

#include "support/utf8.h"

void lac_json_init(lac_json *json, lac_output *output)
{
    *json = (lac_json){output, 0, 0};
}

void lac_json_end(lac_json *json)
{
    lac_output_char(json->output, '\n');
}

static void start_line(lac_json *json)
{
    lac_output_char(json->output, '\n');
    for (uint32_t i = 0; i < json->depth; i++) {
        lac_output_text(json->output, "  ");
    }
}

/* Two bytes where JSON has a short form, else \u00XX. */
static void write_escape(lac_output *output, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *shorts = "\bb\tt\nn\ff\rr\"\"\\\\";
    for (size_t i = 0; shorts[i] != '\0'; i += 2) {
        if ((unsigned char)shorts[i] == c) {
            lac_output_char(output, '\\');
            lac_output_char(output, shorts[i + 1]);
            return;
        }
    }
    lac_output_text(output, "\\u00");
    lac_output_char(output, digits[c >> 4]);
    lac_output_char(output, digits[c & 15]);
}

static size_t plain_length(lac_span text, bool *malformed)
{
    size_t at = 0;
    *malformed = false;
    while (at < text.len) {
        unsigned char c = (unsigned char)text.ptr[at];
        if (c < 0x20 || c == '"' || c == '\\' || c == 0x7F) {
            break;
        }
        size_t length = 1;
        if (c >= 0x80) {
            uint32_t codepoint =
                lac_utf8_decode(lac_span_make(text.ptr + at, text.len - at), &length);
            if (codepoint == LAC_UTF8_REPLACEMENT && length == 1) {
                *malformed = true;
                break;
            }
        }
        at += length;
    }
    return at;
}

static void write_string(lac_output *output, lac_span text)
{
    lac_output_char(output, '"');
    while (text.len > 0) {
        bool malformed;
        size_t plain = plain_length(text, &malformed);
        lac_output_bytes(output, text.ptr, plain);
        text = lac_span_make(text.ptr + plain, text.len - plain);
        if (text.len == 0) {
            break;
        }
        if (malformed) {
            lac_output_text(output, "\xEF\xBF\xBD");
        } else {
            write_escape(output, (unsigned char)text.ptr[0]);
        }
        text = lac_span_make(text.ptr + 1, text.len - 1);
    }
    lac_output_char(output, '"');
}

static void start_member(lac_json *json, const char *key)
{
    if (json->depth > 0) {
        uint32_t bit = 1u << (json->depth - 1);
        if ((json->filled & bit) != 0) {
            lac_output_char(json->output, ',');
        }
        json->filled |= bit;
        start_line(json);
    }
    if (key != NULL) {
        write_string(json->output, lac_span_of(key));
        lac_output_text(json->output, ": ");
    }
}

static void open_container(lac_json *json, const char *key, char bracket)
{
    start_member(json, key);
    lac_output_char(json->output, bracket);
    if (json->depth >= LAC_JSON_DEPTH) {
        json->output->status = LACUNA_E_INTERNAL;
        return;
    }
    json->depth++;
    json->filled &= ~(1u << (json->depth - 1));
}

static void close_container(lac_json *json, char bracket)
{
    if (json->depth == 0) {
        json->output->status = LACUNA_E_INTERNAL;
        return;
    }
    bool filled = (json->filled & (1u << (json->depth - 1))) != 0;
    json->depth--;
    if (filled) {
        start_line(json);
    }
    lac_output_char(json->output, bracket);
}

void lac_json_object(lac_json *json, const char *key)
{
    open_container(json, key, '{');
}

void lac_json_object_end(lac_json *json)
{
    close_container(json, '}');
}

void lac_json_array(lac_json *json, const char *key)
{
    open_container(json, key, '[');
}

void lac_json_array_end(lac_json *json)
{
    close_container(json, ']');
}

void lac_json_span(lac_json *json, const char *key, lac_span text)
{
    start_member(json, key);
    write_string(json->output, text);
}

void lac_json_text(lac_json *json, const char *key, const char *text)
{
    if (text == NULL) {
        lac_json_null(json, key);
    } else {
        lac_json_span(json, key, lac_span_of(text));
    }
}

void lac_json_uint(lac_json *json, const char *key, uint64_t value)
{
    start_member(json, key);
    lac_output_uint(json->output, value);
}

void lac_json_fraction(lac_json *json, const char *key, double value)
{
    double bounded = value > 0 ? value : 0; /* also what is not a number */
    uint32_t hundredths = bounded >= 1 ? 100 : (uint32_t)(bounded * 100 + 0.5);
    start_member(json, key);
    lac_output_uint(json->output, hundredths / 100);
    lac_output_char(json->output, '.');
    lac_output_char(json->output, (char)('0' + hundredths % 100 / 10));
    lac_output_char(json->output, (char)('0' + hundredths % 10));
}

void lac_json_bool(lac_json *json, const char *key, bool value)
{
    start_member(json, key);
    lac_output_text(json->output, value ? "true" : "false");
}

void lac_json_null(lac_json *json, const char *key)
{
    start_member(json, key);
    lac_output_text(json->output, "null");
}

void lac_json_texts(lac_json *json, const char *key, const char *const *texts, uint32_t count)
{
    lac_json_array(json, key);
    for (uint32_t i = 0; i < count; i++) {
        lac_json_text(json, NULL, texts[i]);
    }
    lac_json_array_end(json);
}
