/* The folder of a run, names of steps, and what persons decided. */
#include "drafter/draft/review.h"
#include "drafter/draft/run_folder.h"
#include "drafter/draft/step.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[64];

static int make_path(void **state)
{
    (void)state;
    (void)snprintf(path, sizeof path, "/tmp/lacuna-folder-XXXXXX");
    return mkdtemp(path) == NULL;
}

static int drop_path(void **state)
{
    char command[128];
    (void)state;
    (void)snprintf(command, sizeof command, "rm -rf %s", path);
    return system(command);
}

static void write_file(const char *name, const char *text)
{
    char whole[128];
    (void)snprintf(whole, sizeof whole, "%s/%s", path, name);
    FILE *file = fopen(whole, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(0, fclose(file));
}

/* ---- the folder ----------------------------------------------------------------------------- */

static lacuna_status collect(void *user, const char *name, lacuna_error *err)
{
    (void)err;
    return lac_buf_printf(user, "%s ", name);
}

static void files_are_whole_and_private(void **state)
{
    lac_run_folder *folder, *second;
    lac_buf text;
    bool found;
    struct stat facts;
    char whole[128];
    (void)state;
    lac_buf_init(&text, 4096);
    write_file("left.json.unfinished", "{\"half");
    assert_int_equal(LACUNA_OK, lac_run_folder_open(&folder, path, NULL));
    (void)snprintf(whole, sizeof whole, "%s/left.json.unfinished", path);
    assert_int_equal(-1, access(whole, F_OK));
    assert_int_equal(LACUNA_E_IO, lac_run_folder_open(&second, path, NULL));
    assert_null(second);
    assert_int_equal(LACUNA_OK, lac_run_folder_write(folder, "b.json", lac_span_of("two"), NULL));
    assert_int_equal(LACUNA_OK, lac_run_folder_write(folder, "a.json", lac_span_of("old"), NULL));
    assert_int_equal(LACUNA_OK, lac_run_folder_write(folder, "a.json", lac_span_of("one"), NULL));
    assert_int_equal(LACUNA_OK, lac_run_folder_read(&text, &found, folder, "a.json", NULL));
    assert_true(found);
    assert_string_equal(lac_buf_text(&text), "one");
    (void)snprintf(whole, sizeof whole, "%s/a.json", path);
    assert_int_equal(0, stat(whole, &facts));
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_int_equal(LACUNA_OK, lac_run_folder_read(&text, &found, folder, "none.json", NULL));
    assert_false(found);
    lac_buf_clear(&text);
    assert_int_equal(LACUNA_OK, lac_run_folder_each(folder, ".json", collect, &text, NULL));
    assert_string_equal(lac_buf_text(&text), "a.json b.json ");
    lac_run_folder_close(folder);
    assert_int_equal(LACUNA_OK, lac_run_folder_open(&second, path, NULL));
    lac_run_folder_close(second);
    lac_buf_free(&text);
}

static void links_are_not_followed(void **state)
{
    lac_run_folder *folder;
    lac_buf text;
    bool found;
    char whole[128];
    (void)state;
    lac_buf_init(&text, 4096);
    assert_int_equal(LACUNA_OK, lac_run_folder_open(&folder, path, NULL));
    (void)snprintf(whole, sizeof whole, "%s/link.json", path);
    assert_int_equal(0, symlink("/etc/hostname", whole));
    assert_int_equal(LACUNA_OK, lac_run_folder_read(&text, &found, folder, "link.json", NULL));
    assert_false(found);
    lac_run_folder_close(folder);
    lac_buf_free(&text);
}

static void names_of_steps(void **state)
{
    char a[64], b[64];
    (void)state;
    assert_int_equal(LACUNA_OK, lac_step_file_name(a, "protocol_m11/m11.4.5", NULL));
    assert_memory_equal(a, "m11.4.5-", 8);
    assert_int_equal(LACUNA_OK, lac_step_file_name(b, "other/m11.4.5", NULL));
    assert_string_not_equal(a, b);
    assert_int_equal(LACUNA_OK, lac_step_file_name(a, "x/../../etc/passwd", NULL));
    assert_null(strchr(a, '/'));
    assert_int_not_equal(a[0], '.');
    assert_int_equal(LACUNA_OK,
                     lac_step_file_name(a,
                                        "x/"
                                        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                                        "aaaaaaaaaaaaaaaaaaaaaaaaaaaa\xC3\xA9",
                                        NULL));
    assert_true(strlen(a) < 64);
}

/* ---- decisions ------------------------------------------------------------------------------ */

static lac_draft_decision decision_of(const char *state, const char *text)
{
    return (lac_draft_decision){.gap = "c/i",
                                .state = state,
                                .by = "A. Berg",
                                .reason = "why",
                                .time = "2026-01-31T12:00:00Z",
                                .draft = "abc",
                                .text = text};
}

static void decisions_are_added_and_the_last_counts(void **state)
{
    lac_run_folder *folder;
    lac_review review;
    (void)state;
    assert_int_equal(LACUNA_OK, lac_run_folder_open(&folder, path, NULL));
    assert_int_equal(LACUNA_OK, lac_review_read(&review, folder, NULL));
    assert_int_equal(review.count, 0);
    lac_draft_decision first = decision_of("rejected", NULL),
                       last = decision_of("edited", "My \"text\".\n");
    assert_int_equal(LACUNA_OK, lac_review_add(&review, &first, NULL));
    assert_int_equal(LACUNA_OK, lac_review_add(&review, &last, NULL));
    assert_int_equal(LACUNA_OK, lac_review_write(&review, folder, NULL));
    lac_review_free(&review);
    assert_int_equal(LACUNA_OK, lac_review_read(&review, folder, NULL));
    assert_int_equal(review.count, 2);
    assert_string_equal(review.decisions[0].state, "rejected");
    assert_string_equal(lac_review_find(&review, "c/i")->text, "My \"text\".\n");
    assert_null(lac_review_find(&review, "c/j"));
    lac_review_free(&review);
    lac_run_folder_close(folder);
}

static void decisions_that_are_none(void **state)
{
    lac_review review = {.count = 0};
    (void)state;
    lac_arena_init(&review.arena);
    lac_draft_decision bad[] = {decision_of("burned", NULL),     decision_of("edited", NULL),
                                decision_of("accepted", "text"), decision_of("accepted", NULL),
                                decision_of("accepted", NULL),   decision_of("accepted", NULL),
                                decision_of("edited", "\xFF")};
    bad[3].by = " ";
    bad[4].reason = "two\nlines";
    bad[5].by = "\xC3";
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(LACUNA_E_ARGUMENT, lac_review_add(&review, &bad[i], NULL));
    }
    assert_int_equal(review.count, 0);
    lac_review_free(&review);
}

static void a_file_that_is_none_is_an_error(void **state)
{
    static const char *const files[] = {"",
                                        "{",
                                        "[]",
                                        "{\"schema\":\"lacuna.review/1\"}",
                                        "{\"schema\":\"lacuna.review/1\",\"decisions\":[{}]}",
                                        "{\"schema\":\"lacuna.review/2\",\"decisions\":[]}"};
    lac_run_folder *folder;
    lac_review review;
    (void)state;
    assert_int_equal(LACUNA_OK, lac_run_folder_open(&folder, path, NULL));
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        lacuna_error err = {0};
        write_file("review.json", files[i]);
        assert_int_equal(LACUNA_E_FORMAT, lac_review_read(&review, folder, &err));
        assert_int_not_equal(err.message[0], '\0');
    }
    lac_run_folder_close(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(files_are_whole_and_private, make_path, drop_path),
        cmocka_unit_test_setup_teardown(links_are_not_followed, make_path, drop_path),
        cmocka_unit_test(names_of_steps),
        cmocka_unit_test_setup_teardown(decisions_are_added_and_the_last_counts, make_path,
                                        drop_path),
        cmocka_unit_test(decisions_that_are_none),
        cmocka_unit_test_setup_teardown(a_file_that_is_none_is_an_error, make_path, drop_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
