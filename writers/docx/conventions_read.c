/* A profile from JSON, as a person has confirmed or changed it. */
#include "support/error.h"
#include "support/json_parse.h"
#include "support/json_text.h"
#include "writers/docx/conventions.h"

#include <stdio.h>
#include <stdlib.h>

enum { CONVENTIONS_MAX = 4096, DEPTH_MAX = 16 };

typedef struct reading {
    lac_conventions *profile;
    lac_span json;
    lacuna_error *err;
} reading;

static lacuna_status wrong(const reading *state, size_t index, const char *member,
                           const char *message)
{
    char pointer[96];
    (void)snprintf(pointer, sizeof pointer, "/conventions/%zu%s%s", index,
                   member[0] == '\0' ? "" : "/", member);
    lac_error_place(state->err, pointer, lac_json_line(state->json, pointer));
    return lac_fail_remedy(state->err, LACUNA_E_FORMAT,
                           "lacuna templates profile writes one to begin with.", "%s", message);
}

static bool choose(int *out, const char *text, const char *(*name)(int), int count)
{
    for (int i = 0; i < count; i++) {
        if (strcmp(text, name(i)) == 0) {
            *out = i;
            return true;
        }
    }
    return false;
}

static const char *signal_name(int i)
{
    return lac_signal_name((lac_signal)i);
}

static const char *meaning_name(int i)
{
    return lac_meaning_name((lac_meaning)i);
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static lacuna_status read_one(reading *state, const json_t *value, size_t index)
{
    lac_conventions *profile = state->profile;
    lac_convention item = {.only_marked = json_is_true(json_object_get(value, "only_marked")),
                           .confidence = 100};
    int signal, meaning;
    if (!json_is_object(value)) {
        return wrong(state, index, "", "a convention is an object");
    }
    if (!choose(&signal, text_of(value, "signal"), signal_name, LAC_SIGNAL_CONTROL + 1)) {
        return wrong(state, index, "signal",
                     "a signal is bracket, colour, highlight, paragraph-style, character-style, "
                     "hidden, italic or control-prompt");
    }
    if (!choose(&meaning, text_of(value, "meaning"), meaning_name, LAC_MEANING_OPTIONAL + 1)) {
        return wrong(state, index, "meaning",
                     "a meaning is text, placeholder, instruction or optional");
    }
    char *copy = lac_arena_copy(&profile->arena, lac_span_of(text_of(value, "value")));
    lacuna_status status = lac_grow((void **)&profile->items, &profile->cap, profile->count + 1,
                                    sizeof *profile->items, CONVENTIONS_MAX);
    if (copy == NULL || status != LACUNA_OK) {
        return status == LACUNA_E_LIMIT ? wrong(state, index, "", "too many conventions")
                                        : lac_fail_nomem(state->err);
    }
    item.signal = (lac_signal)signal;
    item.meaning = (lac_meaning)meaning;
    item.value = lac_span_of(copy);
    item.why = lac_span_of("");
    profile->items[profile->count++] = item;
    return LACUNA_OK;
}

static lacuna_status read_all(reading *state, const json_t *tree)
{
    const json_t *list = json_object_get(tree, "conventions"), *value;
    size_t index;
    if (strcmp(text_of(tree, "schema"), "lacuna.template-profile/1") != 0 || !json_is_array(list)) {
        return lac_fail_remedy(state->err, LACUNA_E_FORMAT,
                               "lacuna templates profile writes one to begin with.",
                               "this is no profile of a template: \"schema\" has to be "
                               "\"lacuna.template-profile/1\", with a list \"conventions\"");
    }
    lacuna_status status = LACUNA_OK;
    json_array_foreach(list, index, value)
    {
        if (status == LACUNA_OK) {
            status = read_one(state, value, index);
        }
    }
    return status;
}

lacuna_status lac_conventions_read(lac_conventions **out, lac_span json, const lac_limits *limits,
                                   lacuna_error *err)
{
    *out = NULL;
    json_t *tree = NULL;
    json_error_t where = {0};
    if (json.len > limits->json_bytes || lac_json_depth(json) > DEPTH_MAX) {
        return lac_fail(err, LACUNA_E_LIMIT, "the profile is too large or nested too deeply");
    }
    lacuna_status status = lac_json_parse(&tree, json, 0, &where);
    if (status != LACUNA_OK) {
        lac_error_place(err, "", where.line > 0 ? (uint32_t)where.line : 0);
        return status == LACUNA_E_NOMEM ? lac_fail_nomem(err)
                                        : lac_fail(err, status, "no JSON: %.100s", where.text);
    }
    lac_conventions *profile = calloc(1, sizeof *profile);
    reading state = {profile, json, err};
    if (profile == NULL) {
        status = lac_fail_nomem(err);
    } else {
        lac_arena_init(&profile->arena);
        status = read_all(&state, tree);
    }
    json_decref(tree);
    if (status != LACUNA_OK) {
        lac_conventions_free(profile);
        return status;
    }
    *out = profile;
    return LACUNA_OK;
}
