/* Zip files that lie: each is refused with a message that names what is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/parsers/make_zip.h"

#include <stdio.h>
#include <zip.h>

static void refuse_with(const made_zip *zip, const lac_limits *limits, lacuna_status status,
                        const char *words)
{
    lacuna_error err;
    lac_package *package;
    assert_int_equal(made_open(&package, zip, limits, &err), status);
    assert_null(package);
    if (strstr(err.message, words) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, words);
    }
    assert_string_not_equal(err.remedy, "");
}

static void refuse(const made_zip *zip, lacuna_status status, const char *words)
{
    refuse_with(zip, &LAC_LIMITS_DEFAULT, status, words);
}

/* Opens, then fails at reading the first part. */
static void refuse_part(const made_zip *zip, lacuna_status status, const char *words)
{
    lacuna_error err;
    lac_package *package;
    char *data;
    size_t length;
    assert_int_equal(made_open(&package, zip, &LAC_LIMITS_DEFAULT, &err), LACUNA_OK);
    assert_int_equal(lac_package_read(&data, &length, package, 0, 1 << 24, &err), status);
    assert_null(data);
    assert_int_equal(length, 0);
    if (strstr(err.message, words) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", err.message, words);
    }
    assert_string_equal(err.place, lac_package_name(package, 0));
    lac_package_close(package);
}

/* A zip of one odd entry behind a sound one. */
static void one_entry(made_zip *zip, made_entry entry)
{
    made_init(zip);
    made_add_stored(zip, "z.xml", "sound");
    made_add(zip, entry);
    made_end(zip);
}

static void check_entry(made_entry entry, lacuna_status status, const char *words)
{
    made_zip zip;
    one_entry(&zip, entry);
    refuse(&zip, status, words);
    made_free(&zip);
}

static made_entry text_entry(const char *name)
{
    return (made_entry){.name = name, .data = "text", .data_length = 4};
}

/* ---- names ---------------------------------------------------------------------------------- */

static void names_that_lead_elsewhere_are_refused(void **state)
{
    (void)state;
    static const char *const names[] = {"../x", "a/../x",  "/abs", "..",       "C:/x",
                                        "a\\b", "..\\x",   "a//b", "./a",      "a/./b",
                                        "a\nb", "\x1b[2J", "a/..", "\\\\x\\y", "a/../"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        check_entry(text_entry(names[i]), LACUNA_E_FORMAT, "whose name");
    }
}

static void name_with_nul_is_refused(void **state)
{
    (void)state;
    made_entry entry = text_entry("word/document.xml\0.exe");
    entry.name_length = 22;
    check_entry(entry, LACUNA_E_FORMAT, "control character");
}

static void empty_and_overlong_names_are_refused(void **state)
{
    (void)state;
    char name[1100];
    memset(name, 'n', sizeof name);
    name[sizeof name - 1] = '\0';
    check_entry(text_entry(name), LACUNA_E_FORMAT, "too long");
    check_entry(text_entry(""), LACUNA_E_FORMAT, "is empty");
}

static void name_spelled_out_is_judged_too(void **state)
{
    (void)state;
    static const char up[] = "up\x09\x00\x01\x00\x00\x00\x00../x";
    made_entry entry = text_entry("\x82.xml");
    entry.extra = up;
    entry.extra_length = sizeof up - 1;
    check_entry(entry, LACUNA_E_FORMAT, "leads out of the package");
}

static void second_name_for_a_part_is_refused(void **state)
{
    (void)state;
    static const char other[] = "up\x0a\x00\x01\x00\x00\x00\x00"
                                "b.xml";
    made_entry entry = text_entry("a.xml");
    entry.extra = other;
    entry.extra_length = sizeof other - 1;
    check_entry(entry, LACUNA_E_FORMAT, "two names");
}

static void duplicate_names_are_refused_whatever_their_case(void **state)
{
    (void)state;
    static const char *const second[] = {"word/document.xml", "Word/Document.XML"};
    for (size_t i = 0; i < 2; i++) {
        made_zip zip;
        made_init(&zip);
        made_add_stored(&zip, "word/document.xml", "<shown/>");
        made_add_stored(&zip, "a.xml", "between");
        made_add_stored(&zip, second[i], "<submitted/>");
        made_end(&zip);
        refuse(&zip, LACUNA_E_FORMAT, "same name");
        made_free(&zip);
    }
}

/* ---- sizes ---------------------------------------------------------------------------------- */

static void deflated(lac_buf *packed, const char *plain, size_t length)
{
    lac_buf_init(packed, (size_t)1 << 24);
    made_deflate_stored(packed, plain, length);
}

static void check_lie(uint32_t lie_size, const char *words)
{
    made_zip zip;
    lac_buf packed;
    deflated(&packed, "what it really holds", 20);
    made_init(&zip);
    made_add(&zip, (made_entry){.name = "a.xml",
                                .method = 8,
                                .data = packed.data,
                                .data_length = packed.len,
                                .plain = "what it really holds",
                                .plain_length = 20,
                                .lie_size = lie_size});
    made_end(&zip);
    refuse_part(&zip, LACUNA_E_FORMAT, words);
    lac_buf_free(&packed);
    made_free(&zip);
}

static void part_larger_than_it_says_is_refused(void **state)
{
    (void)state;
    check_lie((uint32_t)-10, "more bytes");
    check_lie((uint32_t)-20, "more bytes");
}

static void part_smaller_than_it_says_is_refused(void **state)
{
    (void)state;
    lacuna_error err;
    lac_package *package;
    made_zip zip;
    lac_buf packed;
    char *data;
    size_t length;
    deflated(&packed, "short", 5);
    made_init(&zip);
    made_add(&zip, (made_entry){.name = "a.xml",
                                .method = 8,
                                .data = packed.data,
                                .data_length = packed.len,
                                .plain = "short",
                                .plain_length = 5,
                                .lie_size = 7});
    made_end(&zip);
    assert_int_equal(made_open(&package, &zip, &LAC_LIMITS_DEFAULT, &err), LACUNA_OK);
    assert_int_equal(lac_package_read(&data, &length, package, 0, 1 << 20, &err), LACUNA_E_FORMAT);
    lac_package_close(package);
    lac_buf_free(&packed);
    made_free(&zip);
}

static void stored_part_with_two_sizes_is_refused(void **state)
{
    (void)state;
    made_entry entry = text_entry("a.xml");
    entry.lie_size = 1;
    check_entry(entry, LACUNA_E_FORMAT, "two different sizes");
}

static void wrong_checksum_is_refused(void **state)
{
    (void)state;
    made_zip zip;
    made_entry entry = text_entry("a.xml");
    entry.lie_crc = 1;
    one_entry(&zip, entry);
    refuse_part(&zip, LACUNA_E_FORMAT, "checksum");
    made_free(&zip);
}

static void broken_deflate_data_is_refused(void **state)
{
    (void)state;
    made_zip zip;
    made_entry entry = {.name = "a.xml",
                        .method = 8,
                        .data = "\x07\xFF\xFF\xFF",
                        .data_length = 4,
                        .plain = "text",
                        .plain_length = 4};
    one_entry(&zip, entry);
    refuse_part(&zip, LACUNA_E_FORMAT, "compressed data");
    made_free(&zip);
}

/* A real bomb, made by a real compressor: zeros shrink about 1,030 to 1. */
static void decompression_bomb_is_refused_before_it_unpacks(void **state)
{
    (void)state;
    enum { SIZE = 4 << 20 };
    char *zeros = calloc(1, SIZE);
    assert_non_null(zeros);
    zip_error_t error;
    zip_source_t *buffer = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(buffer);
    zip_t *writer = zip_open_from_source(buffer, ZIP_CREATE, &error);
    zip_source_t *content = zip_source_buffer(writer, zeros, SIZE, 0);
    zip_int64_t index = zip_file_add(writer, "word/document.xml", content, 0);
    assert_int_equal(index, 0);
    assert_int_equal(zip_set_file_compression(writer, 0, ZIP_CM_DEFLATE, 9), 0);
    assert_int_equal(zip_close(writer), 0);
    made_zip zip;
    made_init(&zip);
    assert_int_equal(zip_source_open(buffer), 0);
    zip_int64_t got = zip_source_read(buffer, zeros, SIZE);
    assert_true(got > 0 && got < SIZE / 900);
    assert_int_equal(lac_buf_append(&zip.bytes, zeros, (size_t)got), LACUNA_OK);
    zip_source_close(buffer);
    zip_source_free(buffer);
    free(zeros);
    refuse(&zip, LACUNA_E_LIMIT, "decompression bombs");

    /* Below the floor nothing is said about ratios. */
    lac_limits limits = LAC_LIMITS_DEFAULT;
    limits.ratio_floor_bytes = SIZE + 1;
    lacuna_error err;
    lac_package *package;
    assert_int_equal(made_open(&package, &zip, &limits, &err), LACUNA_OK);
    lac_package_close(package);
    made_free(&zip);
}

static void budget_holds_for_part_total_file_and_directory(void **state)
{
    (void)state;
    made_zip zip;
    lac_limits limits;
    made_init(&zip);
    made_add_stored(&zip, "a.xml", "0123456789");
    made_add_stored(&zip, "b.xml", "0123456789");
    made_end(&zip);
    limits = LAC_LIMITS_DEFAULT;
    limits.part_bytes = 9;
    refuse_with(&zip, &limits, LACUNA_E_LIMIT, "a part claims 10 bytes");
    limits = LAC_LIMITS_DEFAULT;
    limits.package_total_bytes = 19;
    refuse_with(&zip, &limits, LACUNA_E_LIMIT, "together");
    limits = LAC_LIMITS_DEFAULT;
    limits.package_file_bytes = 50;
    refuse_with(&zip, &limits, LACUNA_E_LIMIT, "more than the limit of 50");
    limits = LAC_LIMITS_DEFAULT;
    limits.package_directory_bytes = 60;
    refuse_with(&zip, &limits, LACUNA_E_LIMIT, "directory");
    limits = LAC_LIMITS_DEFAULT;
    limits.package_entries = 1;
    refuse_with(&zip, &limits, LACUNA_E_LIMIT, "2 entries");
    made_free(&zip);
}

static void read_keeps_the_callers_maximum(void **state)
{
    (void)state;
    made_zip zip;
    lacuna_error err;
    lac_package *package;
    char *data;
    size_t length;
    one_entry(&zip, text_entry("a.xml"));
    assert_int_equal(made_open(&package, &zip, &LAC_LIMITS_DEFAULT, &err), LACUNA_OK);
    assert_int_equal(lac_package_read(&data, &length, package, 0, 3, &err), LACUNA_E_LIMIT);
    assert_null(data);
    assert_int_equal(lac_package_read(&data, &length, package, 0, 4, &err), LACUNA_OK);
    free(data);
    lac_package_close(package);
    made_free(&zip);
}

static void ten_thousand_entries_are_refused(void **state)
{
    (void)state;
    made_zip zip;
    char name[32];
    made_init(&zip);
    for (int i = 0; i < 10000; i++) {
        (void)snprintf(name, sizeof name, "e%d.xml", i);
        made_add_stored(&zip, name, "x");
    }
    made_end(&zip);
    refuse(&zip, LACUNA_E_LIMIT, "10000 entries");
    made_free(&zip);
}

/* ---- places --------------------------------------------------------------------------------- */

static void full_overlap_is_refused(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    uint32_t offset = made_add_stored(&zip, "a.xml", "kernel");
    made_add(&zip, (made_entry){.name = "b.xml",
                                .data = "kernel",
                                .data_length = 6,
                                .at_other = (int32_t)offset + 1});
    made_end(&zip);
    refuse(&zip, LACUNA_E_FORMAT, "another name");
    made_free(&zip);

    made_init(&zip);
    offset = made_add_stored(&zip, "a/", "");
    made_add(&zip, (made_entry){.name = "a/", .data = "", .at_other = (int32_t)offset + 1});
    made_end(&zip);
    refuse(&zip, LACUNA_E_FORMAT, "share the same bytes");
    made_free(&zip);
}

/* The local header of b stands inside the data of a, quoted by a stored deflate block. */
static void quoted_overlap_is_refused(void **state)
{
    (void)state;
    made_zip inner;
    made_zip zip;
    made_init(&inner);
    made_add_stored(&inner, "b.xml", "the kernel of the bomb");
    lac_buf packed;
    deflated(&packed, inner.bytes.data, inner.bytes.len);
    made_init(&zip);
    made_add(&zip, (made_entry){.name = "a.xml",
                                .method = 8,
                                .data = packed.data,
                                .data_length = packed.len,
                                .plain = inner.bytes.data,
                                .plain_length = inner.bytes.len});
    /* 30 bytes and 5 of a name, then 5 of the block header. */
    made_add(&zip, (made_entry){.name = "b.xml",
                                .data = "the kernel of the bomb",
                                .data_length = 22,
                                .at_other = 40 + 1});
    made_end(&zip);
    refuse(&zip, LACUNA_E_FORMAT, "share the same bytes");
    lac_buf_free(&packed);
    made_free(&zip);
    made_free(&inner);
}

/* Some writers count the data descriptor, or a few bytes of it, as data. */
static void overlap_of_a_few_bytes_is_tolerated(void **state)
{
    (void)state;
    static const uint32_t extra[] = {16, 29, 30};
    for (size_t i = 0; i < 3; i++) {
        made_zip zip;
        lacuna_error err;
        lac_package *package;
        lac_buf packed;
        deflated(&packed, "text", 4);
        made_init(&zip);
        made_add(&zip, (made_entry){.name = "a.xml",
                                    .method = 8,
                                    .data = packed.data,
                                    .data_length = packed.len,
                                    .plain = "text",
                                    .plain_length = 4,
                                    .lie_packed = extra[i]});
        made_add_stored(&zip, "b.xml", "text");
        made_end(&zip);
        lacuna_status status = made_open(&package, &zip, &LAC_LIMITS_DEFAULT, &err);
        assert_int_equal(status, extra[i] < 30 ? LACUNA_OK : LACUNA_E_FORMAT);
        lac_package_close(package);
        lac_buf_free(&packed);
        made_free(&zip);
    }
}

static void parts_outside_the_file_are_refused(void **state)
{
    (void)state;
    made_entry entry = text_entry("a.xml");
    entry.at_other = 100000;
    check_entry(entry, LACUNA_E_FORMAT, "outside the file");
    entry.at_other = 4;
    check_entry(entry, LACUNA_E_FORMAT, "not where its directory says");
    entry = text_entry("a.xml");
    entry.lie_packed = 5000;
    entry.lie_size = 5000;
    check_entry(entry, LACUNA_E_FORMAT, "cut off");
}

static void local_header_must_agree_with_the_directory(void **state)
{
    (void)state;
    made_entry entry = text_entry("a.xml");
    entry.local_name = "b.xml";
    check_entry(entry, LACUNA_E_FORMAT, "another name");
    entry = text_entry("a.xml");
    entry.local_method = 8;
    check_entry(entry, LACUNA_E_FORMAT, "in another way");
    entry = text_entry("a.xml");
    entry.lie_local_size = 1;
    check_entry(entry, LACUNA_E_FORMAT, "another size");
}

/* ---- kinds ---------------------------------------------------------------------------------- */

static void encrypted_parts_are_refused(void **state)
{
    (void)state;
    static const uint16_t flags[] = {1, 1 | 1 << 6, 1 << 13};
    for (size_t i = 0; i < 3; i++) {
        made_entry entry = text_entry("a.xml");
        entry.flags = flags[i];
        check_entry(entry, LACUNA_E_UNSUPPORTED, "encrypted");
    }
}

static void other_methods_are_refused(void **state)
{
    (void)state;
    static const uint16_t methods[] = {1, 9, 12, 14, 93, 95, 99, 0xFFFF};
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        made_entry entry = text_entry("a.xml");
        entry.method = methods[i];
        check_entry(entry, LACUNA_E_UNSUPPORTED, "method");
    }
}

static void pieces_of_a_split_zip_are_refused(void **state)
{
    (void)state;
    made_zip zip;
    one_entry(&zip, text_entry("a.xml"));
    zip.bytes.data[zip.bytes.len - 18] = 2; /* number of this disk */
    refuse(&zip, LACUNA_E_FORMAT, "split over several files");
    made_free(&zip);
}

/* ---- the directory -------------------------------------------------------------------------- */

static void directory_that_miscounts_is_refused(void **state)
{
    (void)state;
    for (uint32_t count = 1; count <= 3; count += 2) {
        made_zip zip;
        made_init(&zip);
        made_add_stored(&zip, "a.xml", "one");
        made_add_stored(&zip, "b.xml", "two");
        made_end_as(&zip, count, (uint32_t)zip.bytes.len, "");
        refuse(&zip, LACUNA_E_FORMAT, "directory");
        made_free(&zip);
    }
}

static void directory_beyond_the_end_is_refused(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    made_add_stored(&zip, "a.xml", "one");
    made_end_as(&zip, 1, 1000000, "");
    refuse(&zip, LACUNA_E_FORMAT, "beyond the end");
    made_free(&zip);
}

static void sound_zip(made_zip *zip)
{
    lac_buf packed;
    deflated(&packed, "deflated text", 13);
    made_init(zip);
    made_add_stored(zip, "[Content_Types].xml", "<Types/>");
    made_add(zip, (made_entry){.name = "word/document.xml",
                               .method = 8,
                               .data = packed.data,
                               .data_length = packed.len,
                               .plain = "deflated text",
                               .plain_length = 13,
                               .descriptor = true});
    made_add(zip, (made_entry){.name = "a.xml", .data = "wide", .data_length = 4, .wide = true});
    made_end64(zip);
    lac_buf_free(&packed);
}

static lacuna_status drop(void *user, const char *data, size_t length, lacuna_error *err)
{
    (void)data;
    (void)err;
    *(uint64_t *)user += length;
    return LACUNA_OK;
}

/* Opens and reads everything; the number of parts read, or -1. */
static int read_all(const made_zip *zip)
{
    lacuna_error err;
    lac_package *package;
    int parts = -1;
    lacuna_status status = made_open(&package, zip, &LAC_LIMITS_DEFAULT, &err);
    if (status == LACUNA_OK) {
        uint64_t total = 0;
        parts = 0;
        for (uint32_t i = 0; i < lac_package_count(package); i++) {
            status = lac_package_stream(package, i, drop, &total, &err);
            parts += status == LACUNA_OK;
        }
    }
    if (status != LACUNA_OK) {
        assert_string_not_equal(err.message, "");
        assert_int_equal(err.status, status);
    }
    lac_package_close(package);
    return parts;
}

static void file_cut_anywhere_is_refused(void **state)
{
    (void)state;
    made_zip zip;
    sound_zip(&zip);
    assert_int_equal(read_all(&zip), 3);
    size_t whole = zip.bytes.len;
    for (zip.bytes.len = 0; zip.bytes.len < whole; zip.bytes.len++) {
        assert_int_equal(read_all(&zip), -1);
    }
    zip.bytes.len = whole / 2;
    refuse(&zip, LACUNA_E_FORMAT, "cut off");
    made_free(&zip);
}

static void any_flipped_bit_is_survived(void **state)
{
    (void)state;
    made_zip zip;
    sound_zip(&zip);
    for (size_t i = 0; i < zip.bytes.len; i++) {
        for (int bit = 0; bit < 8; bit++) {
            zip.bytes.data[i] = (char)(zip.bytes.data[i] ^ (1 << bit));
            assert_in_range(read_all(&zip) + 1, 0, 4);
            zip.bytes.data[i] = (char)(zip.bytes.data[i] ^ (1 << bit));
        }
    }
    made_free(&zip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_lead_elsewhere_are_refused),
        cmocka_unit_test(name_with_nul_is_refused),
        cmocka_unit_test(empty_and_overlong_names_are_refused),
        cmocka_unit_test(name_spelled_out_is_judged_too),
        cmocka_unit_test(second_name_for_a_part_is_refused),
        cmocka_unit_test(duplicate_names_are_refused_whatever_their_case),
        cmocka_unit_test(part_larger_than_it_says_is_refused),
        cmocka_unit_test(part_smaller_than_it_says_is_refused),
        cmocka_unit_test(stored_part_with_two_sizes_is_refused),
        cmocka_unit_test(wrong_checksum_is_refused),
        cmocka_unit_test(broken_deflate_data_is_refused),
        cmocka_unit_test(decompression_bomb_is_refused_before_it_unpacks),
        cmocka_unit_test(budget_holds_for_part_total_file_and_directory),
        cmocka_unit_test(read_keeps_the_callers_maximum),
        cmocka_unit_test(ten_thousand_entries_are_refused),
        cmocka_unit_test(full_overlap_is_refused),
        cmocka_unit_test(quoted_overlap_is_refused),
        cmocka_unit_test(overlap_of_a_few_bytes_is_tolerated),
        cmocka_unit_test(parts_outside_the_file_are_refused),
        cmocka_unit_test(local_header_must_agree_with_the_directory),
        cmocka_unit_test(encrypted_parts_are_refused),
        cmocka_unit_test(other_methods_are_refused),
        cmocka_unit_test(pieces_of_a_split_zip_are_refused),
        cmocka_unit_test(directory_that_miscounts_is_refused),
        cmocka_unit_test(directory_beyond_the_end_is_refused),
        cmocka_unit_test(file_cut_anywhere_is_refused),
        cmocka_unit_test(any_flipped_bit_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
