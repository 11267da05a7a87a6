#include "request.h"

#include "json_text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Options of the library that a request may set: none that writes a file, runs a program or asks a
 * model. */
static const char *const OPTIONS[] = {"checklist",
                                      "checklist-dir",
                                      "tailoring",
                                      "document-type",
                                      "as-of",
                                      "fail-on",
                                      "sequence",
                                      "fail-on-not-evaluated",
                                      "dtd-dir",
                                      "schema-dir",
                                      "profile",
                                      "root",
                                      "jobs",
                                      "width",
                                      "color",
                                      "detail",
                                      "max-package-bytes",
                                      "max-part-bytes",
                                      "max-total-bytes",
                                      "max-text-bytes",
                                      "max-file-bytes",
                                      "max-pdf-bytes",
                                      "max-pdf-seconds",
                                      "max-submission-bytes",
                                      "max-leaves",
                                      "max-submission-file-bytes",
                                      "max-submission-files"};

static const char *const MEMBERS[] = {
    "id",       "do",    "path", "name",      "data",    "text",    "format", "options",
    "progress", "words", "item", "checklist", "against", "sources", "gaps",
#ifdef LACUNA_TEST_HOOKS
    "debug",
#endif
};

enum {
    OPTION_COUNT = sizeof OPTIONS / sizeof OPTIONS[0],
    MEMBER_COUNT = sizeof MEMBERS / sizeof MEMBERS[0],
};

static lacuna_status refuse(lacuna_error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static lacuna_status refuse(lacuna_error *err, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    *err = (lacuna_error){.status = LACUNA_E_ARGUMENT};
    (void)vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    return LACUNA_E_ARGUMENT;
}

static lacuna_status out_of_memory(lacuna_error *err)
{
    *err = (lacuna_error){.status = LACUNA_E_NOMEM, .message = "out of memory"};
    return LACUNA_E_NOMEM;
}

bool cli_request_id_is_sound(const json_t *id)
{
    size_t length = json_is_string(id) ? json_string_length(id) : 0;
    return json_is_integer(id) || (length > 0 && length <= CLI_REQUEST_NAME_MAX);
}

/* The nearest known word is the remedy. */
static lacuna_status unknown(lacuna_error *err, const char *what, const char *name,
                             const char *const *known, size_t count)
{
    const char *nearest = lacuna_nearest(name, known, count);
    (void)refuse(err, "there is no %s \"%.64s\"", what, name);
    if (nearest != NULL) {
        (void)snprintf(err->remedy, sizeof err->remedy, "Did you mean \"%s\"?", nearest);
    }
    return LACUNA_E_ARGUMENT;
}

static bool is_one_of(const char *name, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(words[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static lacuna_status check_members(const json_t *json, lacuna_error *err)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)json, name, value)
    {
        if (!is_one_of(name, MEMBERS, MEMBER_COUNT)) {
            return unknown(err, "member", name, MEMBERS, MEMBER_COUNT);
        }
    }
    return LACUNA_OK;
}

/* A text without NUL, or nothing. */
static lacuna_status take_text(const char **out, const json_t *json, const char *name,
                               lacuna_error *err)
{
    const json_t *value = json_object_get(json, name);
    if (value == NULL) {
        return LACUNA_OK;
    }
    if (!json_is_string(value) || strlen(json_string_value(value)) != json_string_length(value)) {
        return refuse(err, "\"%s\" has to be a text", name);
    }
    *out = json_string_value(value);
    return LACUNA_OK;
}

static lacuna_status take_list(cli_list *out, const json_t *json, const char *name,
                               lacuna_error *err)
{
    const json_t *list = json_object_get(json, name);
    if (list == NULL) {
        return LACUNA_OK;
    }
    size_t count = json_array_size(list);
    if (!json_is_array(list) || count > CLI_REQUEST_LIST_MAX) {
        return refuse(err, "\"%s\" has to be a list of at most %d texts", name,
                      CLI_REQUEST_LIST_MAX);
    }
    out->values = calloc(count + 1, sizeof *out->values);
    if (out->values == NULL) {
        return out_of_memory(err);
    }
    for (size_t i = 0; i < count; i++) {
        out->values[i] = json_string_value(json_array_get(list, i));
        if (out->values[i] == NULL) {
            return refuse(err, "\"%s\" has to be a list of texts", name);
        }
    }
    out->count = count;
    return LACUNA_OK;
}

/* ---- options -------------------------------------------------------------------------------- */

static lacuna_status set_option(cli_request *r, const char *key, const json_t *value,
                                lacuna_error *err)
{
    enum { NUMBER_SIZE = 32 };
    char number[NUMBER_SIZE];
    if (json_is_string(value)) {
        return lacuna_options_set(r->options, key, json_string_value(value), err);
    }
    if (json_is_boolean(value)) {
        return lacuna_options_set(r->options, key, json_is_true(value) ? "yes" : "no", err);
    }
    if (json_is_integer(value)) {
        (void)snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return lacuna_options_set(r->options, key, number, err);
    }
    return refuse(err, "option \"%s\": a text, a number, true or false, or a list of texts", key);
}

static lacuna_status set_option_or_list(cli_request *r, const char *key, const json_t *value,
                                        lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    if (!is_one_of(key, OPTIONS, OPTION_COUNT)) {
        return unknown(err, "option", key, OPTIONS, OPTION_COUNT);
    }
    if (!json_is_array(value)) {
        return set_option(r, key, value, err);
    }
    for (size_t i = 0; i < json_array_size(value) && status == LACUNA_OK; i++) {
        status = set_option(r, key, json_array_get(value, i), err);
    }
    return status;
}

static lacuna_status take_options(cli_request *r, lacuna_error *err)
{
    json_t *options = json_object_get(r->json, "options");
    lacuna_status status = lacuna_options_new(&r->options, err);
    if (status == LACUNA_OK && options != NULL && !json_is_object(options)) {
        status = refuse(err, "\"options\" has to be an object");
    }
    const char *key;
    json_t *value;
    json_object_foreach(options, key, value)
    {
        if (status == LACUNA_OK) {
            status = set_option_or_list(r, key, value, err);
        }
    }
    return status;
}

/* ---- the document --------------------------------------------------------------------------- */

static lacuna_status take_data(cli_request *r, lacuna_error *err)
{
    const json_t *data = json_object_get(r->json, "data");
    const json_t *text = json_object_get(r->json, "text");
    int given = (data != NULL) + (text != NULL) + (r->path != NULL);
    if (given > 1) {
        return refuse(err, "a document is one of \"path\", \"data\" and \"text\"");
    }
    if (data == NULL && text == NULL) {
        return LACUNA_OK;
    }
    const json_t *value = data != NULL ? data : text;
    if (!json_is_string(value)) {
        return refuse(err, "\"%s\" has to be a text", data != NULL ? "data" : "text");
    }
    if (r->name == NULL) {
        return refuse(err, "\"name\" is missing: what reports are to call the document");
    }
    r->length = json_string_length(value);
    if (data != NULL) {
        return cli_base64_decode(&r->data, &r->length, json_string_value(value), r->length)
                   ? LACUNA_OK
                   : refuse(err, "\"data\" is not base64");
    }
    r->data = malloc(r->length + 1);
    if (r->data == NULL) {
        return out_of_memory(err);
    }
    memcpy(r->data, json_string_value(value), r->length + 1);
    return LACUNA_OK;
}

static lacuna_status take_members(cli_request *r, lacuna_error *err)
{
    const struct {
        const char *name;
        const char **out;
    } texts[] = {{"do", &r->verb},     {"format", &r->format}, {"path", &r->path},
                 {"name", &r->name},   {"item", &r->item},     {"checklist", &r->checklist},
                 {"words", &r->words}, {"debug", &r->hook}};
    lacuna_status status = check_members(r->json, err);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && status == LACUNA_OK; i++) {
        status = take_text(texts[i].out, r->json, texts[i].name, err);
    }
    const json_t *progress = json_object_get(r->json, "progress");
    if (status == LACUNA_OK && progress != NULL && !json_is_boolean(progress)) {
        status = refuse(err, "\"progress\" has to be true or false");
    }
    if (status == LACUNA_OK && r->verb == NULL) {
        status = refuse(err, "\"do\" is missing: what is to be done");
    }
    r->progress = json_is_true(progress);
    status = status == LACUNA_OK ? take_list(&r->against, r->json, "against", err) : status;
    status = status == LACUNA_OK ? take_list(&r->sources, r->json, "sources", err) : status;
    status = status == LACUNA_OK ? take_list(&r->gaps, r->json, "gaps", err) : status;
    status = status == LACUNA_OK ? take_options(r, err) : status;
    return status == LACUNA_OK ? take_data(r, err) : status;
}

lacuna_status cli_request_read(cli_request *request, const char *line, size_t length,
                               lacuna_error *err)
{
    json_error_t where;
    *request = (cli_request){.format = "json"};
    request->json = json_loadb(line, length, JSON_REJECT_DUPLICATES, &where);
    lacuna_status status = LACUNA_OK;
    if (request->json == NULL) {
        status = refuse(err, "not JSON: %.160s", where.text);
    } else if (!json_is_object(request->json)) {
        status = refuse(err, "a request is a JSON object");
    } else {
        status = take_members(request, err);
    }
    if (status != LACUNA_OK) {
        cli_request_free(request);
    }
    return status;
}

void cli_request_free(cli_request *request)
{
    lacuna_options_free(request->options);
    free(request->against.values);
    free(request->sources.values);
    free(request->gaps.values);
    free(request->data);
    json_decref(request->json);
    *request = (cli_request){0};
}
