/* Options as text: what each key takes. */
#include "api/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void takes_and_refuses(void **state)
{
    static const struct {
        const char *key, *value;
        lacuna_status status;
    } rows[] = {
        {"as-of", "2026-03-03", LACUNA_OK},
        {"as-of", "2026-3-3", LACUNA_E_ARGUMENT},
        {"as-of", "2026-13-01", LACUNA_E_ARGUMENT},
        {"as-of", "2026-01-32", LACUNA_E_ARGUMENT},
        {"as-of", "2026-01-0x", LACUNA_E_ARGUMENT},
        {"as-of", "", LACUNA_E_ARGUMENT},
        {"as-of", "2026-02-29", LACUNA_E_ARGUMENT},
        {"as-of", "2028-02-29", LACUNA_OK},
        {"as-of", "2026-1-01", LACUNA_E_ARGUMENT},
        {"checklist", "protocol_m11", LACUNA_OK},
        {"color", "yes", LACUNA_OK},
        {"color", "maybe", LACUNA_E_ARGUMENT},
        {"detail", "full", LACUNA_OK},
        {"detail", "fuller", LACUNA_E_ARGUMENT},
        {"dtd-dir", "/no/such/folder", LACUNA_E_ARGUMENT},
        {"schema-dir", "/dev/null", LACUNA_E_ARGUMENT},
        {"schema-dir", "/", LACUNA_OK},
        {"fail-on", "never", LACUNA_OK},
        {"fail-on", "critical", LACUNA_OK},
        {"fail-on", "Major", LACUNA_E_ARGUMENT},
        {"fail-on-not-evaluated", "no", LACUNA_OK},
        {"jobs", "1", LACUNA_OK},
        {"jobs", "256", LACUNA_OK},
        {"jobs", "257", LACUNA_E_ARGUMENT},
        {"jobs", "0", LACUNA_E_ARGUMENT},
        {"jobs", "-1", LACUNA_E_ARGUMENT},
        {"jobs", "4x", LACUNA_E_ARGUMENT},
        {"jobs", "99999999999999999999", LACUNA_E_ARGUMENT},
        {"max-part-bytes", "1", LACUNA_OK},
        {"max-part-bytes", "0", LACUNA_E_ARGUMENT},
        {"max-submission-bytes", "70368744177664", LACUNA_OK},
        {"max-submission-bytes", "70368744177665", LACUNA_E_ARGUMENT},
        {"max-submission-file-bytes", "1", LACUNA_OK},
        {"max-submission-files", "0", LACUNA_E_ARGUMENT},
        {"max-submission-files", "2000000", LACUNA_OK},
        {"max-leaves", "1", LACUNA_OK},
        {"max-leaves", "many", LACUNA_E_ARGUMENT},
        {"max-text-bytes", "2147483647", LACUNA_OK},
        {"max-text-bytes", "2147483648", LACUNA_E_ARGUMENT},
        {"profile", "ind=commercial", LACUNA_OK},
        {"profile", "ind=", LACUNA_E_ARGUMENT},
        {"profile", "ind", LACUNA_E_ARGUMENT},
        {"profile", "in=commercial", LACUNA_E_ARGUMENT},
        {"width", "39", LACUNA_E_ARGUMENT},
        {"width", "40", LACUNA_OK},
        {"no-such-key", "x", LACUNA_E_ARGUMENT},
    };
    (void)state;
    lacuna_options *options = NULL;
    assert_int_equal(lacuna_options_new(&options, NULL), LACUNA_OK);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        lacuna_error err = {0};
        lacuna_status status = lacuna_options_set(options, rows[i].key, rows[i].value, &err);
        if (status != rows[i].status) {
            fail_msg("%s=%s: %d", rows[i].key, rows[i].value, status);
        }
        assert_int_equal(err.message[0] == '\0', status == LACUNA_OK);
    }
    lacuna_options_free(options);
    lacuna_options_free(NULL);
}

static void a_refused_value_changes_nothing(void **state)
{
    (void)state;
    lacuna_options *options = NULL;
    assert_int_equal(lacuna_options_new(&options, NULL), LACUNA_OK);
    assert_int_equal(lacuna_options_set(options, "jobs", "7", NULL), LACUNA_OK);
    assert_int_equal(lacuna_options_set(options, "jobs", "many", NULL), LACUNA_E_ARGUMENT);
    assert_int_equal(options->jobs, 7);
    assert_int_equal(lacuna_options_set(options, "fail-on", "never", NULL), LACUNA_OK);
    assert_int_equal(lacuna_options_set(options, "fail-on", "often", NULL), LACUNA_E_ARGUMENT);
    assert_true(options->fail_never);
    lacuna_options_free(options);
}

static void copies_are_independent(void **state)
{
    (void)state;
    lacuna_options *options = NULL;
    lacuna_options *copy = NULL;
    assert_int_equal(lacuna_options_new(&options, NULL), LACUNA_OK);
    assert_int_equal(lacuna_options_set(options, "checklist", "a", NULL), LACUNA_OK);
    assert_int_equal(lacuna_options_set(options, "checklist", "b", NULL), LACUNA_OK);
    assert_int_equal(lacuna_options_set(options, "checklist", "a", NULL), LACUNA_OK);
    assert_int_equal(lacuna_options_set(options, "document-type", "t", NULL), LACUNA_OK);
    assert_int_equal(lac_options_copy(&copy, options, NULL), LACUNA_OK);
    lacuna_options_free(options);
    assert_int_equal(copy->checklists.count, 2);
    assert_string_equal(copy->checklists.items[1], "b");
    assert_string_equal(copy->document_type, "t");
    lacuna_options_free(copy);
}

static void too_many_values_are_a_limit(void **state)
{
    (void)state;
    lacuna_options *options = NULL;
    assert_int_equal(lacuna_options_new(&options, NULL), LACUNA_OK);
    for (int i = 0; i < LAC_OPTION_LIST_MAX; i++) {
        assert_int_equal(lacuna_options_set(options, "checklist-dir", "d", NULL), LACUNA_OK);
    }
    assert_int_equal(lacuna_options_set(options, "checklist-dir", "d", NULL), LACUNA_E_LIMIT);
    lacuna_options_free(options);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_and_refuses),
        cmocka_unit_test(a_refused_value_changes_nothing),
        cmocka_unit_test(copies_are_independent),
        cmocka_unit_test(too_many_values_are_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
