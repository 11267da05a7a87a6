/*
 * zip.h - what a zip file says about itself, judged before libzip sees it.
 *
 * Purpose: find the directory (end record, zip64, comment behind it, junk before it), read its
 *   entries, and refuse what a sound Office file never is: entries that share bytes, sizes that
 *   lie or exceed the budget, names that lead elsewhere or occur twice, encryption, methods other
 *   than stored and deflated. The rules are PKWARE APPNOTE 6.3.10 and ECMA-376-2 annex B.
 * Ownership: everything comes from the caller's arena.
 * Limits: package_entries, package_directory_bytes, part_name_bytes, part_*, package_total_bytes.
 */
#ifndef LAC_ZIP_H
#define LAC_ZIP_H

#include "parsers/package/source.h"
#include "support/arena.h"

/* One part of a package, from a zip directory or a folder. */
typedef struct lac_part {
    const char *name;
    lac_span raw;     /* the bytes of the name in the directory */
    lac_span path;    /* the bytes that `name` was decoded from, mostly the same */
    uint64_t size;    /* claimed, uncompressed */
    uint64_t packed;  /* claimed, compressed */
    uint64_t header;  /* offset of the local header, from the base of the archive */
    uint64_t charged; /* bytes already counted against the total budget */
    uint32_t crc;
    uint32_t place; /* ordinal in the central directory */
    uint16_t method;
    uint16_t flags;
} lac_part;

enum {
    LAC_ZIP_STORED = 0,
    LAC_ZIP_DEFLATED = 8,
    LAC_ZIP_FLAG_ENCRYPTED = 1 << 0,
    LAC_ZIP_FLAG_DESCRIPTOR = 1 << 3, /* sizes and CRC stand behind the data */
    LAC_ZIP_FLAG_STRONG = 1 << 6,     /* strong encryption */
    LAC_ZIP_FLAG_MASKED = 1 << 13,    /* encrypted directory */
    LAC_ZIP_LOCAL_BYTES = 30,         /* a local header without name and extra field */
    LAC_ZIP_ENTRY_BYTES = 46          /* a directory entry likewise */
};

/* Where the directory is. Offsets count from `base`: bytes in front of the archive, mostly 0. */
typedef struct lac_zip_end {
    uint64_t base;
    uint64_t start, size;
    uint64_t entries;
} lac_zip_end;

static inline uint16_t lac_zip_u16(const unsigned char *p)
{
    return (uint16_t)(p[0] | p[1] << 8);
}
static inline uint32_t lac_zip_u32(const unsigned char *p)
{
    return (uint32_t)lac_zip_u16(p) | (uint32_t)lac_zip_u16(p + 2) << 16;
}
static inline uint64_t lac_zip_u64(const unsigned char *p)
{
    return (uint64_t)lac_zip_u32(p) | (uint64_t)lac_zip_u32(p + 4) << 32;
}

/* Finds the directory. */
lacuna_status lac_zip_locate(lac_zip_end *end, const lac_reader *reader, lacuna_error *err);

/* Reads and judges the directory entries; `parts` stays in directory order, folders included. */
lacuna_status lac_zip_entries(lac_part **parts, uint32_t *count, const lac_zip_end *end,
                              const lac_reader *reader, const lac_limits *limits, lac_arena *arena,
                              lacuna_error *err);

/* Judges one entry by itself: name, method, encryption, sizes. */
lacuna_status lac_zip_judge_entry(const lac_part *part, const lac_limits *limits,
                                  lacuna_error *err);

/* Holds the local headers against the directory and looks for entries that share bytes. */
lacuna_status lac_zip_layout(const lac_part *parts, uint32_t count, const lac_zip_end *end,
                             const lac_reader *reader, lac_arena *arena, lacuna_error *err);

/* A damaged zip: names the part (may be NULL) and says what to do. */
lacuna_status lac_zip_damaged(lacuna_error *err, const lac_part *part, const char *what);

#endif
