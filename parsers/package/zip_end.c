/* Locating the central directory from the end of the file (APPNOTE 4.3.14 to 4.3.16). */
#include "parsers/package/zip.h"

#include "support/checked.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

enum { END_BYTES = 22, END64_BYTES = 56, LOCATOR_BYTES = 20, MAX_COMMENT = 0xFFFF };

/* The tail of the file in memory: the end record lies in it if there is one. */
typedef struct tail {
    unsigned char *bytes;
    size_t length;
    uint64_t offset; /* of bytes[0] in the file */
} tail;

static bool has_signature(const unsigned char *p, unsigned char third, unsigned char fourth)
{
    return p[0] == 'P' && p[1] == 'K' && p[2] == third && p[3] == fourth;
}

static lacuna_status read_tail(tail *t, const lac_reader *reader, lacuna_error *err)
{
    uint64_t most = END_BYTES + MAX_COMMENT + LOCATOR_BYTES + END64_BYTES;
    t->length = (size_t)(reader->size < most ? reader->size : most);
    t->offset = reader->size - t->length;
    t->bytes = malloc(t->length + 1);
    if (t->bytes == NULL) {
        return lac_fail_nomem(err);
    }
    return lac_reader_at(reader, t->offset, t->bytes, t->length, err);
}

/* The record nearest to the end whose comment fits behind it. */
static bool find_end(const tail *t, size_t *at)
{
    if (t->length < END_BYTES) {
        return false;
    }
    for (size_t i = t->length - END_BYTES + 1; i-- > 0;) {
        if (has_signature(t->bytes + i, 5, 6) &&
            lac_zip_u16(t->bytes + i + 20) <= t->length - i - END_BYTES) {
            *at = i;
            return true;
        }
    }
    return false;
}

static lacuna_status missing_end(lacuna_error *err)
{
    return lac_fail_remedy(err, LACUNA_E_FORMAT,
                           "Fetch or copy the file again; if it stays so, open it in Word, let "
                           "Word repair it, and save it.",
                           "the zip file is cut off: the directory at its end is missing");
}

/* Values that do not fit the old record stand in the zip64 record in front of it. */
static lacuna_status read_zip64(lac_zip_end *end, const tail *t, size_t end_at, uint64_t *edge,
                                lacuna_error *err)
{
    const unsigned char *locator = t->bytes + end_at - LOCATOR_BYTES;
    if (end_at < LOCATOR_BYTES + END64_BYTES || !has_signature(locator, 6, 7)) {
        return LACUNA_OK; /* a plain record may hold the marker values themselves */
    }
    const unsigned char *record = locator - END64_BYTES;
    if (!has_signature(record, 6, 6)) {
        return lac_zip_damaged(err, NULL, "its zip64 end record is missing");
    }
    if (lac_zip_u32(record + 16) != 0 || lac_zip_u32(record + 20) != 0) {
        return lac_zip_damaged(err, NULL, "it is one piece of a zip split over several files");
    }
    end->entries = lac_zip_u64(record + 32);
    end->size = lac_zip_u64(record + 40);
    end->start = lac_zip_u64(record + 48);
    *edge = t->offset + end_at - LOCATOR_BYTES - END64_BYTES;
    return LACUNA_OK;
}

static lacuna_status read_end(lac_zip_end *end, const tail *t, size_t at, lacuna_error *err)
{
    const unsigned char *record = t->bytes + at;
    uint64_t edge = t->offset + at; /* where the directory must have ended */
    uint16_t disk = lac_zip_u16(record + 4);
    if (disk != 0 && disk != 0xFFFF) {
        return lac_zip_damaged(err, NULL, "it is one piece of a zip split over several files");
    }
    end->entries = lac_zip_u16(record + 10);
    end->size = lac_zip_u32(record + 12);
    end->start = lac_zip_u32(record + 16);
    if (end->entries == 0xFFFF || end->size == UINT32_MAX || end->start == UINT32_MAX) {
        lacuna_status status = read_zip64(end, t, at, &edge, err);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    uint64_t claimed;
    if (!lac_add_u64(&claimed, end->start, end->size) || claimed > edge) {
        return lac_zip_damaged(err, NULL, "its directory lies beyond the end of the file");
    }
    end->base = edge - claimed;
    return LACUNA_OK;
}

/* The bytes in front may be junk, or a gap before the end record (a signed directory, say): the
 * directory is where its first entry is. */
static lacuna_status settle_base(lac_zip_end *end, const lac_reader *reader, lacuna_error *err)
{
    unsigned char head[4];
    if (end->base == 0 || end->entries == 0) {
        return LACUNA_OK;
    }
    lacuna_status status = lac_reader_at(reader, end->base + end->start, head, 4, err);
    if (status == LACUNA_OK && !has_signature(head, 1, 2)) {
        end->base = 0;
    }
    return status;
}

lacuna_status lac_zip_locate(lac_zip_end *end, const lac_reader *reader, lacuna_error *err)
{
    tail t = {NULL, 0, 0};
    size_t at = 0;
    *end = (lac_zip_end){0, 0, 0, 0};
    lacuna_status status = read_tail(&t, reader, err);
    if (status == LACUNA_OK) {
        status = find_end(&t, &at) ? read_end(end, &t, at, err) : missing_end(err);
    }
    if (status == LACUNA_OK) {
        status = settle_base(end, reader, err);
    }
    free(t.bytes);
    return status;
}
