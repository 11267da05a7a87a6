/*
 * Opens, lists and reads a package from any bytes, with small limits.
 * Byte 0: bit 0 callback instead of memory, bits 1..2 budget, bit 3 sink that stops.
 */
#include "parsers/package/package.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

enum { CALLBACK = 1, BUDGET_SHIFT = 1, STOPPING = 8 };

typedef struct counter {
    uint64_t bytes;
    uint64_t stop_at;
} counter;

static int64_t read_at(void *user, uint64_t offset, void *data, size_t length)
{
    const lac_span *bytes = user;
    size_t left = bytes->len - (size_t)offset;
    size_t n = length < left ? length : left;
    n = n > 1000 ? 1000 : n;
    memcpy(data, bytes->ptr + offset, n);
    return (int64_t)n;
}

static lacuna_status count(void *user, const char *data, size_t length, lacuna_error *err)
{
    counter *c = user;
    (void)err;
    FUZZ_EXPECT(length > 0 && length <= 64 * 1024 && data != NULL);
    c->bytes += length;
    return c->bytes > c->stop_at ? LACUNA_E_CANCELLED : LACUNA_OK;
}

static lac_limits small_limits(uint8_t options)
{
    lac_limits limits = LAC_LIMITS_DEFAULT;
    uint64_t scale = (uint64_t)1 << (8 + 4 * (options >> BUDGET_SHIFT & 3));
    limits.package_entries = 64;
    limits.package_file_bytes = 1 << 20;
    limits.part_bytes = scale;
    limits.package_total_bytes = 4 * scale;
    limits.ratio_floor_bytes = 4096;
    return limits;
}

static void read_parts(lac_package *package, const lac_limits *limits, uint8_t options)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < lac_package_count(package); i++) {
        lacuna_error err = {0};
        counter c = {0, (options & STOPPING) != 0 ? 100 : UINT64_MAX};
        FUZZ_EXPECT(lac_package_find(package, lac_package_name(package, i)) == i);
        lacuna_status status = lac_package_stream(package, i, count, &c, &err);
        FUZZ_EXPECT(status != LACUNA_OK || c.bytes == lac_package_size(package, i));
        FUZZ_EXPECT(status == LACUNA_OK || status == LACUNA_E_CANCELLED || err.message[0] != '\0');
        FUZZ_EXPECT(c.bytes <= limits->part_bytes);
        total += c.bytes;
    }
    FUZZ_EXPECT(total <= limits->package_total_bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1) {
        return 0;
    }
    uint8_t options = data[0];
    lac_span bytes = {(const char *)data + 1, size - 1};
    lac_source source = {.kind = LAC_SOURCE_MEMORY, .path = "input.docx", .memory = bytes};
    if ((options & CALLBACK) != 0) {
        source = (lac_source){.kind = LAC_SOURCE_CALLBACK,
                              .path = "input.docx",
                              .read_at = read_at,
                              .user = &bytes,
                              .size = bytes.len};
    }
    lac_limits limits = small_limits(options);
    lacuna_error err = {0};
    lac_kind kind;
    lac_package *package;
    FUZZ_EXPECT(lac_sniff(&kind, &source, &err) == LACUNA_OK);
    lacuna_status status = lac_package_open(&package, &source, &limits, &err);
    FUZZ_EXPECT((status == LACUNA_OK) == (package != NULL));
    FUZZ_EXPECT(status == LACUNA_OK || err.message[0] != '\0');
    if (package != NULL) {
        read_parts(package, &limits, options);
    }
    lac_package_close(package);
    return 0;
}
