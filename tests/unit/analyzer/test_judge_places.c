/* Where a fact may stand: in the title, below wider headings, not in what tells of other work. */
#include "analyzer/judge.h"
#include "analyzer/result.h"
#include "parsers/text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { TITLE, BLOCKS, HARM, AIM };

#define ITEM(id, title, expect)                                                     \
    "{\"id\":\"" id "\",\"title\":\"" title "\",\"requirement\":\"Said.\","         \
    "\"confidence\":\"memory\",\"authority\":\"practice\",\"strength\":\"should\"," \
    "\"expect\":{" expect "}}"

static const char pack[] =
    "{\"schema\":\"lacuna.checklist/1\",\"id\":\"test\",\"version\":\"1\",\"title\":\"Test\","
    "\"guidance\":{\"authority\":\"none\",\"version\":\"1\",\"status\":\"in force\"},"
    "\"background\":[\"introduction\",\"background and rationale\"],"
    "\"documents\":[\"protocol\"],\"languages\":[\"en\"],\"items\":[" //
    ITEM("t.1", "Kind in the title",
         "\"facts\":[{\"name\":\"kind\",\"any\":[\"cluster\"],\"title\":true}]") "," //
    ITEM("t.2", "Size of blocks",
         "\"under\":[\"randomi*\"],\"facts\":[{\"name\":\"size\",\"any\":[\"block size\"],"
         "\"here\":[\"(four|six)\"]}]") "," //
    ITEM("t.3", "Harms",
         "\"facts_only\":true,\"facts\":[{\"name\":\"harm\",\"any\":[\"adverse event*\"]}]") ","  //
    ITEM("t.4", "Aim", "\"background\":true,\"facts\":[{\"name\":\"aim\",\"any\":[\"aim is\"]}]") //
    "]}";

/* Status and reason of one item in a document. */
static void assert_judged(const char *markdown, uint32_t item, lac_item_status status,
                          const char *reason)
{
    lac_limits limits = LAC_LIMITS_DEFAULT;
    lac_checklist *checklist = NULL;
    lac_document *document = NULL;
    lac_reading *reading = NULL;
    lac_locations locations;
    lac_item_result result;
    lac_arena arena;
    lacuna_error err;
    memset(&err, 0, sizeof err);
    lac_arena_init(&arena);
    if (lac_checklist_load(&checklist, lac_span_of(pack), "test", &limits, &err) != LACUNA_OK) {
        fail_msg("%s %s", err.place, err.message);
    }
    assert_int_equal(
        lac_text_read(&document, lac_span_of(markdown), LAC_FORMAT_MARKDOWN, &limits, NULL),
        LACUNA_OK);
    assert_int_equal(lac_reading_new(&reading, document, NULL), LACUNA_OK);
    assert_int_equal(lac_locate(&locations, &arena, reading, checklist, NULL, NULL, NULL),
                     LACUNA_OK);
    lac_judge judge = {
        .arena = &arena, .reading = reading, .checklist = checklist, .locations = &locations};
    assert_int_equal(lac_judge_item(&result, &judge, item, NULL), LACUNA_OK);
    assert_string_equal(result.reason, reason);
    assert_int_equal(result.status, status);
    lac_reading_free(reading);
    lac_document_free(document);
    lac_checklist_free(checklist);
    lac_arena_free(&arena);
}

static void a_title_is_the_only_place_of_its_facts(void **state)
{
    (void)state;
    assert_judged("# A cluster trial of walking\n\n## Methods\n\nPlain text.\n", TITLE, LAC_MET,
                  "met/elsewhere");
    assert_judged("A cluster trial of walking\n\n## Methods\n\nPlain text.\n", TITLE, LAC_MET,
                  "met/elsewhere");
    assert_judged("# A trial of walking\n\n## Cluster\n\nEach cluster is a village.\n", TITLE,
                  LAC_MISSING, "missing/not-found");
}

static void looser_terms_count_below_wider_headings(void **state)
{
    (void)state;
    assert_judged("# Walking\n\n## Randomisation and blinding\n\nIn groups of four patients.\n",
                  BLOCKS, LAC_MET, "met/elsewhere");
    assert_judged("# Walking\n\n## Visits\n\nThere are four visits in all.\n", BLOCKS, LAC_MISSING,
                  "missing/not-found");
    /* The title holds the whole document: what it names says nothing about a section. */
    assert_judged("# A randomised trial\n\n## Visits\n\nThere are four visits in all.\n", BLOCKS,
                  LAC_MISSING, "missing/not-found");
}

static void a_later_heading_is_looked_at_too(void **state)
{
    (void)state;
    assert_judged("# Walking\n\n## Randomisation\n\nBy computer.\n\n### Randomised care\n\n"
                  "Usual.\n\n## After randomisation\n\nBlocks of six are used here.\n",
                  BLOCKS, LAC_MET, "met/elsewhere");
}

static void a_section_may_have_to_mention_a_fact(void **state)
{
    (void)state;
    assert_judged("# Walking\n\n## Harms\n\nAdverse events are written down at each visit.\n", HARM,
                  LAC_MET, "met");
    assert_judged("# Walking\n\n## Harms\n\nThe steering group looks at the safety of all patients "
                  "once a year and then decides.\n",
                  HARM, LAC_MISSING, "missing/not-mentioned");
    assert_judged("# Walking\n\n## Harms\n\n", HARM, LAC_MISSING, "missing/empty-section");
}

static void what_tells_of_other_work_is_not_said_of_this(void **state)
{
    (void)state;
    assert_judged("# Walking\n\n## Introduction\n\n### Earlier trials\n\nThe drug has few adverse "
                  "events.\n\n## Methods\n\nWalking.\n",
                  HARM, LAC_MISSING, "missing/not-found");
    assert_judged("# Walking\n\n## Background and rationale of visits\n\nAdverse events are asked "
                  "for.\n",
                  HARM, LAC_MET, "met/elsewhere");
    assert_judged("# Walking\n\n## Introduction\n\nOur aim is to walk more.\n", AIM, LAC_MET,
                  "met/elsewhere");
}

/* "Blocks" only resembles the item's title; what stands below it cannot confirm it any more. */
static void a_section_that_was_left_blank_is_named(void **state)
{
    (void)state;
    assert_judged("# Walking\n\n## Size of all blocks\n\n[TBD]\n\n## Visits\n\nSome.\n", BLOCKS,
                  LAC_MISSING, "missing/placeholder");
    assert_judged("# Walking\n\n## Harms and safety\n\n## Visits\n\nSome.\n", HARM, LAC_MISSING,
                  "missing/empty-section");
    assert_judged("# Walking\n\n## Harms and safety\n\nThe board looks at all of it.\n", HARM,
                  LAC_MISSING, "missing/not-found");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_title_is_the_only_place_of_its_facts),
        cmocka_unit_test(looser_terms_count_below_wider_headings),
        cmocka_unit_test(a_later_heading_is_looked_at_too),
        cmocka_unit_test(a_section_may_have_to_mention_a_fact),
        cmocka_unit_test(a_section_that_was_left_blank_is_named),
        cmocka_unit_test(what_tells_of_other_work_is_not_said_of_this)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
