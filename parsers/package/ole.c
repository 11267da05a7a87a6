#include "parsers/package/ole.h"

#include "parsers/package/zip.h"

#include <string.h>

enum {
    HEADER_BYTES = 512,
    ENTRY_BYTES = 128,
    HEADER_FAT_SECTORS = 109, /* FAT sectors listed in the header; more are not followed */
    MAX_SECTORS = 1024
};

typedef struct compound {
    const lac_reader *reader;
    unsigned char header[HEADER_BYTES];
    uint32_t sector_bytes;
} compound;

bool lac_ole_starts(lac_span head)
{
    return head.len >= 8 && memcmp(head.ptr, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0;
}

static bool read_at_sector(const compound *file, uint32_t sector, uint32_t offset, void *data,
                           size_t length)
{
    /* Sector 0 follows the header, which fills a whole sector. */
    uint64_t at = ((uint64_t)sector + 1) * file->sector_bytes + offset;
    return lac_reader_at(file->reader, at, data, length, NULL) == LACUNA_OK;
}

/* The sector behind `sector` in its chain; false at the end or where the chain is broken. */
static bool next_sector(const compound *file, uint32_t *sector)
{
    uint32_t per_sector = file->sector_bytes / 4;
    uint32_t fat = *sector / per_sector;
    unsigned char link[4];
    if (fat >= HEADER_FAT_SECTORS || !read_at_sector(file, lac_zip_u32(file->header + 76 + 4 * fat),
                                                     *sector % per_sector * 4, link, sizeof link)) {
        return false;
    }
    *sector = lac_zip_u32(link);
    return *sector < 0xFFFFFFFA; /* MAXREGSECT */
}

/* Names are UTF-16LE of at most 31 characters; those looked for are ASCII. */
static bool entry_is(const unsigned char *entry, const char *name)
{
    size_t length = strlen(name);
    char ascii[32] = "";
    if (lac_zip_u16(entry + 64) != 2 * (length + 1)) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        if (entry[2 * i + 1] != 0) {
            return false;
        }
        ascii[i] = (char)entry[2 * i];
    }
    return lac_span_equal_nocase(lac_span_make(ascii, length), lac_span_of(name));
}

static bool sector_encrypted(const compound *file, uint32_t sector)
{
    unsigned char entry[ENTRY_BYTES];
    for (uint32_t at = 0; at + ENTRY_BYTES <= file->sector_bytes; at += ENTRY_BYTES) {
        if (!read_at_sector(file, sector, at, entry, sizeof entry)) {
            return false;
        }
        if (entry_is(entry, "EncryptedPackage") || entry_is(entry, "EncryptionInfo")) {
            return true;
        }
    }
    return false;
}

bool lac_ole_encrypted(const lac_reader *reader)
{
    compound file = {reader, {0}, 0};
    if (lac_reader_at(reader, 0, file.header, HEADER_BYTES, NULL) != LACUNA_OK) {
        return false;
    }
    uint16_t shift = lac_zip_u16(file.header + 30);
    if (shift != 9 && shift != 12) {
        return false;
    }
    file.sector_bytes = 1u << shift;
    uint32_t sector = lac_zip_u32(file.header + 48);
    for (uint32_t i = 0; i < MAX_SECTORS; i++) {
        if (sector_encrypted(&file, sector)) {
            return true;
        }
        if (!next_sector(&file, &sector)) {
            break;
        }
    }
    return false;
}
