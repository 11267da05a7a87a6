/* Values from JSON: kinds, blocks, items, names, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "writers/docx/fill_values.h"

#include <string.h>

static lac_arena arena;

static const lac_fill_value *read_json(const char *json, uint32_t expected)
{
    static const lac_limits limits = LAC_LIMITS_DEFAULT;
    const lac_fill_value *values;
    uint32_t count;
    lacuna_error err = {0};
    lacuna_status status =
        lac_fill_values_read(&values, &count, &arena, lac_span_of(json), &limits, &err);
    if (status != LACUNA_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(expected, count);
    return values;
}

static void refuse(const char *json)
{
    static const lac_limits limits = LAC_LIMITS_DEFAULT;
    const lac_fill_value *values;
    uint32_t count;
    lacuna_error err = {0};
    assert_int_equal(LACUNA_E_FORMAT, lac_fill_values_read(&values, &count, &arena,
                                                           lac_span_of(json), &limits, &err));
    assert_true(err.message[0] != '\0');
}

static void test_texts_numbers_and_names(void **state)
{
    (void)state;
    const lac_fill_value *values =
        read_json("{\"schema\": \"lacuna.values/1\", \"a\": \"x\", \"b\": 12, "
                  "\"c\": true, \"d\": null, \"e\": {\"f\": \"y\"}}",
                  4);
    assert_true(lac_span_is(values[0].text, "x"));
    assert_true(lac_span_is(values[1].text, "12"));
    assert_true(lac_span_is(values[2].text, "true"));
    assert_true(lac_span_is(values[3].name, "e.f"));
}

static void test_blocks(void **state)
{
    (void)state;
    const lac_fill_value *values = read_json("{\"a\": {\"blocks\": [{\"heading\": \"H\", "
                                             "\"level\": 2}, {\"paragraph\": \"P\"}, {\"table\": "
                                             "[[\"x\", \"y\"], [\"1\", \"2\"]]}, {\"numbered\": "
                                             "\"N\"}]}, \"b\": [\"one\", \"two\"], \"c\": "
                                             "\"one\\n\\ntwo\\nmore\"}",
                                             3);
    assert_int_equal(4, values[0].block_count);
    assert_int_equal(2, values[0].blocks[0].level);
    assert_int_equal(LAC_DRAFT_TABLE, values[0].blocks[2].kind);
    assert_int_equal(1, values[0].blocks[2].header_rows);
    assert_true(lac_span_is(values[0].blocks[2].cells[3], "2"));
    assert_int_equal(2, values[1].block_count);
    assert_int_equal(LAC_DRAFT_BULLET, values[1].blocks[1].kind);
    assert_int_equal(2, values[2].block_count);
    assert_true(lac_span_is(values[2].blocks[1].text, "two\nmore"));
}

static void test_items_of_a_repeating_section(void **state)
{
    (void)state;
    const lac_fill_value *values =
        read_json("{\"a\": [{\"n\": \"x\", \"m\": 1}, {\"n\": \"y\"}], \"b\": []}", 2);
    assert_true(values[0].is_list && values[1].is_list);
    assert_int_equal(2, values[0].item_count);
    assert_int_equal(2, values[0].items[0].count);
    assert_true(lac_span_is(values[0].items[1].values[0].text, "y"));
    assert_int_equal(0, values[1].item_count);
}

static void test_what_is_refused(void **state)
{
    (void)state;
    refuse("[]");
    refuse("{\"a\": 1.5}");
    refuse("{\"a\": 1, \"a\": 2}");
    refuse("{\"a\": {\"blocks\": [{\"picture\": \"x\"}]}}");
    refuse("{\"a\": {\"blocks\": [{\"table\": [[\"x\"], [\"y\", \"z\"]]}]}}");
    refuse("{\"a\": {\"blocks\": [{\"table\": []}]}}");
    refuse("{\"a\": [{\"n\": \"x\"}, \"y\"]}");
    refuse("{\"a\"");
}

static int set_up(void **state)
{
    (void)state;
    lac_arena_init(&arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lac_arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_numbers_and_names),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_items_of_a_repeating_section),
        cmocka_unit_test(test_what_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
