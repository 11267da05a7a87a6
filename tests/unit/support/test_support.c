/* Arenas, capped buffers, errors, UTF-8: what everything stands on. */
#include "support/arena.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/hash.h"
#include "support/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void arena_gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    lac_arena arena;
    lac_arena_init(&arena);
    for (size_t size = 0; size < 200000; size = size * 3 + 1) {
        unsigned char *p = lac_arena_alloc(&arena, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) {
            assert_int_equal(p[i], 0);
        }
        memset(p, 0xAA, size);
    }
    assert_null(lac_arena_array(&arena, SIZE_MAX, 2));
    assert_null(lac_arena_alloc(&arena, SIZE_MAX));
    lac_arena_free(&arena);
}

static void buffer_stops_at_its_cap_and_keeps_its_content(void **state)
{
    (void)state;
    lac_buf buf;
    lac_buf_init(&buf, 10);
    assert_int_equal(lac_buf_append_text(&buf, "0123456789"), LACUNA_OK);
    assert_int_equal(lac_buf_append_char(&buf, 'x'), LACUNA_E_LIMIT);
    assert_int_equal(lac_buf_printf(&buf, "%d", 5), LACUNA_E_LIMIT);
    assert_string_equal(lac_buf_text(&buf), "0123456789");
    char *data = lac_buf_steal(&buf);
    assert_string_equal(data, "0123456789");
    assert_string_equal(lac_buf_text(&buf), "");
    free(data);
    data = lac_buf_steal(&buf);
    assert_string_equal(data, "");
    free(data);
}

static void arrays_grow_to_their_cap(void **state)
{
    (void)state;
    int *items = NULL;
    size_t cap = 0;
    assert_int_equal(lac_grow((void **)&items, &cap, 1, sizeof *items, 20), LACUNA_OK);
    assert_int_equal(cap, 16);
    assert_int_equal(lac_grow((void **)&items, &cap, 20, sizeof *items, 20), LACUNA_OK);
    assert_int_equal(cap, 20);
    assert_int_equal(items[19], 0);
    assert_int_equal(lac_grow((void **)&items, &cap, 21, sizeof *items, 20), LACUNA_E_LIMIT);
    free(items);
}

static void messages_are_cut_between_characters(void **state)
{
    (void)state;
    lacuna_error err;
    char text[400];
    memset(text, 'a', sizeof text);
    for (size_t i = 1; i + 2 < sizeof text; i += 2) {
        text[i] = (char)0xC3;
        text[i + 1] = (char)0xA9;
    }
    text[sizeof text - 1] = '\0';
    lac_error_clear(&err);
    assert_int_equal(lac_fail(&err, LACUNA_E_FORMAT, "%s", text), LACUNA_E_FORMAT);
    assert_true(lac_utf8_valid(lac_span_of(err.message)));
    assert_int_equal(lac_fail(NULL, LACUNA_E_IO, "nobody listens"), LACUNA_E_IO);
    lac_error_place(&err, "word/document.xml", 7);
    lac_error_place(&err, "other", 8);
    assert_string_equal(err.place, "word/document.xml");
    assert_int_equal(err.line, 7);
}

static void utf8_is_strict(void **state)
{
    (void)state;
    static const char *const broken[] = {"\x80",         "\xC0\x80",         "\xE0\x80\x80",
                                         "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF0\x9F\x92",
                                         "\xC3"};
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        size_t length;
        assert_false(lac_utf8_valid(lac_span_of(broken[i])));
        assert_int_equal(lac_utf8_decode(lac_span_of(broken[i]), &length), LAC_UTF8_REPLACEMENT);
        assert_int_equal(length, 1);
    }
    for (uint32_t c = 1; c <= 0x10FFFF; c += 37) {
        char bytes[4];
        size_t length;
        size_t written = lac_utf8_encode(bytes, c);
        uint32_t back = lac_utf8_decode(lac_span_make(bytes, written), &length);
        assert_int_equal(length, written);
        assert_int_equal(back, c >= 0xD800 && c <= 0xDFFF ? LAC_UTF8_REPLACEMENT : c);
    }
}

static void utf8_prefix_keeps_characters_whole(void **state)
{
    (void)state;
    lac_span text = lac_span_of("a\xC3\xA9\xE2\x82\xAC");
    static const size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 6};
    for (size_t max = 0; max < sizeof expected / sizeof expected[0]; max++) {
        assert_int_equal(lac_utf8_prefix(text, max).len, expected[max]);
    }
}

static void lower_case_folds_the_scripts_it_names(void **state)
{
    (void)state;
    assert_int_equal(lac_utf8_lower('A'), 'a');
    assert_int_equal(lac_utf8_lower(0xC9), 0xE9);
    assert_int_equal(lac_utf8_lower(0xD7), 0xD7);
    assert_int_equal(lac_utf8_lower(0x141), 0x142);
    assert_int_equal(lac_utf8_lower(0x160), 0x161);
    assert_int_equal(lac_utf8_lower(0x416), 0x436);
    assert_int_equal(lac_utf8_lower(0x394), 0x3B4);
}

static void spans_trim_and_compare(void **state)
{
    (void)state;
    lac_span s = lac_span_trim(lac_span_of(" \t\xC2\xA0x y\xC2\xA0\n"));
    assert_true(lac_span_is(s, "x y"));
    assert_int_equal(lac_span_trim(lac_span_of(" \xC2\xA0 ")).len, 0);
    assert_true(lac_span_equal_nocase(lac_span_of("DOCX"), lac_span_of("docx")));
    assert_true(lac_span_ends_nocase(lac_span_of("a.DocX"), ".docx"));
    assert_false(lac_span_starts_nocase(lac_span_of("a"), "ab"));
}

static void digest_is_sha256(void **state)
{
    (void)state;
    lac_digest digest;
    assert_int_equal(lac_sha256(&digest, lac_span_of("abc"), NULL), LACUNA_OK);
    assert_string_equal(digest.hex,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    lacuna_error err;
    lac_error_clear(&err);
    assert_int_equal(lac_sha256_file(&digest, "/nonexistent/file", &err), LACUNA_E_IO);
    assert_non_null(strstr(err.message, "/nonexistent/file"));
}

/* An error while one file is written can be about another. */
static void errors_name_their_input(void **state)
{
    (void)state;
    lacuna_error err = {0};
    (void)lac_fail_remedy(&err, LACUNA_E_FORMAT, "Save it again.", "the zip file is damaged");
    assert_int_equal(lac_error_about(&err, LACUNA_E_FORMAT, "in.docx"), LACUNA_E_FORMAT);
    assert_string_equal(err.message, "in.docx: the zip file is damaged");
    assert_string_equal(err.remedy, "Save it again.");
    assert_int_equal(lac_error_about(&err, LACUNA_E_FORMAT, "in.docx"), LACUNA_E_FORMAT);
    assert_string_equal(err.message, "in.docx: the zip file is damaged");
    (void)lac_fail(&err, LACUNA_E_IO, "the disk is full");
    assert_int_equal(lac_error_about(&err, LACUNA_E_IO, "in.docx"), LACUNA_E_IO);
    assert_string_equal(err.message, "the disk is full");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_name_their_input),
        cmocka_unit_test(arena_gives_zeroed_aligned_memory),
        cmocka_unit_test(buffer_stops_at_its_cap_and_keeps_its_content),
        cmocka_unit_test(arrays_grow_to_their_cap),
        cmocka_unit_test(messages_are_cut_between_characters),
        cmocka_unit_test(utf8_is_strict),
        cmocka_unit_test(utf8_prefix_keeps_characters_whole),
        cmocka_unit_test(lower_case_folds_the_scripts_it_names),
        cmocka_unit_test(spans_trim_and_compare),
        cmocka_unit_test(digest_is_sha256)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
