/* The plan of an answer, what is made of it, and what a check of it sees. */
#include "drafter/respond/check.h"
#include "drafter/respond/plan.h"
#include "drafter/respond/response.h"
#include "parsers/open.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>

static const char LETTER[] =
    "IND 900204\n                    INFORMATION REQUEST\n\nHalvorsen Therapeutics AS\n\n"
    "Dear Dr. Berg:\n\nPlease refer to your investigational new drug application. We have the "
    "following requests for\ninformation:\n\n"
    "1. The limit of impurity B is 0.15 percent. Please justify this limit.\n\n"
    "2. Please clarify when the results of the stability study will be there.\n\n"
    "Please respond by June 5, 2026.\n\nSincerely,\n";
static const char REPORT[] =
    "# Batch report\n\n## 1 Impurities\n\nThe limit of impurity B is 0.15 percent. No batch had "
    "more than 0.09 percent of it.\n\n## 2 Visitors\n\nNobody came.\n";

typedef struct setting {
    lac_letter_rules *rules;
    lac_letter *letter;
    lac_document *report;
    lac_filed_document filed;
    lac_filed_set set;
    lac_arena arena;
    const lac_resolved_cite *resolved[2];
    lac_response_plan *plan;
} setting;

static lac_document *read_text(const char *name, const char *text)
{
    lac_source source = {.kind = LAC_SOURCE_MEMORY, .path = name, .memory = lac_span_of(text)};
    lac_document *document = NULL;
    assert_int_equal(lac_document_open(&document, &source, &LAC_LIMITS_DEFAULT, NULL), LACUNA_OK);
    return document;
}

static void read_letter(setting *s)
{
    lac_source source = {
        .kind = LAC_SOURCE_MEMORY, .path = "letter.txt", .memory = lac_span_of(LETTER)};
    lac_open_options options = {.limits = &LAC_LIMITS_DEFAULT};
    lac_letter_text *text = NULL;
    assert_int_equal(lac_letter_rules_built_in(&s->rules, NULL), LACUNA_OK);
    assert_int_equal(lac_letter_text_open(&text, &source, &options, NULL), LACUNA_OK);
    assert_int_equal(lac_letter_analyze(&s->letter, text, s->rules, NULL), LACUNA_OK);
    assert_int_equal(s->letter->query_count, 2);
}

static int setup(void **state)
{
    setting *s = calloc(1, sizeof *s);
    assert_non_null(s);
    lac_arena_init(&s->arena);
    read_letter(s);
    s->report = read_text("report.md", REPORT);
    s->filed =
        (lac_filed_document){.path = "in/report.md", .document = s->report, .study = "", .tag = ""};
    s->set = (lac_filed_set){.documents = &s->filed, .document_count = 1};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(
            lac_resolve_cites(&s->resolved[i], &s->arena, &s->letter->queries[i], &s->set, NULL),
            LACUNA_OK);
    }
    const lac_response_given given = {.letter = s->letter,
                                      .letter_path = "letter.txt",
                                      .as_of = "2026-05-01",
                                      .filed = &s->set,
                                      .resolved = s->resolved};
    assert_int_equal(lac_response_plan_make(&s->plan, &given, NULL), LACUNA_OK);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    setting *s = *state;
    lac_response_plan_free(s->plan);
    lac_document_free(s->report);
    lac_letter_free(s->letter);
    lac_letter_rules_free(s->rules);
    lac_arena_free(&s->arena);
    free(s);
    return 0;
}

/* ---- the plan ------------------------------------------------------------------------------- */

static void sources_speak_of_the_question(void **state)
{
    setting *s = *state;
    assert_true(s->plan->steps[0].source_count >= 1);
    assert_true(
        lac_span_is(s->report->sections[s->plan->steps[0].sources[0].section].title, "Impurities"));
    assert_string_equal(lac_response_label(&s->arena, s->plan->steps[1].query), "Question 2");
    assert_string_equal(lac_response_value_of(s->plan, "due_date"), "2026-06-05");
}

static void a_plan_comes_back_as_it_was(void **state)
{
    setting *s = *state;
    lac_buf first, second;
    lac_buf_init(&first, 1 << 20);
    lac_buf_init(&second, 1 << 20);
    s->plan->steps[0].short_answer = "No batch had more.";
    assert_int_equal(lac_response_plan_write(&first, s->plan, NULL), LACUNA_OK);
    s->plan->steps[0].short_answer = "";
    s->plan->steps[0].source_count = 0;
    assert_int_equal(lac_response_plan_apply(s->plan, lac_buf_span(&first), NULL), LACUNA_OK);
    assert_string_equal(s->plan->steps[0].short_answer, "No batch had more.");
    assert_int_equal(lac_response_plan_write(&second, s->plan, NULL), LACUNA_OK);
    assert_string_equal(lac_buf_text(&first), lac_buf_text(&second));
    lac_buf_free(&first);
    lac_buf_free(&second);
}

static void what_is_no_plan_is_refused(void **state)
{
    setting *s = *state;
    static const char *const wrong[] = {
        "", "[]", "{\"schema\": \"lacuna.response-plan/1\"}",
        "{\"schema\": \"lacuna.response-plan/1\", \"letter\": {\"sha256\": \"\"}, \"steps\": []}",
        "{\"schema\": \"lacuna.response-plan/1\", \"letter\": {\"sha256\": \"\"}, \"steps\": "
        "[{\"query\": \"(no heading) 1\", \"question\": \"Another?\"}]}"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        lacuna_error err = {0};
        assert_int_equal(lac_response_plan_apply(s->plan, lac_span_of(wrong[i]), &err),
                         LACUNA_E_FORMAT);
        assert_true(err.message[0] != '\0');
    }
}

/* ---- the answer ----------------------------------------------------------------------------- */

static bool has_block(const lac_response_part *part, const char *text)
{
    for (uint32_t i = 0; i < part->count; i++) {
        if (lac_span_is(part->items[i].text, text)) {
            return true;
        }
    }
    return false;
}

static void an_answer_is_the_question_and_the_sources(void **state)
{
    setting *s = *state;
    lac_response response;
    assert_int_equal(lac_response_make(&response, s->plan, s->rules, NULL), LACUNA_OK);
    assert_true(has_block(&response.responses, s->letter->queries[0].text));
    assert_true(has_block(&response.responses,
                          "The limit of impurity B is 0.15 percent. No batch had more than 0.09 "
                          "percent of it. [report.md \xC2\xA7"
                          "1]"));
    assert_true(has_block(&response.responses, "[DATA NEEDED: the short answer]"));
    assert_true(response.needed > 0);
    assert_string_equal(response.placement->value, "1.11.4");
    lac_response_free(&response);
}

/* ---- the check ------------------------------------------------------------------------------ */

#define ANSWER(n, question, brief, detail)                                                      \
    "## Question " n "\n\n### Question\n\n" question "\n\n### Short answer\n\n" brief           \
    "\n\n### Detail\n\n" detail "\n\n### Summary of changes\n\nNo change.\n\n### Where updated" \
    "\n\nNone.\n\n### Commitments\n\nNone.\n\n"
#define FIRST "1. The limit of impurity B is 0.15 percent. Please justify this limit."
#define SECOND "2. Please clarify when the results of the stability study will be there."
#define HELD                                                         \
    "No batch had more than 0.09 percent of it. [report.md \xC2\xA7" \
    "1]"

/* The rules of the findings about a response; "" where there are none. */
static const char *faults(setting *s, const char *response, const char *commitments)
{
    static char seen[1024];
    lac_document_result *result = NULL, *cover = NULL;
    lac_document *document = read_text("response.md", response);
    lac_sheets sheets;
    lac_sheets_init(&sheets);
    assert_int_equal(lac_csv_read(&sheets, lac_span_of(commitments), NULL), LACUNA_OK);
    const lac_reply_given given = {.letter = s->letter,
                                   .rules = s->rules,
                                   .same_letter = true,
                                   .as_of = "2026-05-01",
                                   .filed = &s->set,
                                   .response = document,
                                   .commitments = &sheets};
    assert_int_equal(lac_reply_check(&result, &cover, &given, NULL), LACUNA_OK);
    assert_null(cover);
    seen[0] = '\0';
    for (uint32_t i = 0; i < result->finding_count; i++) {
        strncat(seen, result->findings[i].rule, sizeof seen - strlen(seen) - 2);
        strncat(seen, ";", sizeof seen - strlen(seen) - 1);
    }
    lac_document_result_free(result);
    lac_sheets_free(&sheets);
    lac_document_free(document);
    return seen;
}

#define COLUMNS "Question ID,Commitment,Owner,Date\n"

static void a_complete_response_has_no_faults(void **state)
{
    assert_string_equal(
        faults(*state,
               ANSWER("1", FIRST, "The limit is justified.", HELD)
                   ANSWER("2", SECOND, "We will submit them in June.", "The study goes on."),
               COLUMNS "(no heading) 2,We will submit them in June.,Head of Quality,2026-06-30\n"),
        "");
}

static void each_fault_is_told(void **state)
{
    static const char listed[] =
        COLUMNS "(no heading) 2,We will submit them in June.,Head of Quality,2026-06-30\n";
    static const struct {
        const char *response, *commitments, *rules;
    } cases[] = {
        {ANSWER("1", FIRST, "The limit is justified.", HELD), COLUMNS, "(no heading) 2;"},
        {ANSWER("1", "1. The limit of impurity B is 0.15 percent. Please justify it.",
                "The limit is justified.", HELD)
             ANSWER("2", SECOND, "They are there.", "The study goes on."),
         COLUMNS, "(no heading) 1;"},
        {ANSWER("1", FIRST, "The limit is justified.",
                "No batch had more than 0.08 percent of it. [report.md \xC2\xA7"
                "1]") ANSWER("2", SECOND, "They are there.", "The study goes on."),
         COLUMNS, "response/claim-unsupported;"},
        {ANSWER("1", FIRST, "The limit is justified.", HELD)
             ANSWER("2", SECOND, "We will submit them in June.", "The study goes on."),
         COLUMNS, "response/promise-not-listed;"},
        {ANSWER("1", FIRST, "The limit is justified.", HELD)
             ANSWER("2", SECOND, "They are there.", "The study goes on."),
         listed, "response/commitment-unsaid;"},
        {ANSWER("2", SECOND, "They are there.", "The study goes on.")
             ANSWER("1", FIRST, "The limit is justified.", HELD),
         COLUMNS, "response/order;"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(faults(*state, cases[i].response, cases[i].commitments),
                            cases[i].rules);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sources_speak_of_the_question, setup, teardown),
        cmocka_unit_test_setup_teardown(a_plan_comes_back_as_it_was, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_no_plan_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(an_answer_is_the_question_and_the_sources, setup, teardown),
        cmocka_unit_test_setup_teardown(a_complete_response_has_no_faults, setup, teardown),
        cmocka_unit_test_setup_teardown(each_fault_is_told, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
