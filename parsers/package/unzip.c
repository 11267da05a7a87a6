#include "parsers/package/unzip.h"

#include "support/error.h"

#include <stdlib.h>
#include <zip.h>

/* What libzip reads from: the reader, from `base` on. */
typedef struct window {
    const lac_reader *reader;
    uint64_t base, length, position;
    zip_error_t error;
} window;

struct lac_unzip {
    window window;
    zip_t *zip;
};

static zip_int64_t window_read(window *w, void *data, zip_uint64_t length)
{
    uint64_t left = w->length - w->position;
    size_t want = (size_t)(length < left ? length : left);
    if (lac_reader_at(w->reader, w->base + w->position, data, want, NULL) != LACUNA_OK) {
        zip_error_set(&w->error, ZIP_ER_READ, 0);
        return -1;
    }
    w->position += want;
    return (zip_int64_t)want;
}

static zip_int64_t window_seek(window *w, void *data, zip_uint64_t length)
{
    zip_int64_t to =
        zip_source_seek_compute_offset(w->position, w->length, data, length, &w->error);
    if (to < 0) {
        return -1;
    }
    w->position = (uint64_t)to;
    return 0;
}

static zip_int64_t window_stat(window *w, void *data)
{
    zip_stat_t *facts = data;
    zip_stat_init(facts);
    facts->valid = ZIP_STAT_SIZE;
    facts->size = w->length;
    return (zip_int64_t)sizeof *facts;
}

static zip_int64_t window_command(void *user, void *data, zip_uint64_t length,
                                  zip_source_cmd_t command)
{
    window *w = user;
    switch (command) {
    case ZIP_SOURCE_OPEN:
        w->position = 0;
        return 0;
    case ZIP_SOURCE_READ:
        return window_read(w, data, length);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
        return 0;
    case ZIP_SOURCE_STAT:
        return window_stat(w, data);
    case ZIP_SOURCE_SEEK:
        return window_seek(w, data, length);
    case ZIP_SOURCE_TELL:
        return (zip_int64_t)w->position;
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&w->error, data, length);
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(
            ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
            ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS, -1);
    default:
        zip_error_set(&w->error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

static lacuna_status fail_open(const zip_error_t *error, lacuna_error *err)
{
    int code = zip_error_code_zip(error);
    if (code == ZIP_ER_MEMORY) {
        return lac_fail_nomem(err);
    }
    if (code == ZIP_ER_READ || code == ZIP_ER_SEEK) {
        return lac_fail(err, LACUNA_E_IO, "the zip file cannot be read");
    }
    return lac_zip_damaged(err, NULL, "its directory is inconsistent");
}

static lacuna_status open_archive(lac_unzip *archive, lacuna_error *err)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_function_create(window_command, &archive->window, &error);
    if (source != NULL) {
        archive->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
        if (archive->zip == NULL) {
            zip_source_free(source);
        }
    }
    lacuna_status status = archive->zip == NULL ? fail_open(&error, err) : LACUNA_OK;
    zip_error_fini(&error);
    return status;
}

static bool same_entry(zip_t *zip, const lac_part *part)
{
    enum { NEEDED = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC | ZIP_STAT_COMP_METHOD };
    zip_stat_t facts;
    if (zip_stat_index(zip, part->place, ZIP_FL_ENC_RAW, &facts) != 0) {
        return false;
    }
    return (facts.valid & NEEDED) == NEEDED && facts.size == part->size &&
           facts.comp_size == part->packed && facts.crc == part->crc &&
           facts.comp_method == part->method && lac_span_equal(lac_span_of(facts.name), part->raw);
}

static lacuna_status agree(zip_t *zip, const lac_part *parts, uint32_t count, lacuna_error *err)
{
    bool same = zip_get_num_entries(zip, 0) == (zip_int64_t)count;
    for (uint32_t i = 0; same && i < count; i++) {
        same = same_entry(zip, &parts[i]);
    }
    return same ? LACUNA_OK : lac_zip_damaged(err, NULL, "it holds two different directories");
}

lacuna_status lac_unzip_open(lac_unzip **out, const lac_reader *reader, uint64_t base,
                             const lac_part *parts, uint32_t count, lacuna_error *err)
{
    *out = NULL;
    lac_unzip *archive = calloc(1, sizeof *archive);
    if (archive == NULL) {
        return lac_fail_nomem(err);
    }
    archive->window.reader = reader;
    archive->window.base = base;
    archive->window.length = reader->size - base;
    zip_error_init(&archive->window.error);
    lacuna_status status = open_archive(archive, NULL);
    if (status != LACUNA_OK) {
        /* libzip calls a directory malformed when an allocation for it failed; where memory is out
         * indeed, the second try says so. */
        status = open_archive(archive, err);
    }
    if (status == LACUNA_OK) {
        status = agree(archive->zip, parts, count, err);
    }
    if (status != LACUNA_OK) {
        lac_unzip_close(archive);
        return status;
    }
    *out = archive;
    return LACUNA_OK;
}

void lac_unzip_close(lac_unzip *archive)
{
    if (archive != NULL) {
        if (archive->zip != NULL) {
            zip_discard(archive->zip);
        }
        zip_error_fini(&archive->window.error);
        free(archive);
    }
}

static lacuna_status fail_read(zip_error_t *error, const lac_part *part, lacuna_error *err)
{
    enum { ZLIB_MEM_ERROR = -4 }; /* Z_MEM_ERROR: inflate allocates its window as it goes */

    lac_error_place(err, part->name, 0);
    if (zip_error_code_zip(error) == ZIP_ER_ZLIB &&
        zip_error_code_system(error) == ZLIB_MEM_ERROR) {
        return lac_fail_nomem(err);
    }
    switch (zip_error_code_zip(error)) {
    case ZIP_ER_MEMORY:
        return lac_fail_nomem(err);
    case ZIP_ER_READ:
    case ZIP_ER_SEEK:
        return lac_fail(err, LACUNA_E_IO, "the zip file cannot be read");
    case ZIP_ER_CRC:
        return lac_zip_damaged(err, part, "the checksum of a part is wrong");
    default:
        return lac_zip_damaged(err, part, "the compressed data of a part is broken");
    }
}

static lacuna_status pump(zip_file_t *file, const lac_part *part, char *piece, size_t capacity,
                          lac_sink_fn sink, void *user, lacuna_error *err)
{
    uint64_t total = 0;
    for (;;) {
        zip_int64_t got = zip_fread(file, piece, capacity);
        if (got < 0) {
            return fail_read(zip_file_get_error(file), part, err);
        }
        if (got == 0) {
            break; /* the end was reached, so libzip has compared the checksum */
        }
        total += (uint64_t)got;
        if (total > part->size) {
            return lac_zip_damaged(err, part, "a part holds more bytes than its directory says");
        }
        lacuna_status status = sink(user, piece, (size_t)got, err);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    if (total != part->size) {
        return lac_zip_damaged(err, part, "a part holds fewer bytes than its directory says");
    }
    return LACUNA_OK;
}

lacuna_status lac_unzip_stream(lac_unzip *archive, const lac_part *part, char *piece,
                               size_t capacity, lac_sink_fn sink, void *user, lacuna_error *err)
{
    zip_file_t *file = zip_fopen_index(archive->zip, part->place, 0);
    if (file == NULL) {
        return fail_read(zip_get_error(archive->zip), part, err);
    }
    lacuna_status status = pump(file, part, piece, capacity, sink, user, err);
    (void)zip_fclose(file);
    return status;
}
