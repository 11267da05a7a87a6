#include "parsers/package/package.h"

#include "parsers/package/folder.h"
#include "parsers/package/names.h"
#include "parsers/package/unzip.h"
#include "parsers/package/zip.h"
#include "support/arena.h"
#include "support/buf.h"
#include "support/error.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { PIECE_BYTES = 64 * 1024 };

struct lac_package {
    lac_arena arena;
    lac_limits limits;
    lac_part *parts; /* sorted by name */
    uint32_t count;
    const lac_package_fault *faults;
    uint32_t fault_count;
    uint64_t spent; /* bytes charged against package_total_bytes */
    lac_reader reader;
    lac_unzip *archive; /* NULL: a folder */
    int folder;         /* -1: a zip */
    lac_folder_place place;
    char *piece;
};

static int by_name(const void *a, const void *b)
{
    const lac_part *x = a;
    const lac_part *y = b;
    int order = lac_name_compare(x->name, y->name);
    return order != 0 ? order : strcmp(x->name, y->name);
}

/* Word may read the other copy of a part than we do: what is checked must be what is submitted. */
static lacuna_status refuse_duplicates(const lac_package *package, lacuna_error *err)
{
    for (uint32_t i = 1; i < package->count; i++) {
        if (lac_name_compare(package->parts[i - 1].name, package->parts[i].name) == 0) {
            lac_error_place(err, package->parts[i].name, 0);
            return lac_fail_remedy(err, LACUNA_E_FORMAT,
                                   "Open it in Word, look whether the text is the one you expect, "
                                   "and save it again.",
                                   "the zip file holds two parts of the same name, and programs "
                                   "differ in which they read");
        }
    }
    return LACUNA_OK;
}

static void drop_folder_entries(lac_package *package)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < package->count; i++) {
        lac_span raw = package->parts[i].raw;
        if (raw.ptr[raw.len - 1] != '/') {
            package->parts[kept++] = package->parts[i];
        }
    }
    package->count = kept;
}

/* No zip directory: the message says what the file is instead, where that can be told. */
static lacuna_status locate(lac_zip_end *end, const lac_reader *reader, lacuna_error *err)
{
    lac_kind kind;
    lacuna_status status = lac_zip_locate(end, reader, err);
    if (status == LACUNA_E_FORMAT && lac_sniff(&kind, &reader->source, NULL) == LACUNA_OK &&
        kind != LAC_KIND_ZIP) {
        return lac_refuse_kind(kind, "a zip file", err);
    }
    return status;
}

static lacuna_status judge_zip(lac_package *package, lac_zip_end *end, lacuna_error *err)
{
    if (package->reader.size > package->limits.package_file_bytes) {
        return lac_fail_remedy(err, LACUNA_E_LIMIT, "Raise the limit if the file is genuine.",
                               "the file has %llu bytes, more than the limit of %llu",
                               (unsigned long long)package->reader.size,
                               (unsigned long long)package->limits.package_file_bytes);
    }
    lacuna_status status = locate(end, &package->reader, err);
    if (status == LACUNA_OK) {
        status = lac_zip_entries(&package->parts, &package->count, end, &package->reader,
                                 &package->limits, &package->arena, err);
    }
    if (status == LACUNA_OK) {
        status = lac_zip_layout(package->parts, package->count, end, &package->reader,
                                &package->arena, err);
    }
    return status;
}

static lacuna_status open_zip(lac_package *package, const lac_source *source, lacuna_error *err)
{
    lac_zip_end end;
    lacuna_status status = lac_reader_open(&package->reader, source, err);
    if (status == LACUNA_OK) {
        status = judge_zip(package, &end, err);
    }
    if (status == LACUNA_OK) {
        status = lac_unzip_open(&package->archive, &package->reader, end.base, package->parts,
                                package->count, err);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    drop_folder_entries(package);
    qsort(package->parts, package->count, sizeof *package->parts, by_name);
    return refuse_duplicates(package, err);
}

static lacuna_status open_folder(lac_package *package, const char *path, lacuna_error *err)
{
    lacuna_status status = lac_folder_open(&package->folder, path, err);
    lac_folder_content content = {NULL, 0, NULL, 0};
    if (status == LACUNA_OK) {
        status = lac_folder_list(&content, package->folder, &package->limits, &package->arena, err);
    }
    package->parts = content.parts;
    package->count = content.count;
    package->faults = content.faults;
    package->fault_count = content.fault_count;
    if (status == LACUNA_OK && package->count > 0) {
        qsort(package->parts, package->count, sizeof *package->parts, by_name);
    }
    return status;
}

static lac_package *make_package(const lac_limits *limits)
{
    lac_package *package = calloc(1, sizeof *package);
    if (package == NULL) {
        return NULL;
    }
    lac_arena_init(&package->arena);
    package->limits = *limits;
    package->reader.descriptor = -1;
    package->folder = -1;
    package->place.descriptor = -1;
    package->piece = malloc(PIECE_BYTES);
    if (package->piece == NULL) {
        lac_package_close(package);
        return NULL;
    }
    return package;
}

lacuna_status lac_package_open(lac_package **out, const lac_source *source,
                               const lac_limits *limits, lacuna_error *err)
{
    *out = NULL;
    lac_package *package = make_package(limits);
    if (package == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = lac_source_is_folder(source) ? open_folder(package, source->path, err)
                                                        : open_zip(package, source, err);
    if (status != LACUNA_OK) {
        lac_package_close(package);
        return status;
    }
    *out = package;
    return LACUNA_OK;
}

void lac_package_close(lac_package *package)
{
    if (package == NULL) {
        return;
    }
    lac_unzip_close(package->archive);
    lac_reader_close(&package->reader);
    lac_folder_leave(&package->place);
    if (package->folder >= 0) {
        (void)close(package->folder);
    }
    lac_arena_free(&package->arena);
    free(package->piece);
    free(package);
}

bool lac_package_is_folder(const lac_package *package)
{
    return package->archive == NULL;
}

const lac_package_fault *lac_package_fault_at(const lac_package *package, uint32_t index)
{
    return index < package->fault_count ? &package->faults[index] : NULL;
}

lacuna_status lac_package_share(lac_package **out, const lac_package *package, lacuna_error *err)
{
    *out = NULL;
    if (!lac_package_is_folder(package)) {
        return lac_fail(err, LACUNA_E_UNSUPPORTED, "a zip file is read by one thread");
    }
    lac_package *copy = make_package(&package->limits);
    if (copy == NULL) {
        return lac_fail_nomem(err);
    }
    copy->parts = lac_arena_array(&copy->arena, package->count, sizeof *copy->parts);
    copy->folder = fcntl(package->folder, F_DUPFD_CLOEXEC, 0);
    if (copy->parts == NULL || copy->folder < 0) {
        lac_package_close(copy);
        return lac_fail_nomem(err);
    }
    /* Names are borrowed from the first handle, which outlives this one. */
    memcpy(copy->parts, package->parts, package->count * sizeof *copy->parts);
    copy->count = package->count;
    *out = copy;
    return LACUNA_OK;
}

uint32_t lac_package_count(const lac_package *package)
{
    return package->count;
}

const char *lac_package_name(const lac_package *package, uint32_t index)
{
    return index < package->count ? package->parts[index].name : NULL;
}

uint64_t lac_package_size(const lac_package *package, uint32_t index)
{
    return index < package->count ? package->parts[index].size : 0;
}

void lac_package_retain(lac_package *package, bool (*keep)(void *user, const char *name),
                        void *user)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < package->count; i++) {
        if (keep(user, package->parts[i].name)) {
            package->parts[kept++] = package->parts[i];
        }
    }
    package->count = kept;
}

/* The first part whose name is not below `name`. */
static uint32_t lower_bound(const lac_package *package, const char *name)
{
    uint32_t low = 0;
    uint32_t high = package->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (lac_name_compare(package->parts[middle].name, name) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

uint32_t lac_package_find(const lac_package *package, const char *name)
{
    uint32_t first = lower_bound(package, name);
    /* A folder may hold names that differ in case only: the exact one is preferred. */
    for (uint32_t i = first;
         i < package->count && lac_name_compare(package->parts[i].name, name) == 0; i++) {
        if (strcmp(package->parts[i].name, name) == 0) {
            return i;
        }
    }
    bool found = first < package->count && lac_name_compare(package->parts[first].name, name) == 0;
    return found ? first : LAC_PART_NONE;
}

/* Counts what goes through to the caller's sink; a part read twice is charged once. */
typedef struct meter {
    lac_package *package;
    lac_part *part;
    uint64_t passed;
    lac_sink_fn sink;
    void *user;
} meter;

static lacuna_status pass_metered(void *user, const char *data, size_t length, lacuna_error *err)
{
    meter *m = user;
    m->passed += length;
    if (m->passed > m->part->charged) {
        m->package->spent += m->passed - m->part->charged;
        m->part->charged = m->passed;
    }
    if (m->package->spent > m->package->limits.package_total_bytes) {
        return lac_fail_remedy(err, LACUNA_E_LIMIT, "Raise the limit if the input is genuine.",
                               "the parts read so far exceed the limit of %llu bytes",
                               (unsigned long long)m->package->limits.package_total_bytes);
    }
    return m->sink(m->user, data, length, err);
}

lacuna_status lac_package_stream(lac_package *package, uint32_t index, lac_sink_fn sink, void *user,
                                 lacuna_error *err)
{
    if (index >= package->count) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "no such part");
    }
    lac_part *part = &package->parts[index];
    meter m = {package, part, 0, sink, user};
    if (package->archive == NULL) {
        return lac_folder_stream(package->folder, &package->place, part, package->limits.part_bytes,
                                 package->piece, PIECE_BYTES, pass_metered, &m, err);
    }
    return lac_unzip_stream(package->archive, part, package->piece, PIECE_BYTES, pass_metered, &m,
                            err);
}

static lacuna_status collect(void *user, const char *data, size_t length, lacuna_error *err)
{
    lac_buf *buf = user;
    lacuna_status status = lac_buf_append(buf, data, length);
    if (status == LACUNA_E_LIMIT) {
        return lac_fail(err, status, "the part exceeds the limit of %zu bytes", buf->max);
    }
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(err);
}

lacuna_status lac_package_read(char **data, size_t *length, lac_package *package, uint32_t index,
                               uint64_t max_bytes, lacuna_error *err)
{
    *data = NULL;
    *length = 0;
    lac_buf buf;
    lac_buf_init(&buf, max_bytes < SIZE_MAX ? (size_t)max_bytes : SIZE_MAX - 1);
    lacuna_status status = lac_package_stream(package, index, collect, &buf, err);
    if (status == LACUNA_OK) {
        *length = buf.len;
        *data = lac_buf_steal(&buf);
        if (*data == NULL) {
            *length = 0;
            status = lac_fail_nomem(err);
        }
    } else if (index < package->count) {
        lac_error_place(err, package->parts[index].name, 0);
    }
    lac_buf_free(&buf);
    return status;
}
