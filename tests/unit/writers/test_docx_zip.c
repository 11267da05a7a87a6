/* Rewriting zip files: what is not changed stays, and the input is not touched. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "writers/docx/splice.h"
#include "writers/docx/zip_rewrite.h"

#include <stdlib.h>
#include <zip.h>

enum { BIG = 50000 };

/* An archive with a large entry in front of a small one. */
static char *make(size_t *length)
{
    static char noise[BIG];
    uint32_t state = 1;
    for (size_t i = 0; i < sizeof noise; i++) {
        state = state * 1664525u + 1013904223u;
        noise[i] = (char)(state >> 24);
    }
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    assert_non_null(source);
    zip_source_keep(source);
    zip_t *archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    assert_non_null(archive);
    assert_true(zip_file_add(archive, "first", zip_source_buffer(archive, noise, BIG, 0), 0) >= 0);
    assert_true(zip_file_add(archive, "second", zip_source_buffer(archive, "abc", 3, 0), 0) >= 0);
    assert_int_equal(0, zip_close(archive));
    zip_stat_t stat;
    assert_int_equal(0, zip_source_stat(source, &stat));
    char *bytes = malloc(stat.size);
    assert_non_null(bytes);
    assert_int_equal(0, zip_source_open(source));
    assert_int_equal(stat.size, zip_source_read(source, bytes, stat.size));
    zip_source_close(source);
    zip_source_free(source);
    *length = stat.size;
    return bytes;
}

/* libzip freed the bytes it was given where the unchanged beginning is more than half of them. */
static void test_the_input_stays(void **state)
{
    (void)state;
    size_t length, out_length;
    char *archive = make(&length), *out;
    lacuna_error err;
    lac_span before = lac_span_make(archive, length);
    const lac_zip_change change = {"second", lac_span_of("other"), false};
    assert_int_equal(LACUNA_OK, lac_zip_rewrite(&out, &out_length, before, &change, 1, &err));
    assert_int_equal(LACUNA_OK,
                     lac_zip_prove(before, lac_span_make(out, out_length), &change, 1, &err));
    const lac_zip_change nothing = {"third", lac_span_of(""), true};
    assert_int_equal(LACUNA_E_INTERNAL,
                     lac_zip_prove(before, lac_span_make(out, out_length), &nothing, 1, &err));
    free(out);
    free(archive);
}

static void test_names_must_fit(void **state)
{
    (void)state;
    size_t length, out_length;
    char *archive = make(&length), *out;
    lacuna_error err;
    const lac_zip_change absent = {"third", lac_span_of("x"), false};
    const lac_zip_change present = {"SECOND", lac_span_of("x"), true};
    lac_span before = lac_span_make(archive, length);
    assert_int_equal(LACUNA_E_INTERNAL,
                     lac_zip_rewrite(&out, &out_length, before, &absent, 1, &err));
    assert_null(out);
    assert_int_equal(LACUNA_E_INTERNAL,
                     lac_zip_rewrite(&out, &out_length, before, &present, 1, &err));
    free(archive);
}

static void test_splices_can_be_taken_back(void **state)
{
    (void)state;
    lac_edits edits = {NULL, 0, 0};
    lacuna_error err;
    char *out;
    size_t length;
    lac_span part = lac_span_of("0123456789");
    assert_int_equal(LACUNA_OK, lac_edits_add(&edits, 8, 2, lac_span_of("!"), &err));
    assert_int_equal(LACUNA_OK, lac_edits_add(&edits, 3, 0, lac_span_of("a"), &err));
    assert_int_equal(LACUNA_OK, lac_edits_add(&edits, 3, 0, lac_span_of("b"), &err));
    assert_int_equal(LACUNA_OK, lac_splice(&out, &length, part, &edits, &err));
    assert_string_equal("012ab34567!", out);
    assert_int_equal(LACUNA_OK, lac_splice_prove(lac_span_make(out, length), part, &edits, &err));
    out[0] = 'x';
    assert_int_equal(LACUNA_E_INTERNAL,
                     lac_splice_prove(lac_span_make(out, length), part, &edits, &err));
    free(out);
    assert_int_equal(LACUNA_OK, lac_edits_add(&edits, 9, 0, lac_span_of("in"), &err));
    assert_int_equal(LACUNA_E_INTERNAL, lac_splice(&out, &length, part, &edits, &err));
    lac_edits_free(&edits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_input_stays),
        cmocka_unit_test(test_names_must_fit),
        cmocka_unit_test(test_splices_can_be_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
