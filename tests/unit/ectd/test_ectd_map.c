/* The map from text to index, and paths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "parsers/ectd/map.h"
#include "parsers/ectd/paths.h"
#include "parsers/submission.h"

enum { MANY = 20000 };

static void everything_that_was_put_is_found(void **state)
{
    (void)state;
    static char texts[MANY][12];
    lac_map map;
    lac_map_init(&map);
    assert_int_equal(lac_map_find(&map, 0, lac_span_of("x")), LAC_NONE);
    for (uint32_t i = 0; i < MANY; i++) {
        (void)snprintf(texts[i], sizeof texts[i], "%u", i / 2);
        assert_int_equal(lac_map_put(&map, i % 2, lac_span_of(texts[i]), i), LACUNA_OK);
    }
    for (uint32_t i = 0; i < MANY; i++) {
        assert_int_equal(lac_map_find(&map, i % 2, lac_span_of(texts[i])), i);
    }
    assert_int_equal(map.count, MANY);
    assert_int_equal(lac_map_put(&map, 1, lac_span_of("7"), 99), LACUNA_OK);
    assert_int_equal(lac_map_find(&map, 1, lac_span_of("7")), 99);
    assert_int_equal(lac_map_put(&map, 5, lac_span_of(""), 3), LACUNA_OK);
    assert_int_equal(lac_map_find(&map, 5, lac_span_make(NULL, 0)), 3);
    assert_int_equal(map.count, MANY + 1);
    assert_int_equal(lac_map_find(&map, 2, lac_span_of("7")), LAC_NONE);
    lac_map_free(&map);
}

static void paths_are_followed(void **state)
{
    (void)state;
    static const struct {
        const char *folder, *written, *text, *fragment, *tail;
        uint32_t flags;
    } rows[] = {
        {"r/0001", "m3/x.pdf", "r/0001/m3/x.pdf", "", "m3/x.pdf", 0},
        {"r/0001", "../0000/index.xml#a", "r/0000/index.xml", "a", "0000/index.xml", 0},
        {"r/0001/m1/us", "../../../0000/./m1//us/u.xml#a#b", "r/0000/m1/us/u.xml#a", "b",
         "0000/./m1//us/u.xml#a", 0},
        {"r", "..", "", "", "..", 0},
        {"r", "../..", NULL, "", "..", LAC_PATH_OUTSIDE},
        {"r", "../../r/x", NULL, "", "r/x", LAC_PATH_OUTSIDE},
        {"r", "C:\\x", NULL, "", "C:/x", LAC_PATH_OUTSIDE | LAC_PATH_BACKSLASH | LAC_PATH_ABSOLUTE},
        {"r", "http://a/b", NULL, "", "http://a/b", LAC_PATH_OUTSIDE | LAC_PATH_ABSOLUTE},
        {"r", "a%20b%2", "r/a b%2", "", "a b%2", LAC_PATH_ESCAPED},
        {"", "\t x \n", "x", "", "x", LAC_PATH_TRIMMED},
        {"r", "", "r", "", "", 0},
    };
    lac_arena arena;
    lac_arena_init(&arena);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        lac_path path;
        assert_true(
            lac_path_follow(&path, &arena, rows[i].folder, lac_span_of(rows[i].written), true));
        if (rows[i].text == NULL) {
            assert_null(path.text);
        } else {
            assert_string_equal(path.text, rows[i].text);
        }
        assert_string_equal(path.fragment, rows[i].fragment);
        assert_string_equal(path.tail, rows[i].tail);
        assert_int_equal(path.flags, rows[i].flags);
    }
    lac_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_that_was_put_is_found),
        cmocka_unit_test(paths_are_followed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
