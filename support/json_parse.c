#include "support/json_parse.h"

#include <string.h>

/* ---- bytes of all strings in the text ------------------------------------------------------- */

static uint32_t hex4(const char *digits)
{
    uint32_t value = 0;

    for (int i = 0; i < 4; i++) {
        char c = digits[i];
        uint32_t digit = c <= '9' ? (uint32_t)(c - '0') : (uint32_t)((c | 0x20) - 'a') + 10;
        value = value * 16 + (digit & 15);
    }
    return value;
}

/* UTF-8 bytes of one \uXXXX. Each half of a surrogate pair counts 2, together 4. */
static size_t escaped_bytes(const char *digits)
{
    uint32_t code = hex4(digits);

    if (code < 0x80) {
        return 1;
    }
    return code < 0x800 || (code >= 0xD800 && code <= 0xDFFF) ? 2 : 3;
}

/* The text was parsed before, so strings end and escapes are whole. */
static size_t bytes_in_text(lac_span json)
{
    size_t bytes = 0;
    bool inside = false;

    for (size_t i = 0; i < json.len; i++) {
        char c = json.ptr[i];
        if (c == '"') {
            inside = !inside;
        } else if (inside && c == '\\' && i + 1 < json.len) {
            i++;
            if (json.ptr[i] == 'u' && json.len - i > 4) {
                bytes += escaped_bytes(json.ptr + i + 1);
                i += 4;
            } else {
                bytes++;
            }
        } else if (inside) {
            bytes++;
        }
    }
    return bytes;
}

/* ---- and in the tree ------------------------------------------------------------------------ */

static size_t bytes_in_tree(const json_t *node);

static size_t bytes_in_object(json_t *object)
{
    size_t bytes = 0;
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value)
    {
        bytes += strlen(key) + bytes_in_tree(value);
    }
    return bytes;
}

static size_t bytes_in_tree(const json_t *node)
{
    size_t bytes = 0;

    if (json_is_string(node)) {
        return json_string_length(node);
    }
    for (size_t i = 0; i < json_array_size(node); i++) {
        bytes += bytes_in_tree(json_array_get(node, i));
    }
    return json_is_object(node) ? bytes_in_object((json_t *)node) : bytes;
}

lacuna_status lac_json_parse(json_t **out, lac_span json, size_t flags, json_error_t *where)
{
    *out = json_loadb(json.ptr, json.len, JSON_REJECT_DUPLICATES | flags, where);
    if (*out == NULL) { /* a node that cannot be allocated leaves the error as it was: empty */
        bool no_memory =
            where->text[0] == '\0' || json_error_code(where) == json_error_out_of_memory;
        return no_memory ? LACUNA_E_NOMEM : LACUNA_E_FORMAT;
    }
    if (bytes_in_text(json) != bytes_in_tree(*out)) {
        json_decref(*out);
        *out = NULL;
        return LACUNA_E_NOMEM;
    }
    return LACUNA_OK;
}
