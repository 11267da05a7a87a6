/* Letters as people get them: numberings that break off, redactions that float, pages that are
 * lost. */
#include "analyzer/letter/letter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

static lac_letter_rules *rules;

static int load(void **state)
{
    (void)state;
    return lac_letter_rules_built_in(&rules, NULL) == LACUNA_OK ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    lac_letter_rules_free(rules);
    return 0;
}

static lac_letter *read_named(const char *name, const char *text)
{
    lac_source source = {.kind = LAC_SOURCE_MEMORY, .path = name, .memory = lac_span_of(text)};
    lac_open_options options = {.limits = &LAC_LIMITS_DEFAULT};
    lac_letter_text *letter = NULL;
    lac_letter *result = NULL;
    lacuna_error err = {0};
    assert_int_equal(lac_letter_text_open(&letter, &source, &options, &err), LACUNA_OK);
    assert_int_equal(lac_letter_analyze(&result, letter, rules, &err), LACUNA_OK);
    return result;
}

static lac_letter *read_text(const char *text)
{
    return read_named("letter.txt", text);
}

static void expect_ids(const lac_letter *letter, const char *const *ids)
{
    uint32_t count = 0;
    for (; ids[count] != NULL; count++) {
        assert_true(count < letter->query_count);
        assert_string_equal(letter->queries[count].id, ids[count]);
    }
    assert_int_equal(letter->query_count, count);
}

#define OPENING                                                                                 \
    "NDA 900001\n                    COMPLETE RESPONSE\n\nHalvorsen Therapeutics AS\n\n"        \
    "Dear Dr. Berg:\n\nPlease refer to your new drug application dated May 2, 2024.\n\n"        \
    "We have completed our review of this application and cannot approve this application in\n" \
    "its present form. We have described our reasons for this action below.\n\n"
#define CLOSING                                                                                 \
    "OTHER\n\nWithin one year after the date of this letter, you are required to resubmit or "  \
    "take\n"                                                                                    \
    "other actions available under 21 CFR 314.110. A partial response to this letter will not " \
    "be\n"                                                                                      \
    "processed as a resubmission.\n\nThe drug product may not be legally marketed until you "   \
    "have\n"                                                                                    \
    "been notified in writing.\n\n          Sincerely,\n\n/s/\nA B SIGNER\n02/29/2024\n"

static void numbers_headings_and_clocks(void **state)
{
    (void)state;
    lac_letter *letter =
        read_text(OPENING "PRODUCT QUALITY\n\n"
                          "   1. Provide the report TTP-01 in 3.2.P.5.4 per 21 CFR 211.110.\n\n"
                          "   2. Justify the limit:\n\n      a. for lot A\n\n      b. for lot B\n\n"
                          "CLINICAL\n\nThe trial failed.\n\nConduct a new trial.\n\n" CLOSING);
    static const char *const ids[] = {"PRODUCT QUALITY 1", "PRODUCT QUALITY 2",
                                      "CLINICAL \xC2\xB6"
                                      "1",
                                      NULL};
    expect_ids(letter, ids);
    assert_string_equal(letter->letters[0].kind, "complete-response");
    assert_string_equal(letter->letters[0].applications[0], "NDA 900001");
    assert_string_equal(letter->letters[0].date, "2024-02-29");
    const lac_letter_due *due = lac_letter_response_due(&letter->letters[0]);
    assert_non_null(due);
    assert_string_equal(due->date, "2025-02-28");
    assert_string_equal(letter->queries[0].type, "provide");
    assert_string_equal(letter->queries[1].type, "justify");
    assert_string_equal(letter->queries[2].discipline, "clinical");
    assert_string_equal(letter->queries[0].cites[1].text, "3.2.P.5.4");
    assert_string_equal(letter->queries[0].cites[2].text, "21 CFR 211.110");
    assert_int_equal(letter->queries[1].range.first, 17);
    assert_int_equal(letter->queries[1].range.last, 21);
    assert_int_equal(letter->block_count, 2);
    assert_string_equal(letter->blocks[0].kind, "resubmission-rules");
    assert_string_equal(letter->blocks[1].kind, "closing");
    assert_false(letter->incomplete);
    lac_letter_free(letter);
}

static void a_nested_list_that_restarts_is_inside(void **state)
{
    (void)state;
    lac_letter *letter = read_text(
        "From: Tull, Lori\nSent: Tuesday, December 13, 2011 2:09 PM\nSubject: BLA 125999 "
        "requests\n\n"
        "Hi Donna,\n\nThe clinical review team has the following requests for information:\n\n"
        "  1.. Please specify the indication.\n  2.. Please clarify the sites.\n"
        "  3.. Please submit a summary.\n    1.. Please include the plan,\n    2.. and the data.\n"
        "    3.. Please provide variables.\n  4.) Please confirm.\n\nThanks,\nLori\n");
    static const char *const ids[] = {"(no heading) 1", "(no heading) 2", "(no heading) 3",
                                      "(no heading) 4", NULL};
    expect_ids(letter, ids);
    assert_string_equal(letter->letters[0].kind, "information-request");
    assert_string_equal(letter->letters[0].date, "2011-12-13");
    assert_int_equal(letter->queries[2].range.last, 14);
    assert_int_equal(letter->lead_in_count, 1);
    lac_letter_free(letter);
}

static void a_floating_redaction_breaks_no_sentence(void **state)
{
    (void)state;
    lac_letter *letter = read_text(
        OPENING
        "CLINICAL\n\n   1. In the study by       (b) (4)\n                            (b) (4)\n\n"
        "      we saw no effect. Provide the data.\n\n   2. Clarify (b) (4) .\n\n" CLOSING);
    assert_int_equal(letter->query_count, 2);
    assert_string_equal(letter->queries[0].redacted, "partial");
    assert_non_null(strstr(letter->queries[0].text,
                           "In the study by (b) (4) we saw no effect. Provide the data."));
    lac_letter_free(letter);
}

static void page_furniture_is_no_text(void **state)
{
    (void)state;
    lac_letter *letter = read_text(
        OPENING "CLINICAL\n\n   1. Provide the data of the\n\n   1 https://www.fda.gov/media/1\n\n"
                "U.S. Food and Drug Administration\nSilver Spring, MD "
                "20993\nwww.fda.gov\n\nReference ID: 4567887\n"
                "\fNDA 900001\nPage 2\n\n      second study.\n\n" CLOSING);
    assert_int_equal(letter->query_count, 1);
    assert_string_equal(letter->queries[0].text, "1. Provide the data of the second study.");
    assert_int_equal(letter->queries[0].range.page, 1);
    assert_int_equal(letter->queries[0].range.end_page, 2);
    assert_false(letter->incomplete);
    lac_letter_free(letter);
}

static void a_lost_page_is_told(void **state)
{
    static const char *const pages[] = {"\f\f", "\fReference ID: 4567887\n\f",
                                        "\fNDA 900001\nPage 3\n\n"};
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        char text[4096];
        (void)snprintf(text, sizeof text,
                       "%sCLINICAL\n\n   1. Provide the data of the\n%s      tail of it.\n\n%s",
                       OPENING, pages[i], CLOSING);
        lac_letter *letter = read_text(text);
        assert_true(letter->incomplete);
        assert_true(letter->note_count > 0);
        assert_true(letter->queries[0].truncated);
        lac_letter_free(letter);
    }
}

static void additional_comments_are_not_approvability(void **state)
{
    (void)state;
    lac_letter *letter = read_text(
        OPENING
        "ADDITIONAL COMMENTS\n\nWe have the following comments that are not approvability "
        "issues:\n\n"
        "Product Quality\n\n   1. Provide the list of sites.\n\nSAFETY UPDATE\n\n"
        "When you respond to the above deficiencies, include a safety update as described.\n\n"
        "   (1) Describe in detail any significant changes or findings in the safety profile.\n\n"
        "   (2) Provide a summary of all patients with edema.\n\n" CLOSING);
    static const char *const ids[] = {"ADDITIONAL COMMENTS / Product Quality 1",
                                      "SAFETY UPDATE (2)", NULL};
    expect_ids(letter, ids);
    assert_int_equal(letter->queries[0].approvability, LAC_APPROVABILITY_NO);
    assert_int_equal(letter->queries[1].approvability, LAC_APPROVABILITY_YES);
    lac_letter_free(letter);
}

static void nothing_found_has_a_reason(void **state)
{
    static const char *const texts[] = {"", "\f\f\n", "A note without anything.\n", "(b) (4)\n",
                                        "Dear Sir:\n\nSincerely,\n"};
    (void)state;
    for (size_t i = 1; i < sizeof texts / sizeof texts[0]; i++) {
        lac_letter *letter = read_text(texts[i]);
        assert_true(letter->query_count > 0 || letter->note_count > 0);
        lac_letter_free(letter);
    }
}

static void two_letters_in_a_file(void **state)
{
    (void)state;
    lac_letter *letter = read_text(OPENING "CLINICAL\n\n   1. Provide A.\n\n" CLOSING "\f" OPENING
                                           "CLINICAL\n\n   1. Provide B.\n\n" CLOSING);
    static const char *const ids[] = {"CLINICAL 1", "L2 CLINICAL 1", NULL};
    assert_int_equal(letter->letter_count, 2);
    expect_ids(letter, ids);
    lac_letter_free(letter);
}

static void records_of_openfda(void **state)
{
    (void)state;
    lac_letter *letter = read_named(
        "crl.json", "{\"results\": [{\"text\": \"Dear Dr. B:\\n\\nWe cannot approve this "
                    "application in its present "
                    "form.\\n\\nCLINICAL\\n\\n1. Provide A.\\n\", \"letter_date\": \"03/20/2020\", "
                    "\"application_number\": [\"NDA 900002\"]}, {\"text\": \"\"}]}");
    assert_string_equal(letter->letters[0].date, "2020-03-20");
    assert_string_equal(letter->letters[0].applications[0], "NDA 900002");
    assert_int_equal(letter->query_count, 1);
    assert_true(letter->incomplete); /* the second record has no text */
    lac_letter_free(letter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_headings_and_clocks),
        cmocka_unit_test(a_nested_list_that_restarts_is_inside),
        cmocka_unit_test(a_floating_redaction_breaks_no_sentence),
        cmocka_unit_test(page_furniture_is_no_text),
        cmocka_unit_test(a_lost_page_is_told),
        cmocka_unit_test(additional_comments_are_not_approvability),
        cmocka_unit_test(nothing_found_has_a_reason),
        cmocka_unit_test(two_letters_in_a_file),
        cmocka_unit_test(records_of_openfda),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
