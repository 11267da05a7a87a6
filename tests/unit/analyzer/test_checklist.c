/* Loading a pack: what is taken, what is derived, what is refused and where that is said to be. */
#include "analyzer/checklist.h"
#include "support/buf.h"
#include "support/json_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define HEAD                                                                                      \
    "{\"schema\": \"lacuna.checklist/1\", \"id\": \"p\", \"version\": \"1\", \"title\": \"T\",\n" \
    " \"guidance\": {\"authority\": \"A\", \"version\": \"V\", \"status\": \"final\"},\n"         \
    " \"documents\": [\"protocol\"], \"languages\": [\"en\"],\n"
#define BASE "\"title\": \"T\", \"requirement\": \"R\", \"strength\": \"should\", "
#define MEMORY "\"authority\": \"guidance\", \"confidence\": \"memory\""
#define ITEM "{\"id\": \"a\", " BASE MEMORY "}"

static lacuna_status load(lac_checklist **out, const char *json, lacuna_error *err)
{
    memset(err, 0, sizeof *err);
    return lac_checklist_load(out, lac_span_of(json), "p.json", &LAC_LIMITS_DEFAULT, err);
}

static lac_checklist *load_items(const char *items)
{
    lac_buf json;
    lac_buf_init(&json, 1 << 20);
    assert_int_equal(lac_buf_printf(&json, "%s \"items\": [%s]}", HEAD, items), LACUNA_OK);
    lac_checklist *list = NULL;
    lacuna_error err;
    if (load(&list, lac_buf_text(&json), &err) != LACUNA_OK) {
        fail_msg("%s: %s", err.place, err.message);
    }
    lac_buf_free(&json);
    return list;
}

static void takes_a_whole_item(void **state)
{
    (void)state;
    lac_checklist *list = load_items(
        "{\"id\": \"g\", \"title\": \"G\", \"requirement\": \"R\", \"strength\": "
        "\"structural\", " MEMORY "},"
        "{\"id\": \"g.1\", \"parent\": \"g\", \"section\": \"6.4.8\", \"title\": \"Codes\","
        " \"aliases\": [\"unblinding\", \"breaking\"], \"numbers\": [\"9.1\"],"
        " \"requirement\": \"R\", \"satisfied_by\": \"S\", \"citation\": \"C\", \"source\": \"X\","
        " \"confidence\": \"secondary\", \"authority\": \"law\", \"strength\": \"must\","
        " \"when\": {\"kind\": \"design\", \"text\": \"blinded\", \"holds\": [\"blind*\"],"
        "            \"fails\": [\"open label\"]},"
        " \"expect\": {\"at_least\": 1, \"words\": 9, \"table\": true, \"never\": [\"zzz\"],"
        "   \"facts\": [{\"name\": \"one\", \"any\": [\"a b\", \"!c\"], \"here\": [\"/d+/\"]},"
        "               {\"name\": \"two\", \"any\": [\"e\"], \"required\": true}]},"
        " \"elsewhere\": [\"manual\"], \"decided_by\": \"model\", \"never_not_applicable\": true,"
        " \"tests\": {\"match\": [\"a b\"], \"innocent\": [\"q\", \"r\"]}},"
        "{\"id\": \"g.2\", \"parent\": \"g\", \"citation\": \"C\", " BASE
        "\"authority\": \"law\", \"confidence\": \"verified\"}");
    assert_string_equal(list->id, "p");
    assert_int_equal(list->item_count, 3);
    assert_int_equal(strlen(list->digest.hex), 64);
    const lac_item *item = lac_checklist_item(list, "g.1");
    assert_ptr_equal(item, &list->items[1]);
    assert_int_equal(item->parent, 0);
    assert_int_equal(list->items[0].first_child, 1);
    assert_int_equal(list->items[0].parent, UINT32_MAX);
    assert_int_equal(item->first_child, UINT32_MAX);
    assert_int_equal(item->number_count, 2);
    assert_string_equal(item->numbers[0], "6.4.8");
    assert_string_equal(item->numbers[1], "9.1");
    assert_int_equal(item->alias_count, 2);
    assert_int_equal(item->severity, LAC_SEVERITY_MAJOR);
    assert_int_equal(item->decider, LAC_DECIDER_MODEL);
    assert_true(item->never_not_applicable);
    assert_int_equal(item->condition.kind, LAC_CONDITION_DESIGN);
    assert_int_equal(item->condition.holds_count, 1);
    assert_int_equal(item->expect.fact_count, 2);
    assert_int_equal(item->expect.at_least, 1);
    assert_int_equal(item->expect.at_least_elsewhere, 1);
    assert_int_equal(item->expect.words, 9);
    assert_true(item->expect.table);
    assert_false(item->expect.picture);
    assert_true(item->expect.facts[1].required);
    assert_int_equal(item->expect.facts[0].any_count, 2);
    assert_int_equal(item->match_count, 1);
    assert_int_equal(item->innocent_count, 2);
    assert_null(lac_checklist_item(list, "nothing"));
    assert_int_equal(list->items[2].condition.kind, LAC_CONDITION_NONE);
    assert_int_equal(list->items[2].severity, LAC_SEVERITY_MINOR);
    lac_checklist_free(list);
}

static void derives_severity(void **state)
{
    (void)state;
    static const struct {
        const char *standing;
        lac_severity severity;
    } cases[] = {
        {"\"authority\": \"law\", \"strength\": \"must\", \"confidence\": \"verified\", "
         "\"citation\": \"C\"",
         LAC_SEVERITY_MAJOR},
        {"\"authority\": \"law\", \"strength\": \"must\", \"confidence\": \"memory\"",
         LAC_SEVERITY_MINOR},
        {"\"authority\": \"law\", \"strength\": \"should\", \"confidence\": \"verified\", "
         "\"citation\": \"C\"",
         LAC_SEVERITY_MINOR},
        {"\"authority\": \"guidance\", \"strength\": \"must\", \"confidence\": \"verified\", "
         "\"citation\": \"C\"",
         LAC_SEVERITY_MINOR},
        {"\"authority\": \"law\", \"strength\": \"must\", \"confidence\": \"verified\", "
         "\"citation\": \"C\", \"severity\": \"critical\"",
         LAC_SEVERITY_CRITICAL},
        {"\"authority\": \"practice\", \"strength\": \"may\", \"confidence\": \"memory\", "
         "\"severity\": \"info\"",
         LAC_SEVERITY_INFO},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char item[400];
        (void)snprintf(item, sizeof item,
                       "{\"id\": \"a\", \"title\": \"T\", \"requirement\": \"R\", %s}",
                       cases[i].standing);
        lac_checklist *list = load_items(item);
        assert_int_equal(list->items[0].severity, cases[i].severity);
        lac_checklist_free(list);
    }
}

static void defaults_counts_to_all_facts(void **state)
{
    (void)state;
    lac_checklist *list =
        load_items("{\"id\": \"a\", " BASE MEMORY ", \"expect\": {\"facts\": ["
                   "{\"name\": \"x\", \"any\": [\"x\"]}, {\"name\": \"y\", \"here\": [\"y\"]}]}}");
    assert_int_equal(list->items[0].expect.at_least, 2);
    assert_int_equal(list->items[0].expect.at_least_elsewhere, 2);
    assert_int_equal(list->items[0].expect.words, 4);
    lac_checklist_free(list);
}

typedef struct wrong_pack {
    const char *json;
    const char *place; /* JSON pointer the error names */
    const char *says;  /* part of the message */
    uint32_t line;
} wrong_pack;

static const wrong_pack wrong_packs[] = {
    {"", "", "not valid JSON", 1},
    {"[1,\n2", "", "not valid JSON", 2},
    {"[]", "", "object", 0},
    {"{\"schema\": 1, \"schema\": 2}", "", "duplicate", 1},
    {HEAD "\n\"items\": [" ITEM "], \"extra\": 1}", "/extra", "unknown key", 5},
    {HEAD "\"itmes\": []}", "/itmes", "is it \"items\"", 4},
    {HEAD "\"items\": []}", "", "\"items\" must hold", 1},
    {HEAD "\"items\": [1]}", "/items/0", "must be an object", 4},
    {HEAD "\"items\": [{\"id\": \"a\"}]}", "/items/0", "a: \"title\" is missing", 4},
    {HEAD "\"items\": [" ITEM ",\n" ITEM "]}", "/items/1", "used twice", 5},
    {HEAD "\"items\": [{\"id\": \"a b\", " BASE MEMORY "}]}", "/items/0", "letters, digits", 4},
    {HEAD "\"items\": [{\"id\": \"a\", \"documents\": [\"letter\"], " BASE MEMORY "}]}", "/items/0",
     "not one of the pack's", 4},
    {HEAD "\"items\": [{\"id\": \"a\", \"parent\": \"b\", " BASE MEMORY "},"
          "{\"id\": \"b\", " BASE MEMORY "}]}",
     "/items/0", "parent \"b\"", 4},
    {HEAD "\"items\": [{\"id\": \"a\", \"parent\": \"a\", " BASE MEMORY "}]}", "/items/0",
     "parent \"a\"", 4},
    {HEAD "\"items\": [{\"id\": \"a\", " BASE
          "\"authority\": \"guidance\", \"confidence\": \"verified\"}]}",
     "/items/0/citation", "citation", 4},
    {HEAD "\"items\": [{\"id\": \"a\", " BASE MEMORY ", \"severity\": \"major\"}]}", "/items/0",
     "at most minor", 4},
    {HEAD "\"items\": [{\"id\": \"a\", " BASE MEMORY ", \"severity\": \"bad\"}]}",
     "/items/0/severity", "must be one of: info, minor, major, critical", 4},
    {HEAD "\"items\": [{\"id\": \"a\", \"title\": \"T\", \"requirement\": \"R\", "
          "\"strength\": \"structural\", " MEMORY "}]}",
     "/items/0", "needs children", 4},
    {HEAD "\"items\": [{\"id\": \"a\", " BASE MEMORY ",\n\"expect\": {\"facts\": [\n"
          "{\"name\": \"x\",\n\"any\": [\"a\",\n\"(b\"]}]}}]}",
     "/items/0/expect/facts/0/any/1", "( without )", 8},
    {HEAD "\"items\": [{\"id\": \"a\", " BASE MEMORY ", \"expect\": {\"facts\": ["
          "{\"name\": \"x\", \"any\": [\"!a\"]}]}}]}",
     "/items/0/expect/facts/0", "no term", 4},
    {HEAD "\"items\": [{\"id\": \"a\", " BASE MEMORY ", \"expect\": {\"at_least\": 2, \"facts\": ["
          "{\"name\": \"x\", \"any\": [\"a\"]}]}}]}",
     "/items/0/expect/at_least", "from 1 to 1", 4},
    {HEAD "\"items\": [{\"id\": \"a\", " BASE MEMORY ", \"expect\": {\"never\": [\"!a\"]}}]}",
     "/items/0/expect/never/0", "any, here and holds only", 4},
    {HEAD "\"items\": [{\"id\": \"a\", " BASE MEMORY ", \"expect\": {\"facts_only\": true}}]}",
     "/items/0/expect", "\"facts_only\" without facts", 4},
    {HEAD "\"items\": [{\"id\": \"a\", " BASE MEMORY ", \"expect\": {\"under\": [\"b\"], "
          "\"facts\": [{\"name\": \"x\", \"any\": [\"a\"]}]}}]}",
     "/items/0/expect", "\"under\" without", 4},
    {HEAD "\"items\": [{\"id\": \"a\", " BASE MEMORY ", \"expect\": {\"facts\": ["
          "{\"name\": \"x\", \"any\": [\"a\"], \"here\": [\"b\"], \"title\": true}]}}]}",
     "/items/0/expect/facts/0", "looked for in the title", 4},
    {HEAD "\"items\": [{\"id\": \"a\", " BASE MEMORY ", \"expect\": {\"table\": 1}}]}",
     "/items/0/expect/table", "true or false", 4},
    {HEAD "\"items\": [{\"id\": \"a\", " BASE MEMORY ", \"aliases\": [\" \"]}]}",
     "/items/0/aliases/0", "must not be empty", 4},
    {HEAD "\"items\": [{\"id\": \"a\", " BASE MEMORY ", \"aliases\": \"b\"}]}", "/items/0/aliases",
     "must be an array", 4},
    {HEAD "\"items\": [{\"id\": \"a\", " BASE MEMORY ", \"when\": {\"kind\": \"x\", "
          "\"text\": \"t\"}}]}",
     "/items/0/when/kind", "profile, design, data, event, discretion", 4},
    {HEAD "\"select\": {\"at_least\": 0}, \"items\": [" ITEM "]}", "/select/at_least", "1", 4},
    {"{\"schema\": \"lacuna.checklist/2\", \"id\": \"p\"}", "", "lacuna.checklist/1", 1},
};

static void says_what_is_wrong_and_where(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong_packs / sizeof wrong_packs[0]; i++) {
        const wrong_pack *w = &wrong_packs[i];
        lac_checklist *list = (lac_checklist *)1;
        lacuna_error err;
        lacuna_status status = load(&list, w->json, &err);
        assert_null(list);
        if (status != LACUNA_E_FORMAT || strcmp(err.place, w->place) != 0 ||
            strstr(err.message, w->says) == NULL || err.line != w->line) {
            fail_msg("%s\ngives %d, %s:%u: %s", w->json, status, err.place, err.line, err.message);
        }
    }
}

static void keeps_limits(void **state)
{
    (void)state;
    lac_limits limits = LAC_LIMITS_DEFAULT;
    limits.json_bytes = 10;
    lac_checklist *list;
    assert_int_equal(
        lac_checklist_load(&list, lac_span_of(HEAD "\"items\": [" ITEM "]}"), "p", &limits, NULL),
        LACUNA_E_LIMIT);
    char deep[5000];
    memset(deep, '[', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    lacuna_error err;
    assert_int_equal(load(&list, deep, &err), LACUNA_E_FORMAT);
    assert_non_null(strstr(err.message, "nested"));
}

static void takes_a_byte_order_mark(void **state)
{
    (void)state;
    lac_checklist *list;
    lacuna_error err;
    assert_int_equal(load(&list, "\xEF\xBB\xBF" HEAD "\"items\": [" ITEM "]}", &err), LACUNA_OK);
    lac_checklist_free(list);
    lac_checklist_free(NULL);
}

static void digest_follows_the_bytes(void **state)
{
    (void)state;
    lac_checklist *a = load_items(ITEM);
    lac_checklist *b = load_items(ITEM " ");
    lac_checklist *c = load_items(ITEM);
    assert_string_not_equal(a->digest.hex, b->digest.hex);
    assert_string_equal(a->digest.hex, c->digest.hex);
    lac_checklist_free(a);
    lac_checklist_free(b);
    lac_checklist_free(c);
}

static void names_everything(void **state)
{
    (void)state;
    assert_string_equal(lac_severity_name(LAC_SEVERITY_CRITICAL), "critical");
    assert_string_equal(lac_confidence_name(LAC_CONFIDENCE_MEMORY), "memory");
    assert_string_equal(lac_authority_name(LAC_AUTHORITY_LAW), "law");
    assert_string_equal(lac_strength_name(LAC_STRENGTH_STRUCTURAL), "structural");
    assert_string_equal(lac_condition_kind_name(LAC_CONDITION_NONE), "none");
    assert_string_equal(lac_condition_kind_name(LAC_CONDITION_DISCRETION), "discretion");
    assert_string_equal(lac_decider_name(LAC_DECIDER_PERSON), "person");
}

static void finds_json_values(void **state)
{
    (void)state;
    static const struct {
        const char *json, *pointer, *value; /* NULL: not there */
        uint32_t line;
    } cases[] = {
        {"{\"a\": 1}", "/a", "1", 1},
        {"{\"a\": [1,\n [2], {\"b\":\n \"x]\\\"\"}]}", "/a/2/b", "\"x]\\\"\"", 3},
        {"{\"a\": [1,\n [2], 3]}", "/a/1", "[2]", 2},
        {"{\"a\": {}, \"b/c\": 2}", "/b~1c", "2", 1},
        {"{\"a\":\n 1}", "/b", NULL, 1},
        {"{\"a\":\n [1]}", "/a/1", NULL, 2},
        {"[5]", "", "[5]", 1},
        {"[5, 6", "/1", "6", 1},
        {"{\"a\"", "/a", NULL, 1},
        {"\"", "/a", NULL, 1},
        {"[[[", "/0/0/0", NULL, 1},
        {"]", "", NULL, 1},
        {"[1]", "/x", NULL, 1},
        {"[1]", "/", NULL, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        lac_span value;
        bool found = lac_json_find(&value, lac_span_of(cases[i].json), cases[i].pointer);
        if (found != (cases[i].value != NULL) || (found && !lac_span_is(value, cases[i].value)) ||
            lac_json_line(lac_span_of(cases[i].json), cases[i].pointer) != cases[i].line) {
            fail_msg("%s %s: found %d, \"%.*s\", line %u", cases[i].json, cases[i].pointer, found,
                     (int)value.len, value.ptr,
                     lac_json_line(lac_span_of(cases[i].json), cases[i].pointer));
        }
    }
    assert_int_equal(lac_json_depth(lac_span_of("[{\"a\": [1]}, [2]]")), 3);
    assert_int_equal(lac_json_depth(lac_span_of("\"[[[\\\"[\"")), 0);
    assert_int_equal(lac_json_depth(lac_span_of("]]]")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_a_whole_item),
        cmocka_unit_test(derives_severity),
        cmocka_unit_test(defaults_counts_to_all_facts),
        cmocka_unit_test(says_what_is_wrong_and_where),
        cmocka_unit_test(keeps_limits),
        cmocka_unit_test(takes_a_byte_order_mark),
        cmocka_unit_test(digest_follows_the_bytes),
        cmocka_unit_test(names_everything),
        cmocka_unit_test(finds_json_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
