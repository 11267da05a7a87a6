/* Reading and judging the entries of the central directory (APPNOTE 4.3.12, 4.5.3). */
#include "parsers/package/names.h"
#include "parsers/package/zip.h"
#include "support/checked.h"
#include "support/error.h"

#include <string.h>

enum { EXTRA_ZIP64 = 1, EXTRA_UNICODE_PATH = 0x7075 };

lacuna_status lac_zip_damaged(lacuna_error *err, const lac_part *part, const char *what)
{
    if (part != NULL) {
        lac_error_place(err, lac_name_show(part->raw).text, 0);
    }
    return lac_fail_remedy(
        err, LACUNA_E_FORMAT,
        "Fetch or copy the file again; if it stays so, open it in Word, let Word "
        "repair it, and save it.",
        "the zip file is damaged: %s", what);
}

/* The next 8-byte value of the zip64 field, present only for values that were all ones. */
static bool widen(uint64_t *value, bool wanted, const unsigned char **at, size_t *left)
{
    if (!wanted) {
        return true;
    }
    if (*left < 8) {
        return false;
    }
    *value = lac_zip_u64(*at);
    *at += 8;
    *left -= 8;
    return true;
}

static bool read_zip64_field(lac_part *part, const unsigned char *field, size_t length)
{
    return widen(&part->size, part->size == UINT32_MAX, &field, &length) &&
           widen(&part->packed, part->packed == UINT32_MAX, &field, &length) &&
           widen(&part->header, part->header == UINT32_MAX, &field, &length);
}

static bool is_ascii(lac_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

/* Info-ZIP's Unicode path (APPNOTE 4.6.9) spells out a name of another code page. For a name in
 * ASCII there is nothing to spell out: a different one would be a second name. */
static bool read_unicode_path(lac_part *part, const unsigned char *field, size_t length)
{
    if (length < 5) {
        return true;
    }
    lac_span path = lac_span_make((const char *)field + 5, length - 5);
    if (is_ascii(part->raw)) {
        return lac_span_equal(path, part->raw);
    }
    part->path = path;
    return true;
}

/* Sizes of all ones without a zip64 field are what they are; the budget refuses them. */
static const char *extra_fault(lac_part *part, const unsigned char *extra, size_t length)
{
    while (length >= 4) {
        size_t size = lac_zip_u16(extra + 2);
        if (size > length - 4) {
            break; /* some writers pad with zeros or cut the last field: harmless */
        }
        uint16_t kind = lac_zip_u16(extra);
        if (kind == EXTRA_ZIP64 && !read_zip64_field(part, extra + 4, size)) {
            return "a zip64 size is missing";
        }
        if (kind == EXTRA_UNICODE_PATH && !read_unicode_path(part, extra + 4, size)) {
            return "a part has two names, and programs differ in which they read";
        }
        extra += 4 + size;
        length -= 4 + size;
    }
    return NULL;
}

/* Reads one entry at *at and moves behind it. */
static lacuna_status read_entry(lac_part *part, const unsigned char **at,
                                const unsigned char *directory_end, lac_arena *arena,
                                lacuna_error *err)
{
    const unsigned char *p = *at;
    size_t left = (size_t)(directory_end - p);
    if (left < LAC_ZIP_ENTRY_BYTES || lac_zip_u32(p) != 0x02014B50) {
        return lac_zip_damaged(err, NULL, "an entry of its directory is malformed");
    }
    size_t name = lac_zip_u16(p + 28);
    size_t extra = lac_zip_u16(p + 30);
    size_t comment = lac_zip_u16(p + 32);
    if (name + extra + comment > left - LAC_ZIP_ENTRY_BYTES) {
        return lac_zip_damaged(err, NULL, "an entry of its directory is malformed");
    }
    part->flags = lac_zip_u16(p + 8);
    part->method = lac_zip_u16(p + 10);
    part->crc = lac_zip_u32(p + 16);
    part->packed = lac_zip_u32(p + 20);
    part->size = lac_zip_u32(p + 24);
    part->header = lac_zip_u32(p + 42);
    part->raw = lac_span_make((const char *)p + LAC_ZIP_ENTRY_BYTES, name);
    part->path = part->raw;
    const char *fault = extra_fault(part, p + LAC_ZIP_ENTRY_BYTES + name, extra);
    if (fault != NULL) {
        return lac_zip_damaged(err, part, fault);
    }
    part->name = lac_name_decode(arena, part->path);
    *at = p + LAC_ZIP_ENTRY_BYTES + name + extra + comment;
    return part->name == NULL ? lac_fail_nomem(err) : LACUNA_OK;
}

/* Real parts reach 169:1; deflate itself ends at 1032:1. */
static bool is_bomb(const lac_part *part, const lac_limits *limits)
{
    return limits->part_ratio > 0 && part->size >= limits->ratio_floor_bytes &&
           part->size / limits->part_ratio >= part->packed;
}

static lacuna_status judge_sizes(const lac_part *part, const lac_limits *limits, lacuna_error *err)
{
    static const char distrust[] = "Do not trust the file; if it is genuine, raise the limit.";
    if (part->size > limits->part_bytes) {
        return lac_fail_remedy(
            err, LACUNA_E_LIMIT, distrust, "a part claims %llu bytes, more than the limit of %llu",
            (unsigned long long)part->size, (unsigned long long)limits->part_bytes);
    }
    if (is_bomb(part, limits)) {
        return lac_fail_remedy(err, LACUNA_E_LIMIT, distrust,
                               "a part unpacks %llu bytes from %llu, as decompression bombs do",
                               (unsigned long long)part->size, (unsigned long long)part->packed);
    }
    if (part->method == LAC_ZIP_STORED && part->size != part->packed) {
        return lac_zip_damaged(err, part, "a part that is not compressed has two different sizes");
    }
    return LACUNA_OK;
}

lacuna_status lac_zip_judge_entry(const lac_part *part, const lac_limits *limits, lacuna_error *err)
{
    enum { LOCKED = LAC_ZIP_FLAG_ENCRYPTED | LAC_ZIP_FLAG_STRONG | LAC_ZIP_FLAG_MASKED };
    const char *fault = lac_name_fault(part->raw, limits->part_name_bytes);
    if (fault == NULL) {
        fault = lac_name_fault(part->path, limits->part_name_bytes);
    }
    if (fault != NULL) {
        return lac_fail_remedy(err, LACUNA_E_FORMAT,
                               "Do not trust the file; a genuine one becomes readable when Word "
                               "saves it again.",
                               "the zip file holds a part whose name %s", fault);
    }
    if ((part->flags & LOCKED) != 0) {
        return lac_fail_remedy(err, LACUNA_E_UNSUPPORTED,
                               "Unpack it with the password and zip it again without one.",
                               "the zip file is encrypted");
    }
    if (part->method != LAC_ZIP_STORED && part->method != LAC_ZIP_DEFLATED) {
        return lac_fail_remedy(err, LACUNA_E_UNSUPPORTED,
                               "Open it in Word and save it again, or zip it with \"deflate\".",
                               "a part is compressed by method %u; only stored and deflated parts "
                               "are read",
                               (unsigned)part->method);
    }
    return judge_sizes(part, limits, err);
}

static lacuna_status judge_total(const lac_part *parts, uint32_t count, const lac_limits *limits,
                                 lacuna_error *err)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!lac_add_u64(&total, total, parts[i].size) || total > limits->package_total_bytes) {
            return lac_fail_remedy(err, LACUNA_E_LIMIT,
                                   "Do not trust the file; if it is genuine, raise the limit.",
                                   "the parts together claim more than the limit of %llu bytes",
                                   (unsigned long long)limits->package_total_bytes);
        }
    }
    return LACUNA_OK;
}

static lacuna_status judge_directory(const lac_zip_end *end, const lac_limits *limits,
                                     lacuna_error *err)
{
    static const char distrust[] = "Do not trust the file; if it is genuine, raise the limit.";
    if (end->entries > limits->package_entries) {
        return lac_fail_remedy(err, LACUNA_E_LIMIT, distrust,
                               "the zip file has %llu entries, more than the limit of %u",
                               (unsigned long long)end->entries, limits->package_entries);
    }
    if (end->size > limits->package_directory_bytes) {
        return lac_fail_remedy(err, LACUNA_E_LIMIT, distrust,
                               "the directory of the zip file has %llu bytes, more than the limit "
                               "of %llu",
                               (unsigned long long)end->size,
                               (unsigned long long)limits->package_directory_bytes);
    }
    return LACUNA_OK;
}

static lacuna_status read_entries(lac_part *parts, uint32_t count, const unsigned char *directory,
                                  size_t size, const lac_limits *limits, lac_arena *arena,
                                  lacuna_error *err)
{
    const unsigned char *at = directory;
    for (uint32_t i = 0; i < count; i++) {
        lacuna_status status = read_entry(&parts[i], &at, directory + size, arena, err);
        if (status != LACUNA_OK) {
            return status;
        }
        parts[i].place = i;
        status = lac_zip_judge_entry(&parts[i], limits, err);
        if (status != LACUNA_OK) {
            lac_error_place(err, lac_name_show(parts[i].raw).text, 0);
            return status;
        }
    }
    if (size - (size_t)(at - directory) >= LAC_ZIP_ENTRY_BYTES && lac_zip_u32(at) == 0x02014B50) {
        return lac_zip_damaged(err, NULL, "its directory holds more entries than it says");
    }
    return judge_total(parts, count, limits, err);
}

lacuna_status lac_zip_entries(lac_part **parts, uint32_t *count, const lac_zip_end *end,
                              const lac_reader *reader, const lac_limits *limits, lac_arena *arena,
                              lacuna_error *err)
{
    *parts = NULL;
    *count = 0;
    lacuna_status status = judge_directory(end, limits, err);
    if (status != LACUNA_OK) {
        return status;
    }
    unsigned char *directory = lac_arena_alloc(arena, (size_t)end->size);
    lac_part *list = lac_arena_array(arena, (size_t)end->entries, sizeof *list);
    if (directory == NULL || list == NULL) {
        return lac_fail_nomem(err);
    }
    status = lac_reader_at(reader, end->base + end->start, directory, (size_t)end->size, err);
    if (status == LACUNA_OK) {
        status = read_entries(list, (uint32_t)end->entries, directory, (size_t)end->size, limits,
                              arena, err);
    }
    if (status == LACUNA_OK) {
        *parts = list;
        *count = (uint32_t)end->entries;
    }
    return status;
}
