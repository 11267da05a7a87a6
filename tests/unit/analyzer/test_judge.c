/* One item, one status: every rule of judging, on small Markdown documents. */
#include "analyzer/judge.h"
#include "analyzer/result.h"
#include "parsers/text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* A pack with one item of each kind the rules tell apart. */
static const char pack[] =
    "{\"schema\":\"lacuna.checklist/1\",\"id\":\"test\",\"version\":\"1\",\"title\":\"Test\","
    "\"guidance\":{\"authority\":\"none\",\"version\":\"1\",\"status\":\"in force\"},"
    "\"documents\":[\"protocol\",\"report\"],\"languages\":[\"en\"],\"items\":["
    "{\"id\":\"t.1\",\"section\":\"1\",\"title\":\"Blinding\",\"requirement\":\"Blinding.\","
    "\"confidence\":\"memory\",\"authority\":\"practice\",\"strength\":\"structural\"},"
    "{\"id\":\"t.1.1\",\"section\":\"1.1\",\"parent\":\"t.1\",\"title\":\"Code breaking\","
    "\"aliases\":[\"Emergency unblinding\"],\"requirement\":\"How a code is broken.\","
    "\"confidence\":\"memory\",\"authority\":\"practice\",\"strength\":\"should\","
    "\"when\":{\"kind\":\"design\",\"text\":\"blinded\",\"holds\":[\"double blind*\"],"
    "\"fails\":[\"open label\"]},"
    "\"expect\":{\"at_least\":2,\"at_least_elsewhere\":1,\"facts\":["
    "{\"name\":\"procedure\",\"any\":[\"break* .. (code|blind)\"],\"here\":[\"unblind*\"]},"
    "{\"name\":\"who\",\"here\":[\"investigator\",\"sponsor\"]}]},"
    "\"tests\":{\"match\":[\"Break the blind.\"],\"innocent\":[\"Coded data.\"]}},"
    "{\"id\":\"t.2\",\"section\":\"2\",\"title\":\"Rights\",\"requirement\":\"No waiver of "
    "rights.\","
    "\"citation\":\"21 CFR 50.20\",\"confidence\":\"verified\",\"authority\":\"law\","
    "\"strength\":\"must\",\"expect\":{\"never\":[\"waive .. rights\"]}},"
    "{\"id\":\"t.3\",\"section\":\"3\",\"title\":\"Insurance\",\"requirement\":\"Insurance.\","
    "\"documents\":[\"protocol\"],"
    "\"citation\":\"21 CFR 1.1\",\"confidence\":\"verified\",\"authority\":\"law\","
    "\"strength\":\"must\",\"expect\":{\"facts\":[{\"name\":\"cover\",\"any\":[\"insur* cover*\"],"
    "\"here\":[\"insur*\"]}]},\"tests\":{\"match\":[\"Insurance cover is kept.\"],"
    "\"innocent\":[\"Quality assurance.\"]}},"
    "{\"id\":\"t.4\",\"section\":\"4\",\"title\":\"Schema\",\"requirement\":\"A figure.\","
    "\"confidence\":\"memory\",\"authority\":\"practice\",\"strength\":\"may\","
    "\"when\":{\"kind\":\"discretion\",\"text\":\"where useful\"},"
    "\"expect\":{\"facts\":[{\"name\":\"figure\",\"any\":[\"schematic diagram\"]}]},"
    "\"tests\":{\"match\":[\"A schematic diagram is given.\"],\"innocent\":[\"Figures of "
    "speech.\"]}}]}";

typedef struct bench {
    lac_arena arena;
    lac_document *document;
    lac_reading *reading;
    lac_checklist *checklist;
    lac_locations locations;
    const char *type; /* of the document; NULL: unknown */
    lac_item_result items[8];
} bench;

/* Sections with German umlauts stand for foreign ones. */
static const bool *foreign_sections(bench *b)
{
    bool *foreign = lac_arena_array(&b->arena, b->document->section_count, sizeof *foreign);
    assert_non_null(foreign);
    for (uint32_t i = 0; i < b->document->section_count; i++) {
        const lac_section *s = &b->document->sections[i];
        lac_span text = lac_document_slice(b->document, s->body, s->own_end);
        foreign[i] = text.len > 0 && memchr(text.ptr, 0xC3, text.len) != NULL;
    }
    return foreign;
}

static void check_typed(bench *b, const char *markdown, const char *type)
{
    lac_limits limits = LAC_LIMITS_DEFAULT;
    lacuna_error err;
    memset(b, 0, sizeof *b);
    b->type = type;
    memset(&err, 0, sizeof err);
    lac_arena_init(&b->arena);
    if (lac_checklist_load(&b->checklist, lac_span_of(pack), "test", &limits, &err) != LACUNA_OK) {
        fail_msg("%s %s", err.place, err.message);
    }
    assert_int_equal(
        lac_text_read(&b->document, lac_span_of(markdown), LAC_FORMAT_MARKDOWN, &limits, NULL),
        LACUNA_OK);
    assert_int_equal(lac_reading_new(&b->reading, b->document, NULL), LACUNA_OK);
    assert_int_equal(
        lac_locate(&b->locations, &b->arena, b->reading, b->checklist, b->type, NULL, NULL),
        LACUNA_OK);
    lac_judge judge = {.arena = &b->arena,
                       .reading = b->reading,
                       .checklist = b->checklist,
                       .locations = &b->locations,
                       .document_type = b->type,
                       .foreign = foreign_sections(b)};
    for (uint32_t i = 0; i < b->checklist->item_count; i++) {
        assert_int_equal(lac_judge_item(&b->items[i], &judge, i, NULL), LACUNA_OK);
    }
    assert_int_equal(lac_judge_structural(b->items, &judge, NULL), LACUNA_OK);
}

static void check(bench *b, const char *markdown)
{
    check_typed(b, markdown, NULL);
}

static void done(bench *b)
{
    lac_reading_free(b->reading);
    lac_document_free(b->document);
    lac_checklist_free(b->checklist);
    lac_arena_free(&b->arena);
}

/* The reason of item `index` in `markdown`. */
static void assert_reason(const char *markdown, uint32_t index, const char *reason)
{
    bench b;
    check(&b, markdown);
    assert_string_equal(b.items[index].reason, reason);
    assert_non_null(b.items[index].explanation);
    const char *text = b.document->text.ptr;
    for (uint32_t i = 0; i < b.items[index].evidence_count; i++) {
        lac_span quote = b.items[index].evidence[i].quote;
        assert_true(quote.len > 0 && quote.ptr >= text &&
                    quote.ptr + quote.len <= text + b.document->reference_length);
    }
    done(&b);
}

enum { BLINDING, CODE, RIGHTS, INSURANCE, SCHEMA };

#define FILLER "# Objectives\n\nThe study asks whether the drug works in this population.\n\n"

static void content_in_the_section_is_met(void **state)
{
    (void)state;
    assert_reason(FILLER
                  "# Emergency unblinding\n\nThe investigator may break the code at night by "
                  "telephone.\n",
                  CODE, "met");
    assert_reason(FILLER "# Emergency unblinding\n\nUnblinding is done by the central service "
                         "through a telephone line at any time.\n",
                  CODE, "partial/thin");
}

static void content_elsewhere_is_met_with_a_word_of_caution(void **state)
{
    (void)state;
    assert_reason(FILLER "# Safety\n\nIn an emergency one may break the blind of a subject.\n",
                  CODE, "met/elsewhere");
}

static void a_heading_alone_is_no_content(void **state)
{
    (void)state;
    assert_reason(FILLER "# Breaking the blind\n\n# Code breaking\n\n# Safety\n\nOf a double-blind "
                         "drug.\n",
                  CODE, "missing/empty-section");
    assert_reason(FILLER "# Code breaking\n\n[Insert the procedure]\n", CODE,
                  "missing/placeholder");
    assert_reason(FILLER "# Code breaking\n\nNot defined.\n", CODE, "missing/undefined");
}

/* A sub-heading with text below it says what that text is. */
static void a_filled_sub_heading_counts(void **state)
{
    (void)state;
    assert_reason(FILLER
                  "# Emergency unblinding\n\n## How the investigator may break the code\n\nA "
                  "telephone line is open at night and on all public holidays.\n",
                  CODE, "met");
    assert_reason(FILLER "# Emergency unblinding\n\nA telephone line is open at night and on all "
                         "public holidays.\n\n## How the investigator may break the code\n",
                  CODE, "partial/thin");
}

static void references_and_abbreviations_are_no_statements(void **state)
{
    (void)state;
    assert_reason(
        "# Design\n\nA double-blind study of two arms.\n\n# References\n\nSmith J. How to "
        "break the blind. 2001.\n",
        CODE, "missing/not-found");
}

static void conditions_have_three_answers(void **state)
{
    (void)state;
    assert_reason("# Design\n\nA double-blind study of two arms.\n", CODE, "missing/not-found");
    assert_reason("# Design\n\nAn open-label study of two arms.\n", CODE,
                  "not-applicable/condition-false");
    assert_reason("# Design\n\nA study of two arms.\n", CODE,
                  "not-applicable/condition-not-evident");
    assert_reason(FILLER, SCHEMA, "not-applicable/condition-not-evident");
}

static void not_applicable_needs_a_reason_where_the_law_asks(void **state)
{
    (void)state;
    assert_reason(FILLER "# Insurance\n\nNot applicable.\n", INSURANCE,
                  "partial/not-applicable-unjustified");
    assert_reason(FILLER "# Insurance\n\nNot applicable, because the state is liable.\n", INSURANCE,
                  "not-applicable/declared-with-reason");
    assert_reason(FILLER "# Code breaking\n\nNot applicable.\n", CODE, "not-applicable/declared");
}

static void prohibited_words_contradict(void **state)
{
    (void)state;
    assert_reason(FILLER "You waive all your legal rights by signing.\n", RIGHTS,
                  "contradicts/prohibited-wording");
    assert_reason(FILLER, RIGHTS, "met/nothing-prohibited-found");
}

static void a_section_that_refers_elsewhere_is_not_evaluated(void **state)
{
    (void)state;
    assert_reason(FILLER "# Insurance\n\nSee alternate reference document.\n", INSURANCE,
                  "not-evaluated/refers-elsewhere");
}

static void another_language_is_not_missing(void **state)
{
    (void)state;
    assert_reason(
        FILLER
        "# Insurance\n\nDie Teilnehmer werden \xC3\xBC"
        "ber die Studie und die Risiken "
        "informiert, und die Daten werden von dem Arzt in einer Datenbank gespeichert, die "
        "nicht mit dem Netz der Klinik verbunden ist, um die Sicherheit der Daten zu wahren, "
        "und sie werden auch nicht an andere weitergegeben.\n",
        INSURANCE, "not-evaluated/language");
}

static void a_container_shows_its_children(void **state)
{
    (void)state;
    assert_reason("# Design\n\nA double-blind study of two arms.\n", BLINDING, "missing/derived");
    assert_reason("# Design\n\nAn open-label study of two arms.\n", BLINDING,
                  "not-applicable/derived");
    assert_reason(FILLER "# Safety\n\nIn an emergency one may break the blind of a subject.\n",
                  BLINDING, "met/derived");
}

/* Every item is judged where the type is not known, or is one the pack says nothing of. */
static void an_item_may_be_for_one_type_of_document(void **state)
{
    (void)state;
    static const struct {
        const char *type, *reason;
    } rows[] = {{"protocol", "missing/not-found"},
                {"report", "not-applicable/document-type"},
                {"consent", "missing/not-found"},
                {NULL, "missing/not-found"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bench b;
        check_typed(&b, FILLER, rows[i].type);
        assert_string_equal(b.items[INSURANCE].reason, rows[i].reason);
        done(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(content_in_the_section_is_met),
        cmocka_unit_test(content_elsewhere_is_met_with_a_word_of_caution),
        cmocka_unit_test(a_heading_alone_is_no_content),
        cmocka_unit_test(a_filled_sub_heading_counts),
        cmocka_unit_test(references_and_abbreviations_are_no_statements),
        cmocka_unit_test(conditions_have_three_answers),
        cmocka_unit_test(not_applicable_needs_a_reason_where_the_law_asks),
        cmocka_unit_test(prohibited_words_contradict),
        cmocka_unit_test(a_section_that_refers_elsewhere_is_not_evaluated),
        cmocka_unit_test(another_language_is_not_missing),
        cmocka_unit_test(a_container_shows_its_children),
        cmocka_unit_test(an_item_may_be_for_one_type_of_document)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
