/* Where the entries lie in the file: local headers, and whether entries share bytes. */
#include "parsers/package/zip.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

/* Entries may run into each other by a few bytes (writers that count a data descriptor wrongly do
 * that); less than a local header is too little to hide one entry in another. */
enum { TOLERATED_OVERLAP = LAC_ZIP_LOCAL_BYTES - 1 };

typedef struct extent {
    uint64_t from, to; /* local header to end of data */
    const lac_part *part;
} extent;

/* A size in the local header counts unless a data descriptor or zip64 field replaces it. */
static bool size_agrees(uint32_t local, uint64_t central, uint16_t flags)
{
    return (flags & LAC_ZIP_FLAG_DESCRIPTOR) != 0 || local == UINT32_MAX || local == central;
}

static lacuna_status compare_local(const lac_part *part, const unsigned char *local,
                                   lacuna_error *err)
{
    if (lac_zip_u32(local) != 0x04034B50) {
        return lac_zip_damaged(err, part, "a part is not where its directory says");
    }
    uint16_t flags = lac_zip_u16(local + 6);
    if (lac_zip_u16(local + 26) != part->raw.len ||
        memcmp(local + LAC_ZIP_LOCAL_BYTES, part->raw.ptr, part->raw.len) != 0) {
        return lac_zip_damaged(err, part, "a part has another name than its directory says");
    }
    if (lac_zip_u16(local + 8) != part->method ||
        ((flags ^ part->flags) & LAC_ZIP_FLAG_ENCRYPTED) != 0) {
        return lac_zip_damaged(err, part,
                               "a part is stored in another way than its directory says");
    }
    if (!size_agrees(lac_zip_u32(local + 18), part->packed, flags) ||
        !size_agrees(lac_zip_u32(local + 22), part->size, flags)) {
        return lac_zip_damaged(err, part, "a part has another size than its directory says");
    }
    return LACUNA_OK;
}

static lacuna_status measure(extent *place, const lac_part *part, const lac_zip_end *end,
                             const lac_reader *reader, unsigned char *scratch, lacuna_error *err)
{
    size_t need = LAC_ZIP_LOCAL_BYTES + part->raw.len;
    if (part->header > end->start || need > end->start - part->header) {
        return lac_zip_damaged(err, part, "a part lies outside the file");
    }
    lacuna_status status = lac_reader_at(reader, end->base + part->header, scratch, need, err);
    if (status == LACUNA_OK) {
        status = compare_local(part, scratch, err);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    uint64_t data = part->header + need + lac_zip_u16(scratch + 28);
    if (data > end->start || part->packed > end->start - data) {
        return lac_zip_damaged(err, part, "a part is cut off, or runs into the directory");
    }
    place->from = part->header;
    place->to = data + part->packed;
    place->part = part;
    return LACUNA_OK;
}

static int by_offset(const void *a, const void *b)
{
    const extent *x = a;
    const extent *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

static lacuna_status find_overlap(extent *extents, uint32_t count, lacuna_error *err)
{
    qsort(extents, count, sizeof *extents, by_offset);
    for (uint32_t i = 1; i < count; i++) {
        if (extents[i].from + TOLERATED_OVERLAP < extents[i - 1].to ||
            extents[i].from == extents[i - 1].from) {
            lac_error_place(err, extents[i].part->name, 0);
            return lac_fail_remedy(err, LACUNA_E_FORMAT,
                                   "Do not trust the file: decompression bombs are made so.",
                                   "the zip file is malformed: two parts share the same bytes");
        }
    }
    return LACUNA_OK;
}

lacuna_status lac_zip_layout(const lac_part *parts, uint32_t count, const lac_zip_end *end,
                             const lac_reader *reader, lac_arena *arena, lacuna_error *err)
{
    extent *extents = lac_arena_array(arena, count, sizeof *extents);
    unsigned char *scratch = lac_arena_alloc(arena, LAC_ZIP_LOCAL_BYTES + 0xFFFF);
    if (extents == NULL || scratch == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < count; i++) {
        lacuna_status status = measure(&extents[i], &parts[i], end, reader, scratch, err);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    return find_overlap(extents, count, err);
}
