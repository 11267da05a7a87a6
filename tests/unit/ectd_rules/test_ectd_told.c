/* What the user tells decides conditions that the envelope leaves open, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analyzer/ectd/profile.h"

#include <string.h>

static lac_truth truth(const char *application, const char *told)
{
    static const char *const applications[] = {"anda", "nda?"};
    static const char *const facts[] = {"pathway=505b2"};
    const lac_profile_condition condition = {
        .applications = applications, .application_count = 2, .facts = facts, .fact_count = 1};
    const lac_told_facts given = {&told, told == NULL ? 0 : 1};
    const lac_profile profile = {.application = application, .region = "us", .told = &given};
    return lac_profile_truth(&profile, &condition);
}

static void a_fact_decides_what_is_open(void **state)
{
    (void)state;
    assert_int_equal(truth("nda", NULL), LAC_TRUTH_UNKNOWN);
    assert_int_equal(truth("nda", "phase=2"), LAC_TRUTH_UNKNOWN);
    assert_int_equal(truth("nda", "pathway=505b2"), LAC_TRUTH_TRUE);
    assert_int_equal(truth("nda", "pathway=505b1"), LAC_TRUTH_FALSE);
}

static void a_fact_changes_nothing_else(void **state)
{
    (void)state;
    assert_int_equal(truth("anda", NULL), LAC_TRUTH_TRUE);
    assert_int_equal(truth("anda", "pathway=505b1"), LAC_TRUTH_TRUE);
    assert_int_equal(truth("ind", "pathway=505b2"), LAC_TRUTH_FALSE);
    assert_int_equal(truth(NULL, "pathway=505b2"), LAC_TRUTH_UNKNOWN);
}

static void the_last_value_of_a_key_counts(void **state)
{
    (void)state;
    static const char *const texts[] = {"ind=research", "centre=cder", "ind=commercial"};
    const lac_told_facts facts = {texts, 3};
    assert_string_equal(lac_told(&facts, "ind"), "commercial");
    assert_string_equal(lac_told(&facts, "centre"), "cder");
    assert_null(lac_told(&facts, "cent"));
    assert_null(lac_told(NULL, "ind"));
}

static void only_listed_facts_are_allowed(void **state)
{
    (void)state;
    lacuna_error err = {0};
    assert_int_equal(lac_told_allowed("phase=2", &err), LACUNA_OK);
    assert_int_equal(lac_told_allowed("phase=5", &err), LACUNA_E_ARGUMENT);
    assert_int_equal(lac_told_allowed("=", &err), LACUNA_E_ARGUMENT);
    assert_int_equal(lac_told_allowed("", &err), LACUNA_E_ARGUMENT);
}

/* A list of keys that is cut off hides the one that was meant. */
static void the_remedy_names_every_key_and_value(void **state)
{
    (void)state;
    lacuna_error err = {0};
    assert_int_equal(lac_told_allowed("what=x", &err), LACUNA_E_ARGUMENT);
    assert_string_equal(err.message, "\"what\" is no key of a profile");
    assert_non_null(strstr(err.remedy, "pathway, exclusivity, "));
    assert_non_null(strstr(err.remedy, ", sterile"));
    assert_int_equal(lac_told_allowed("phase", &err), LACUNA_E_ARGUMENT);
    assert_string_equal(err.message, "\"\" is no value of phase");
    assert_non_null(strstr(err.remedy, "one of 1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fact_decides_what_is_open),
        cmocka_unit_test(a_fact_changes_nothing_else),
        cmocka_unit_test(the_last_value_of_a_key_counts),
        cmocka_unit_test(only_listed_facts_are_allowed),
        cmocka_unit_test(the_remedy_names_every_key_and_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
