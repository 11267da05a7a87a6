#include "writers/stored/reader.h"

static void refuse(lac_pack_reader *r, const char *key, const char *what)
{
    size_t mark = lac_pack_enter(r, key);
    lac_pack_problem(r, "%s", what);
    lac_pack_leave(r, mark);
}

void *lac_stored_array(lac_pack_reader *r, size_t count, size_t size)
{
    void *array = lac_arena_array(r->arena, count + 1, size);
    r->out_of_memory = r->out_of_memory || array == NULL;
    return array;
}

static const char *copy(lac_pack_reader *r, const json_t *value)
{
    const char *text = lac_arena_copy(
        r->arena, lac_span_make(json_string_value(value), json_string_length(value)));
    r->out_of_memory = r->out_of_memory || text == NULL;
    return text;
}

const char *lac_stored_text_or_null(lac_pack_reader *r, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL || json_is_null(value)) {
        return NULL;
    }
    if (!json_is_string(value)) {
        refuse(r, key, "must be a string");
        return NULL;
    }
    return copy(r, value);
}

const char *lac_stored_text(lac_pack_reader *r, const json_t *object, const char *key)
{
    const char *text = lac_stored_text_or_null(r, object, key);
    return text == NULL ? "" : text;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

const char *lac_stored_path(lac_pack_reader *r, const json_t *object)
{
    const char *hex = lac_stored_text_or_null(r, object, "path_hex");
    if (hex == NULL) {
        return lac_stored_text(r, object, "path");
    }
    size_t length = strlen(hex) / 2;
    char *path = lac_stored_array(r, length, 1);
    for (size_t i = 0; path != NULL && i < length; i++) {
        int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
        if (high < 0 || low < 0 || (high == 0 && low == 0)) {
            refuse(r, "path_hex", "must be hexadecimal digits");
            return "";
        }
        path[i] = (char)(high * 16 + low);
    }
    return path == NULL ? "" : path;
}

const char **lac_stored_texts(lac_pack_reader *r, const json_t *object, const char *key,
                              uint32_t *count)
{
    const json_t *array = lac_pack_array(r, object, key);
    size_t size = json_array_size(array);
    *count = 0;
    const char **texts = size == 0 ? NULL : lac_stored_array(r, size, sizeof *texts);
    for (size_t i = 0; texts != NULL && i < size; i++) {
        const json_t *value = json_array_get(array, i);
        if (!json_is_string(value)) {
            refuse(r, key, "must be an array of strings");
            return texts;
        }
        const char *text = copy(r, value);
        if (text != NULL) {
            texts[(*count)++] = text;
        }
    }
    return texts;
}

uint32_t lac_stored_number(lac_pack_reader *r, const json_t *object, const char *key)
{
    return lac_pack_number(r, object, key, 0, UINT32_MAX, 0);
}

double lac_stored_fraction(lac_pack_reader *r, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (value != NULL && !json_is_number(value)) {
        refuse(r, key, "must be a number");
        return 0;
    }
    return json_number_value(value);
}

bool lac_stored_bool(lac_pack_reader *r, const json_t *object, const char *key)
{
    return lac_pack_bool(r, object, key);
}

uint32_t lac_stored_choice(lac_pack_reader *r, const json_t *object, const char *key,
                           const char *(*name)(uint32_t index), uint32_t count, uint32_t otherwise)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL || json_is_null(value)) {
        return otherwise;
    }
    const char *text = json_string_value(value);
    for (uint32_t i = 0; text != NULL && i < count; i++) {
        if (strcmp(name(i), text) == 0) {
            return i;
        }
    }
    refuse(r, key, "is none of the words this version knows");
    return otherwise;
}
