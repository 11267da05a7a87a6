/* Addresses of files, and paths in and out of roots; tests/service/mcp.py tries links and folders.
 */
#define _XOPEN_SOURCE 700

#include "cli/roots.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_path(const char *uri, const char *expected)
{
    char *path = cli_path_of_uri(uri);
    if (expected == NULL) {
        assert_null(path);
    } else {
        assert_non_null(path);
        assert_string_equal(path, expected);
    }
    free(path);
}

static void test_addresses(void **state)
{
    (void)state;
    assert_path("file:///a/b", "/a/b");
    assert_path("file:///a%20b/%C3%BC%2F", "/a b/\xC3\xBC/");
    assert_path("file:///a%2", "/a%2");
    assert_path("file:///a%zz%", "/a%zz%");
    assert_path("file://host/a", NULL);
    assert_path("https://example.org/", NULL);
    assert_path("", NULL);
}

static void test_roots(void **state)
{
    (void)state;
    char why[512];
    cli_roots roots = {.count = 0};
    assert_null(cli_roots_resolve(&roots, "/tmp", why, sizeof why));
    assert_false(cli_roots_add(&roots, "/nowhere/at/all"));
    assert_false(cli_roots_add(&roots, "/dev/null"));
    assert_true(cli_roots_add(&roots, "/dev/.."));
    assert_string_equal(roots.folders[0], "/");
    char *path = cli_roots_resolve(&roots, "dev/null", why, sizeof why);
    assert_string_equal(path, "/dev/null");
    free(path);
    cli_roots_free(&roots);
    assert_true(cli_roots_add(&roots, "/dev"));
    assert_null(cli_roots_resolve(&roots, "../etc", why, sizeof why));
    assert_non_null(strstr(why, "not found"));
    assert_null(cli_roots_resolve(&roots, "/etc", why, sizeof why));
    assert_null(cli_roots_resolve(&roots, "/devices", why, sizeof why));
    cli_roots_free(&roots);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_roots),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
