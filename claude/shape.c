#include "claude/shape.h"

#include "support/error.h"

#include <stdio.h>

/* Where in the value we are: a JSON pointer that grows and shrinks with the nesting. */
typedef struct place {
    char pointer[128];
    size_t length;
    unsigned depth;
} place;

static lacuna_status check(json_t *value, const json_t *schema, place *at, lacuna_error *err);

static lacuna_status wrong(const place *at, lacuna_error *err, const char *what, const char *detail)
{
    lac_error_place(err, at->length == 0 ? "/" : at->pointer, 0);
    return lac_fail(err, LACUNA_E_FORMAT, "%s: %s%.100s", at->length == 0 ? "/" : at->pointer, what,
                    detail);
}

static lacuna_status check_child(json_t *value, const json_t *schema, place *at, const char *name,
                                 lacuna_error *err)
{
    size_t before = at->length;
    int written = snprintf(at->pointer + before, sizeof at->pointer - before, "/%.40s", name);
    if (written > 0 && (size_t)written < sizeof at->pointer - before) {
        at->length = before + (size_t)written;
    }
    lacuna_status status = check(value, schema, at, err);
    at->length = before;
    at->pointer[before] = '\0';
    return status;
}

/* ---- scalars -------------------------------------------------------------------------------- */

static bool has_type(const json_t *value, const char *type)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return strcmp(type, "object") == 0;
    case JSON_ARRAY:
        return strcmp(type, "array") == 0;
    case JSON_STRING:
        return strcmp(type, "string") == 0;
    case JSON_INTEGER:
        return strcmp(type, "integer") == 0 || strcmp(type, "number") == 0;
    case JSON_REAL:
        return strcmp(type, "number") == 0;
    case JSON_TRUE:
    case JSON_FALSE:
        return strcmp(type, "boolean") == 0;
    case JSON_NULL:
        return strcmp(type, "null") == 0;
    }
    return false;
}

static lacuna_status check_type(const json_t *value, const json_t *type, const place *at,
                                lacuna_error *err)
{
    size_t index;
    const json_t *one;
    if (json_is_string(type)) {
        return has_type(value, json_string_value(type))
                   ? LACUNA_OK
                   : wrong(at, err, "has to be of type ", json_string_value(type));
    }
    json_array_foreach(type, index, one)
    {
        if (json_is_string(one) && has_type(value, json_string_value(one))) {
            return LACUNA_OK;
        }
    }
    return wrong(at, err, "is of a wrong type", "");
}

static bool equal_nocase(const json_t *a, const json_t *b)
{
    return json_is_string(a) && json_is_string(b) &&
           lac_span_equal_nocase(lac_span_make(json_string_value(a), json_string_length(a)),
                                 lac_span_make(json_string_value(b), json_string_length(b)));
}

static lacuna_status check_enum(json_t *value, const json_t *allowed, const place *at,
                                lacuna_error *err)
{
    size_t index;
    const json_t *one;
    json_array_foreach(allowed, index, one)
    {
        if (json_equal(value, one)) {
            return LACUNA_OK;
        }
    }
    json_array_foreach(allowed, index, one)
    {
        if (equal_nocase(value, one)) {
            return json_string_set(value, json_string_value(one)) == 0 ? LACUNA_OK
                                                                       : lac_fail_nomem(err);
        }
    }
    return wrong(at, err, "is not one of the allowed values", "");
}

/* ---- objects and arrays --------------------------------------------------------------------- */

static lacuna_status check_required(const json_t *value, const json_t *required, const place *at,
                                    lacuna_error *err)
{
    size_t index;
    const json_t *name;
    json_array_foreach(required, index, name)
    {
        if (json_object_get(value, json_string_value(name)) == NULL) {
            return wrong(at, err, "lacks ", json_string_value(name));
        }
    }
    return LACUNA_OK;
}

static lacuna_status check_properties(json_t *value, const json_t *schema, place *at,
                                      lacuna_error *err)
{
    const json_t *properties = json_object_get(schema, "properties");
    bool closed = json_is_false(json_object_get(schema, "additionalProperties"));
    const char *name;
    json_t *member;
    lacuna_status status = check_required(value, json_object_get(schema, "required"), at, err);
    json_object_foreach(value, name, member)
    {
        const json_t *inner = json_object_get(properties, name);
        if (status != LACUNA_OK) {
            break;
        }
        if (inner != NULL) {
            status = check_child(member, inner, at, name, err);
        } else if (closed) {
            status = wrong(at, err, "must not have ", name);
        }
    }
    return status;
}

static lacuna_status check_items(json_t *value, const json_t *schema, place *at, lacuna_error *err)
{
    const json_t *items = json_object_get(schema, "items");
    const json_t *least = json_object_get(schema, "minItems");
    size_t index;
    json_t *item;
    lacuna_status status = LACUNA_OK;
    if (json_is_integer(least) && (json_int_t)json_array_size(value) < json_integer_value(least)) {
        return wrong(at, err, "has too few items", "");
    }
    json_array_foreach(value, index, item)
    {
        char name[24];
        snprintf(name, sizeof name, "%zu", index);
        status = items == NULL ? LACUNA_OK : check_child(item, items, at, name, err);
        if (status != LACUNA_OK) {
            break;
        }
    }
    return status;
}

static lacuna_status check_any(json_t *value, const json_t *choices, place *at, lacuna_error *err)
{
    size_t index;
    const json_t *one;
    json_array_foreach(choices, index, one)
    {
        lacuna_error ignored = {0};
        lacuna_status status = check(value, one, at, &ignored);
        if (status != LACUNA_E_FORMAT) {
            return status;
        }
    }
    return wrong(at, err, "has none of the allowed shapes", "");
}

/* ---- the whole ------------------------------------------------------------------------------ */

static lacuna_status check_keywords(const json_t *schema, lacuna_error *err)
{
    static const char *const known[] = {
        "type",  "enum",     "const", "properties", "required",    "additionalProperties",
        "items", "minItems", "anyOf", "title",      "description", "$schema",
    };
    const char *key;
    json_t *ignored;
    json_object_foreach((json_t *)(uintptr_t)schema, key, ignored)
    {
        bool found = false;
        for (size_t i = 0; i < sizeof known / sizeof known[0] && !found; i++) {
            found = strcmp(key, known[i]) == 0;
        }
        if (!found) {
            return lac_fail(err, LACUNA_E_ARGUMENT, "the schema says \"%.60s\", which is not known",
                            key);
        }
    }
    return LACUNA_OK;
}

static lacuna_status check(json_t *value, const json_t *schema, place *at, lacuna_error *err)
{
    const json_t *part;
    if (++at->depth > LAC_SHAPE_DEPTH_MAX) {
        return wrong(at, err, "is nested too deep", "");
    }
    lacuna_status status = check_keywords(schema, err);
    if (status == LACUNA_OK && (part = json_object_get(schema, "type")) != NULL) {
        status = check_type(value, part, at, err);
    }
    if (status == LACUNA_OK && (part = json_object_get(schema, "enum")) != NULL) {
        status = check_enum(value, part, at, err);
    }
    if (status == LACUNA_OK && (part = json_object_get(schema, "const")) != NULL) {
        status = json_equal(value, part) ? LACUNA_OK : wrong(at, err, "has another value", "");
    }
    if (status == LACUNA_OK && (part = json_object_get(schema, "anyOf")) != NULL) {
        status = check_any(value, part, at, err);
    }
    if (status == LACUNA_OK && json_is_object(value)) {
        status = check_properties(value, schema, at, err);
    }
    if (status == LACUNA_OK && json_is_array(value)) {
        status = check_items(value, schema, at, err);
    }
    at->depth--;
    return status;
}

lacuna_status lac_shape_check(json_t *value, const json_t *schema, lacuna_error *err)
{
    place at = {0};
    return check(value, schema, &at, err);
}

/* ---- finding the object in an answer -------------------------------------------------------- */

bool lac_shape_find_object(lac_span *object, lac_span text)
{
    size_t depth = 0;
    bool quoted = false;
    const char *begin = text.len == 0 ? NULL : memchr(text.ptr, '{', text.len);
    if (begin == NULL) {
        return false;
    }
    size_t length = text.len - (size_t)(begin - text.ptr);
    for (size_t i = 0; i < length; i++) {
        char c = begin[i];
        if (quoted) {
            i += c == '\\';
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{') {
            depth++;
        } else if (c == '}' && --depth == 0) {
            *object = lac_span_make(begin, i + 1);
            return true;
        }
    }
    return false;
}
