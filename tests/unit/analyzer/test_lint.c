/* What lint tells the author of a pack. */
#include "analyzer/lint.h"
#include "support/buf.h"

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
    " \"documents\": [\"protocol\"], \"languages\": [\"en\"], \"items\": [\n"
#define STANDING                                                                      \
    "\"requirement\": \"R\", \"strength\": \"should\", \"authority\": \"guidance\", " \
    "\"confidence\": \"memory\""
#define TESTS "\"tests\": {\"match\": [\"emergency unblinding\"], \"innocent\": [\"coding\"]}"
#define FACTS "\"expect\": {\"facts\": [{\"name\": \"f\", \"any\": [\"emergency unblind*\"]}]}"
#define SOUND "{\"id\": \"a\", \"title\": \"A\", " STANDING ", " FACTS ", " TESTS "}"

static lac_lint_report *lint(const char *json, const char *name)
{
    lac_lint_report *report = NULL;
    lacuna_error err = {0};
    assert_int_equal(lac_lint_pack(&report, lac_span_of(json), name, &LAC_LIMITS_DEFAULT, &err),
                     LACUNA_OK);
    return report;
}

/* Items that no document is asked for together may claim the same heading. */
static void items_for_different_types_are_no_rivals(void **state)
{
    (void)state;
    static const char types[] =
        "{\"schema\": \"lacuna.checklist/1\", \"id\": \"p\", \"version\": \"1\", \"title\": \"T\","
        "\"guidance\": {\"authority\": \"A\", \"version\": \"V\", \"status\": \"final\"},"
        "\"documents\": [\"protocol\", \"informed-consent\"], \"languages\": [\"en\"], \"items\": ["
        "{\"id\": \"a\", \"title\": \"A\", \"documents\": [\"protocol\"], \"aliases\": "
        "[\"methods\"], " STANDING ", " FACTS ", " TESTS "},"
        "{\"id\": \"b\", \"title\": \"B\", \"documents\": [%s], \"aliases\": "
        "[\"methods\"], " STANDING ", " FACTS ", " TESTS "}]}";
    static const struct {
        const char *second;
        uint32_t errors;
    } rows[] = {{"\"informed-consent\"", 0}, {"\"informed-consent\", \"protocol\"", 1}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char json[4096];
        (void)snprintf(json, sizeof json, types, rows[i].second);
        lac_lint_report *report = lint(json, "dir/p.json");
        assert_int_equal(report->errors, rows[i].errors);
        lac_lint_report_free(report);
    }
}

/* Whether lint has something to say about a citation: an error, a warning, or nothing. */
static void assert_citation(const char *citation, uint32_t errors, uint32_t warnings)
{
    char json[4096];
    (void)snprintf(json, sizeof json,
                   HEAD "{\"id\": \"a\", \"title\": \"A\", \"citation\": \"%s\", " STANDING
                        ", " FACTS ", " TESTS "}]}",
                   citation);
    lac_lint_report *report = lint(json, "dir/p.json");
    if (report->errors != errors || report->warnings != warnings) {
        fail_msg("%s: %s", citation, report->count > 0 ? report->messages[0].text : "nothing");
    }
    lac_lint_report_free(report);
}

static void citations_can_be_looked_up(void **state)
{
    (void)state;
    static const char *const sound[] = {
        "21 CFR 312.23(a)(3)(iv)",
        "21 CFR 314.50(d)(5)(v), (vi)",
        "21 CFR part 58",
        "21 CFR 312.23(a)(1)-(3); 312.30(b)",
        "21 CFR 314.110(c), 21 CFR 314.65",
        "42 USC 282(j)(5)(B)",
        "FD&C Act 505B(a)(1); 79 FR 72064",
        "ICH E3 9.7",
        "ICH E3 section 11.4.2.1, 9.7",
        "ICH M4Q(R1) section 3.2.S.2.1; for an IND 21 CFR 312.23(a)(7)(iv)(a)",
        "ICH E6(R3) Annex 1, Appendix B.4.10",
        "FDA guidance on labeling (Jan 2020)",
        "SPIRIT 2013 item 11b",
    };
    static const char *const wrong[] = {
        "21 CFR",
        "21 CFR three",
        "21 CFR 312.23(a)(3",
        "21 CFR 312.23 a 3",
        "ICH guideline on reports",
        "ICH E3 section nine",
        "FDA guidance (Jan 2020",
    };
    for (size_t i = 0; i < sizeof sound / sizeof sound[0]; i++) {
        assert_citation(sound[i], 0, 0);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_citation(wrong[i], 1, 0);
    }
    assert_citation("good custom", 0, 1);
}

static void passes_a_sound_pack(void **state)
{
    (void)state;
    lac_lint_report *report = lint(HEAD SOUND "]}", "dir/p.json");
    assert_int_equal(report->count, 0);
    assert_int_equal(report->items, 1);
    assert_int_equal(report->facts, 1);
    assert_int_equal(report->tests, 2);
    lac_lint_report_free(report);
    lac_lint_report_free(NULL);
}

typedef struct example {
    const char *items;
    bool error;
    const char *pointer, *item, *says;
} example;

static const example examples[] = {
    {"{\"id\": \"a\", \"title\": \"A\", " STANDING ", " FACTS
     ", \"tests\": {\"match\": [\"the code is broken\"], \"innocent\": [\"x\"]}}",
     true, "/items/0/tests/match/0", "a", "gives no fact"},
    {"{\"id\": \"a\", \"title\": \"A\", " STANDING ", " FACTS
     ", \"tests\": {\"match\": [\"emergency unblinding\"],"
     " \"innocent\": [\"an emergency unblinding here\"]}}",
     true, "/items/0/tests/innocent/0", "a", "gives the fact \"f\" by \"emergency unblinding\""},
    {"{\"id\": \"a\", \"title\": \"A\", " STANDING
     ", \"expect\": {\"facts\": [{\"name\": \"f\", \"any\": [\"emergency unblind*\"], \"here\": "
     "[\"cod*\"]}]}, " TESTS "}",
     false, "/items/0/tests/innocent/0", "a", "would give the fact \"f\" inside a section"},
    {"{\"id\": \"a\", \"title\": \"A\", " STANDING "}", false, "/items/0", "a", "no facts"},
    {"{\"id\": \"a\", \"title\": \"A\", " STANDING ", " FACTS "}", false, "/items/0", "a",
     "no match sentences"},
    {"{\"id\": \"a\", \"title\": \"A\", " STANDING ", " FACTS
     ", \"tests\": {\"match\": [\"emergency unblinding\"]}}",
     false, "/items/0", "a", "no innocent sentences"},
    {"{\"id\": \"a\", \"title\": \"A\", " STANDING
     ", \"expect\": {\"facts\": [{\"name\": \"f\", \"any\": [\"patients\", \"emergency "
     "unblinding\"]}]}, " TESTS "}",
     false, "/items/0/expect/facts/0/any/0", "a", "too common"},
    {"{\"id\": \"a\", \"title\": \"A\", " STANDING
     ", \"expect\": {\"facts\": [{\"name\": \"f\", \"any\": [\"saf*\", \"emergency "
     "unblinding\"]}]}, " TESTS "}",
     false, "/items/0/expect/facts/0/any/0", "a", "too common"},
    {"{\"id\": \"a\", \"title\": \"A\", " STANDING
     ", \"expect\": {\"facts\": [{\"name\": \"f\", \"any\": [\"xq*\", \"emergency "
     "unblinding\"]}]}, " TESTS "}",
     false, "/items/0/expect/facts/0/any/0", "a", "very short prefix"},
    {"{\"id\": \"a\", \"title\": \"A\", " STANDING
     ", \"expect\": {\"facts\": [{\"name\": \"f\", \"here\": [\"emergency unblinding\"]}]}, " TESTS
     "}",
     false, "/items/0/expect", "a", "never be addressed elsewhere"},
    {"{\"id\": \"a\", \"title\": \"A\", " STANDING
     ", \"expect\": {\"facts\": [{\"name\": \"f\", \"any\": [\"emergency unblinding\"]},"
     " {\"name\": \"f\", \"any\": [\"second thing\"]}]}, " TESTS "}",
     true, "/items/0/expect/facts/1/name", "a", "named twice"},
    {SOUND ", {\"id\": \"b\", \"title\": \"B\", \"aliases\": [\"Study Centres\"], " STANDING
           ", " FACTS ", " TESTS "}, {\"id\": \"c\", \"title\": \"C\", \"aliases\": [\"trial "
           "center\"], " STANDING ", " FACTS ", " TESTS "}",
     true, "/items/2/aliases/0", "c", "belongs to its sibling b"},
    {SOUND ", {\"id\": \"b\", \"title\": \"Study Centres\", " STANDING ", " FACTS ", " TESTS
           "}, {\"id\": \"c\", \"title\": \"C\", \"aliases\": [\"trial center\"], " STANDING
           ", " FACTS ", " TESTS "}",
     true, "/items/2/aliases/0", "c", "is the title of its sibling b"},
    {"{\"id\": \"a\", \"title\": \"A\", " STANDING
     ", \"expect\": {\"never\": [\"unblinding\"], \"facts\": [{\"name\": \"f\", \"any\": "
     "[\"emergency unblind*\"]}]}, " TESTS "}",
     true, "/items/0/tests/match/0", "a", "contradicts the item"},
    {"{\"id\": \"a\", \"title\": \"A\", " STANDING
     ", \"expect\": {\"never\": [\"I waive\"]}, \"tests\": {\"match\": [\"You keep it.\"], "
     "\"innocent\": [\"b\"]}}",
     true, "/items/0/tests/match/0", "a", "nothing forbidden"},
    {"{\"id\": \"a\", \"title\": \"A\", " STANDING
     ", \"expect\": {\"never\": [\"I waive\"]}, \"tests\": {\"match\": [\"I waive it.\"], "
     "\"innocent\": [\"Here I waive it.\"]}}",
     true, "/items/0/tests/innocent/0", "a", "contradicts the item"},
    {"{\"id\": \"a\", \"title\": \"Adverse Event\", \"aliases\": [\"adverse events\"], " STANDING
     ", " FACTS ", " TESTS "}",
     false, "/items/0/aliases/0", "a", "reads like the title"},
    {"{\"id\": \"a\", \"title\": \"A\", " STANDING ", " FACTS ", " TESTS ", \"colour\": 1}", true,
     "/items/0/colour", "a", "unknown key"},
};

static bool has_message(const lac_lint_report *report, const example *e)
{
    for (uint32_t i = 0; i < report->count; i++) {
        const lac_lint_message *m = &report->messages[i];
        if (m->error == e->error && strcmp(m->pointer, e->pointer) == 0 &&
            strcmp(m->item, e->item) == 0 && strstr(m->text, e->says) != NULL) {
            return m->line > 0;
        }
    }
    return false;
}

/* Each example has its message and, so that no check fires everywhere, no other. */
static void tells_each_problem(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        char json[2000];
        assert_true(snprintf(json, sizeof json, "%s%s]}", HEAD, examples[i].items) > 0);
        lac_lint_report *report = lint(json, "p.json");
        if (!has_message(report, &examples[i]) || report->count != 1) {
            fail_msg("example %zu (%s): %u messages, first %s: %s", i, examples[i].says,
                     report->count, report->count > 0 ? report->messages[0].pointer : "",
                     report->count > 0 ? report->messages[0].text : "");
        }
        lac_lint_report_free(report);
    }
}

static void asks_for_short_requirements(void **state)
{
    (void)state;
    char json[2000];
    char text[402];
    memset(text, 'r', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    (void)snprintf(json, sizeof json,
                   "%s{\"id\": \"a\", \"title\": \"A\", \"requirement\": \"%s\", \"strength\": "
                   "\"may\", \"authority\": \"guidance\", \"confidence\": \"memory\", " FACTS
                   ", " TESTS "}]}",
                   HEAD, text);
    lac_lint_report *report = lint(json, "p");
    assert_int_equal(report->count, 1);
    assert_int_equal(report->warnings, 1);
    assert_non_null(strstr(report->messages[0].text, "401 bytes"));
    lac_lint_report_free(report);
}

static void warns_of_endless_expressions(void **state)
{
    (void)state;
    static const struct {
        const char *expression;
        bool endless;
    } cases[] = {
        {"(a+)+b", true},       {"(?:a|b*)*q", true},  {"((a+)b)+q", true},
        {"(a{2,}){3,}b", true}, {"(a+)b+", false},     {"(?:a+ ){0,5}b", false},
        {"(a++)+b", false},     {"(a+)?b", false},     {"[(a+)+]b", false},
        {"x(a+)++b", false},    {"[]+)]+(b)+", false}, {"(a{2,3})+b", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char json[2000];
        (void)snprintf(json, sizeof json,
                       HEAD "{\"id\": \"a\", \"title\": \"A\", " STANDING
                            ", \"expect\": {\"facts\": [{\"name\": \"f\", \"any\": [\"/%s/\", "
                            "\"emergency unblind*\"]}]}, " TESTS "}]}",
                       cases[i].expression);
        lac_lint_report *report = lint(json, "p.json");
        if ((report->errors == 1) != cases[i].endless || report->warnings > 0) {
            fail_msg("%s: %u messages", cases[i].expression, report->count);
        }
        lac_lint_report_free(report);
    }
}

static void knows_document_types(void **state)
{
    (void)state;
    static const char pack[] =
        "{\"schema\": \"lacuna.checklist/1\", \"id\": \"p\", \"version\": \"1\", \"title\": \"T\","
        " \"guidance\": {\"authority\": \"A\", \"version\": \"V\", \"status\": \"final\"},"
        " \"documents\": [\"protocol\", \"protocoll\"], \"languages\": [\"en\"], \"items\": [" SOUND
        "]}";
    lac_lint_report *report = lint(pack, "p.json");
    assert_int_equal(report->count, 1);
    assert_int_equal(report->warnings, 1);
    assert_string_equal(report->messages[0].pointer, "/documents/1");
    lac_lint_report_free(report);
}

static void compares_the_file_name(void **state)
{
    (void)state;
    lac_lint_report *report = lint(HEAD SOUND "]}", "/x/other.json");
    assert_int_equal(report->errors, 1);
    assert_string_equal(report->messages[0].pointer, "/id");
    lac_lint_report_free(report);
    report = lint(HEAD SOUND "]}", "stdin");
    assert_int_equal(report->count, 0);
    lac_lint_report_free(report);
}

static void reports_what_is_no_pack(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "{", "[]", "nonsense", "{\"a\": \"\xFF\"}"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        lac_lint_report *report = lint(wrong[i], "p.json");
        assert_true(report->errors > 0);
        lac_lint_report_free(report);
    }
}

/* All problems at once, in the order of the file. */
static void collects_in_order(void **state)
{
    (void)state;
    lac_lint_report *report = lint(HEAD "{\"id\": \"a\", \"title\": \"A\", \"x\": 1,\n"
                                        "\"y\": 2, " STANDING "},\n{\"id\": \"a\"}]}",
                                   "p.json");
    assert_true(report->errors >= 6);
    for (uint32_t i = 1; i < report->count; i++) {
        assert_true(report->messages[i - 1].line <= report->messages[i].line);
    }
    lac_lint_report_free(report);
}

static void cuts_endless_reports(void **state)
{
    (void)state;
    lac_buf json;
    lac_buf_init(&json, 1 << 20);
    assert_int_equal(lac_buf_append_text(&json, HEAD), LACUNA_OK);
    for (int i = 0; i < 1200; i++) {
        assert_int_equal(lac_buf_append_text(&json, i == 0 ? "1" : ",1"), LACUNA_OK);
    }
    assert_int_equal(lac_buf_append_text(&json, "]}"), LACUNA_OK);
    lac_lint_report *report = lint(lac_buf_text(&json), "p.json");
    assert_true(report->more);
    assert_int_equal(report->count, 1000);
    assert_true(report->errors >= 1200);
    lac_lint_report_free(report);
    lac_buf_free(&json);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passes_a_sound_pack),
        cmocka_unit_test(citations_can_be_looked_up),
        cmocka_unit_test(items_for_different_types_are_no_rivals),
        cmocka_unit_test(tells_each_problem),
        cmocka_unit_test(asks_for_short_requirements),
        cmocka_unit_test(warns_of_endless_expressions),
        cmocka_unit_test(knows_document_types),
        cmocka_unit_test(compares_the_file_name),
        cmocka_unit_test(reports_what_is_no_pack),
        cmocka_unit_test(collects_in_order),
        cmocka_unit_test(cuts_endless_reports),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
