#include "writers/docx/zip_rewrite.h"

#include "support/error.h"

#include <stdlib.h>
#include <strings.h>
#include <zip.h>

enum {
    FIRST_DOS_DATE = 0x21, /* 1980-01-01 */
    DEFLATE_LEVEL = 6,
};

static lacuna_status zip_failed(zip_t *archive, lacuna_error *err)
{
    return lac_fail(err, LACUNA_E_IO, "writing the package failed: %s",
                    zip_error_strerror(zip_get_error(archive)));
}

static lacuna_status source_failed(zip_error_t *error, lacuna_error *err)
{
    lacuna_status status =
        lac_fail(err, LACUNA_E_IO, "the package cannot be opened: %s", zip_error_strerror(error));
    zip_error_fini(error);
    return status;
}

/* libzip wants the bytes of a change to live until the archive is closed: they do. */
static lacuna_status change_entry(zip_t *archive, const lac_zip_change *change, lacuna_error *err)
{
    zip_int64_t index = zip_name_locate(archive, change->name, ZIP_FL_NOCASE);
    if ((index >= 0) == change->added) {
        return lac_fail(err, LACUNA_E_INTERNAL, "%s %s in the package", change->name,
                        change->added ? "is already" : "is not");
    }
    zip_source_t *source = zip_source_buffer(archive, change->bytes.ptr, change->bytes.len, 0);
    if (source == NULL) {
        return zip_failed(archive, err);
    }
    zip_int64_t done = change->added ? zip_file_add(archive, change->name, source, 0)
                                     : zip_file_replace(archive, (zip_uint64_t)index, source, 0);
    if (done < 0) {
        zip_source_free(source);
        return zip_failed(archive, err);
    }
    zip_uint64_t entry = (zip_uint64_t)(change->added ? done : index);
    if (zip_set_file_compression(archive, entry, ZIP_CM_DEFLATE, DEFLATE_LEVEL) != 0 ||
        zip_file_set_dostime(archive, entry, 0, FIRST_DOS_DATE, 0) != 0) {
        return zip_failed(archive, err);
    }
    return LACUNA_OK;
}

/* What libzip has written into its buffer. */
static lacuna_status take_bytes(char **out, size_t *length, zip_source_t *source, lacuna_error *err)
{
    zip_stat_t stat;
    if (zip_source_stat(source, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0 ||
        zip_source_open(source) != 0) {
        return lac_fail(err, LACUNA_E_IO, "the written package cannot be read back");
    }
    char *data = malloc(stat.size + 1);
    if (data == NULL) {
        (void)zip_source_close(source);
        return lac_fail_nomem(err);
    }
    zip_uint64_t at = 0;
    zip_int64_t got = 1;
    while (at < stat.size && got > 0) {
        got = zip_source_read(source, data + at, stat.size - at);
        at += got > 0 ? (zip_uint64_t)got : 0;
    }
    (void)zip_source_close(source);
    if (at != stat.size) {
        free(data);
        return lac_fail(err, LACUNA_E_IO, "the written package cannot be read back");
    }
    *out = data;
    *length = stat.size;
    return LACUNA_OK;
}

/* libzip keeps the unchanged beginning of a buffer when it writes, and then frees what it was told
 * not to own (seen in 1.7.3): it gets a copy of its own. */
static zip_source_t *own_copy(lac_span archive, zip_error_t *error)
{
    char *copy = malloc(archive.len + 1);
    if (copy == NULL) {
        zip_error_set(error, ZIP_ER_MEMORY, 0);
        return NULL;
    }
    memcpy(copy, archive.ptr, archive.len);
    zip_source_t *source = zip_source_buffer_create(copy, archive.len, 1, error);
    if (source == NULL) {
        free(copy);
    }
    return source;
}

lacuna_status lac_zip_rewrite(char **out, size_t *length, lac_span archive,
                              const lac_zip_change *changes, size_t count, lacuna_error *err)
{
    *out = NULL;
    *length = 0;
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = own_copy(archive, &error);
    if (source == NULL) {
        return source_failed(&error, err);
    }
    zip_source_keep(source);
    zip_t *opened = zip_open_from_source(source, 0, &error);
    if (opened == NULL) {
        zip_source_free(source);
        zip_source_free(source);
        return source_failed(&error, err);
    }
    zip_error_fini(&error);
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = change_entry(opened, &changes[i], err);
    }
    if (status == LACUNA_OK && zip_close(opened) != 0) {
        status = zip_failed(opened, err);
    } else if (status == LACUNA_OK) {
        opened = NULL;
        status = take_bytes(out, length, source, err);
    }
    if (opened != NULL) {
        zip_discard(opened);
    }
    zip_source_free(source);
    return status;
}

/* ---- proof ----------------------------------------------------------------------------------- */

static bool is_changed(const char *name, const lac_zip_change *changes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(name, changes[i].name) == 0) {
            return true;
        }
    }
    return false;
}

static bool same_bytes(zip_file_t *a, zip_file_t *b)
{
    char left[16384], right[16384];
    zip_int64_t got;
    do {
        got = zip_fread(a, left, sizeof left);
        zip_int64_t other = zip_fread(b, right, sizeof right);
        if (got != other || (got > 0 && memcmp(left, right, (size_t)got) != 0)) {
            return false;
        }
    } while (got > 0);
    return got == 0;
}

static bool same_entry(zip_t *before, zip_t *after, zip_uint64_t index)
{
    const char *name = zip_get_name(before, index, ZIP_FL_ENC_RAW);
    const char *other = zip_get_name(after, index, ZIP_FL_ENC_RAW);
    if (name == NULL || other == NULL || strcmp(name, other) != 0) {
        return false;
    }
    zip_file_t *a = zip_fopen_index(before, index, ZIP_FL_COMPRESSED);
    zip_file_t *b = zip_fopen_index(after, index, ZIP_FL_COMPRESSED);
    bool same = a != NULL && b != NULL && same_bytes(a, b);
    if (a != NULL) {
        (void)zip_fclose(a);
    }
    if (b != NULL) {
        (void)zip_fclose(b);
    }
    return same;
}

static zip_t *open_bytes(lac_span bytes)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes.ptr, bytes.len, 0, &error);
    zip_t *archive = source == NULL ? NULL : zip_open_from_source(source, ZIP_RDONLY, &error);
    if (archive == NULL && source != NULL) {
        zip_source_free(source);
    }
    zip_error_fini(&error);
    return archive;
}

lacuna_status lac_zip_prove(lac_span before, lac_span after, const lac_zip_change *changes,
                            size_t count, lacuna_error *err)
{
    zip_t *old = open_bytes(before), *new = open_bytes(after);
    bool same = old != NULL && new != NULL;
    zip_int64_t entries = same ? zip_get_num_entries(old, 0) : 0;
    for (zip_uint64_t i = 0; same && i < (zip_uint64_t)entries; i++) {
        const char *name = zip_get_name(old, i, ZIP_FL_ENC_GUESS);
        same = name != NULL && (is_changed(name, changes, count) || same_entry(old, new, i));
    }
    if (old != NULL) {
        zip_discard(old);
    }
    if (new != NULL) {
        zip_discard(new);
    }
    return same ? LACUNA_OK
                : lac_fail(err, LACUNA_E_INTERNAL, "an entry that was not to be changed differs");
}
