#include "analyzer/told.h"

#include "analyzer/ectd/data.h"
#include "support/buf.h"
#include "support/error.h"

#include <string.h>

enum { NAMES_MAX = 1024 };

const char *lac_told(const lac_told_facts *facts, const char *key)
{
    size_t length = strlen(key);
    for (uint32_t i = facts == NULL ? 0 : facts->count; i-- > 0;) {
        const char *text = facts->texts[i];
        if (strncmp(text, key, length) == 0 && text[length] == '=') {
            return text + length + 1;
        }
    }
    return NULL;
}

static const char *name_at(const json_t *array, size_t i, const char *member)
{
    const json_t *item = json_array_get(array, i);
    const char *name = json_string_value(member == NULL ? item : json_object_get(item, member));
    return name == NULL ? "" : name;
}

/* Index of a name; the size of the array where it is not in it. */
static size_t find(const json_t *array, const char *member, lac_span name)
{
    size_t count = json_array_size(array);
    for (size_t i = 0; i < count; i++) {
        if (lac_span_is(name, name_at(array, i, member))) {
            return i;
        }
    }
    return count;
}

static lacuna_status refuse(const json_t *array, const char *member, const char *text,
                            const char *what, lacuna_error *err)
{
    lac_buf names;
    lac_buf_init(&names, NAMES_MAX);
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < json_array_size(array) && status == LACUNA_OK; i++) {
        status = lac_buf_printf(&names, "%s%s", i == 0 ? "" : ", ", name_at(array, i, member));
    }
    status = status == LACUNA_OK ? lac_fail(err, LACUNA_E_ARGUMENT, "\"%.80s\": %s %s", text, what,
                                            lac_buf_text(&names))
                                 : lac_fail_nomem(err);
    lac_buf_free(&names);
    return status;
}

static lacuna_status judge(const json_t *facts, const char *text, lacuna_error *err)
{
    const char *equals = strchr(text, '=');
    size_t length = equals == NULL ? strlen(text) : (size_t)(equals - text);
    size_t at = find(facts, "key", lac_span_make(text, length));
    if (equals == NULL || at == json_array_size(facts)) {
        return refuse(facts, "key", text, "it is KEY=VALUE, with one of the keys", err);
    }
    const json_t *values = json_object_get(json_array_get(facts, at), "values");
    return find(values, NULL, lac_span_of(equals + 1)) < json_array_size(values)
               ? LACUNA_OK
               : refuse(values, NULL, text, "its value is one of", err);
}

lacuna_status lac_told_allowed(const char *text, lacuna_error *err)
{
    json_t *root;
    lacuna_status status = lac_embedded_json(&root, "profile-facts.json", err);
    if (status == LACUNA_OK) {
        status = judge(json_object_get(root, "facts"), text, err);
    }
    json_decref(root);
    return status;
}
