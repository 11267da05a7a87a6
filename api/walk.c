#include "api/walk.h"

#include "api/sequence_folder.h"

#include "support/buf.h"
#include "support/error.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Folders still to be read. Their order does not matter: the list of inputs is sorted. */
typedef struct walk {
    lac_inputs *inputs;
    const char *root;
    const char **pending;
    size_t pending_count, pending_cap;
    uint64_t other_files;
    bool submission; /* the folder that is read was taken as a submission */
    lacuna_error *err;
} walk;

bool lac_is_document_name(const char *name)
{
    static const char *const endings[] = {".docx", ".docm", ".dotx", ".dotm", ".md", ".txt"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (lac_span_ends_nocase(lac_span_of(name), endings[i])) {
            return true;
        }
    }
    return false;
}

static lacuna_status push(walk *w, const char *folder)
{
    void *pending = w->pending;
    lacuna_status status = lac_grow(&pending, &w->pending_cap, w->pending_count + 1,
                                    sizeof *w->pending, LAC_INPUTS_MAX);
    w->pending = pending;
    if (status != LACUNA_OK) {
        return lac_fail(w->err, status, "too many folders");
    }
    w->pending[w->pending_count++] = folder;
    return LACUNA_OK;
}

static char *join(walk *w, const char *folder, const char *name)
{
    size_t length = strlen(folder);
    size_t size = length + strlen(name) + 2;
    char *path = lac_arena_alloc(&w->inputs->arena, size);
    if (path != NULL) {
        bool slash = length > 0 && folder[length - 1] == '/';
        (void)snprintf(path, size, "%s%s%s", folder, slash ? "" : "/", name);
    }
    return path;
}

static lacuna_status skip(walk *w, const char *path, const char *reason)
{
    return lac_inputs_skip(w->inputs, lac_inputs_shown(w->inputs, path, w->root), reason, w->err);
}

static lacuna_status take_file(walk *w, const char *path, const char *name, uint64_t size)
{
    if (strncmp(name, "~$", 2) == 0) {
        return skip(w, path, "left behind by an open Word, holds no document");
    }
    if (!lac_is_document_name(name) && !lac_span_ends_nocase(lac_span_of(name), ".pdf")) {
        w->other_files++;
        return LACUNA_OK;
    }
    lac_input input = {
        .shown = lac_inputs_shown(w->inputs, path, w->root), .path = path, .size = size};
    return lac_inputs_append(w->inputs, &input, w->err);
}

/* All sequences of a folder are one submission. */
static lacuna_status take_submission(walk *w, const char *folder)
{
    lac_input input = {
        .shown = lac_inputs_shown(w->inputs, folder, w->root), .path = folder, .submission = true};
    if (w->submission) {
        return LACUNA_OK;
    }
    w->submission = true;
    return lac_inputs_append(w->inputs, &input, w->err);
}

static lacuna_status take_folder(walk *w, const char *folder, const char *path)
{
    bool is_package;
    lacuna_status status = lac_inputs_is_package(&is_package, w->inputs, path, w->err);
    if (status != LACUNA_OK || !is_package) {
        return status != LACUNA_OK            ? status
               : lac_is_sequence_folder(path) ? take_submission(w, folder)
                                              : push(w, path);
    }
    lac_input package = {
        .shown = lac_inputs_shown(w->inputs, path, w->root), .path = path, .package = true};
    return lac_inputs_append(w->inputs, &package, w->err);
}

static lacuna_status take_entry(walk *w, const char *folder, const char *name)
{
    struct stat info;
    if (name[0] == '.') {
        return LACUNA_OK;
    }
    const char *path = join(w, folder, name);
    if (path == NULL) {
        return lac_fail_nomem(w->err);
    }
    if (strlen(path) >= LAC_PATH_MAX || lstat(path, &info) != 0) {
        int error = strlen(path) >= LAC_PATH_MAX ? ENAMETOOLONG : errno;
        return lac_inputs_append_unreadable(w->inputs, lac_inputs_shown(w->inputs, path, w->root),
                                            error, w->err);
    }
    if (S_ISDIR(info.st_mode)) {
        return take_folder(w, folder, path);
    }
    if (S_ISLNK(info.st_mode) && stat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
        return skip(w, path, "a link to a folder, not followed");
    }
    /* A broken link with a document's name is an input that cannot be read. */
    if (S_ISREG(info.st_mode) || S_ISLNK(info.st_mode)) {
        return take_file(w, path, name, (uint64_t)info.st_size);
    }
    w->other_files++;
    return LACUNA_OK;
}

static lacuna_status read_folder(walk *w, const char *folder)
{
    DIR *directory = opendir(folder);
    w->submission = false;
    if (directory == NULL) {
        return lac_inputs_append_unreadable(w->inputs, lac_inputs_shown(w->inputs, folder, w->root),
                                            errno, w->err);
    }
    lacuna_status status = LACUNA_OK;
    struct dirent *entry;
    errno = 0;
    while (status == LACUNA_OK && (entry = readdir(directory)) != NULL) {
        status = take_entry(w, folder, entry->d_name);
        errno = 0;
    }
    if (status == LACUNA_OK && errno != 0) {
        status = lac_inputs_append_unreadable(
            w->inputs, lac_inputs_shown(w->inputs, folder, w->root), errno, w->err);
    }
    (void)closedir(directory);
    return status;
}

static lacuna_status note_other_files(walk *w, const char *folder)
{
    char reason[96];
    if (w->other_files == 0) {
        return LACUNA_OK;
    }
    (void)snprintf(reason, sizeof reason, "%llu file%s of other kinds not looked at",
                   (unsigned long long)w->other_files, w->other_files == 1 ? "" : "s");
    return skip(w, folder, reason);
}

lacuna_status lac_walk(lac_inputs *inputs, const char *folder, const char *root, lacuna_error *err)
{
    walk w = {.inputs = inputs, .root = root, .err = err};
    lacuna_status status = push(&w, folder);
    while (status == LACUNA_OK && w.pending_count > 0) {
        status = read_folder(&w, w.pending[--w.pending_count]);
    }
    if (status == LACUNA_OK) {
        status = note_other_files(&w, folder);
    }
    free(w.pending);
    return status;
}
