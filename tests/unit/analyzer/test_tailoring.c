/* What an organization may change about a checklist, and what not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analyzer/tailoring.h"

#include <string.h>

static const char BASE[] =
    "{\"schema\":\"lacuna.checklist/1\",\"id\":\"b\",\"version\":\"1\",\"title\":\"B\","
    "\"guidance\":{\"authority\":\"A\",\"version\":\"1\",\"status\":\"final\"},"
    "\"documents\":[\"protocol\"],\"languages\":[\"en\"],\"items\":["
    "{\"id\":\"b.1\",\"title\":\"Group\",\"requirement\":\"R\",\"confidence\":\"verified\","
    "\"citation\":\"C\",\"authority\":\"law\",\"strength\":\"structural\"},"
    "{\"id\":\"b.1.1\",\"parent\":\"b.1\",\"title\":\"One\",\"requirement\":\"R\","
    "\"citation\":\"C\",\"confidence\":\"verified\",\"authority\":\"law\",\"strength\":\"must\","
    "\"aliases\":[\"Uno\"],\"expect\":{\"facts\":[{\"name\":\"f\",\"any\":[\"alpha\"]},"
    "{\"name\":\"g\",\"any\":[\"beta\"]}]}},"
    "{\"id\":\"b.1.2\",\"parent\":\"b.1\",\"title\":\"Two\",\"requirement\":\"R\","
    "\"confidence\":\"memory\",\"authority\":\"guidance\",\"strength\":\"should\"},"
    "{\"id\":\"b.2\",\"title\":\"Three\",\"requirement\":\"R\",\"confidence\":\"memory\","
    "\"authority\":\"guidance\",\"strength\":\"should\"}]}";

#define TAILORING(rest) \
    "{\"schema\":\"lacuna.tailoring/1\",\"id\":\"t\",\"version\":\"4\",\"base\":\"b\"," rest "}"

static lacuna_status load(lac_checklist **out, const char *const *tailorings, uint32_t count,
                          lacuna_error *err)
{
    static const char *const names[] = {"first.json", "second.json"};
    lac_span texts[2];
    for (uint32_t i = 0; i < count; i++) {
        texts[i] = lac_span_of(tailorings[i]);
    }
    return lac_tailored_load(out, lac_span_of(BASE), "b", texts, names, count, &LAC_LIMITS_DEFAULT,
                             err);
}

static lac_checklist *load_one(const char *tailoring)
{
    lac_checklist *list = NULL;
    lacuna_error err = {0};
    if (load(&list, &tailoring, 1, &err) != LACUNA_OK) {
        fail_msg("%s", err.message);
    }
    return list;
}

static void base_and_tailoring_are_recorded(void **state)
{
    (void)state;
    lac_digest digest;
    const char *text = TAILORING("\"items\":[]");
    lac_checklist *list = load_one(text);
    assert_int_equal(lac_sha256(&digest, lac_span_of(BASE), NULL), LACUNA_OK);
    assert_string_equal(list->digest.hex, digest.hex);
    assert_int_equal(list->tailored_count, 1);
    assert_string_equal(list->tailored[0].id, "t");
    assert_string_equal(list->tailored[0].version, "4");
    assert_int_equal(lac_sha256(&digest, lac_span_of(text), NULL), LACUNA_OK);
    assert_string_equal(list->tailored[0].digest.hex, digest.hex);
    lac_checklist_free(list);
}

static void leaving_out_takes_what_lies_below_along(void **state)
{
    (void)state;
    lac_checklist *list =
        load_one(TAILORING("\"items\":[{\"id\":\"b.1\",\"deselect\":\"none here\"},"
                           "{\"id\":\"b.1.2\",\"select\":true}]"));
    const char *why = lac_checklist_item(list, "b.1")->left_out;
    assert_string_equal(why, "Left out by the tailoring t 4: none here");
    assert_string_equal(lac_checklist_item(list, "b.1.1")->left_out, why);
    assert_null(lac_checklist_item(list, "b.1.2")->left_out);
    assert_null(lac_checklist_item(list, "b.2")->left_out);
    lac_checklist_free(list);
}

static void the_others_may_be_left_out(void **state)
{
    (void)state;
    lac_checklist *list = load_one(
        TAILORING("\"deselect_others\":\"not ours\",\"items\":[{\"id\":\"b.1.1\","
                  "\"severity\":\"minor\"}],\"add\":[{\"id\":\"own\",\"title\":\"Own\","
                  "\"requirement\":\"R\",\"confidence\":\"memory\",\"authority\":\"practice\","
                  "\"strength\":\"may\"}]"));
    assert_null(lac_checklist_item(list, "b.1")->left_out); /* it holds one that is asked */
    assert_null(lac_checklist_item(list, "b.1.1")->left_out);
    assert_non_null(lac_checklist_item(list, "b.1.2")->left_out);
    assert_non_null(lac_checklist_item(list, "b.2")->left_out);
    assert_null(lac_checklist_item(list, "own")->left_out);
    assert_int_equal(lac_checklist_item(list, "b.1.1")->severity, LAC_SEVERITY_MINOR);
    lac_checklist_free(list);
}

static void additions_do_not_ask_for_more(void **state)
{
    (void)state;
    lac_checklist *list = load_one(TAILORING(
        "\"items\":[{\"id\":\"b.1.1\",\"aliases\":[\"Uno\",\"Eins\"],\"elsewhere\":[\"M\"],"
        "\"facts\":[{\"name\":\"h\",\"any\":[\"gamma\"]}]}]"));
    const lac_item *item = lac_checklist_item(list, "b.1.1");
    assert_int_equal(item->alias_count, 2);
    assert_int_equal(item->elsewhere_count, 1);
    assert_int_equal(item->expect.fact_count, 3);
    assert_int_equal(item->expect.at_least, 2);
    lac_checklist_free(list);
}

static void later_ones_go_over_earlier_ones(void **state)
{
    (void)state;
    lac_checklist *list = NULL;
    lacuna_error err = {0};
    const char *both[] = {TAILORING("\"deselect_others\":\"all\""),
                          TAILORING("\"items\":[{\"id\":\"b.2\",\"select\":true}]")};
    assert_int_equal(load(&list, both, 2, &err), LACUNA_OK);
    assert_int_equal(list->tailored_count, 2);
    assert_null(lac_checklist_item(list, "b.2")->left_out);
    assert_non_null(lac_checklist_item(list, "b.1.1")->left_out);
    lac_checklist_free(list);
}

static void what_is_asked_stays(void **state)
{
    (void)state;
    static const struct {
        const char *tailoring, *message;
    } wrong[] = {
        {TAILORING("\"items\":[{\"id\":\"b.2\",\"confidence\":\"verified\"}]"),
         "a tailoring cannot change \"confidence\""},
        {TAILORING("\"items\":[{\"id\":\"b.2\",\"requirement\":\"x\"}]"), "cannot change"},
        {TAILORING("\"items\":[{\"id\":\"b.2\",\"severity\":\"major\"}]"),
         "confidence is memory, so severity is at most minor"},
        {TAILORING("\"items\":[{\"id\":\"b.9\"}]"), "has no item \"b.9\""},
        {TAILORING("\"items\":[{\"id\":\"b.2\",\"deselect\":\" \"}]"), "must not be empty"},
        {TAILORING("\"items\":[{\"id\":\"b.2\",\"deselect\":true}]"), "must be a string"},
        {TAILORING("\"items\":[{\"id\":\"b.2\",\"deselect\":\"x\",\"severity\":\"info\"}]"),
         "nothing else to tailor"},
        {TAILORING("\"add\":[{\"id\":\"b.2\",\"title\":\"T\",\"requirement\":\"R\","
                   "\"confidence\":\"memory\",\"authority\":\"practice\",\"strength\":\"may\"}]"),
         "used twice"},
        {"{\"schema\":\"lacuna.tailoring/2\",\"id\":\"t\",\"version\":\"1\",\"base\":\"b\"}",
         "schema must be"},
        {TAILORING("\"itmes\":[]"), "is it \"items\"?"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        lac_checklist *list = NULL;
        lacuna_error err = {0};
        assert_int_equal(load(&list, &wrong[i].tailoring, 1, &err), LACUNA_E_FORMAT);
        assert_null(list);
        if (strstr(err.message, wrong[i].message) == NULL) {
            fail_msg("%s: %s", wrong[i].message, err.message);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base_and_tailoring_are_recorded),
        cmocka_unit_test(leaving_out_takes_what_lies_below_along),
        cmocka_unit_test(the_others_may_be_left_out),
        cmocka_unit_test(additions_do_not_ask_for_more),
        cmocka_unit_test(later_ones_go_over_earlier_ones),
        cmocka_unit_test(what_is_asked_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
