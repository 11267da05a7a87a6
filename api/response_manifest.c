#include "api/response_manifest.h"

#include "parsers/package/source.h"
#include "support/error.h"
#include "support/json_parse.h"
#include "writers/json/emit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SCHEMA "lacuna.response/1"

enum { MANIFEST_BYTES_MAX = 16 << 20 };

/* ---- writing -------------------------------------------------------------------------------- */

static void write_placement(lac_json *json, const char *document, const lac_letter_rule *rule)
{
    lac_json_object(json, NULL);
    lac_json_text(json, "citation", rule->citation);
    lac_json_text(json, "document", document);
    lac_json_text(json, "heading", rule->value);
    lac_json_text(json, "title", rule->text);
    lac_json_object_end(json);
}

lacuna_status lac_manifest_write(const lac_manifest_given *given, lacuna_write_fn write, void *user,
                                 lacuna_error *err)
{
    const lac_response_plan *plan = given->plan;
    lac_output output;
    lac_json json;
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    lac_json_object(&json, NULL);
    lac_json_text(&json, "as_of", plan->as_of);
    lac_json_array(&json, "files");
    for (uint32_t i = 0; i < given->file_count; i++) {
        lac_json_object(&json, NULL);
        lac_json_text(&json, "name", given->files[i].name);
        lac_json_text(&json, "sha256", given->files[i].sha256);
        lac_json_object_end(&json);
    }
    lac_json_array_end(&json);
    lac_json_bool(&json, "incomplete", plan->letter->incomplete);
    lac_json_object(&json, "letter");
    lac_json_text(&json, "path", plan->letter_path);
    lac_json_text(&json, "sha256", plan->letter_digest.hex);
    lac_json_object_end(&json);
    lac_json_array(&json, "placement");
    write_placement(&json, "response.docx", given->response->placement);
    write_placement(&json, "cover-letter.docx", given->response->cover_placement);
    lac_json_array_end(&json);
    lac_json_array(&json, "queries");
    for (uint32_t i = 0; i < plan->step_count; i++) {
        lac_json_text(&json, NULL, plan->steps[i].query->id);
    }
    lac_json_array_end(&json);
    lac_json_text(&json, "schema", SCHEMA);
    lac_json_texts(&json, "sources", given->sources, (uint32_t)given->source_count);
    lac_json_object_end(&json);
    lac_json_end(&json);
    return lac_output_finish(&output, err);
}

/* ---- reading -------------------------------------------------------------------------------- */

char *lac_manifest_path(const char *folder, const char *name)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    if (path != NULL) {
        (void)snprintf(path, size, "%s/%s", folder, name);
    }
    return path;
}

static bool is_file(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

static bool is_manifest(const json_t *tree)
{
    const char *schema = json_string_value(json_object_get(tree, "schema"));
    return schema != NULL && strcmp(schema, SCHEMA) == 0;
}

/* The bytes of the file; LACUNA_E_NOTFOUND: there is none. */
static lacuna_status read_file(char **data, size_t *length, const char *folder, lacuna_error *err)
{
    *data = NULL;
    char *path = lac_manifest_path(folder, LAC_MANIFEST_NAME);
    if (path == NULL) {
        return lac_fail_nomem(err);
    }
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = path};
    lacuna_status status = is_file(path)
                               ? lac_source_read(data, length, &source, MANIFEST_BYTES_MAX, err)
                               : lac_fail(err, LACUNA_E_NOTFOUND, "there is no " LAC_MANIFEST_NAME);
    free(path);
    return status;
}

lacuna_status lac_manifest_read(json_t **out, const char *folder, lacuna_error *err)
{
    char *data;
    size_t length;
    json_error_t where = {0};
    *out = NULL;
    lacuna_status status = read_file(&data, &length, folder, err);
    if (status == LACUNA_OK) {
        status = lac_json_parse(out, lac_span_make(data, length), 0, &where);
        status = status == LACUNA_E_NOMEM ? lac_fail_nomem(err) : status;
        status = status == LACUNA_OK && !is_manifest(*out) ? LACUNA_E_FORMAT : status;
        if (status == LACUNA_E_FORMAT) {
            status = lac_fail(err, status, LAC_MANIFEST_NAME " is not one of lacuna respond");
        }
    }
    if (status != LACUNA_OK) {
        json_decref(*out);
        *out = NULL;
    }
    free(data);
    return status;
}

/* A damaged one is still one: its folder is not taken for one of documents. */
lacuna_status lac_manifest_is_there(bool *there, const char *folder, lacuna_error *err)
{
    char *data;
    size_t length = 0;
    lacuna_status status = read_file(&data, &length, folder, err);
    *there = false;
    for (size_t at = 0; status == LACUNA_OK && at + sizeof SCHEMA - 1 <= length && !*there; at++) {
        *there = memcmp(data + at, SCHEMA, sizeof SCHEMA - 1) == 0;
    }
    free(data);
    return status == LACUNA_E_NOMEM ? status : LACUNA_OK;
}

static const char *recorded(const json_t *tree, const char *name)
{
    size_t index;
    const json_t *value;
    json_array_foreach(json_object_get(tree, "files"), index, value)
    {
        const char *own = json_string_value(json_object_get(value, "name"));
        if (own != NULL && strcmp(own, name) == 0) {
            return json_string_value(json_object_get(value, "sha256"));
        }
    }
    return NULL;
}

lacuna_status lac_manifest_changed(bool *changed, const char *folder, const char *name,
                                   const char *now, lacuna_error *err)
{
    json_t *tree = NULL;
    lac_digest digest;
    *changed = false;
    char *path = lac_manifest_path(folder, name);
    if (path == NULL) {
        return lac_fail_nomem(err);
    }
    if (!is_file(path)) {
        free(path);
        return LACUNA_OK;
    }
    lacuna_status status = lac_sha256_file(&digest, path, err);
    if (status == LACUNA_OK && strcmp(digest.hex, now) != 0) {
        status = lac_manifest_read(&tree, folder, NULL);
        const char *was = recorded(tree, name);
        *changed = was == NULL || strcmp(was, digest.hex) != 0;
        status = status == LACUNA_E_NOMEM ? lac_fail_nomem(err) : LACUNA_OK;
    }
    json_decref(tree);
    free(path);
    return status;
}
