#include "api/inputs.h"

#include "api/response_manifest.h"
#include "api/sequence_folder.h"
#include "api/walk.h"
#include "parsers/package/source.h"
#include "support/buf.h"
#include "support/error.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void lac_inputs_init(lac_inputs *inputs)
{
    memset(inputs, 0, sizeof *inputs);
    lac_arena_init(&inputs->arena);
}

void lac_inputs_free(lac_inputs *inputs)
{
    free(inputs->items);
    free(inputs->skips);
    lac_arena_free(&inputs->arena);
    lac_inputs_init(inputs);
}

lacuna_status lac_inputs_append(lac_inputs *inputs, const lac_input *input, lacuna_error *err)
{
    void *items = inputs->items;
    lacuna_status status =
        lac_grow(&items, &inputs->cap, inputs->count + 1, sizeof *inputs->items, LAC_INPUTS_MAX);
    inputs->items = items;
    if (status == LACUNA_E_LIMIT) {
        return lac_fail_remedy(err, status, "check parts of the folder one by one",
                               "more than %d documents", LAC_INPUTS_MAX);
    }
    if (status != LACUNA_OK || input->shown == NULL) {
        return lac_fail_nomem(err);
    }
    inputs->items[inputs->count++] = *input;
    return LACUNA_OK;
}

lacuna_status lac_inputs_skip(lac_inputs *inputs, const char *shown, const char *reason,
                              lacuna_error *err)
{
    void *skips = inputs->skips;
    lacuna_status status = lac_grow(&skips, &inputs->skip_cap, inputs->skip_count + 1,
                                    sizeof *inputs->skips, LAC_INPUTS_MAX);
    inputs->skips = skips;
    const char *copy = lac_arena_copy(&inputs->arena, lac_span_of(reason));
    if (status != LACUNA_OK || copy == NULL || shown == NULL) {
        return lac_fail_nomem(err);
    }
    inputs->skips[inputs->skip_count++] = (lac_report_skip){shown, copy};
    return LACUNA_OK;
}

static const char *without_root(const char *path, const char *root)
{
    size_t length = root == NULL ? 0 : strlen(root);
    while (length > 1 && root[length - 1] == '/') {
        length--;
    }
    if (length > 0 && strncmp(path, root, length) == 0 && path[length] == '/') {
        return path + length + 1;
    }
    return path;
}

const char *lac_inputs_shown(lac_inputs *inputs, const char *path, const char *root)
{
    const char *rest = without_root(path, root);
    char *shown = lac_arena_alloc(&inputs->arena, strlen(rest) + 2);
    if (shown == NULL) {
        return NULL;
    }
    size_t length = 0;
    if (rest[0] == '/') {
        shown[length++] = '/';
    }
    while (*rest != '\0') {
        size_t name = strcspn(rest, "/");
        if (name > 0 && !(name == 1 && rest[0] == '.')) {
            if (length > 0 && shown[length - 1] != '/') {
                shown[length++] = '/';
            }
            memcpy(shown + length, rest, name);
            length += name;
        }
        rest += name + (rest[name] == '/' ? 1 : 0);
    }
    if (length == 0) {
        shown[length++] = '.';
    }
    shown[length] = '\0';
    return shown;
}

lacuna_status lac_inputs_append_unreadable(lac_inputs *inputs, const char *shown, int error,
                                           lacuna_error *err)
{
    lac_input input = {.shown = shown};
    (void)lac_fail_remedy(&input.error, LACUNA_E_IO, lac_system_remedy(error), "%s",
                          strerror(error));
    return lac_inputs_append(inputs, &input, err);
}

static lacuna_status append_special(lac_inputs *inputs, const char *shown, lacuna_error *err)
{
    lac_input input = {.shown = shown};
    (void)lac_fail_remedy(&input.error, LACUNA_E_UNSUPPORTED,
                          "name \"-\" and pass the document on standard input",
                          "neither a file nor a folder");
    return lac_inputs_append(inputs, &input, err);
}

lacuna_status lac_inputs_is_package(bool *is, const lac_inputs *inputs, const char *path,
                                    lacuna_error *err)
{
    *is = false;
    return inputs->packages ? lac_manifest_is_there(is, path, err) : LACUNA_OK;
}

lacuna_status lac_inputs_add(lac_inputs *inputs, const char *path, const char *root,
                             lacuna_error *err)
{
    struct stat info;
    const char *shown = lac_inputs_shown(inputs, path, root);
    const char *copy = lac_arena_copy(&inputs->arena, lac_span_of(path));
    if (shown == NULL || copy == NULL) {
        return lac_fail_nomem(err);
    }
    if (stat(path, &info) != 0) {
        return lac_inputs_append_unreadable(inputs, shown, errno, err);
    }
    if (S_ISDIR(info.st_mode) && (lac_is_sequence_folder(copy) || lac_is_application_group(copy))) {
        lac_input submission = {.shown = shown, .path = copy, .submission = true};
        return lac_inputs_append(inputs, &submission, err);
    }
    bool is_package = false;
    if (S_ISDIR(info.st_mode) &&
        lac_inputs_is_package(&is_package, inputs, copy, err) != LACUNA_OK) {
        return LACUNA_E_NOMEM;
    }
    if (is_package) {
        lac_input package = {.shown = shown, .path = copy, .package = true};
        return lac_inputs_append(inputs, &package, err);
    }
    if (S_ISDIR(info.st_mode)) {
        return lac_walk(inputs, copy, root, err);
    }
    if (!S_ISREG(info.st_mode)) {
        return append_special(inputs, shown, err);
    }
    lac_input input = {.shown = shown,
                       .path = copy,
                       .size = (uint64_t)info.st_size,
                       .submission = lac_span_ends_nocase(lac_span_of(copy), ".zip")};
    return lac_inputs_append(inputs, &input, err);
}

lacuna_status lac_inputs_add_memory(lac_inputs *inputs, const char *name, lac_span bytes,
                                    lacuna_error *err)
{
    const char *shown = lac_inputs_shown(inputs, name, NULL);
    const char *copy = lac_arena_copy(&inputs->arena, bytes);
    if (shown == NULL || copy == NULL) {
        return lac_fail_nomem(err);
    }
    lac_input input = {.shown = shown, .bytes = lac_span_make(copy, bytes.len), .size = bytes.len};
    return lac_inputs_append(inputs, &input, err);
}

static int compare_inputs(const void *a, const void *b)
{
    const lac_input *x = a;
    const lac_input *y = b;
    return strcmp(x->shown, y->shown);
}

static int compare_skips(const void *a, const void *b)
{
    const lac_report_skip *x = a;
    const lac_report_skip *y = b;
    int order = strcmp(x->path, y->path);
    return order != 0 ? order : strcmp(x->reason, y->reason);
}

void lac_inputs_settle(lac_inputs *inputs)
{
    size_t kept = 0;
    if (inputs->count > 1) {
        qsort(inputs->items, inputs->count, sizeof *inputs->items, compare_inputs);
    }
    for (size_t i = 0; i < inputs->count; i++) {
        if (kept == 0 || compare_inputs(&inputs->items[kept - 1], &inputs->items[i]) != 0) {
            inputs->items[kept++] = inputs->items[i];
        }
    }
    inputs->count = kept;
    kept = 0;
    if (inputs->skip_count > 1) {
        qsort(inputs->skips, inputs->skip_count, sizeof *inputs->skips, compare_skips);
    }
    for (size_t i = 0; i < inputs->skip_count; i++) {
        if (kept == 0 || compare_skips(&inputs->skips[kept - 1], &inputs->skips[i]) != 0) {
            inputs->skips[kept++] = inputs->skips[i];
        }
    }
    inputs->skip_count = kept;
}
