/*
 * make_zip.h - zip files made byte by byte, sound ones and such as no honest program writes.
 *
 * Purpose: every field can be set, so a test says exactly what is wrong with its file.
 * Ownership: made_free releases the bytes.
 */
#ifndef MAKE_ZIP_H
#define MAKE_ZIP_H

#include "parsers/package/package.h"
#include "support/buf.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef struct made_zip {
    lac_buf bytes;
    lac_buf directory;
    uint32_t entries;
} made_zip;

/* An entry; what is 0 is filled in by made_add as an honest writer would. */
typedef struct made_entry {
    const char *name;
    size_t name_length; /* 0: strlen */
    const char *local_name;
    const char *data; /* as stored in the file */
    size_t data_length;
    const char *plain; /* what it unpacks to, for size and CRC; NULL: the data */
    size_t plain_length;
    uint16_t flags, method, local_method;
    uint32_t lie_size; /* added to the size in directory and local header */
    uint32_t lie_packed;
    uint32_t lie_crc;
    uint32_t lie_local_size;
    bool descriptor;   /* sizes behind the data, zeros in front */
    const char *extra; /* directory only */
    size_t extra_length;
    bool wide;        /* sizes and offset in a zip64 field */
    int32_t at_other; /* > 0: reuse the local header at this offset - 1, write none */
} made_entry;

static inline uint32_t made_crc(const char *data, size_t length)
{
    uint32_t crc = 0xFFFFFFFFu;
    for (size_t i = 0; i < length; i++) {
        crc ^= (unsigned char)data[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320u : 0);
        }
    }
    return ~crc;
}

static inline void made_put(lac_buf *buf, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        (void)lac_buf_append_char(buf, (char)(value & 0xFF));
        value >>= 8;
    }
}

static inline void made_init(made_zip *zip)
{
    lac_buf_init(&zip->bytes, (size_t)64 << 20);
    lac_buf_init(&zip->directory, (size_t)64 << 20);
    zip->entries = 0;
}

static inline void made_free(made_zip *zip)
{
    lac_buf_free(&zip->bytes);
    lac_buf_free(&zip->directory);
}

/* A deflate stream of stored blocks: what unpacks to `plain`. */
static inline void made_deflate_stored(lac_buf *out, const char *plain, size_t length)
{
    do {
        size_t piece = length > 0xFFFF ? 0xFFFF : length;
        made_put(out, piece == length, 1);
        made_put(out, piece, 2);
        made_put(out, ~piece & 0xFFFF, 2);
        (void)lac_buf_append(out, plain, piece);
        plain += piece;
        length -= piece;
    } while (length > 0);
}

static inline void made_add_local(made_zip *zip, const made_entry *e, uint32_t crc, uint32_t size,
                                  uint32_t packed)
{
    const char *name = e->local_name == NULL ? e->name : e->local_name;
    size_t name_length =
        e->local_name == NULL && e->name_length > 0 ? e->name_length : strlen(name);
    made_put(&zip->bytes, 0x04034B50, 4);
    made_put(&zip->bytes, 20, 2);
    made_put(&zip->bytes, e->flags | (e->descriptor ? 8 : 0), 2);
    made_put(&zip->bytes, e->local_method > 0 ? e->local_method : e->method, 2);
    made_put(&zip->bytes, 0, 4);
    made_put(&zip->bytes, e->descriptor ? 0 : crc, 4);
    made_put(&zip->bytes, e->descriptor ? 0 : packed, 4);
    made_put(&zip->bytes, e->descriptor ? 0 : size + e->lie_local_size, 4);
    made_put(&zip->bytes, name_length, 2);
    made_put(&zip->bytes, 0, 2);
    (void)lac_buf_append(&zip->bytes, name, name_length);
    (void)lac_buf_append(&zip->bytes, e->data, e->data_length);
    if (e->descriptor) {
        made_put(&zip->bytes, 0x08074B50, 4);
        made_put(&zip->bytes, crc, 4);
        made_put(&zip->bytes, packed, 4);
        made_put(&zip->bytes, size, 4);
    }
}

/* Returns the offset of the local header. */
static inline uint32_t made_add(made_zip *zip, made_entry e)
{
    const char *plain = e.plain == NULL ? e.data : e.plain;
    size_t length = e.plain == NULL ? e.data_length : e.plain_length;
    uint32_t crc = made_crc(plain, length) + e.lie_crc;
    uint32_t size = (uint32_t)length + e.lie_size;
    uint32_t packed = (uint32_t)e.data_length + e.lie_packed;
    uint32_t offset = (uint32_t)zip->bytes.len;
    size_t name_length = e.name_length > 0 ? e.name_length : strlen(e.name);
    if (e.at_other > 0) {
        offset = (uint32_t)e.at_other - 1;
    } else {
        made_add_local(zip, &e, crc, size, packed);
    }
    lac_buf *d = &zip->directory;
    made_put(d, 0x02014B50, 4);
    made_put(d, 20, 2);
    made_put(d, 20, 2);
    made_put(d, e.flags | (e.descriptor ? 8 : 0), 2);
    made_put(d, e.method, 2);
    made_put(d, 0, 4);
    made_put(d, crc, 4);
    made_put(d, e.wide ? UINT32_MAX : packed, 4);
    made_put(d, e.wide ? UINT32_MAX : size, 4);
    made_put(d, name_length, 2);
    made_put(d, e.wide ? 28 : e.extra_length, 2);
    made_put(d, 0, 2 + 2 + 2 + 4);
    made_put(d, e.wide ? UINT32_MAX : offset, 4);
    (void)lac_buf_append(d, e.name, name_length);
    if (e.wide) {
        made_put(d, 1, 2);
        made_put(d, 24, 2);
        made_put(d, size, 8);
        made_put(d, packed, 8);
        made_put(d, offset, 8);
    } else {
        (void)lac_buf_append(d, e.extra, e.extra_length);
    }
    zip->entries++;
    return offset;
}

static inline uint32_t made_add_stored(made_zip *zip, const char *name, const char *text)
{
    return made_add(zip, (made_entry){.name = name, .data = text, .data_length = strlen(text)});
}

/* Directory and end record; what `bytes` then holds is a zip file. */
static inline void made_end_as(made_zip *zip, uint32_t entries, uint32_t start, const char *comment)
{
    (void)lac_buf_append(&zip->bytes, zip->directory.data, zip->directory.len);
    made_put(&zip->bytes, 0x06054B50, 4);
    made_put(&zip->bytes, 0, 4);
    made_put(&zip->bytes, entries, 2);
    made_put(&zip->bytes, entries, 2);
    made_put(&zip->bytes, zip->directory.len, 4);
    made_put(&zip->bytes, start, 4);
    made_put(&zip->bytes, strlen(comment), 2);
    (void)lac_buf_append_text(&zip->bytes, comment);
}

static inline void made_end(made_zip *zip)
{
    made_end_as(zip, zip->entries, (uint32_t)zip->bytes.len, "");
}

/* The same with a zip64 record and locator in front, and markers in the old record. */
static inline void made_end64(made_zip *zip)
{
    lac_buf *b = &zip->bytes;
    uint64_t start = b->len;
    (void)lac_buf_append(b, zip->directory.data, zip->directory.len);
    uint64_t record = b->len;
    made_put(b, 0x06064B50, 4);
    made_put(b, 44, 8);
    made_put(b, 45, 2);
    made_put(b, 45, 2);
    made_put(b, 0, 8);
    made_put(b, zip->entries, 8);
    made_put(b, zip->entries, 8);
    made_put(b, zip->directory.len, 8);
    made_put(b, start, 8);
    made_put(b, 0x07064B50, 4);
    made_put(b, 0, 4);
    made_put(b, record, 8);
    made_put(b, 1, 4);
    made_put(b, 0x06054B50, 4);
    made_put(b, 0, 4);
    made_put(b, 0xFFFF, 2);
    made_put(b, 0xFFFF, 2);
    made_put(b, UINT32_MAX, 4);
    made_put(b, UINT32_MAX, 4);
    made_put(b, 0, 2);
}

static inline lac_source made_source(const made_zip *zip)
{
    return (lac_source){
        .kind = LAC_SOURCE_MEMORY, .path = "made.zip", .memory = lac_buf_span(&zip->bytes)};
}

static inline lacuna_status made_open(lac_package **package, const made_zip *zip,
                                      const lac_limits *limits, lacuna_error *err)
{
    lac_source source = made_source(zip);
    memset(err, 0, sizeof *err);
    return lac_package_open(package, &source, limits, err);
}

#endif
