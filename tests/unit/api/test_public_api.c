/* The public API as a host uses it: nothing but lacuna.h. */
#include <lacuna.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char PROTOCOL[] = "# Clinical Trial Protocol\n\n## 1 Trial design\n\n"
                               "This is a randomised, double-blind trial in 40 participants.\n";

typedef struct bytes {
    char data[1 << 20];
    size_t length;
} bytes;

static int take(void *user, const void *data, size_t length)
{
    bytes *b = user;
    if (length >= sizeof b->data - b->length) {
        return 1;
    }
    memcpy(b->data + b->length, data, length);
    b->length += length;
    b->data[b->length] = '\0';
    return 0;
}

static int refuse(void *user, const void *data, size_t length)
{
    (void)user;
    (void)data;
    (void)length;
    return 1;
}

static bytes *new_bytes(void)
{
    bytes *b = calloc(1, sizeof *b);
    assert_non_null(b);
    return b;
}

static lacuna_run *new_run(void)
{
    lacuna_options *options = NULL;
    lacuna_run *run = NULL;
    assert_int_equal(lacuna_options_new(&options, NULL), LACUNA_OK);
    assert_int_equal(lacuna_options_set(options, "document-type", "protocol", NULL), LACUNA_OK);
    assert_int_equal(lacuna_options_set(options, "as-of", "2026-03-03", NULL), LACUNA_OK);
    assert_int_equal(lacuna_options_set(options, "jobs", "3", NULL), LACUNA_OK);
    assert_int_equal(lacuna_run_new(&run, options, NULL), LACUNA_OK);
    lacuna_options_free(options);
    return run;
}

static void a_document_gives_text_and_outline(void **state)
{
    (void)state;
    lacuna_document *document = NULL;
    bytes *b = new_bytes();
    assert_int_equal(
        lacuna_document_open_memory(&document, "a.md", PROTOCOL, sizeof PROTOCOL - 1, NULL, NULL),
        LACUNA_OK);
    assert_int_equal(lacuna_document_text(document, take, b, NULL), LACUNA_OK);
    assert_string_equal(b->data, PROTOCOL);
    b->length = 0;
    assert_int_equal(lacuna_document_outline(document, "text", take, b, NULL), LACUNA_OK);
    assert_string_equal(b->data, "Clinical Trial Protocol\n  1 Trial design\n");
    lacuna_error err = {0};
    assert_int_equal(lacuna_document_outline(document, "xml", take, b, &err), LACUNA_E_ARGUMENT);
    assert_int_equal(lacuna_document_text(document, refuse, NULL, &err), LACUNA_E_IO);
    lacuna_document_free(document);
    lacuna_document_free(NULL);
    free(b);
}

static void what_is_no_document_is_refused(void **state)
{
    (void)state;
    lacuna_error err = {0};
    lacuna_document *document = (lacuna_document *)&err;
    static const char pdf[] = "%PDF-1.7\n1 0 obj\n";
    assert_int_equal(
        lacuna_document_open_memory(&document, "a.docx", pdf, sizeof pdf - 1, NULL, &err),
        LACUNA_E_UNSUPPORTED);
    assert_null(document);
    assert_non_null(strstr(err.message, "PDF"));
}

static void a_result_outlives_its_run(void **state)
{
    (void)state;
    lacuna_run *run = new_run();
    lacuna_result *result = NULL;
    for (int i = 0; i < 5; i++) {
        char name[] = "0.md";
        name[0] = (char)('0' + i);
        assert_int_equal(lacuna_run_add_memory(run, name, PROTOCOL, sizeof PROTOCOL - 1, NULL),
                         LACUNA_OK);
    }
    assert_int_equal(lacuna_run_add(run, "no/such/file.docx", NULL), LACUNA_OK);
    assert_int_equal(lacuna_run_execute(&result, run, NULL), LACUNA_OK);
    lacuna_result *again = result;
    assert_int_equal(lacuna_run_execute(&again, run, NULL), LACUNA_E_ARGUMENT);
    assert_null(again);
    assert_int_equal(lacuna_run_add(run, "x", NULL), LACUNA_E_ARGUMENT);
    lacuna_run_free(run);
    assert_int_equal(lacuna_result_verdict(result), LACUNA_INCOMPLETE);
    assert_int_equal(lacuna_result_exit_code(result), 3);
    assert_int_equal(lacuna_result_count(result, "documents"), 6);
    assert_int_equal(lacuna_result_count(result, "unread"), 1);
    assert_true(lacuna_result_count(result, "missing") > 0);
    assert_int_equal(lacuna_result_count(result, "gaps"),
                     lacuna_result_count(result, "missing") +
                         lacuna_result_count(result, "partial") +
                         lacuna_result_count(result, "contradicts"));
    assert_int_equal(lacuna_result_count(result, "no such count"), 0);
    assert_int_equal(lacuna_result_note_count(result), 1);
    assert_non_null(strstr(lacuna_result_note(result, 0), "no/such/file.docx: "));
    bytes *b = new_bytes();
    lacuna_error err = {0};
    assert_int_equal(lacuna_result_render(result, "text", NULL, take, b, &err), LACUNA_OK);
    assert_int_equal(strncmp(b->data, "incomplete: 1 of 6 documents not read", 37), 0);
    assert_int_equal(lacuna_result_render(result, "xml", NULL, take, b, &err), LACUNA_E_ARGUMENT);
    assert_int_equal(lacuna_result_render(result, "json", NULL, refuse, b, &err), LACUNA_E_IO);
    lacuna_result_free(result);
    free(b);
}

typedef struct watcher {
    uint64_t calls, last, stop_at;
} watcher;

static int watch(void *user, const char *path, uint64_t done, uint64_t total)
{
    watcher *w = user;
    assert_int_equal(path == NULL, w->calls == 0);
    assert_int_equal(done, w->calls);
    assert_int_equal(total, 20);
    w->calls++;
    w->last = done;
    return done == w->stop_at ? 1 : 0;
}

static lacuna_result *run_twenty(watcher *w)
{
    lacuna_run *run = new_run();
    lacuna_result *result = NULL;
    for (int i = 0; i < 20; i++) {
        char name[] = "a.md";
        name[0] = (char)('a' + i);
        assert_int_equal(lacuna_run_add_memory(run, name, PROTOCOL, sizeof PROTOCOL - 1, NULL),
                         LACUNA_OK);
    }
    lacuna_run_on_progress(run, watch, w);
    assert_int_equal(lacuna_run_execute(&result, run, NULL), LACUNA_OK);
    lacuna_run_free(run);
    return result;
}

static void progress_tells_of_every_document(void **state)
{
    (void)state;
    watcher w = {0, 0, UINT64_MAX};
    lacuna_result *result = run_twenty(&w);
    assert_int_equal(w.calls, 21);
    assert_int_equal(lacuna_result_verdict(result), LACUNA_NOT_READY);
    lacuna_result_free(result);
}

static void progress_can_cancel(void **state)
{
    (void)state;
    watcher w = {0, 0, 0};
    lacuna_result *result = run_twenty(&w);
    assert_int_equal(w.calls, 21);
    assert_int_equal(lacuna_result_verdict(result), LACUNA_INCOMPLETE);
    assert_int_equal(lacuna_result_count(result, "unread"), 20);
    assert_int_equal(lacuna_result_exit_code(result), 3);
    lacuna_result_free(result);
}

static void an_unknown_checklist_is_told_before_anything_is_read(void **state)
{
    (void)state;
    lacuna_options *options = NULL;
    lacuna_run *run = NULL;
    lacuna_result *result = NULL;
    lacuna_error err = {0};
    assert_int_equal(lacuna_options_new(&options, NULL), LACUNA_OK);
    assert_int_equal(lacuna_options_set(options, "checklist", "protocol_m12", NULL), LACUNA_OK);
    assert_int_equal(lacuna_run_new(&run, options, NULL), LACUNA_OK);
    assert_int_equal(lacuna_run_execute(&result, run, &err), LACUNA_E_NOTFOUND);
    assert_null(result);
    assert_non_null(strstr(err.message, "protocol_m12"));
    lacuna_run_free(run);
    lacuna_options_free(options);
}

static void nothing_given_is_nothing_evaluated(void **state)
{
    (void)state;
    lacuna_run *run = new_run();
    lacuna_result *result = NULL;
    assert_int_equal(lacuna_run_execute(&result, run, NULL), LACUNA_OK);
    assert_int_equal(lacuna_result_exit_code(result), 4);
    lacuna_result_free(result);
    lacuna_run_free(run);
}

static void nearest_names_a_slip_and_nothing_else(void **state)
{
    static const char *const names[] = {"check", "outline", "text"};
    (void)state;
    assert_string_equal(lacuna_nearest("chekc", names, 3), "check");
    assert_string_equal(lacuna_nearest("txt", names, 3), "text");
    assert_null(lacuna_nearest("completely-different", names, 3));
    assert_null(lacuna_nearest("check", names, 0));
    assert_null(lacuna_nearest("wat", names, 3)); /* three of four letters changed */
}

static void names_of_verdicts_are_those_of_the_schema(void **state)
{
    (void)state;
    assert_string_equal(lacuna_verdict_name(LACUNA_READY), "ready");
    assert_string_equal(lacuna_verdict_name(LACUNA_NOT_READY), "not-ready");
    assert_string_equal(lacuna_verdict_name(LACUNA_INCOMPLETE), "incomplete");
    assert_string_equal(lacuna_verdict_name(LACUNA_NOTHING_EVALUATED), "nothing-evaluated");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_gives_text_and_outline),
        cmocka_unit_test(what_is_no_document_is_refused),
        cmocka_unit_test(a_result_outlives_its_run),
        cmocka_unit_test(progress_tells_of_every_document),
        cmocka_unit_test(progress_can_cancel),
        cmocka_unit_test(an_unknown_checklist_is_told_before_anything_is_read),
        cmocka_unit_test(nothing_given_is_nothing_evaluated),
        cmocka_unit_test(nearest_names_a_slip_and_nothing_else),
        cmocka_unit_test(names_of_verdicts_are_those_of_the_schema),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
