/* JSON as it is written: structure, escapes, numbers, and failures of the sink. */
#include "writers/json/emit.h"

#include "collect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

typedef struct writing {
    lac_buf buf;
    lac_output output;
    lac_json json;
} writing;

static void begin(writing *w)
{
    collect_init(&w->buf);
    lac_output_init(&w->output, collect, &w->buf);
    lac_json_init(&w->json, &w->output);
}

static void expect_text(writing *w, const char *text)
{
    assert_int_equal(lac_output_finish(&w->output, NULL), LACUNA_OK);
    assert_string_equal(lac_buf_text(&w->buf), text);
    lac_buf_free(&w->buf);
}

static void nests_and_indents(void **state)
{
    (void)state;
    writing w;
    begin(&w);
    lac_json_object(&w.json, NULL);
    lac_json_array(&w.json, "a");
    lac_json_uint(&w.json, NULL, 1);
    lac_json_object(&w.json, NULL);
    lac_json_object_end(&w.json);
    lac_json_array_end(&w.json);
    lac_json_array(&w.json, "b");
    lac_json_array_end(&w.json);
    lac_json_bool(&w.json, "c", true);
    lac_json_null(&w.json, "d");
    lac_json_text(&w.json, "e", NULL);
    lac_json_object_end(&w.json);
    lac_json_end(&w.json);
    expect_text(&w, "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": [],\n  \"c\": true,\n"
                    "  \"d\": null,\n  \"e\": null\n}\n");
}

static void escapes_what_json_forbids(void **state)
{
    static const struct {
        const char *text;
        size_t length;
        const char *json;
    } rows[] = {
        {"", 0, "\"\""},
        {"a\"b\\c", 5, "\"a\\\"b\\\\c\""},
        {"\t\n\r\b\f", 5, "\"\\t\\n\\r\\b\\f\""},
        {"\x01\x1f\x7f", 3, "\"\\u0001\\u001f\\u007f\""},
        {"a\0b", 3, "\"a\\u0000b\""},
        {"\xC3\xA9\xE2\x82\xAC", 5, "\"\xC3\xA9\xE2\x82\xAC\""},
        {"x\xFFy", 3, "\"x\xEF\xBF\xBDy\""},
        {"x\xE2\x82", 3, "\"x\xEF\xBF\xBD\xEF\xBF\xBD\""},
        {"\xEF\xBF\xBD", 3, "\"\xEF\xBF\xBD\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        writing w;
        begin(&w);
        lac_json_span(&w.json, NULL, lac_span_make(rows[i].text, rows[i].length));
        expect_text(&w, rows[i].json);
    }
}

static void fractions_have_two_decimals_and_bounds(void **state)
{
    static const struct {
        double value;
        const char *json;
    } rows[] = {{0, "0.00"},     {0.5, "0.50"}, {0.005, "0.01"}, {0.994, "0.99"},
                {0.996, "1.00"}, {1, "1.00"},   {7, "1.00"},     {-3, "0.00"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        writing w;
        begin(&w);
        lac_json_fraction(&w.json, NULL, rows[i].value);
        expect_text(&w, rows[i].json);
    }
    writing w;
    begin(&w);
    lac_json_fraction(&w.json, NULL, __builtin_nan(""));
    expect_text(&w, "0.00");
}

static void too_deep_is_a_defect_not_an_overrun(void **state)
{
    (void)state;
    writing w;
    begin(&w);
    for (int i = 0; i < LAC_JSON_DEPTH + 5; i++) {
        lac_json_array(&w.json, NULL);
    }
    assert_int_equal(lac_output_finish(&w.output, NULL), LACUNA_E_INTERNAL);
    lac_buf_free(&w.buf);
    begin(&w);
    lac_json_array_end(&w.json);
    assert_int_equal(lac_output_finish(&w.output, NULL), LACUNA_E_INTERNAL);
    lac_buf_free(&w.buf);
}

static void large_numbers_are_whole(void **state)
{
    (void)state;
    writing w;
    begin(&w);
    lac_json_uint(&w.json, NULL, UINT64_MAX);
    expect_text(&w, "18446744073709551615");
}

typedef struct narrow {
    size_t calls, allowed;
} narrow;

static int refuse_later(void *user, const void *data, size_t length)
{
    narrow *n = user;
    (void)data;
    (void)length;
    return ++n->calls > n->allowed ? 1 : 0;
}

static void a_refused_write_is_reported_once_and_ends_the_output(void **state)
{
    (void)state;
    char big[40000];
    memset(big, 'x', sizeof big);
    for (size_t allowed = 0; allowed < 3; allowed++) {
        narrow n = {0, allowed};
        lac_output output;
        lacuna_error err = {0};
        lac_output_init(&output, refuse_later, &n);
        for (int i = 0; i < 10; i++) {
            lac_output_bytes(&output, big, sizeof big);
        }
        assert_int_equal(lac_output_finish(&output, &err), LACUNA_E_IO);
        assert_int_equal(n.calls, allowed + 1);
        assert_string_not_equal(err.message, "");
    }
}

static void pieces_of_any_size_arrive_in_order(void **state)
{
    (void)state;
    lac_buf got;
    lac_buf wanted;
    collect_init(&got);
    collect_init(&wanted);
    lac_output output;
    lac_output_init(&output, collect, &got);
    char piece[20000];
    for (size_t size = 0; size < sizeof piece; size += 1777) {
        memset(piece, (int)('a' + size % 26), size);
        lac_output_bytes(&output, piece, size);
        assert_int_equal(lac_buf_append(&wanted, piece, size), LACUNA_OK);
    }
    assert_int_equal(lac_output_finish(&output, NULL), LACUNA_OK);
    assert_int_equal(got.len, wanted.len);
    assert_memory_equal(got.data, wanted.data, got.len);
    lac_buf_free(&got);
    lac_buf_free(&wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nests_and_indents),
        cmocka_unit_test(escapes_what_json_forbids),
        cmocka_unit_test(fractions_have_two_decimals_and_bounds),
        cmocka_unit_test(too_deep_is_a_defect_not_an_overrun),
        cmocka_unit_test(large_numbers_are_whole),
        cmocka_unit_test(a_refused_write_is_reported_once_and_ends_the_output),
        cmocka_unit_test(pieces_of_any_size_arrive_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
