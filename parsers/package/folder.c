#include "parsers/package/folder.h"

#include "parsers/package/names.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The files found so far, and the folders still to be listed (breadth first, no recursion). */
typedef struct listing {
    int root;
    const lac_limits *limits;
    lac_arena *arena;
    lac_part *parts;
    size_t part_count, part_cap;
    const char **folders;
    size_t folder_count, folder_cap;
    lac_package_fault *faults;
    size_t fault_count, fault_cap;
    lacuna_error *err;
} listing;

lacuna_status lac_folder_open(int *root, const char *path, lacuna_error *err)
{
    *root = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return *root < 0 ? lac_fail_system(err, errno, "open the folder", path) : LACUNA_OK;
}

/* Opens a path below `root` segment by segment, so no segment can be a symbolic link. -1: errno. */
static int open_below(int root, lac_span path, int last_flags)
{
    int at = fcntl(root, F_DUPFD_CLOEXEC, 0);
    char segment[NAME_MAX + 1];
    while (at >= 0) {
        const char *slash = memchr(path.ptr, '/', path.len);
        size_t length = slash == NULL ? path.len : (size_t)(slash - path.ptr);
        if (length >= sizeof segment) {
            (void)close(at);
            errno = ENAMETOOLONG;
            return -1;
        }
        memcpy(segment, path.ptr, length);
        segment[length] = '\0';
        int flags = slash == NULL ? last_flags : O_DIRECTORY;
        int next = openat(at, segment, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | flags);
        int number = errno;
        (void)close(at);
        errno = number;
        at = next;
        if (slash == NULL) {
            break;
        }
        path = lac_span_make(slash + 1, path.len - length - 1);
    }
    return at;
}

/* Files are mostly read in the order of their names, so the folder of the last one is kept open:
 * one system call a file instead of one a segment. */
static int open_file(int root, lac_folder_place *place, const char *path)
{
    const char *slash = strrchr(path, '/');
    lac_span folder = lac_span_make(path, slash == NULL ? 0 : (size_t)(slash - path));
    if (folder.len == 0) {
        return open_below(root, lac_span_of(path), 0);
    }
    if (place->descriptor < 0 || !lac_span_equal(place->path, folder)) {
        lac_folder_leave(place);
        place->descriptor = open_below(root, folder, O_DIRECTORY);
        place->path = folder;
    }
    return place->descriptor < 0 ? -1 : open_below(place->descriptor, lac_span_of(slash + 1), 0);
}

void lac_folder_leave(lac_folder_place *place)
{
    if (place->descriptor >= 0) {
        (void)close(place->descriptor);
    }
    place->descriptor = -1;
}

/* "folder/name" in the arena; NULL: out of memory. */
static char *join(listing *l, const char *folder, const char *name)
{
    size_t head = strlen(folder);
    size_t tail = strlen(name);
    char *path = lac_arena_alloc(l->arena, head + tail + 2);
    if (path == NULL) {
        (void)lac_fail_nomem(l->err);
        return NULL;
    }
    memcpy(path, folder, head);
    if (head > 0) {
        path[head++] = '/';
    }
    memcpy(path + head, name, tail + 1);
    return path;
}

static lacuna_status too_many(listing *l, lacuna_status status)
{
    if (status != LACUNA_E_LIMIT) {
        return lac_fail_nomem(l->err);
    }
    return lac_fail_remedy(l->err, LACUNA_E_LIMIT, "Raise the limit, or check a smaller folder.",
                           "the folder holds more than %u files and folders",
                           l->limits->package_entries);
}

static lacuna_status add_folder(listing *l, const char *path)
{
    lacuna_status status = lac_grow((void **)&l->folders, &l->folder_cap, l->folder_count + 1,
                                    sizeof *l->folders, l->limits->package_entries);
    if (status != LACUNA_OK) {
        return too_many(l, status);
    }
    l->folders[l->folder_count++] = path;
    return LACUNA_OK;
}

static lacuna_status add_file(listing *l, const char *path, const struct stat *facts)
{
    lacuna_status status = lac_grow((void **)&l->parts, &l->part_cap, l->part_count + 1,
                                    sizeof *l->parts, l->limits->package_entries);
    if (status != LACUNA_OK) {
        return too_many(l, status);
    }
    lac_part *part = &l->parts[l->part_count];
    part->name = path;
    part->raw = lac_span_of(path);
    part->size = facts->st_size < 0 ? 0 : (uint64_t)facts->st_size;
    part->packed = part->size;
    part->place = (uint32_t)l->part_count++;
    return LACUNA_OK;
}

/* Leaves something out and says why; the rest of the folder is listed all the same. */
static lacuna_status add_fault(listing *l, const char *path, const char *why)
{
    lacuna_status status = lac_grow((void **)&l->faults, &l->fault_cap, l->fault_count + 1,
                                    sizeof *l->faults, l->limits->package_entries);
    if (status != LACUNA_OK) {
        return too_many(l, status);
    }
    lac_package_fault *fault = &l->faults[l->fault_count++];
    fault->path = lac_name_escape(l->arena, lac_span_of(path));
    fault->why = lac_arena_copy(l->arena, lac_span_of(why));
    return fault->path == NULL || fault->why == NULL ? lac_fail_nomem(l->err) : LACUNA_OK;
}

static lacuna_status add_system_fault(listing *l, int number, const char *action, const char *path)
{
    lacuna_error why = {0};
    lac_shown_name shown = lac_name_show(lac_span_of(path));
    lacuna_status status = lac_fail_system(&why, number, action, shown.text);
    return status == LACUNA_E_NOMEM ? lac_fail_nomem(l->err) : add_fault(l, path, why.message);
}

static lacuna_status add_named(listing *l, const char *path, const struct stat *facts)
{
    if (!lac_utf8_valid(lac_span_of(path))) {
        return add_fault(l, path,
                         S_ISDIR(facts->st_mode)
                             ? "the name of the folder is not UTF-8; what is in it was not read"
                             : "the name of the file is not UTF-8; it was not read");
    }
    if (strlen(path) + 1 > l->limits->part_name_bytes) {
        return add_fault(l, path, "the path is longer than the limit; it was not read");
    }
    return S_ISDIR(facts->st_mode) ? add_folder(l, path) : add_file(l, path, facts);
}

static lacuna_status add_entry(listing *l, DIR *directory, const char *folder, const char *name)
{
    struct stat facts;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
        return LACUNA_OK;
    }
    bool known = fstatat(dirfd(directory), name, &facts, AT_SYMLINK_NOFOLLOW) == 0;
    int number = errno;
    if (known ? !S_ISREG(facts.st_mode) && !S_ISDIR(facts.st_mode) : number == ENOENT) {
        return LACUNA_OK;
    }
    const char *path = join(l, folder, name);
    if (path == NULL) {
        return LACUNA_E_NOMEM;
    }
    return known ? add_named(l, path, &facts) : add_system_fault(l, number, "examine", path);
}

static lacuna_status list_entries(listing *l, DIR *directory, const char *folder)
{
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(directory);
        if (entry == NULL) {
            return errno == 0 ? LACUNA_OK : add_system_fault(l, errno, "list", folder);
        }
        lacuna_status status = add_entry(l, directory, folder, entry->d_name);
        if (status != LACUNA_OK) {
            return status;
        }
    }
}

/* The folder that was named has to be readable; others are faults. */
static lacuna_status list_folder(listing *l, const char *folder)
{
    bool root = folder[0] == '\0';
    int descriptor = root ? openat(l->root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
                          : open_below(l->root, lac_span_of(folder), O_DIRECTORY);
    if (descriptor < 0) {
        return root ? lac_fail_system(l->err, errno, "open the folder", folder)
                    : add_system_fault(l, errno, "open the folder", folder);
    }
    DIR *directory = fdopendir(descriptor);
    if (directory == NULL) {
        (void)close(descriptor);
        return lac_fail_nomem(l->err);
    }
    lacuna_status status = list_entries(l, directory, folder);
    (void)closedir(directory);
    return status;
}

static int by_path(const void *a, const void *b)
{
    const lac_package_fault *x = a;
    const lac_package_fault *y = b;
    int order = strcmp(x->path, y->path);
    return order != 0 ? order : strcmp(x->why, y->why);
}

static void *keep(lac_arena *arena, const void *items, size_t count, size_t size)
{
    void *kept = lac_arena_array(arena, count, size);
    if (kept != NULL && count > 0) {
        memcpy(kept, items, count * size);
    }
    return kept;
}

static lacuna_status hand_over(lac_folder_content *content, listing *l)
{
    if (l->fault_count > 1) {
        qsort(l->faults, l->fault_count, sizeof *l->faults, by_path);
    }
    content->parts = keep(l->arena, l->parts, l->part_count, sizeof *l->parts);
    content->count = (uint32_t)l->part_count;
    content->faults = keep(l->arena, l->faults, l->fault_count, sizeof *l->faults);
    content->fault_count = (uint32_t)l->fault_count;
    return content->parts == NULL || content->faults == NULL ? lac_fail_nomem(l->err) : LACUNA_OK;
}

lacuna_status lac_folder_list(lac_folder_content *content, int root, const lac_limits *limits,
                              lac_arena *arena, lacuna_error *err)
{
    *content = (lac_folder_content){NULL, 0, NULL, 0};
    listing l = {.root = root, .limits = limits, .arena = arena, .err = err};
    lacuna_status status = add_folder(&l, "");
    for (size_t i = 0; status == LACUNA_OK && i < l.folder_count; i++) {
        status = list_folder(&l, l.folders[i]);
    }
    if (status == LACUNA_OK) {
        status = hand_over(content, &l);
    }
    free(l.parts);
    free(l.folders);
    free(l.faults);
    return status;
}

lacuna_status lac_folder_stream(int root, lac_folder_place *place, const lac_part *part,
                                uint64_t max_bytes, char *piece, size_t capacity, lac_sink_fn sink,
                                void *user, lacuna_error *err)
{
    lac_reader reader;
    lac_error_place(err, part->name, 0);
    int descriptor = open_file(root, place, part->name);
    if (descriptor < 0) {
        return lac_fail_system(err, errno, "open", part->name);
    }
    lacuna_status status = lac_reader_adopt(&reader, descriptor, part->name, err);
    if (status == LACUNA_OK && reader.size > max_bytes) {
        status = lac_fail_remedy(err, LACUNA_E_LIMIT, "Raise the limit if the file is genuine.",
                                 "the file has %llu bytes, more than the limit of %llu",
                                 (unsigned long long)reader.size, (unsigned long long)max_bytes);
    }
    for (uint64_t at = 0; status == LACUNA_OK && at < reader.size;) {
        uint64_t left = reader.size - at;
        size_t want = left < capacity ? (size_t)left : capacity;
        status = lac_reader_at(&reader, at, piece, want, err);
        if (status == LACUNA_OK) {
            status = sink(user, piece, want, err);
        }
        at += want;
    }
    lac_reader_close(&reader);
    return status;
}
