#include "drafter/draft/run_folder.h"

#include "support/error.h"
#include "support/write_all.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define UNFINISHED ".unfinished"

enum { NAMES_MAX = 1 << 20, PIECE = 16384, NAME_ROOM = 300 };

struct lac_run_folder {
    int descriptor;
    char *path; /* for messages */
};

static lacuna_status fail_system(const lac_run_folder *folder, const char *what, lacuna_error *err)
{
    return lac_fail(err, LACUNA_E_IO, "%.180s: %s: %s", folder->path, what, strerror(errno));
}

/* ---- names ---------------------------------------------------------------------------------- */

typedef struct name_list {
    char **items;
    size_t count, capacity;
} name_list;

static void free_names(name_list *names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->items[i]);
    }
    free(names->items);
}

static lacuna_status add_name(name_list *names, const char *name)
{
    void *items = names->items;
    lacuna_status status =
        lac_grow(&items, &names->capacity, names->count + 1, sizeof *names->items, NAMES_MAX);
    names->items = items;
    char *copy = status == LACUNA_OK ? malloc(strlen(name) + 1) : NULL;
    if (copy == NULL) {
        return status == LACUNA_OK ? LACUNA_E_NOMEM : status;
    }
    memcpy(copy, name, strlen(name) + 1);
    names->items[names->count++] = copy;
    return LACUNA_OK;
}

static bool ends_with(const char *name, const char *ending)
{
    size_t all = strlen(name), length = strlen(ending);
    return all > length && strcmp(name + all - length, ending) == 0;
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static lacuna_status list_names(name_list *names, const lac_run_folder *folder, lacuna_error *err)
{
    int copy = dup(folder->descriptor);
    DIR *entries = copy < 0 ? NULL : fdopendir(copy);
    lacuna_status status = LACUNA_OK;
    if (entries == NULL) {
        status = fail_system(folder, "cannot be listed", err);
        if (copy >= 0) {
            close(copy);
        }
        return status;
    }
    rewinddir(entries);
    for (const struct dirent *entry; status == LACUNA_OK && (entry = readdir(entries)) != NULL;) {
        status = add_name(names, entry->d_name);
    }
    closedir(entries);
    if (status != LACUNA_OK) {
        return status == LACUNA_E_NOMEM
                   ? lac_fail_nomem(err)
                   : lac_fail(err, status, "%.180s holds too many files", folder->path);
    }
    if (names->count > 0) {
        qsort(names->items, names->count, sizeof *names->items, compare);
    }
    return LACUNA_OK;
}

lacuna_status lac_run_folder_each(lac_run_folder *folder, const char *ending,
                                  lacuna_status (*take)(void *user, const char *name,
                                                        lacuna_error *err),
                                  void *user, lacuna_error *err)
{
    name_list names = {.count = 0};
    lacuna_status status = list_names(&names, folder, err);
    for (size_t i = 0; i < names.count && status == LACUNA_OK; i++) {
        if (ends_with(names.items[i], ending)) {
            status = take(user, names.items[i], err);
        }
    }
    free_names(&names);
    return status;
}

/* ---- opening -------------------------------------------------------------------------------- */

/* With the lock held, nobody is writing them. */
static lacuna_status take_away_unfinished(lac_run_folder *folder, lacuna_error *err)
{
    name_list names = {.count = 0};
    lacuna_status status = list_names(&names, folder, err);
    for (size_t i = 0; i < names.count && status == LACUNA_OK; i++) {
        if (ends_with(names.items[i], UNFINISHED)) {
            (void)unlinkat(folder->descriptor, names.items[i], 0);
        }
    }
    free_names(&names);
    return status;
}

static lacuna_status open_folder(lac_run_folder *folder, lacuna_error *err)
{
    if (mkdir(folder->path, 0700) != 0 && errno != EEXIST) {
        return fail_system(folder, "the folder cannot be made", err);
    }
    folder->descriptor = open(folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (folder->descriptor < 0) {
        return fail_system(folder, "the folder cannot be opened", err);
    }
    if (flock(folder->descriptor, LOCK_EX | LOCK_NB) != 0) {
        return errno == EWOULDBLOCK
                   ? lac_fail_remedy(err, LACUNA_E_IO, "wait until it has ended",
                                     "%.180s: another run is at work there", folder->path)
                   : fail_system(folder, "the folder cannot be locked", err);
    }
    return take_away_unfinished(folder, err);
}

lacuna_status lac_run_folder_open(lac_run_folder **out, const char *path, lacuna_error *err)
{
    *out = NULL;
    lac_run_folder *folder = calloc(1, sizeof *folder);
    char *copy = malloc(strlen(path) + 1);
    if (folder == NULL || copy == NULL) {
        free(folder);
        free(copy);
        return lac_fail_nomem(err);
    }
    memcpy(copy, path, strlen(path) + 1);
    folder->path = copy;
    folder->descriptor = -1;
    lacuna_status status = open_folder(folder, err);
    if (status != LACUNA_OK) {
        lac_run_folder_close(folder);
        return status;
    }
    *out = folder;
    return LACUNA_OK;
}

void lac_run_folder_close(lac_run_folder *folder)
{
    if (folder != NULL) {
        if (folder->descriptor >= 0) {
            close(folder->descriptor);
        }
        free(folder->path);
        free(folder);
    }
}

/* ---- files ---------------------------------------------------------------------------------- */

lacuna_status lac_run_folder_read(lac_buf *out, bool *found, lac_run_folder *folder,
                                  const char *name, lacuna_error *err)
{
    char piece[PIECE];
    struct stat facts;
    ssize_t got = 0;
    lacuna_status status = LACUNA_OK;
    *found = false;
    int file =
        openat(folder->descriptor, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK);
    if (file < 0) {
        return errno == ENOENT || errno == ELOOP
                   ? LACUNA_OK
                   : fail_system(folder, "a file cannot be read", err);
    }
    if (fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        close(file);
        return LACUNA_OK;
    }
    while (status == LACUNA_OK && (got = read(file, piece, sizeof piece)) != 0) {
        if (got < 0 && errno != EINTR) {
            break;
        }
        status = lac_buf_append(out, piece, got < 0 ? 0 : (size_t)got);
    }
    if (status == LACUNA_OK && got < 0) {
        status = fail_system(folder, "a file cannot be read", err);
    } else if (status != LACUNA_OK) {
        status = lac_fail(err, status, "%.160s/%.64s is too large", folder->path, name);
    }
    close(file);
    *found = status == LACUNA_OK;
    return status;
}

lacuna_status lac_run_folder_write(lac_run_folder *folder, const char *name, lac_span content,
                                   lacuna_error *err)
{
    char unfinished[NAME_ROOM];
    int length = snprintf(unfinished, sizeof unfinished, "%s" UNFINISHED, name);
    if (length < 0 || length >= NAME_ROOM) {
        return lac_fail(err, LACUNA_E_LIMIT, "%.100s: the name is too long", name);
    }
    int file = openat(folder->descriptor, unfinished,
                      O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) {
        return fail_system(folder, "a file cannot be made", err);
    }
    /* Synced: what it holds may have been paid for. */
    bool written = fchmod(file, 0600) == 0 && lac_write_all(file, content) && fsync(file) == 0;
    int error = errno;
    written = close(file) == 0 && written;
    if (!written || renameat(folder->descriptor, unfinished, folder->descriptor, name) != 0) {
        error = written ? errno : error;
        (void)unlinkat(folder->descriptor, unfinished, 0);
        errno = error;
        return fail_system(folder, "a file cannot be written", err);
    }
    return LACUNA_OK;
}
