#include "analyzer/told.h"

#include "analyzer/ectd/data.h"
#include "support/error.h"

#include <stdio.h>
#include <string.h>

enum { WORD_SHOWN = 80, REMEDY_ROOM = sizeof((lacuna_error){0}).remedy };

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

/* The names there are go into the remedy, which the message would have no room for beside the word
 * itself; what does not fit even there is said to be more. */
static lacuna_status refuse(const json_t *array, const char *member, lac_span word,
                            const char *what, lacuna_error *err)
{
    char names[REMEDY_ROOM] = "";
    size_t used = 0;
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *name = name_at(array, i, member);
        if (used + strlen(name) + sizeof ", ..." > sizeof names) {
            memcpy(names + used, ", ...", sizeof ", ...");
            break;
        }
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s",
                                 i == 0 ? "one of " : ", ", name);
    }
    return lac_fail_remedy(err, LACUNA_E_ARGUMENT, names, "\"%.*s\" is no %s",
                           (int)(word.len < WORD_SHOWN ? word.len : WORD_SHOWN), word.ptr, what);
}

static lacuna_status judge(const json_t *facts, const char *text, lacuna_error *err)
{
    const char *equals = strchr(text, '=');
    size_t length = equals == NULL ? strlen(text) : (size_t)(equals - text);
    lac_span key = lac_span_make(text, length);
    size_t at = find(facts, "key", key);
    if (at == json_array_size(facts)) {
        return refuse(facts, "key", key, "key of a profile", err);
    }
    const json_t *values = json_object_get(json_array_get(facts, at), "values");
    lac_span value = lac_span_of(equals == NULL ? "" : equals + 1);
    char what[WORD_SHOWN];
    (void)snprintf(what, sizeof what, "value of %s", name_at(facts, at, "key"));
    return find(values, NULL, value) < json_array_size(values)
               ? LACUNA_OK
               : refuse(values, NULL, value, what, err);
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
