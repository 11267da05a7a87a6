#include "analyzer/pack_canonical.h"

#include "analyzer/pack_columns.h"
#include "support/error.h"
#include "support/json_parse.h"
#include "support/json_print.h"
#include "support/json_text.h"

#include <stdlib.h>

enum { PATH_BYTES = 128 };

/* Members of the elements of "expect.facts". */
static const char *const fact_order[] = {"expect.facts.name", "expect.facts.any",
                                         "expect.facts.here", "expect.facts.required",
                                         "expect.facts.title"};

lacuna_status lac_pack_parse(json_t **out, lac_span json, lacuna_error *err)
{
    *out = NULL;
    if (json.len >= 3 && memcmp(json.ptr, "\xEF\xBB\xBF", 3) == 0) {
        json = lac_span_make(json.ptr + 3, json.len - 3);
    }
    if (lac_json_depth(json) > LAC_PACK_DEPTH) {
        return lac_fail(err, LACUNA_E_FORMAT, "JSON nested more than %d deep", LAC_PACK_DEPTH);
    }
    json_error_t where;
    lacuna_status status = lac_json_parse(out, json, 0, &where);
    if (status == LACUNA_E_FORMAT) {
        lac_error_place(err, "", where.line > 0 ? (uint32_t)where.line : 0);
        return lac_fail(err, status, "not valid JSON: %s", where.text);
    }
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(err);
}

typedef struct ordering {
    char path[PATH_BYTES]; /* of the object being ordered, with a dot behind it; "": the top */
    size_t length;
    bool in_items;
} ordering;

static json_t *ordered(ordering *o, const json_t *value);

static bool take(ordering *o, json_t *to, const json_t *from, const char *key)
{
    const json_t *value = json_object_get(from, key);
    if (value == NULL || json_object_get(to, key) != NULL) {
        return true;
    }
    size_t mark = o->length;
    bool was_in_items = o->in_items;
    size_t key_length = strlen(key);
    if (mark == 0 && !o->in_items && strcmp(key, "items") == 0) {
        o->in_items = true; /* paths begin anew in an item */
    } else if (key_length + 1 < sizeof o->path - mark) {
        memcpy(o->path + mark, key, key_length);
        o->path[mark + key_length] = '.';
        o->length = mark + key_length + 1;
        o->path[o->length] = '\0';
    }
    json_t *copy = ordered(o, value);
    o->length = mark;
    o->path[mark] = '\0';
    o->in_items = was_in_items;
    return copy != NULL && json_object_set_new(to, key, copy) == 0;
}

/* Takes the member of `from` that a listed path goes through. */
static bool take_listed(ordering *o, json_t *to, const json_t *from, const char *path)
{
    if (strncmp(path, o->path, o->length) != 0) {
        return true;
    }
    char key[PATH_BYTES];
    const char *rest = path + o->length;
    size_t length = strcspn(rest, ".");
    if (length == 0 || length >= sizeof key) {
        return true;
    }
    memcpy(key, rest, length);
    key[length] = '\0';
    return take(o, to, from, key);
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool take_unknown(ordering *o, json_t *to, const json_t *from)
{
    size_t count = 0;
    const char **keys = calloc(json_object_size(from) + 1, sizeof *keys);
    if (keys == NULL) {
        return false;
    }
    for (void *i = json_object_iter((json_t *)from); i != NULL;
         i = json_object_iter_next((json_t *)from, i)) {
        keys[count++] = json_object_iter_key(i);
    }
    qsort(keys, count, sizeof *keys, compare_keys);
    bool taken = true;
    for (size_t i = 0; i < count && taken; i++) {
        taken = take(o, to, from, keys[i]);
    }
    free(keys);
    return taken;
}

static bool take_all(ordering *o, json_t *to, const json_t *from)
{
    const lac_column *columns = o->in_items ? lac_item_columns : lac_head_columns;
    size_t count = o->in_items ? lac_item_column_count : lac_head_column_count;
    bool taken = true;
    for (size_t i = 0; i < count && taken; i++) {
        taken = columns[i].kind == LAC_COLUMN_REST || take_listed(o, to, from, columns[i].name);
    }
    for (size_t i = 0; o->in_items && i < sizeof fact_order / sizeof fact_order[0] && taken; i++) {
        taken = take_listed(o, to, from, fact_order[i]);
    }
    if (taken && !o->in_items && o->length == 0) { /* items stand last, but before the unknown */
        taken = take(o, to, from, "items");
    }
    return taken && take_unknown(o, to, from);
}

/* Recursion is as deep as the tree, at most LAC_PACK_DEPTH. NULL: out of memory. */
static json_t *ordered(ordering *o, const json_t *value)
{
    if (json_is_object(value)) {
        json_t *to = json_object();
        if (to != NULL && !take_all(o, to, value)) {
            json_decref(to);
            to = NULL;
        }
        return to;
    }
    if (!json_is_array(value)) {
        return json_deep_copy(value);
    }
    json_t *to = json_array();
    for (size_t i = 0; to != NULL && i < json_array_size(value); i++) {
        json_t *element = ordered(o, json_array_get(value, i));
        if (element == NULL || json_array_append_new(to, element) != 0) {
            json_decref(to);
            to = NULL;
        }
    }
    return to;
}

lacuna_status lac_pack_order(json_t **out, const json_t *pack, lacuna_error *err)
{
    ordering o = {.length = 0};
    *out = ordered(&o, pack);
    return *out == NULL ? lac_fail_nomem(err) : LACUNA_OK;
}

lacuna_status lac_pack_print(lac_buf *out, const json_t *pack, lacuna_error *err)
{
    if (json_dump_callback(pack, lac_json_append, out, JSON_INDENT(2)) != 0 ||
        lac_buf_append_char(out, '\n') != LACUNA_OK) {
        return out->len + 1 >= out->max ? lac_fail(err, LACUNA_E_LIMIT, "the checklist is too long")
                                        : lac_fail_nomem(err);
    }
    return LACUNA_OK;
}
