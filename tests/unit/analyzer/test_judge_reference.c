/* Sections that send the reader on, typed contents lists, conditions that clearly fail, and
 * headings without items. */
#include "analyzer/judge.h"
#include "analyzer/result.h"
#include "analyzer/typed_contents.h"
#include "parsers/document_builder.h"
#include "parsers/text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { BLINDING, CODE, COVER, CONTENTS };

#define ITEM(id, title, strength, more)                                     \
    "{\"id\":\"" id "\",\"title\":\"" title "\",\"requirement\":\"Said.\"," \
    "\"confidence\":\"memory\",\"authority\":\"practice\",\"strength\":\"" strength "\"" more "}"

static const char pack[] =
    "{\"schema\":\"lacuna.checklist/1\",\"id\":\"test\",\"version\":\"1\",\"title\":\"Test\","
    "\"guidance\":{\"authority\":\"none\",\"version\":\"1\",\"status\":\"in force\"},"
    "\"documents\":[\"protocol\"],\"languages\":[\"en\"],\"items\":[" //
    ITEM("t.1", "Blinding", "structural", ",\"section\":\"1\"") ","   //
    ITEM("t.1.1", "Code breaking", "should",
         ",\"section\":\"3\",\"parent\":\"t.1\",\"when\":{\"kind\":\"design\",\"text\":\"blinded\","
         "\"holds\":[\"double blind*\"],\"fails\":[\"open label\"]},"
         "\"expect\":{\"at_least\":2,\"facts\":[{\"name\":\"how\",\"any\":[\"break* the code\"],"
         "\"here\":[\"unblind*\"]},{\"name\":\"who\",\"here\":[\"investigator\"]}]}") "," //
    ITEM("t.2", "Insurance", "should",
         ",\"section\":\"2\",\"expect\":{\"facts\":[{\"name\":\"cover\",\"any\":[\"insurance "
         "cover\"],"
         "\"here\":[\"insur*\"]}]}") "," //
    ITEM("t.3", "Table of contents", "should", ",\"expect\":{\"contents\":true}") "]}";

/* Reason of one item; `said` stands in its explanation. */
static void assert_judged(const char *markdown, uint32_t item, const char *reason, const char *said)
{
    lac_limits limits = LAC_LIMITS_DEFAULT;
    lac_checklist *checklist = NULL;
    lac_document *document = NULL;
    lac_reading *reading = NULL;
    lac_locations locations;
    lac_item_result items[4];
    lac_arena arena;
    lacuna_error err = {0};
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
    for (uint32_t i = 1; i < 4; i++) {
        assert_int_equal(lac_judge_item(&items[i], &judge, i, NULL), LACUNA_OK);
    }
    assert_int_equal(lac_judge_structural(items, &judge, NULL), LACUNA_OK);
    assert_string_equal(items[item].reason, reason);
    assert_non_null(strstr(items[item].explanation, said));
    lac_reading_free(reading);
    lac_document_free(document);
    lac_checklist_free(checklist);
    lac_arena_free(&arena);
}

static void a_reference_inside_is_followed(void **state)
{
    (void)state;
    assert_judged("# 1 Insurance\n\nSee section 2.1.\n\n# 2 Legal\n\n## 2.1 Damages\n\nThe sponsor "
                  "insures every patient for damage.\n",
                  COVER, "met/by-reference", "refers to another");
    assert_judged(
        "# 1 Insurance\n\nThis topic is dealt with in Sections 2.1 and 2.2.\n\n# 2 Legal\n\n"
        "## 2.1 Law\n\nNorwegian law.\n\n## 2.2 Damages\n\nAll patients are insured.\n",
        COVER, "met/by-reference", "refers to another");
    /* the content is not there, or the section is not */
    assert_judged("# 1 Insurance\n\nSee section 2.\n\n# 2 Legal\n\nNorwegian law is the law of all "
                  "contracts.\n",
                  COVER, "partial/refers-inside", "not found");
    assert_judged("# 1 Insurance\n\nSee section 7.\n\n# 2 Legal\n\nAll are insured by law.\n",
                  COVER, "partial/refers-inside", "not found");
}

static void a_reference_to_another_document_names_it(void **state)
{
    (void)state;
    assert_judged("# Code breaking\n\nSee the pharmacy manual.\n", CODE,
                  "not-evaluated/refers-elsewhere", "pharmacy manual");
    assert_judged(
        "# Code breaking\n\nThe procedure and all of the contacts for it are described in "
        "the pharmacy manual of the study.\n",
        CODE, "not-evaluated/refers-elsewhere", "described in the pharmacy manual");
    /* content with a reference is content */
    assert_judged("# Code breaking\n\nUnblinding by the investigator is described in the pharmacy "
                  "manual.\n",
                  CODE, "met", "mentions");
}

static void a_clearly_failed_condition_comes_before_a_stray_fact(void **state)
{
    (void)state;
    assert_judged("# Methods\n\nAn open-label study. Clerks break the code of old samples.\n", CODE,
                  "not-applicable/condition-false", "blinded");
    assert_judged("# Methods\n\nA double-blind study. Clerks break the code of old samples.\n",
                  CODE, "partial/elsewhere", "part");
}

static void a_title_tells_where_the_text_does_not(void **state)
{
    (void)state;
    assert_judged("# A double-blind trial of walking\n\n## Methods\n\nPatients walk.\n", CODE,
                  "missing/not-found", "");
    assert_judged("# An open-label trial of walking\n\n## Methods\n\nPatients walk.\n", CODE,
                  "not-applicable/condition-false", "");
    assert_judged("# A trial\n\n## Methods\n\nPatients walk.\n\n## Open label\n\nNo.\n", CODE,
                  "not-applicable/condition-not-evident", "");
}

/* Paragraphs as a word processor has them, without fields; the index of the list's head. */
static uint32_t contents_in(const char *const *paragraphs, size_t count)
{
    lac_builder builder;
    lac_limits limits = LAC_LIMITS_DEFAULT;
    lac_document *document = NULL;
    assert_int_equal(lac_builder_init(&builder, LAC_FORMAT_DOCX, &limits, NULL), LACUNA_OK);
    for (size_t i = 0; i < count; i++) {
        lac_block block = {.table = LAC_NONE};
        assert_int_equal(
            lac_builder_block(&builder, NULL, &block, lac_span_of(paragraphs[i]), '\n', false),
            LACUNA_OK);
    }
    assert_int_equal(lac_builder_finish(&document, &builder, NULL), LACUNA_OK);
    uint32_t at = lac_find_typed_contents(document);
    lac_document_free(document);
    return at;
}

static void a_typed_contents_list_is_one(void **state)
{
    (void)state;
    static const char *const list[] = {
        "A report",          "TABLE OF CONTENTS:", "",      "1 Aim\t3",
        "2 Methods ..... 4", "3 Results 9",        "1 Aim", "To walk."};
    static const char *const prose[] = {"Contents", "The box holds 3 tablets.", "1 Aim\t3",
                                        "2 Methods\t4", "3 Results\t9"};
    assert_int_equal(contents_in(list, 8), 1);
    assert_int_equal(contents_in(list, 5), LAC_NONE); /* two entries are no list */
    assert_int_equal(contents_in(prose, 5), LAC_NONE);
    assert_judged("Contents\n\n1 Aim ..... 3\n\n2 Methods ..... 4\n\n3 Results ..... 9\n\n# "
                  "Aim\n\nTo walk.\n",
                  CONTENTS, "met/contents-list", "");
}

/* Numbered like the guidance: 1 and 2 agree in number and title, 3 in number alone. */
#define NUMBERED                                                                                \
    "# 1 Blinding\n\nA double-blind study.\n\n# 2 Insurance\n\nAll are insured by law.\n\n# 4 " \
    "Publication policy\n\nIn journals.\n\n# 5 Archiving\n\nFor years.\n\n"

static void a_number_and_the_content_tell_a_section(void **state)
{
    (void)state;
    assert_judged(NUMBERED "# 3 Details\n\nUnblinding is up to the investigator at the site, who "
                           "does it by telephone at any time.\n",
                  CODE, "met/by-content", "stands there");
    assert_judged(NUMBERED "# 6 Details\n\nUnblinding is up to the investigator at the site, who "
                           "does it by telephone at any time.\n",
                  CODE, "missing/not-found", "");
    assert_judged(NUMBERED "# 3 Details\n\nPatients are seen by the investigator at the site, who "
                           "asks them at any time.\n",
                  CODE, "missing/not-found", "");
}

static void a_heading_without_any_of_its_items_is_partial(void **state)
{
    (void)state;
    assert_judged("# Methods\n\nA double-blind study.\n\n# Blinding\n\n# Visits\n\nFour.\n",
                  BLINDING, "partial/heading-only", "none of its items");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_reference_inside_is_followed),
        cmocka_unit_test(a_reference_to_another_document_names_it),
        cmocka_unit_test(a_clearly_failed_condition_comes_before_a_stray_fact),
        cmocka_unit_test(a_title_tells_where_the_text_does_not),
        cmocka_unit_test(a_number_and_the_content_tell_a_section),
        cmocka_unit_test(a_typed_contents_list_is_one),
        cmocka_unit_test(a_heading_without_any_of_its_items_is_partial)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
