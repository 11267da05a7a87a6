/* The configuration of a repository, .lacuna.json: read, checked, and told setting by setting. */
#include "analyzer/checklist_read.h"
#include "analyzer/gate/gate_file.h"
#include "analyzer/registry_head.h"
#include "api/options.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/json_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SETTINGS_MAX = 65536, VALUE_MAX = 16 * 1024, NUMBER_SIZE = 24 };

static const char REMEDY[] =
    "`lacuna help config` and checklists/schema/config-1.json tell the keys.";

typedef struct setting {
    const char *key, *value, *pointer;
} setting;

struct lacuna_config {
    lac_arena arena;
    setting *items; /* grown with malloc */
    size_t count, cap;
};

typedef struct reading {
    lacuna_config *config;
    lac_pack_reader *r;
    const char *folder;    /* of the file, with '/' behind; "": the working directory */
    lacuna_options *trial; /* every value is tried, so that a wrong one is told with its pointer */
} reading;

/* ---- settings ------------------------------------------------------------------------------- */

static void keep(reading *c, const char *key, const char *value)
{
    lacuna_config *config = c->config;
    if (lac_grow((void **)&config->items, &config->cap, config->count + 1, sizeof *config->items,
                 SETTINGS_MAX) != LACUNA_OK) {
        c->r->out_of_memory = true;
        return;
    }
    const char *pointer = lac_arena_copy(&config->arena, lac_span_of(c->r->pointer));
    const char *copy = lac_arena_copy(&config->arena, lac_span_of(value));
    c->r->out_of_memory = c->r->out_of_memory || pointer == NULL || copy == NULL;
    config->items[config->count++] = (setting){key, copy, pointer};
}

/* Tries the value, and keeps it. What is told of a model is not an option of the library. */
static void take(reading *c, const char *key, const char *value)
{
    lacuna_error err = {0};
    if (strcmp(key, "claude") != 0 && lacuna_options_set(c->trial, key, value, &err) != LACUNA_OK) {
        lac_pack_problem(c->r, "%s", err.message);
        return;
    }
    keep(c, key, value);
}

/* Paths stand relative to the folder of the file. */
static void take_path(reading *c, const char *key, const char *path)
{
    lac_buf full;
    lac_buf_init(&full, VALUE_MAX);
    if (lac_buf_printf(&full, "%s%s", path[0] == '/' ? "" : c->folder, path) == LACUNA_OK) {
        take(c, key, lac_buf_text(&full));
    } else {
        lac_pack_problem(c->r, "is too long");
    }
    lac_buf_free(&full);
}

typedef void (*take_fn)(reading *c, const char *key, const char *value);

static void read_text(reading *c, const json_t *root, const char *name, const char *key,
                      take_fn taking)
{
    const char *value = lac_pack_string(c->r, root, name, false);
    if (value != NULL) {
        size_t mark = lac_pack_enter(c->r, name);
        taking(c, key, value);
        lac_pack_leave(c->r, mark);
    }
}

static void read_texts(reading *c, const json_t *root, const char *name, const char *key,
                       take_fn taking)
{
    uint32_t count;
    const char *const *values = lac_pack_strings(c->r, root, name, &count);
    size_t mark = lac_pack_enter(c->r, name);
    for (uint32_t i = 0; i < count; i++) {
        size_t inner = lac_pack_enter_index(c->r, i);
        taking(c, key, values[i]);
        lac_pack_leave(c->r, inner);
    }
    lac_pack_leave(c->r, mark);
}

static void read_bool(reading *c, const json_t *root, const char *name, const char *key)
{
    bool value = lac_pack_bool(c->r, root, name);
    if (json_object_get(root, name) != NULL) {
        size_t mark = lac_pack_enter(c->r, name);
        take(c, key, value ? "yes" : "no");
        lac_pack_leave(c->r, mark);
    }
}

/* ---- objects -------------------------------------------------------------------------------- */

static void take_pattern(reading *c, const char *key, const char *pattern, const char *value)
{
    lac_buf text;
    lac_buf_init(&text, VALUE_MAX);
    if (lac_buf_printf(&text, "%s%s=%s", pattern[0] == '/' ? "" : c->folder, pattern, value) ==
        LACUNA_OK) {
        take(c, key, lac_buf_text(&text));
    } else {
        lac_pack_problem(c->r, "is too long");
    }
    lac_buf_free(&text);
}

static void read_document(reading *c, const json_t *json)
{
    static const char *const keys[] = {"id", "path", "type", NULL};
    if (!lac_pack_object(c->r, json, keys)) {
        return;
    }
    const char *path = lac_pack_string(c->r, json, "path", true);
    const char *id = lac_pack_string(c->r, json, "id", false);
    const char *type = lac_pack_string(c->r, json, "type", false);
    if (path == NULL) {
        return;
    }
    if (id == NULL && type == NULL) {
        lac_pack_problem(c->r, "tells neither an id nor a type");
    }
    if (id != NULL && strchr(id, '=') != NULL) {
        lac_pack_problem(c->r, "an id has no \"=\"");
    } else if (id != NULL) {
        take_pattern(c, "document-id", path, id);
    }
    if (type != NULL) {
        take_pattern(c, "document-type-of", path, type);
    }
}

static void read_documents(reading *c, const json_t *root)
{
    const json_t *list = lac_pack_array(c->r, root, "documents");
    size_t mark = lac_pack_enter(c->r, "documents");
    for (size_t i = 0; i < json_array_size(list); i++) {
        size_t inner = lac_pack_enter_index(c->r, i);
        read_document(c, json_array_get(list, i));
        lac_pack_leave(c->r, inner);
    }
    lac_pack_leave(c->r, mark);
}

static void read_fact(reading *c, const char *key, const json_t *value)
{
    lac_buf text;
    lac_buf_init(&text, VALUE_MAX);
    if (!json_is_string(value)) {
        lac_pack_problem(c->r, "must be a string");
    } else if (lac_buf_printf(&text, "%s=%s", key, json_string_value(value)) == LACUNA_OK) {
        take(c, "profile", lac_buf_text(&text));
    }
    lac_buf_free(&text);
}

static void read_profile(reading *c, const json_t *root)
{
    json_t *profile = json_object_get(root, "profile");
    const char *key;
    json_t *value;
    if (profile == NULL) {
        return;
    }
    size_t mark = lac_pack_enter(c->r, "profile");
    if (!json_is_object(profile)) {
        lac_pack_problem(c->r, "must be an object");
    }
    json_object_foreach(profile, key, value)
    {
        size_t inner = lac_pack_enter(c->r, key);
        read_fact(c, key, value);
        lac_pack_leave(c->r, inner);
    }
    lac_pack_leave(c->r, mark);
}

static void read_limit(reading *c, const json_t *limits, const char *name, const char *key)
{
    char number[NUMBER_SIZE];
    const json_t *value = json_object_get(limits, name);
    if (value == NULL) {
        return;
    }
    size_t mark = lac_pack_enter(c->r, name);
    if (!json_is_integer(value) || json_integer_value(value) < 0) {
        lac_pack_problem(c->r, "must be a whole number");
    } else {
        (void)snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        take(c, key, number);
    }
    lac_pack_leave(c->r, mark);
}

static void read_limits(reading *c, const json_t *root)
{
    static const char *const names[] = {
        "file",       "leaves",          "package",          "part", "pdf",
        "submission", "submission_file", "submission_files", "text", "total",
        NULL};
    static const char *const keys[] = {"max-file-bytes",
                                       "max-leaves",
                                       "max-package-bytes",
                                       "max-part-bytes",
                                       "max-pdf-bytes",
                                       "max-submission-bytes",
                                       "max-submission-file-bytes",
                                       "max-submission-files",
                                       "max-text-bytes",
                                       "max-total-bytes"};
    const json_t *limits = json_object_get(root, "limits");
    if (limits == NULL) {
        return;
    }
    size_t mark = lac_pack_enter(c->r, "limits");
    if (lac_pack_object(c->r, limits, names)) {
        for (size_t i = 0; names[i] != NULL; i++) {
            read_limit(c, limits, names[i], keys[i]);
        }
    }
    lac_pack_leave(c->r, mark);
}

/* Which model is asked where one is asked; whether, and where, is not for a file in a repository to
 * say, and neither are keys. */
static void read_model(reading *c, const json_t *root)
{
    static const char *const names[] = {"effort", "fallback_model", "model", NULL};
    static const char *const keys[] = {"effort", "fallback-model", "model"};
    const json_t *model = json_object_get(root, "model");
    if (model == NULL) {
        return;
    }
    size_t mark = lac_pack_enter(c->r, "model");
    bool sound = lac_pack_object(c->r, model, names);
    for (size_t i = 0; sound && names[i] != NULL; i++) {
        const char *value = lac_pack_string(c->r, model, names[i], false);
        lac_buf text;
        lac_buf_init(&text, VALUE_MAX);
        size_t inner = lac_pack_enter(c->r, names[i]);
        if (value != NULL && lac_buf_printf(&text, "%s=%s", keys[i], value) == LACUNA_OK) {
            take(c, "claude", lac_buf_text(&text));
        }
        lac_pack_leave(c->r, inner);
        lac_buf_free(&text);
    }
    lac_pack_leave(c->r, mark);
}

/* ---- the file ------------------------------------------------------------------------------- */

static void read_all(reading *c, const json_t *root)
{
    static const char *const keys[] = {"$schema",
                                       "audit_log",
                                       "baseline",
                                       "checklist_dirs",
                                       "checklists",
                                       "decisions",
                                       "documents",
                                       "document_type",
                                       "dtd_dir",
                                       "fail_on",
                                       "fail_on_not_evaluated",
                                       "limits",
                                       "model",
                                       "profile",
                                       "schema",
                                       "schema_dir",
                                       "tailorings",
                                       "waivers",
                                       NULL};
    if (!lac_pack_object(c->r, root, keys)) {
        return;
    }
    read_texts(c, root, "checklists", "checklist", take);
    read_texts(c, root, "checklist_dirs", "checklist-dir", take_path);
    read_texts(c, root, "tailorings", "tailoring", take_path);
    read_text(c, root, "document_type", "document-type", take);
    read_documents(c, root);
    read_text(c, root, "fail_on", "fail-on", take);
    read_bool(c, root, "fail_on_not_evaluated", "fail-on-not-evaluated");
    read_profile(c, root);
    read_text(c, root, "waivers", "waivers", take_path);
    read_text(c, root, "baseline", "baseline", take_path);
    read_text(c, root, "decisions", "decisions", take_path);
    read_text(c, root, "audit_log", "audit-log", take_path);
    read_text(c, root, "dtd_dir", "dtd-dir", take_path);
    read_text(c, root, "schema_dir", "schema-dir", take_path);
    read_limits(c, root);
    read_model(c, root);
}

static lacuna_status read_file(lacuna_config *config, lac_arena *arena, const char *path,
                               lacuna_options *trial, lacuna_error *err)
{
    lac_span json;
    lac_gate_file file;
    const char *name = strrchr(path, '/');
    size_t folder = name == NULL ? 0 : (size_t)(name + 1 - path);
    lacuna_status status =
        lac_registry_file_read(&json, arena, path, LAC_LIMITS_DEFAULT.json_bytes, err);
    reading c = {.config = config, .trial = trial};
    c.folder = lac_arena_copy(arena, lac_span_make(path, folder));
    if (status == LACUNA_OK && c.folder == NULL) {
        status = lac_fail_nomem(err);
    }
    if (status == LACUNA_OK) {
        status = lac_gate_file_open(&file, arena, json, path, "lacuna.config/1", err);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    c.r = &file.reader;
    read_all(&c, file.root);
    return lac_gate_file_close(&file, LACUNA_OK, REMEDY, err);
}

lacuna_status lacuna_config_open(lacuna_config **out, const char *path, lacuna_error *err)
{
    lac_arena arena; /* of the text */
    lacuna_options *trial = NULL;
    *out = NULL;
    lacuna_config *config = calloc(1, sizeof *config);
    if (config == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&config->arena);
    lac_arena_init(&arena);
    lacuna_status status = lacuna_options_new(&trial, err);
    if (status == LACUNA_OK) {
        status = read_file(config, &arena, path, trial, err);
    }
    lacuna_options_free(trial);
    lac_arena_free(&arena);
    if (status != LACUNA_OK) {
        lacuna_config_free(config);
        return status;
    }
    *out = config;
    return LACUNA_OK;
}

void lacuna_config_free(lacuna_config *config)
{
    if (config != NULL) {
        lac_arena_free(&config->arena);
        free(config->items);
        free(config);
    }
}

int lacuna_config_each(const lacuna_config *config, lacuna_setting_fn take_setting, void *user)
{
    for (size_t i = 0; i < config->count; i++) {
        const setting *s = &config->items[i];
        int stopped = take_setting(user, s->key, s->value, s->pointer);
        if (stopped != 0) {
            return stopped;
        }
    }
    return 0;
}
