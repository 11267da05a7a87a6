/* The configuration of a repository: settings in order, paths beside the file, refusals in place.
 */
#include <lacuna.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { SEEN_MAX = 4096 };

static int see(void *user, const char *key, const char *value, const char *pointer)
{
    char *seen = user;
    size_t used = strlen(seen);
    (void)snprintf(seen + used, SEEN_MAX - used, "%s=%s@%s\n", key, value, pointer);
    return 0;
}

/* Writes the text to a file, opens it and takes the file away. */
static lacuna_status open_text(lacuna_config **out, const char *text, char path[64],
                               lacuna_error *err)
{
    (void)snprintf(path, 64, "/tmp/lacuna-config-XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    (void)close(file);
    lacuna_status status = lacuna_config_open(out, path, err);
    (void)unlink(path);
    return status;
}

static void settings_come_in_order_with_their_places(void **state)
{
    static const char text[] =
        "{\"schema\": \"lacuna.config/1\", \"waivers\": \"w.json\", \"baseline\": \"/b.json\",\n"
        "\"checklists\": [\"a\", \"b\"], \"fail_on_not_evaluated\": true,\n"
        "\"documents\": [{\"path\": \"x=/*.docx\", \"id\": \"main\", \"type\": \"protocol\"}],\n"
        "\"limits\": {\"part\": 1000}, \"model\": {\"effort\": \"high\"}}";
    char path[64], seen[SEEN_MAX] = "";
    lacuna_config *config;
    lacuna_error err = {0};
    (void)state;
    assert_int_equal(open_text(&config, text, path, &err), LACUNA_OK);
    assert_int_equal(lacuna_config_each(config, see, seen), 0);
    assert_string_equal(seen, "checklist=a@/checklists/0\n"
                              "checklist=b@/checklists/1\n"
                              "document-id=/tmp/x=/*.docx=main@/documents/0\n"
                              "document-type-of=/tmp/x=/*.docx=protocol@/documents/0\n"
                              "fail-on-not-evaluated=yes@/fail_on_not_evaluated\n"
                              "waivers=/tmp/w.json@/waivers\n"
                              "baseline=/b.json@/baseline\n"
                              "max-part-bytes=1000@/limits/part\n"
                              "claude=effort=high@/model/effort\n");
    lacuna_config_free(config);
}

static void what_is_wrong_is_told_with_its_place(void **state)
{
    static const struct {
        const char *text, *place, *message;
        uint32_t line;
    } rows[] = {
        {"{\"schema\": \"lacuna.config/1\",\n\"fail_on\": \"mjor\"}", "/fail_on", "not one of", 2},
        {"{\"schema\": \"lacuna.config/1\",\n\"waiver\": \"x\"}", "/waiver", "is it \"waivers\"?",
         2},
        {"{\"schema\": \"lacuna.config/1\",\n\"judge\": true}", "/judge", "unknown key", 2},
        {"{\"schema\": \"lacuna.config/1\",\n\"model\": {\"api_key\": \"x\"}}", "/model/api_key",
         "unknown key", 2},
        {"{\"schema\": \"lacuna.config/1\",\n\"model\": {\"provider\": \"x\"}}", "/model/provider",
         "unknown key", 2},
        {"{\"schema\": \"lacuna.config/1\",\n\"profile\": {\"pathway\": \"505\"}}",
         "/profile/pathway", "505", 2},
        {"{\"schema\": \"lacuna.config/1\",\n\"limits\": {\"part\": \"big\"}}", "/limits/part",
         "whole number", 2},
        {"{\"schema\": \"lacuna.config/2\"}", "/schema", "lacuna.config/1", 1},
        {"[]", "/", "must be an object", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char path[64];
        lacuna_config *config;
        lacuna_error err = {0};
        assert_int_equal(open_text(&config, rows[i].text, path, &err), LACUNA_E_FORMAT);
        assert_null(config);
        if (strstr(err.message, path) == NULL || strstr(err.message, rows[i].message) == NULL) {
            fail_msg("%s: %s", rows[i].text, err.message);
        }
        assert_string_equal(err.place, rows[i].place);
        assert_int_equal(err.line, rows[i].line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_come_in_order_with_their_places),
        cmocka_unit_test(what_is_wrong_is_told_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
