/* Inputs: how paths are shown, what a folder gives, and that order does not matter. */
#include "api/inputs.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void shown_paths(void **state)
{
    static const struct {
        const char *path, *root, *shown;
    } rows[] = {
        {"a.md", NULL, "a.md"},
        {"./a.md", NULL, "a.md"},
        {".//x/./a.md", NULL, "x/a.md"},
        {"x//y/", NULL, "x/y"},
        {"../a.md", NULL, "../a.md"},
        {"/x/a.md", NULL, "/x/a.md"},
        {"//x//a.md", NULL, "/x/a.md"},
        {"/x/y/a.md", "/x/y", "a.md"},
        {"/x/y/a.md", "/x/y/", "a.md"},
        {"/x/yy/a.md", "/x/y", "/x/yy/a.md"},
        {".", NULL, "."},
        {"/", NULL, "/"},
        {"..a", NULL, "..a"},
        {".hidden", NULL, ".hidden"},
    };
    (void)state;
    lac_inputs inputs;
    lac_inputs_init(&inputs);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_string_equal(lac_inputs_shown(&inputs, rows[i].path, rows[i].root), rows[i].shown);
    }
    lac_inputs_free(&inputs);
}

/* A folder of its own for a test; everything in it is removed by name. */
typedef struct folder {
    char path[64];
} folder;

static const char *const FILES[] = {"b.md",       "a.DOCX",    "~$a.docx",       "c.csv",
                                    ".hidden.md", "sub/d.txt", "sub/deep/e.dotm"};
static const char *const FOLDERS[] = {"sub", "sub/deep", ".git"};

static void in_folder(char path[256], const folder *f, const char *name)
{
    (void)snprintf(path, 256, "%s/%s", f->path, name);
}

static void make_folder(folder *f)
{
    char path[256];
    (void)snprintf(f->path, sizeof f->path, "/tmp/lacuna-inputs-XXXXXX");
    assert_non_null(mkdtemp(f->path));
    for (size_t i = 0; i < sizeof FOLDERS / sizeof FOLDERS[0]; i++) {
        in_folder(path, f, FOLDERS[i]);
        assert_int_equal(mkdir(path, 0700), 0);
    }
    for (size_t i = 0; i < sizeof FILES / sizeof FILES[0]; i++) {
        in_folder(path, f, FILES[i]);
        int file = open(path, O_WRONLY | O_CREAT, 0600);
        assert_true(file >= 0);
        assert_int_equal(write(file, "text\n", 5), 5);
        (void)close(file);
    }
    in_folder(path, f, "loop");
    assert_int_equal(symlink(".", path), 0);
    in_folder(path, f, "broken.docx");
    assert_int_equal(symlink("nowhere", path), 0);
}

static void remove_folder(const folder *f)
{
    char path[256];
    static const char *const links[] = {"loop", "broken.docx"};
    for (size_t i = 0; i < 2; i++) {
        in_folder(path, f, links[i]);
        (void)unlink(path);
    }
    for (size_t i = 0; i < sizeof FILES / sizeof FILES[0]; i++) {
        in_folder(path, f, FILES[i]);
        (void)unlink(path);
    }
    for (size_t i = sizeof FOLDERS / sizeof FOLDERS[0]; i-- > 0;) {
        in_folder(path, f, FOLDERS[i]);
        (void)rmdir(path);
    }
    in_folder(path, f, "sub");
    (void)rmdir(path);
    assert_int_equal(rmdir(f->path), 0);
}

static void expect_walked(const lac_inputs *inputs)
{
    static const char *const wanted[] = {"a.DOCX", "b.md", "broken.docx", "sub/d.txt",
                                         "sub/deep/e.dotm"};
    assert_int_equal(inputs->count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(inputs->items[i].shown, wanted[i]);
    }
    assert_int_equal(inputs->skip_count, 3);
    assert_string_equal(inputs->skips[1].path, "loop");
    assert_string_equal(inputs->skips[2].path, "~$a.docx");
}

static void a_folder_is_walked_and_links_do_not_lead_astray(void **state)
{
    (void)state;
    folder f;
    char path[256];
    lac_inputs inputs;
    make_folder(&f);
    lac_inputs_init(&inputs);
    assert_int_equal(lac_inputs_add(&inputs, f.path, f.path, NULL), LACUNA_OK);
    lac_inputs_settle(&inputs);
    /* The folder itself is not below the root; its note carries the whole path. */
    assert_string_equal(inputs.skips[0].path, f.path);
    expect_walked(&inputs);
    /* Naming a file again, and the folder again, changes nothing. */
    in_folder(path, &f, "sub/d.txt");
    assert_int_equal(lac_inputs_add(&inputs, path, f.path, NULL), LACUNA_OK);
    assert_int_equal(lac_inputs_add(&inputs, f.path, f.path, NULL), LACUNA_OK);
    lac_inputs_settle(&inputs);
    expect_walked(&inputs);
    lac_inputs_free(&inputs);
    remove_folder(&f);
}

static void what_cannot_be_read_is_an_input_with_an_error(void **state)
{
    (void)state;
    lac_inputs inputs;
    lac_inputs_init(&inputs);
    assert_int_equal(lac_inputs_add(&inputs, "no/such/file", NULL, NULL), LACUNA_OK);
    assert_int_equal(lac_inputs_add(&inputs, "/dev/null", NULL, NULL), LACUNA_OK);
    lac_inputs_settle(&inputs);
    assert_int_equal(inputs.count, 2);
    assert_int_equal(inputs.items[0].error.status, LACUNA_E_UNSUPPORTED);
    assert_int_equal(inputs.items[1].error.status, LACUNA_E_IO);
    lac_inputs_free(&inputs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shown_paths),
        cmocka_unit_test(a_folder_is_walked_and_links_do_not_lead_astray),
        cmocka_unit_test(what_cannot_be_read_is_an_input_with_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
