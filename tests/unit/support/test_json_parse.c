/* JSON to a tree: whatever is parsed whole passes the count of its strings, also with escapes. */
#include "support/json_parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool failed_once;

/* Fails once, when jansson's token buffer has to grow beyond 128 bytes. */
static void *stingy_malloc(size_t size)
{
    if (size > 128 && !failed_once) {
        failed_once = true;
        return NULL;
    }
    return malloc(size);
}

static lacuna_status parse(json_t **out, const char *text, size_t flags)
{
    json_error_t where;
    return lac_json_parse(out, lac_span_of(text), flags, &where);
}

static void whole_texts_pass(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "{}",
        "[\"plain\", \"\", \"with \\\"quotes\\\" and \\\\ and \\/ and \\n\"]",
        "{\"key\": {\"nested\": [1, 2.5, true, null, \"x\"]}, \"\\u00e9\": \"\\u20ac\"}",
        "[\"\\ud834\\udd1e\", \"\\u007f\\u0080\\u07FF\\u0800\", \"\xC3\xA9\xE2\x82\xAC\"]",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        json_t *tree;
        assert_int_equal(parse(&tree, texts[i], 0), LACUNA_OK);
        json_decref(tree);
    }
}

static void faults_are_told_apart(void **state)
{
    (void)state;
    json_t *tree;
    assert_int_equal(parse(&tree, "{\"a\": }", 0), LACUNA_E_FORMAT);
    assert_null(tree);
    assert_int_equal(parse(&tree, "{\"a\": 1, \"a\": 2}", 0), LACUNA_E_FORMAT);
    assert_int_equal(parse(&tree, "\"alone\"", 0), LACUNA_E_FORMAT);
    assert_int_equal(parse(&tree, "\"alone\"", JSON_DECODE_ANY), LACUNA_OK);
    json_decref(tree);
}

/* jansson drops the byte that its buffer has no room for and reports success. */
static void a_dropped_byte_is_lack_of_memory(void **state)
{
    (void)state;
    char text[300] = "[\"";
    memset(text + 2, 'a', 200);
    memcpy(text + 202, "\"]", 3);
    json_malloc_t old_malloc;
    json_free_t old_free;
    json_t *tree;

    json_get_alloc_funcs(&old_malloc, &old_free);
    json_set_alloc_funcs(stingy_malloc, free);
    lacuna_status status = parse(&tree, text, 0);
    json_set_alloc_funcs(old_malloc, old_free);
    assert_true(failed_once);
    assert_int_equal(status, LACUNA_E_NOMEM);
    assert_null(tree);
}

static void *no_malloc(size_t size)
{
    (void)size;
    return NULL;
}

static void no_memory_at_all_is_told_as_such(void **state)
{
    (void)state;
    json_malloc_t old_malloc;
    json_free_t old_free;
    json_t *tree;

    json_get_alloc_funcs(&old_malloc, &old_free);
    json_set_alloc_funcs(no_malloc, free);
    lacuna_status status = parse(&tree, "[1]", 0);
    json_set_alloc_funcs(old_malloc, old_free);
    assert_int_equal(status, LACUNA_E_NOMEM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_texts_pass),
        cmocka_unit_test(faults_are_told_apart),
        cmocka_unit_test(no_memory_at_all_is_told_as_such),
        cmocka_unit_test(a_dropped_byte_is_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
