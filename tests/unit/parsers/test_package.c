/* Packages as honest programs write them: zip files of all dialects, folders, callbacks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/parsers/make_zip.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

static void expect_part(lac_package *package, const char *name, const char *text)
{
    lacuna_error err = {0};
    char *data;
    size_t length;
    uint32_t index = lac_package_find(package, name);
    assert_int_not_equal(index, LAC_PART_NONE);
    assert_int_equal(lac_package_read(&data, &length, package, index, 1 << 20, &err), LACUNA_OK);
    assert_int_equal(length, strlen(text));
    assert_memory_equal(data, text, length);
    assert_int_equal(lac_package_size(package, index), length);
    free(data);
}

static void small_zip(made_zip *zip)
{
    made_init(zip);
    made_add_stored(zip, "word/document.xml", "<document/>");
    made_add_stored(zip, "[Content_Types].xml", "<Types/>");
    made_add_stored(zip, "word/", "");
    made_add_stored(zip, "_rels/.rels", "<Relationships/>");
}

static void expect_small(const lac_source *source)
{
    lacuna_error err = {0};
    lac_package *package;
    assert_int_equal(lac_package_open(&package, source, &LAC_LIMITS_DEFAULT, &err), LACUNA_OK);
    assert_int_equal(lac_package_count(package), 3);
    assert_string_equal(lac_package_name(package, 0), "[Content_Types].xml");
    assert_string_equal(lac_package_name(package, 1), "_rels/.rels");
    assert_string_equal(lac_package_name(package, 2), "word/document.xml");
    assert_null(lac_package_name(package, 3));
    expect_part(package, "word/document.xml", "<document/>");
    expect_part(package, "WORD/Document.XML", "<document/>");
    expect_part(package, "_rels/.rels", "<Relationships/>");
    assert_int_equal(lac_package_find(package, "word/"), LAC_PART_NONE);
    assert_int_equal(lac_package_find(package, "word/document.xm"), LAC_PART_NONE);
    lac_package_close(package);
}

static void memory_is_read(void **state)
{
    (void)state;
    made_zip zip;
    small_zip(&zip);
    made_end(&zip);
    lac_source source = made_source(&zip);
    expect_small(&source);
    made_free(&zip);
}

static void write_file(const char *path, lac_span bytes)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

static void file_is_read(void **state)
{
    (void)state;
    made_zip zip;
    char path[] = "/tmp/lacuna-package-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    close(descriptor);
    small_zip(&zip);
    made_end(&zip);
    write_file(path, lac_buf_span(&zip.bytes));
    lac_source source = {.kind = LAC_SOURCE_PATH, .path = path};
    expect_small(&source);
    unlink(path);
    made_free(&zip);
}

typedef struct host {
    lac_span bytes;
    int calls_left; /* then it fails */
    size_t most;    /* bytes a call hands out */
} host;

static int64_t host_read(void *user, uint64_t offset, void *data, size_t length)
{
    host *h = user;
    if (h->calls_left-- <= 0) {
        return -1;
    }
    size_t left = h->bytes.len - (size_t)offset;
    size_t n = length < left ? length : left;
    n = n < h->most ? n : h->most;
    memcpy(data, h->bytes.ptr + offset, n);
    return (int64_t)n;
}

static void callback_is_read_even_in_small_pieces(void **state)
{
    (void)state;
    made_zip zip;
    small_zip(&zip);
    made_end(&zip);
    host h = {lac_buf_span(&zip.bytes), 1 << 20, 7};
    lac_source source = {
        .kind = LAC_SOURCE_CALLBACK, .read_at = host_read, .user = &h, .size = h.bytes.len};
    expect_small(&source);
    made_free(&zip);
}

static void callback_that_fails_is_an_input_error_at_every_call(void **state)
{
    (void)state;
    made_zip zip;
    small_zip(&zip);
    made_end(&zip);
    bool opened = false;
    for (int calls = 0; calls < 1000 && !opened; calls++) {
        lacuna_error err = {0};
        lac_package *package;
        host h = {lac_buf_span(&zip.bytes), calls, 1 << 20};
        lac_source source = {
            .kind = LAC_SOURCE_CALLBACK, .read_at = host_read, .user = &h, .size = h.bytes.len};
        lacuna_status status = lac_package_open(&package, &source, &LAC_LIMITS_DEFAULT, &err);
        opened = status == LACUNA_OK;
        assert_true(opened || status == LACUNA_E_IO);
        assert_true(opened == (package != NULL));
        lac_package_close(package);
    }
    assert_true(opened);
    made_free(&zip);
}

static void open_made(lac_package **package, const made_zip *zip)
{
    lacuna_error err;
    lacuna_status status = made_open(package, zip, &LAC_LIMITS_DEFAULT, &err);
    if (status != LACUNA_OK) {
        fail_msg("%s", err.message);
    }
}

static void deflated_parts_of_another_writer_are_read(void **state)
{
    (void)state;
    size_t length = 300000;
    char *text = malloc(length + 1);
    assert_non_null(text);
    for (size_t i = 0; i < length; i++) {
        text[i] = (char)('a' + i * i % 23);
    }
    text[length] = '\0';
    zip_error_t error;
    zip_source_t *buffer = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(buffer);
    zip_t *writer = zip_open_from_source(buffer, ZIP_CREATE, &error);
    assert_non_null(writer);
    zip_source_t *content = zip_source_buffer(writer, text, length, 0);
    assert_true(zip_file_add(writer, "word/document.xml", content, ZIP_FL_ENC_UTF_8) >= 0);
    assert_int_equal(zip_close(writer), 0);
    assert_int_equal(zip_source_open(buffer), 0);
    char *bytes = malloc(length);
    zip_int64_t size = zip_source_read(buffer, bytes, length);
    assert_true(size > 0 && (size_t)size < length / 2);
    zip_source_close(buffer);
    zip_source_free(buffer);

    lacuna_error err = {0};
    lac_package *package;
    lac_source source = {.kind = LAC_SOURCE_MEMORY, .memory = lac_span_make(bytes, (size_t)size)};
    assert_int_equal(lac_package_open(&package, &source, &LAC_LIMITS_DEFAULT, &err), LACUNA_OK);
    expect_part(package, "word/document.xml", text);
    lac_package_close(package);
    free(bytes);
    free(text);
}

static void data_descriptors_are_read(void **state)
{
    (void)state;
    made_zip zip;
    lac_package *package;
    lac_buf packed;
    lac_buf_init(&packed, 1 << 20);
    made_deflate_stored(&packed, "streamed", 8);
    made_init(&zip);
    made_add(&zip, (made_entry){.name = "a.xml",
                                .method = 8,
                                .data = packed.data,
                                .data_length = packed.len,
                                .plain = "streamed",
                                .plain_length = 8,
                                .descriptor = true});
    made_add(&zip,
             (made_entry){.name = "b.xml", .data = "next", .data_length = 4, .descriptor = true});
    made_end(&zip);
    open_made(&package, &zip);
    expect_part(package, "a.xml", "streamed");
    expect_part(package, "b.xml", "next");
    lac_package_close(package);
    lac_buf_free(&packed);
    made_free(&zip);
}

static void zip64_is_read(void **state)
{
    (void)state;
    made_zip zip;
    lac_package *package;
    made_init(&zip);
    made_add_stored(&zip, "first.xml", "one");
    made_add(&zip,
             (made_entry){.name = "second.xml", .data = "two", .data_length = 3, .wide = true});
    made_end64(&zip);
    open_made(&package, &zip);
    expect_part(package, "first.xml", "one");
    expect_part(package, "second.xml", "two");
    lac_package_close(package);
    made_free(&zip);
}

static void bytes_in_front_are_skipped(void **state)
{
    (void)state;
    made_zip zip;
    lac_package *package;
    small_zip(&zip);
    made_end(&zip);
    lac_buf with_junk;
    lac_buf_init(&with_junk, 1 << 20);
    assert_int_equal(lac_buf_append_text(&with_junk, "#!/bin/sh\nexit 1\n"), LACUNA_OK);
    assert_int_equal(lac_buf_append_span(&with_junk, lac_buf_span(&zip.bytes)), LACUNA_OK);
    lac_source source = {.kind = LAC_SOURCE_MEMORY, .memory = lac_buf_span(&with_junk)};
    expect_small(&source);
    lac_buf_free(&with_junk);
    made_free(&zip);

    /* The same where the offsets count the bytes in front. */
    made_init(&zip);
    assert_int_equal(lac_buf_append_text(&zip.bytes, "0123456789"), LACUNA_OK);
    made_add_stored(&zip, "a.xml", "text");
    made_end(&zip);
    open_made(&package, &zip);
    expect_part(package, "a.xml", "text");
    lac_package_close(package);
    made_free(&zip);
}

static void comment_may_look_like_an_end_record(void **state)
{
    (void)state;
    made_zip zip;
    lac_package *package;
    made_init(&zip);
    made_add_stored(&zip, "a.xml", "text");
    made_end_as(&zip, 1, (uint32_t)zip.bytes.len,
                "a comment with PK\5\6 inside, long enough for it");
    open_made(&package, &zip);
    expect_part(package, "a.xml", "text");
    lac_package_close(package);
    made_free(&zip);
}

static void empty_zip_has_no_parts(void **state)
{
    (void)state;
    made_zip zip;
    lac_package *package;
    made_init(&zip);
    made_end(&zip);
    open_made(&package, &zip);
    assert_int_equal(lac_package_count(package), 0);
    assert_int_equal(lac_package_find(package, "a"), LAC_PART_NONE);
    lac_package_close(package);
    made_free(&zip);
}

static void names_of_other_code_pages_are_spelled_out(void **state)
{
    (void)state;
    /* Version, CRC of the raw name, the name in UTF-8. */
    static const char unicode[] = "up\x0a\x00\x01\x00\x00\x00\x00\xC3\xA9"
                                  "b.x";
    made_zip zip;
    lac_package *package;
    made_init(&zip);
    made_add_stored(&zip, "\x81.xml", "cp437");
    made_add(&zip, (made_entry){.name = "\x82\x82.x",
                                .data = "field",
                                .data_length = 5,
                                .extra = unicode,
                                .extra_length = sizeof unicode - 1});
    made_add(&zip, (made_entry){
                       .name = "\xC3\xA4.xml", .data = "utf8", .data_length = 4, .flags = 1 << 11});
    made_end(&zip);
    open_made(&package, &zip);
    expect_part(package, "\xC3\xBC.xml", "cp437");
    expect_part(package, "\xC3\xA4.xml", "utf8");
    expect_part(package,
                "\xC3\xA9"
                "b.x",
                "field");
    lac_package_close(package);
    made_free(&zip);
}

static lacuna_status stop_at_once(void *user, const char *data, size_t length, lacuna_error *err)
{
    (void)data;
    (void)length;
    (void)err;
    ++*(int *)user;
    return LACUNA_E_CANCELLED;
}

static void sink_can_stop_the_reading(void **state)
{
    (void)state;
    made_zip zip;
    lac_package *package;
    lacuna_error err = {0};
    int calls = 0;
    small_zip(&zip);
    made_end(&zip);
    open_made(&package, &zip);
    assert_int_equal(lac_package_stream(package, 0, stop_at_once, &calls, &err),
                     LACUNA_E_CANCELLED);
    assert_int_equal(calls, 1);
    assert_int_equal(lac_package_stream(package, 99, stop_at_once, &calls, &err),
                     LACUNA_E_ARGUMENT);
    lac_package_close(package);
    made_free(&zip);
}

/* ---- folders -------------------------------------------------------------------------------- */

typedef struct folder {
    char root[64];
} folder;

static void make_folder(folder *f)
{
    char path[128];
    (void)snprintf(f->root, sizeof f->root, "/tmp/lacuna-folder-XXXXXX");
    assert_non_null(mkdtemp(f->root));
    (void)snprintf(path, sizeof path, "%s/word", f->root);
    assert_int_equal(mkdir(path, 0700), 0);
    (void)snprintf(path, sizeof path, "%s/word/document.xml", f->root);
    write_file(path, lac_span_of("<document/>"));
    (void)snprintf(path, sizeof path, "%s/[Content_Types].xml", f->root);
    write_file(path, lac_span_of("<Types/>"));
    (void)snprintf(path, sizeof path, "%s/word/outside", f->root);
    assert_int_equal(symlink("/etc/passwd", path), 0);
    (void)snprintf(path, sizeof path, "%s/up", f->root);
    assert_int_equal(symlink("..", path), 0);
    (void)snprintf(path, sizeof path, "%s/pipe", f->root);
    assert_int_equal(mkfifo(path, 0600), 0);
}

static void drop_folder(const folder *f)
{
    static const char *const names[] = {
        "word/document.xml", "word/outside", "word", "[Content_Types].xml", "up", "pipe", "."};
    char path[128];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", f->root, names[i]);
        (void)remove(path);
    }
    (void)rmdir(f->root);
}

static void folder_lists_regular_files_only(void **state)
{
    (void)state;
    folder f;
    lac_package *package;
    lacuna_error err = {0};
    make_folder(&f);
    lac_source source = {.kind = LAC_SOURCE_PATH, .path = f.root};
    assert_int_equal(lac_package_open(&package, &source, &LAC_LIMITS_DEFAULT, &err), LACUNA_OK);
    assert_int_equal(lac_package_count(package), 2);
    expect_part(package, "word/document.xml", "<document/>");
    expect_part(package, "[content_types].XML", "<Types/>");
    lac_package_close(package);
    drop_folder(&f);
}

static void folder_part_that_became_a_link_is_not_followed(void **state)
{
    (void)state;
    folder f;
    lac_package *package;
    lacuna_error err = {0};
    char path[128];
    char *data;
    size_t length;
    make_folder(&f);
    lac_source source = {.kind = LAC_SOURCE_PATH, .path = f.root};
    assert_int_equal(lac_package_open(&package, &source, &LAC_LIMITS_DEFAULT, &err), LACUNA_OK);
    (void)snprintf(path, sizeof path, "%s/word/document.xml", f.root);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(symlink("/etc/passwd", path), 0);
    uint32_t index = lac_package_find(package, "word/document.xml");
    assert_int_equal(lac_package_read(&data, &length, package, index, 1 << 20, &err), LACUNA_E_IO);
    assert_null(data);
    assert_string_equal(err.place, "word/document.xml");
    lac_package_close(package);
    drop_folder(&f);
}

static void folder_keeps_the_budget(void **state)
{
    (void)state;
    folder f;
    lac_package *package;
    lacuna_error err = {0};
    lac_limits limits = LAC_LIMITS_DEFAULT;
    char *data;
    size_t length;
    make_folder(&f);
    lac_source source = {.kind = LAC_SOURCE_PATH, .path = f.root};
    limits.package_entries = 1;
    assert_int_equal(lac_package_open(&package, &source, &limits, &err), LACUNA_E_LIMIT);
    limits = LAC_LIMITS_DEFAULT;
    limits.part_bytes = 10;
    assert_int_equal(lac_package_open(&package, &source, &limits, &err), LACUNA_OK);
    assert_int_equal(lac_package_read(&data, &length, package, 0, 1 << 20, &err), LACUNA_OK);
    free(data);
    assert_int_equal(lac_package_read(&data, &length, package, 1, 1 << 20, &err), LACUNA_E_LIMIT);
    lac_package_close(package);
    drop_folder(&f);
}

static void make_file(const folder *f, const char *name)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", f->root, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
}

static void remove_file(const folder *f, const char *name)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/%s", f->root, name);
    assert_int_equal(remove(path), 0);
}

static void folder_tells_what_it_cannot_list(void **state)
{
    (void)state;
    folder f;
    lac_package *package;
    lacuna_error err = {0};
    lac_limits limits = LAC_LIMITS_DEFAULT;
    make_folder(&f);
    make_file(&f, "word/caf\xE9.xml");
    make_file(&f, "a-name-that-is-long.xml");
    limits.part_name_bytes = 20;
    lac_source source = {.kind = LAC_SOURCE_PATH, .path = f.root};
    assert_int_equal(lac_package_open(&package, &source, &limits, &err), LACUNA_OK);
    assert_int_equal(lac_package_count(package), 2);
    const lac_package_fault *fault = lac_package_fault_at(package, 0);
    assert_string_equal(fault->path, "a-name-that-is-long.xml");
    assert_non_null(strstr(fault->why, "longer than the limit"));
    fault = lac_package_fault_at(package, 1);
    assert_string_equal(fault->path, "word/caf\\xE9.xml");
    assert_non_null(strstr(fault->why, "not UTF-8"));
    assert_null(lac_package_fault_at(package, 2));
    lac_package_close(package);
    remove_file(&f, "word/caf\xE9.xml");
    remove_file(&f, "a-name-that-is-long.xml");
    drop_folder(&f);
}

static void folder_without_permission_is_told(void **state)
{
    (void)state;
    folder f;
    lac_package *package;
    lacuna_error err = {0};
    char path[128];
    if (geteuid() == 0) {
        skip(); /* everything can be read */
    }
    make_folder(&f);
    (void)snprintf(path, sizeof path, "%s/closed", f.root);
    assert_int_equal(mkdir(path, 0), 0);
    lac_source source = {.kind = LAC_SOURCE_PATH, .path = f.root};
    assert_int_equal(lac_package_open(&package, &source, &LAC_LIMITS_DEFAULT, &err), LACUNA_OK);
    assert_int_equal(lac_package_count(package), 2);
    assert_string_equal(lac_package_fault_at(package, 0)->path, "closed");
    lac_package_close(package);
    remove_file(&f, "closed");
    drop_folder(&f);
}

static bool is_not_types(void *user, const char *name)
{
    (void)user;
    return name[0] != '[';
}

static void kept_parts_are_found(void **state)
{
    (void)state;
    folder f;
    lac_package *package;
    lacuna_error err = {0};
    make_folder(&f);
    lac_source source = {.kind = LAC_SOURCE_PATH, .path = f.root};
    assert_int_equal(lac_package_open(&package, &source, &LAC_LIMITS_DEFAULT, &err), LACUNA_OK);
    lac_package_retain(package, is_not_types, NULL);
    assert_int_equal(lac_package_count(package), 1);
    assert_int_equal(lac_package_find(package, "[Content_Types].xml"), LAC_PART_NONE);
    expect_part(package, "word/document.xml", "<document/>");
    lac_package_close(package);
    drop_folder(&f);
}

static void missing_file_says_so(void **state)
{
    (void)state;
    lac_package *package;
    lacuna_error err = {0};
    lac_source source = {.kind = LAC_SOURCE_PATH, .path = "/nonexistent/a.docx"};
    assert_int_equal(lac_package_open(&package, &source, &LAC_LIMITS_DEFAULT, &err),
                     LACUNA_E_NOTFOUND);
    assert_null(package);
    assert_non_null(strstr(err.message, "/nonexistent/a.docx"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_read),
        cmocka_unit_test(file_is_read),
        cmocka_unit_test(callback_is_read_even_in_small_pieces),
        cmocka_unit_test(callback_that_fails_is_an_input_error_at_every_call),
        cmocka_unit_test(deflated_parts_of_another_writer_are_read),
        cmocka_unit_test(data_descriptors_are_read),
        cmocka_unit_test(zip64_is_read),
        cmocka_unit_test(bytes_in_front_are_skipped),
        cmocka_unit_test(comment_may_look_like_an_end_record),
        cmocka_unit_test(empty_zip_has_no_parts),
        cmocka_unit_test(names_of_other_code_pages_are_spelled_out),
        cmocka_unit_test(sink_can_stop_the_reading),
        cmocka_unit_test(folder_lists_regular_files_only),
        cmocka_unit_test(folder_part_that_became_a_link_is_not_followed),
        cmocka_unit_test(folder_keeps_the_budget),
        cmocka_unit_test(folder_tells_what_it_cannot_list),
        cmocka_unit_test(folder_without_permission_is_told),
        cmocka_unit_test(kept_parts_are_found),
        cmocka_unit_test(missing_file_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
