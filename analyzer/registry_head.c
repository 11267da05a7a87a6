#include "analyzer/registry_head.h"

#include "parsers/package/source.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/json_parse.h"
#include "support/json_text.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { MOST_FILES = 4096, MOST_HEAD_BYTES = 64 * 1024, MOST_TYPES = 64 };

/* ---- the head ------------------------------------------------------------------------------- */

/* The value a pointer names, decoded; NULL when it is not there or no value. */
static lacuna_status decode(json_t **out, lac_span json, const char *pointer)
{
    lac_span value;
    *out = NULL;
    if (!lac_json_find(&value, json, pointer) || value.len > MOST_HEAD_BYTES ||
        lac_json_depth(value) > 1) {
        return LACUNA_OK;
    }
    json_error_t where;
    return lac_json_parse(out, value, JSON_DECODE_ANY, &where);
}

static lacuna_status fail_head(lacuna_status status, const char *name, lacuna_error *err)
{
    if (status != LACUNA_E_FORMAT) {
        return lac_fail_nomem(err);
    }
    return lac_fail_remedy(err, status, "`lacuna checklists lint FILE` says what is wrong with it",
                           "%.120s: the head of the checklist is not valid JSON", name);
}

/* NULL when it is not there or no string. */
static lacuna_status head_string(const char **out, lac_arena *arena, lac_span json,
                                 const char *pointer)
{
    json_t *value;
    *out = NULL;
    lacuna_status status = decode(&value, json, pointer);
    const char *text = json_string_value(value);
    if (text != NULL) {
        *out = lac_arena_copy(arena, lac_span_of(text));
        status = *out == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    }
    json_decref(value);
    return status;
}

static lacuna_status read_names(lac_registry_entry *entry, lac_arena *arena, lac_span json)
{
    lacuna_status status = head_string(&entry->id, arena, json, "/id");
    if (status == LACUNA_OK) {
        status = head_string(&entry->title, arena, json, "/title");
    }
    return status == LACUNA_OK ? head_string(&entry->version, arena, json, "/version") : status;
}

static lacuna_status read_types(lac_registry_entry *entry, lac_arena *arena, lac_span json)
{
    json_t *value;
    lacuna_status status = decode(&value, json, "/documents");
    if (status != LACUNA_OK) {
        return status;
    }
    size_t count = json_array_size(value);
    count = count > MOST_TYPES ? MOST_TYPES : count;
    const char **types = lac_arena_array(arena, count, sizeof *types);
    status = types == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        const char *text = json_string_value(json_array_get(value, i));
        types[i] = lac_arena_copy(arena, lac_span_of(text == NULL ? "" : text));
        status = types[i] == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    }
    entry->document_types = types;
    entry->document_type_count = (uint32_t)count;
    json_decref(value);
    return status;
}

static lac_file_kind kind_of(const char *schema)
{
    static const struct {
        const char *schema;
        lac_file_kind kind;
    } kinds[] = {
        {"lacuna.checklist/1", LAC_FILE_CHECKLIST},
        {"lacuna.document-types/1", LAC_FILE_DOCUMENT_TYPES},
        {"lacuna.synonyms/1", LAC_FILE_SYNONYMS},
        {"lacuna.tailoring/1", LAC_FILE_TAILORING},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(schema, kinds[i].schema) == 0) {
            return kinds[i].kind;
        }
    }
    return LAC_FILE_OTHER;
}

lacuna_status lac_registry_head_read(lac_registry_head *out, lac_arena *arena, lac_span json,
                                     const char *name, lacuna_error *err)
{
    *out = (lac_registry_head){.kind = LAC_FILE_OTHER};
    if (json.len >= 3 && memcmp(json.ptr, "\xEF\xBB\xBF", 3) == 0) {
        json = lac_span_make(json.ptr + 3, json.len - 3);
    }
    const char *schema;
    lacuna_status status = head_string(&schema, arena, json, "/schema");
    if (status != LACUNA_OK) {
        return fail_head(status, name, err);
    }
    if (schema == NULL || !lac_span_starts_nocase(lac_span_of(schema), "lacuna.")) {
        return lac_fail_remedy(err, LACUNA_E_FORMAT,
                               "`lacuna checklists lint FILE` says what is wrong with it",
                               "%.120s: no Lacuna checklist: \"schema\" is missing", name);
    }
    out->kind = kind_of(schema);
    if (out->kind != LAC_FILE_CHECKLIST) {
        return LACUNA_OK;
    }
    status = read_names(&out->entry, arena, json);
    if (status != LACUNA_OK) {
        return fail_head(status, name, err);
    }
    (void)lac_json_find(&out->entry.select, json, "/select");
    (void)lac_json_find(&out->entry.in_force, json, "/guidance/in_force");
    if (out->entry.id == NULL || out->entry.title == NULL || out->entry.version == NULL) {
        return lac_fail_remedy(err, LACUNA_E_FORMAT,
                               "`lacuna checklists lint FILE` says what is wrong with it",
                               "%.120s: a checklist needs \"id\", \"title\" and \"version\"", name);
    }
    status = read_types(&out->entry, arena, json);
    return status == LACUNA_OK ? LACUNA_OK : fail_head(status, name, err);
}

/* ---- files ---------------------------------------------------------------------------------- */

static lacuna_status fail_file(lacuna_error *err, const char *path)
{
    int number = errno;
    return lac_fail_remedy(err, LACUNA_E_IO, lac_system_remedy(number), "%.150s: %.80s", path,
                           strerror(number));
}

static lacuna_status read_stream(lac_buf *out, FILE *file, const char *path, lacuna_error *err)
{
    char piece[16 * 1024];
    size_t got;
    while ((got = fread(piece, 1, sizeof piece, file)) > 0) {
        lacuna_status status = lac_buf_append(out, piece, got);
        if (status == LACUNA_E_LIMIT) {
            return lac_fail(err, status, "%.150s: larger than %zu bytes", path, out->max);
        }
        if (status != LACUNA_OK) {
            return lac_fail_nomem(err);
        }
    }
    return ferror(file) != 0 ? fail_file(err, path) : LACUNA_OK;
}

lacuna_status lac_registry_file_read(lac_span *out, lac_arena *arena, const char *path,
                                     uint64_t most_bytes, lacuna_error *err)
{
    *out = lac_span_make(NULL, 0);
    lac_buf bytes;
    lac_buf_init(&bytes, (size_t)most_bytes);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return fail_file(err, path);
    }
    lacuna_status status = read_stream(&bytes, file, path, err);
    if (status == LACUNA_OK) {
        const char *copy = lac_arena_copy(arena, lac_buf_span(&bytes));
        *out = lac_span_make(copy, bytes.len);
        status = copy == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    }
    (void)fclose(file);
    lac_buf_free(&bytes);
    return status;
}

static int compare_names(const void *left, const void *right)
{
    const char *const *a = left;
    const char *const *b = right;
    return strcmp(*a, *b);
}

typedef struct name_list {
    lac_arena arena;
    const char **names;
    size_t cap;
    uint32_t count;
} name_list;

static lacuna_status list_names(name_list *list, DIR *folder, const char *path, lacuna_error *err)
{
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(folder); /* each caller reads a stream of its own */
        if (entry == NULL) {
            return errno != 0 ? fail_file(err, path) : LACUNA_OK;
        }
        lac_span name = lac_span_of(entry->d_name);
        if (entry->d_name[0] == '.' || !lac_span_ends_nocase(name, ".json")) {
            continue;
        }
        lacuna_status status = lac_grow((void **)&list->names, &list->cap, (size_t)list->count + 1,
                                        sizeof *list->names, MOST_FILES);
        if (status != LACUNA_OK) {
            return lac_fail(err, status, "%.150s: more than %d files", path, MOST_FILES);
        }
        list->names[list->count] = lac_arena_copy(&list->arena, name);
        if (list->names[list->count] == NULL) {
            return lac_fail_nomem(err);
        }
        list->count++;
    }
}

static lacuna_status take_each(const name_list *list, const char *path, lac_registry_file_fn take,
                               void *user, lacuna_error *err)
{
    lac_buf full;
    lac_buf_init(&full, 1 << 16);
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < list->count && status == LACUNA_OK; i++) {
        lac_buf_clear(&full);
        struct stat about;
        if (lac_buf_printf(&full, "%s/%s", path, list->names[i]) != LACUNA_OK) {
            status = lac_fail(err, LACUNA_E_LIMIT, "%.150s: the path is too long", path);
        } else if (stat(lac_buf_text(&full), &about) != 0) {
            status = fail_file(err, lac_buf_text(&full));
        } else if (S_ISREG(about.st_mode)) {
            status = take(user, lac_buf_text(&full), list->names[i]);
        }
    }
    lac_buf_free(&full);
    return status;
}

lacuna_status lac_registry_folder_each(const char *path, lac_registry_file_fn take, void *user,
                                       lacuna_error *err)
{
    name_list list = {.names = NULL};
    DIR *folder = opendir(path);
    if (folder == NULL) {
        return fail_file(err, path);
    }
    lacuna_status status = list_names(&list, folder, path, err);
    (void)closedir(folder);
    if (status == LACUNA_OK && list.count > 0) {
        qsort(list.names, list.count, sizeof *list.names, compare_names);
        status = take_each(&list, path, take, user, err);
    }
    free(list.names);
    lac_arena_free(&list.arena);
    return status;
}
