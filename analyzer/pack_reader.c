#include "analyzer/pack_reader.h"

#include "analyzer/near_name.h"
#include "support/error.h"

#include <stdarg.h>
#include <stdio.h>

size_t lac_pack_enter(lac_pack_reader *r, const char *key)
{
    size_t mark = r->pointer_length;
    size_t room = sizeof r->pointer - mark;
    int written = snprintf(r->pointer + mark, room, "/%s", key);
    if (written > 0) {
        r->pointer_length += (size_t)written < room ? (size_t)written : room - 1;
    }
    return mark;
}

size_t lac_pack_enter_index(lac_pack_reader *r, size_t index)
{
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%zu", index);
    return lac_pack_enter(r, digits);
}

void lac_pack_leave(lac_pack_reader *r, size_t mark)
{
    r->pointer_length = mark;
    r->pointer[mark] = '\0';
}

void lac_pack_problem(lac_pack_reader *r, const char *format, ...)
{
    char message[sizeof(((lacuna_error *)NULL)->message)];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(message, sizeof message, format, args);
    va_end(args);
    r->problems++;
    r->report(r->user, r->pointer, r->item, message);
}

static void *allocate(lac_pack_reader *r, size_t count, size_t size)
{
    void *array = lac_arena_array(r->arena, count, size);
    if (array == NULL) {
        r->out_of_memory = true;
    }
    return array;
}

static const char *copy_string(lac_pack_reader *r, const json_t *value)
{
    const char *copy = lac_arena_copy(
        r->arena, lac_span_make(json_string_value(value), json_string_length(value)));
    if (copy == NULL) {
        r->out_of_memory = true;
    }
    return copy;
}

static const char *nearest(const char *key, const char *const *known)
{
    lac_near_name near = lac_near_name_of(key);
    for (; *known != NULL; known++) {
        lac_near_name_try(&near, *known);
    }
    return near.best;
}

static bool is_known(const char *key, const char *const *known)
{
    for (; *known != NULL; known++) {
        if (strcmp(key, *known) == 0) {
            return true;
        }
    }
    return false;
}

bool lac_pack_object(lac_pack_reader *r, const json_t *value, const char *const *known)
{
    if (!json_is_object(value)) {
        lac_pack_problem(r, "must be an object");
        return false;
    }
    for (void *i = json_object_iter((json_t *)value); i != NULL;
         i = json_object_iter_next((json_t *)value, i)) {
        const char *key = json_object_iter_key(i);
        if (is_known(key, known) || strcmp(key, "$comment") == 0) {
            continue;
        }
        size_t mark = lac_pack_enter(r, key);
        const char *like = nearest(key, known);
        lac_pack_problem(r, "unknown key \"%.40s\"%s%s%s", key, like == NULL ? "" : "; is it \"",
                         like == NULL ? "" : like, like == NULL ? "" : "\"?");
        lac_pack_leave(r, mark);
    }
    return true;
}

static bool is_blank(const char *text)
{
    return lac_span_trim(lac_span_of(text)).len == 0;
}

static const char *read_string(lac_pack_reader *r, const json_t *value)
{
    if (!json_is_string(value)) {
        lac_pack_problem(r, "must be a string");
        return NULL;
    }
    if (is_blank(json_string_value(value))) {
        lac_pack_problem(r, "must not be empty");
        return NULL;
    }
    return copy_string(r, value);
}

static void report_missing(lac_pack_reader *r, const char *key)
{
    lac_pack_problem(r, "\"%s\" is missing", key);
}

const char *lac_pack_string(lac_pack_reader *r, const json_t *object, const char *key,
                            bool required)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL) {
        if (required) {
            report_missing(r, key);
        }
        return NULL;
    }
    size_t mark = lac_pack_enter(r, key);
    const char *text = read_string(r, value);
    lac_pack_leave(r, mark);
    return text;
}

const json_t *lac_pack_array(lac_pack_reader *r, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL || json_is_array(value)) {
        return value;
    }
    size_t mark = lac_pack_enter(r, key);
    lac_pack_problem(r, "must be an array");
    lac_pack_leave(r, mark);
    return NULL;
}

const char *const *lac_pack_strings(lac_pack_reader *r, const json_t *object, const char *key,
                                    uint32_t *count)
{
    *count = 0;
    const json_t *array = lac_pack_array(r, object, key);
    size_t size = json_array_size(array);
    if (size == 0) {
        return NULL;
    }
    const char **list = allocate(r, size, sizeof *list);
    if (list == NULL) {
        return NULL;
    }
    size_t mark = lac_pack_enter(r, key);
    for (size_t i = 0; i < size; i++) {
        size_t inner = lac_pack_enter_index(r, i);
        const char *text = read_string(r, json_array_get(array, i));
        if (text != NULL) {
            list[(*count)++] = text;
        }
        lac_pack_leave(r, inner);
    }
    lac_pack_leave(r, mark);
    return list;
}

bool lac_pack_bool(lac_pack_reader *r, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (value != NULL && !json_is_boolean(value)) {
        size_t mark = lac_pack_enter(r, key);
        lac_pack_problem(r, "must be true or false");
        lac_pack_leave(r, mark);
    }
    return json_is_true(value);
}

uint32_t lac_pack_number(lac_pack_reader *r, const json_t *object, const char *key, uint32_t least,
                         uint32_t most, uint32_t otherwise)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL) {
        return otherwise;
    }
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < (json_int_t)least || number > (json_int_t)most) {
        size_t mark = lac_pack_enter(r, key);
        lac_pack_problem(r, "must be a whole number from %u to %u", least, most);
        lac_pack_leave(r, mark);
        return otherwise;
    }
    return (uint32_t)number;
}

static void report_choice(lac_pack_reader *r, const char *const *names, size_t name_count)
{
    char list[160] = "";
    size_t used = 0;
    for (size_t i = 0; i < name_count; i++) {
        int written =
            snprintf(list + used, sizeof list - used, "%s%s", i == 0 ? "" : ", ", names[i]);
        if (written < 0 || (size_t)written >= sizeof list - used) {
            break;
        }
        used += (size_t)written;
    }
    lac_pack_problem(r, "must be one of: %s", list);
}

int lac_pack_choice(lac_pack_reader *r, const json_t *object, const char *key,
                    const char *const *names, size_t name_count, int otherwise)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL) {
        if (otherwise < 0) {
            report_missing(r, key);
        }
        return otherwise;
    }
    for (size_t i = 0; i < name_count && json_is_string(value); i++) {
        if (strcmp(names[i], json_string_value(value)) == 0) {
            return (int)i;
        }
    }
    size_t mark = lac_pack_enter(r, key);
    report_choice(r, names, name_count);
    lac_pack_leave(r, mark);
    return otherwise;
}

static const lac_term *read_term(lac_pack_reader *r, const json_t *value, bool exclusions)
{
    const char *source = read_string(r, value);
    if (source == NULL) {
        return NULL;
    }
    lac_term *term = NULL;
    lacuna_error error;
    lac_error_clear(&error);
    lacuna_status status = lac_term_parse(&term, r->arena, source, &error);
    if (status == LACUNA_E_NOMEM) {
        r->out_of_memory = true;
        return NULL;
    }
    if (status != LACUNA_OK) {
        lac_pack_problem(r, "%.150s%s%.90s", error.message, error.remedy[0] == '\0' ? "" : "; ",
                         error.remedy);
        return NULL;
    }
    if (lac_term_is_exclusion(term) && !exclusions) {
        lac_pack_problem(r, "\"!\" is for any, here and holds only");
        lac_term_release(term);
        return NULL;
    }
    return term;
}

const lac_term *const *lac_pack_terms(lac_pack_reader *r, const json_t *object, const char *key,
                                      bool exclusions, uint32_t *count)
{
    *count = 0;
    const json_t *array = lac_pack_array(r, object, key);
    size_t size = json_array_size(array);
    if (size == 0) {
        return NULL;
    }
    const lac_term **list = allocate(r, size, sizeof *list);
    if (list == NULL) {
        return NULL;
    }
    size_t mark = lac_pack_enter(r, key);
    for (size_t i = 0; i < size; i++) {
        size_t inner = lac_pack_enter_index(r, i);
        const lac_term *term = read_term(r, json_array_get(array, i), exclusions);
        if (term != NULL) {
            list[(*count)++] = term;
        }
        lac_pack_leave(r, inner);
    }
    lac_pack_leave(r, mark);
    return list;
}
