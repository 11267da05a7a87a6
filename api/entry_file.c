#include "api/entry_file.h"

#include "analyzer/pack_canonical.h"
#include "analyzer/registry_head.h"
#include "support/error.h"

#include <string.h>
#include <unistd.h>

static lacuna_status read_root(json_t **root, const char *path, const char *schema, const char *key,
                               lacuna_error *err)
{
    lac_arena arena;
    lac_span json;
    *root = NULL;
    if (path == NULL || access(path, F_OK) != 0) {
        *root = json_pack("{s:s, s:[]}", "schema", schema, key);
        return *root == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    }
    lac_arena_init(&arena);
    lacuna_status status =
        lac_registry_file_read(&json, &arena, path, LAC_LIMITS_DEFAULT.json_bytes, err);
    if (status == LACUNA_OK) {
        status = lac_pack_parse(root, json, err);
    }
    lac_arena_free(&arena);
    return status;
}

lacuna_status lac_entry_file_open(lac_entry_file *file, const char *path, const char *schema,
                                  const char *key, lacuna_error *err)
{
    *file = (lac_entry_file){NULL, NULL};
    lacuna_status status = read_root(&file->root, path, schema, key, err);
    if (status != LACUNA_OK) {
        lac_error_place(err, path == NULL ? "" : path, 0);
        return status;
    }
    file->entries = json_object_get(file->root, key);
    if (lac_entry_says(file->root, "schema", schema) && json_is_array(file->entries)) {
        return LACUNA_OK;
    }
    lac_entry_file_close(file);
    return lac_fail_remedy(err, LACUNA_E_FORMAT, "Name another file with --output.",
                           "%.150s: it is no file %s", path, schema);
}

void lac_entry_file_close(lac_entry_file *file)
{
    json_decref(file->root);
    *file = (lac_entry_file){NULL, NULL};
}

lacuna_status lac_entry_file_put(lac_entry_file *file, size_t index, json_t *entry,
                                 lacuna_error *err)
{
    int failed = entry == NULL       ? -1
                 : index == SIZE_MAX ? json_array_append_new(file->entries, entry)
                                     : json_array_set_new(file->entries, index, entry);
    return failed == 0 ? LACUNA_OK : lac_fail_nomem(err);
}

typedef struct sink {
    lacuna_write_fn write;
    void *user;
} sink;

static int pass_on(const char *buffer, size_t size, void *data)
{
    const sink *to = data;
    return to->write(to->user, buffer, size) == 0 ? 0 : -1;
}

lacuna_status lac_entry_file_write(const lac_entry_file *file, lacuna_write_fn write, void *user,
                                   lacuna_error *err)
{
    sink to = {write, user};
    if (json_dump_callback(file->root, pass_on, &to, JSON_INDENT(2)) != 0 ||
        write(user, "\n", 1) != 0) {
        return lac_fail(err, LACUNA_E_IO, "the file could not be written");
    }
    return LACUNA_OK;
}

bool lac_entry_says(const json_t *entry, const char *key, const char *text)
{
    const char *own = json_string_value(json_object_get(entry, key));
    return own != NULL && strcmp(own, text) == 0;
}
