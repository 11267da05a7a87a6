/* JSON as text, base64, buffers that fill up. */
#include "cli/json_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_text(const cli_buffer *buffer, const char *expected)
{
    assert_false(buffer->failed);
    assert_int_equal(buffer->length, strlen(expected));
    assert_memory_equal(buffer->data, expected, buffer->length);
}

static void assert_string(const char *text, size_t length, const char *expected)
{
    cli_buffer out = {.max = 1000};
    cli_json_string(&out, text, length);
    assert_text(&out, expected);
    cli_buffer_free(&out);
}

static void test_strings(void **state)
{
    (void)state;
    assert_string("", 0, "\"\"");
    assert_string("a \"b\" \\ c\n\t\x01\x7F", 13, "\"a \\\"b\\\" \\\\ c\\n\\t\\u0001\x7F\"");
    assert_string("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", 9,
                  "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"");
    /* Overlong, surrogate, too large, cut off, alone: each byte is one U+FFFD. */
    assert_string("\xC0\xAF", 2, "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
    assert_string("\xED\xA0\x80", 3, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
    assert_string("\xF4\x90\x80\x80", 4, "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
    assert_string("a\xE2\x82", 3, "\"a\xEF\xBF\xBD\xEF\xBF\xBD\"");
    assert_string("\x80z", 2, "\"\xEF\xBF\xBDz\"");
}

static void test_compact(void **state)
{
    (void)state;
    static const char json[] = "{\n  \"a b\": [1, 2.50,\t\"x \\\" y\\\\\"],\r\n \"c\" : null }\n";
    cli_buffer out = {.max = 1000};
    cli_json_compact(&out, json, sizeof json - 1);
    assert_text(&out, "{\"a b\":[1,2.50,\"x \\\" y\\\\\"],\"c\":null}");
    cli_buffer_free(&out);
}

static void assert_decoded(const char *text, const char *expected)
{
    char *data;
    size_t length;
    assert_true(cli_base64_decode(&data, &length, text, strlen(text)));
    assert_int_equal(length, strlen(expected));
    assert_memory_equal(data, expected, length);
    free(data);
}

/* RFC 4648 section 10. */
static void test_base64(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"", ""},      {"Zg==", "f"},   {"Zg", "f"},        {"Zm8=", "fo"},
        {"Zm8", "fo"}, {"Zm9v", "foo"}, {"Zm9vYg", "foob"}, {"Zm9vYmFy", "foobar"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        assert_decoded(pairs[i][0], pairs[i][1]);
    }
    static const char *const wrong[] = {"Z",    "Zm9vY", "Zm9v Zg==", "Zm9v\n",
                                        "Zm-_", "====",  "Zg=a"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char *data;
        size_t length;
        assert_false(cli_base64_decode(&data, &length, wrong[i], strlen(wrong[i])));
        assert_null(data);
    }
}

static void test_a_full_buffer_fails_and_stays_so(void **state)
{
    (void)state;
    cli_buffer out = {.max = 10};
    cli_buffer_text(&out, "12345");
    cli_buffer_text(&out, "678901");
    assert_true(out.failed);
    cli_buffer_text(&out, "6");
    assert_int_equal(out.length, 5);
    assert_int_equal(cli_buffer_write(&out, "x", 1), 1);
    out.failed = false;
    cli_buffer_drop(&out, 2);
    assert_text(&out, "345");
    assert_null(cli_buffer_room(&out, SIZE_MAX));
    cli_buffer_free(&out);
}

static void test_errors(void **state)
{
    (void)state;
    lacuna_error err = {
        .status = LACUNA_E_FORMAT, .line = 7, .message = "bad \"x\"", .place = "/a"};
    cli_buffer out = {.max = 1000};
    cli_json_error(&out, "damaged input", &err);
    assert_text(&out, "{\"code\":\"damaged input\",\"message\":\"bad \\\"x\\\"\",\"place\":\"/a\","
                      "\"line\":7}");
    cli_buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings), cmocka_unit_test(test_compact),
        cmocka_unit_test(test_base64),  cmocka_unit_test(test_a_full_buffer_fails_and_stays_so),
        cmocka_unit_test(test_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
