/* Requests of the worker: what they hold is checked before anything is done. */
#include "cli/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static lacuna_status read_request(cli_request *r, const char *json, lacuna_error *err)
{
    return cli_request_read(r, json, strlen(json), err);
}

static void test_a_request(void **state)
{
    (void)state;
    lacuna_error err = {0};
    cli_request r;
    assert_int_equal(
        read_request(
            &r,
            "{\"id\":1,\"do\":\"verify\",\"name\":\"a.md\",\"data\":\"Zm9v\",\"progress\":true,"
            "\"against\":[\"x\",\"y\"],\"options\":{\"checklist\":[\"a\",\"b\"],\"jobs\":2,"
            "\"fail-on-not-evaluated\":true}}",
            &err),
        LACUNA_OK);
    assert_string_equal(r.verb, "verify");
    assert_string_equal(r.format, "json");
    assert_int_equal(r.length, 3);
    assert_memory_equal(r.data, "foo", 3);
    assert_int_equal(r.against.count, 2);
    assert_string_equal(r.against.values[1], "y");
    assert_true(r.progress);
    cli_request_free(&r);
}

static void test_wrong_ones_name_what_is_wrong(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        {"{\"do\":\"x\",\"pth\":1}", "pth"},
        {"{}", "do"},
        {"{\"do\":1}", "do"},
        {"{\"do\":\"x\",\"options\":{\"audit-log\":\"a\"}}", "audit-log"},
        {"{\"do\":\"x\",\"options\":{\"pdftotext\":\"/bin/sh\"}}", "pdftotext"},
        {"{\"do\":\"x\",\"options\":{\"judge-store\":\"a\"}}", "judge-store"},
        {"{\"do\":\"x\",\"options\":[]}", "options"},
        {"{\"do\":\"x\",\"options\":{\"jobs\":1.5}}", "jobs"},
        {"{\"do\":\"x\",\"data\":\"Zm9v\"}", "name"},
        {"{\"do\":\"x\",\"data\":\"Z\",\"name\":\"a\"}", "base64"},
        {"{\"do\":\"x\",\"data\":\"\",\"text\":\"\",\"name\":\"a\"}", "path"},
        {"{\"do\":\"x\",\"against\":\"a\"}", "against"},
        {"{\"do\":\"x\",\"progress\":1}", "progress"},
        {"{\"do\":\"x\",\"do\":\"y\"}", "duplicate"},
        {"[1", "JSON"},
        {"[]", "object"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        lacuna_error err = {0};
        cli_request r;
        assert_int_equal(read_request(&r, wrong[i][0], &err), LACUNA_E_ARGUMENT);
        if (strstr(err.message, wrong[i][1]) == NULL) {
            fail_msg("%s: %s", wrong[i][0], err.message);
        }
    }
}

static void test_ids(void **state)
{
    (void)state;
    static const struct {
        const char *json;
        bool sound;
    } ids[] = {{"\"a\"", true}, {"0", true},     {"-7", true},  {"\"\"", false}, {"1.5", false},
               {"null", false}, {"true", false}, {"[]", false}, {"{}", false}};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        json_t *id = json_loads(ids[i].json, JSON_DECODE_ANY, NULL);
        assert_int_equal(cli_request_id_is_sound(id), ids[i].sound);
        json_decref(id);
    }
    assert_false(cli_request_id_is_sound(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_request),
        cmocka_unit_test(test_wrong_ones_name_what_is_wrong),
        cmocka_unit_test(test_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
