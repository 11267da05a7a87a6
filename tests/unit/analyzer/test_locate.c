/* Sections are located by all votes together: titles, numbers as far as they are trusted, parents,
 * order; a section that is clearly another item's is left to it. */
#include "analyzer/locate.h"
#include "parsers/text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ITEM(id, section, parent, title, aliases)                                                \
    "{\"id\":\"" id "\",\"section\":\"" section "\"," parent "\"title\":\"" title                \
    "\",\"aliases\":[" aliases "],\"requirement\":\"Content.\",\"confidence\":\"memory\","       \
    "\"authority\":\"practice\",\"strength\":\"should\",\"expect\":{\"facts\":[{\"name\":\"f\"," \
    "\"any\":[\"zebra crossing\"]}]},\"tests\":{\"match\":[\"A zebra crossing.\"],"              \
    "\"innocent\":[\"A horse.\"]}}"

static const char pack[] =
    "{\"schema\":\"lacuna.checklist/1\",\"id\":\"test\",\"version\":\"1\",\"title\":\"Test\","
    "\"guidance\":{\"authority\":\"none\",\"version\":\"1\",\"status\":\"in force\"},"
    "\"documents\":[\"protocol\",\"report\"],\"languages\":[\"en\"],\"items\":["
    /* clang-format off */
    ITEM("t.4", "4", "", "Trial Design", "\"overall design\"") ","
    ITEM("t.4.1", "4.1", "\"parent\":\"t.4\",", "Randomization", "\"treatment allocation\"") ","
    ITEM("t.4.2", "4.2", "\"parent\":\"t.4\",", "Duration of participation", "") ","
    ITEM("t.5", "5", "", "Selection of subjects", "") ","
    ITEM("t.5.1", "5.1", "\"parent\":\"t.5\",", "Inclusion criteria", "") ","
    ITEM("t.6", "5.1", "\"documents\":[\"report\"],", "Inclusion criteria and disposition", "")
    /* clang-format on */
    "]}";

enum { DESIGN, RANDOMIZATION, DURATION, SELECTION, INCLUSION, DISPOSITION };

/* Title of the best place of an item, "" when it has none; copied into `out`. */
static void best_place_in(const char *type, char *out, size_t size, const char *markdown,
                          uint32_t item, double *trust)
{
    lac_limits limits = LAC_LIMITS_DEFAULT;
    lac_checklist *checklist = NULL;
    lac_document *document = NULL;
    lac_reading *reading = NULL;
    lac_locations locations;
    lac_arena arena;
    lac_arena_init(&arena);
    assert_int_equal(lac_checklist_load(&checklist, lac_span_of(pack), "test", &limits, NULL),
                     LACUNA_OK);
    assert_int_equal(
        lac_text_read(&document, lac_span_of(markdown), LAC_FORMAT_MARKDOWN, &limits, NULL),
        LACUNA_OK);
    assert_int_equal(lac_reading_new(&reading, document, NULL), LACUNA_OK);
    assert_int_equal(lac_locate(&locations, &arena, reading, checklist, type, NULL, NULL),
                     LACUNA_OK);
    const lac_location *location = &locations.items[item];
    lac_span title = location->place_count == 0
                         ? lac_span_of("")
                         : document->sections[location->places[0].section].title;
    assert_true(title.len < size);
    memcpy(out, title.ptr, title.len);
    out[title.len] = '\0';
    if (trust != NULL) {
        *trust = locations.numbering_trust;
    }
    lac_reading_free(reading);
    lac_document_free(document);
    lac_checklist_free(checklist);
    lac_arena_free(&arena);
}

static void best_place(char *out, size_t size, const char *markdown, uint32_t item, double *trust)
{
    best_place_in(NULL, out, size, markdown, item, trust);
}

static void assert_place(const char *markdown, uint32_t item, const char *expected)
{
    char title[200];
    best_place(title, sizeof title, markdown, item, NULL);
    assert_string_equal(title, expected);
}

static void titles_and_aliases_vote(void **state)
{
    (void)state;
    assert_place("# Overall Design\n\nText.\n\n# Randomisation\n\nText.\n", RANDOMIZATION,
                 "Randomisation");
    assert_place("# Treatment Allocation\n\nText.\n", RANDOMIZATION, "Treatment Allocation");
    assert_place("# The Overall Design of the Study\n\nText.\n", DESIGN,
                 "The Overall Design of the Study");
    assert_place("# Patient inclusion criteria\n\nText.\n", INCLUSION,
                 "Patient inclusion criteria");
}

static void nothing_alike_gives_no_place(void **state)
{
    (void)state;
    assert_place("# Publication policy\n\nText.\n", INCLUSION, "");
    assert_place("No headings at all.\n", INCLUSION, "");
}

/* What is for reports claims nothing in a protocol, and the other way round. */
static void items_for_other_documents_claim_nothing(void **state)
{
    (void)state;
    static const char text[] = "# 5.1 Inclusion criteria and disposition\n\nText.\n";
    static const struct {
        const char *type;
        uint32_t item;
        bool found;
    } rows[] = {{"protocol", DISPOSITION, false},
                {"protocol", INCLUSION, true},
                {"report", DISPOSITION, true},
                {"consent", DISPOSITION, true}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char title[200];
        best_place_in(rows[i].type, title, sizeof title, text, rows[i].item, NULL);
        assert_string_equal(title, rows[i].found ? "Inclusion criteria and disposition" : "");
    }
}

/* A report that uses the guidance's numbers for its own matters must not be believed. */
static void numbers_vote_only_when_trusted(void **state)
{
    (void)state;
    char title[200];
    double trust;
    best_place(
        title, sizeof title,
        "# 4 Overall Design\n\n## 4.1 Randomization\n\n## 4.2 Length of the participation\n\n"
        "# 5 Selection of subjects\n\n## 5.1 Inclusion criteria\n",
        DURATION, &trust);
    assert_true(trust > 0.7);
    assert_string_equal(title, "Length of the participation");
    best_place(title, sizeof title,
               "# 4 Statistics\n\n## 4.1 Analysis sets\n\n## 4.2 Missing data\n\n# 5 Ethics\n",
               DURATION, &trust);
    assert_true(trust < 0.1);
    assert_string_equal(title, "");
}

static void contents_lists_are_no_place(void **state)
{
    (void)state;
    assert_place("# Table of contents\n\n1. Inclusion criteria ........ 4\n", INCLUSION, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(titles_and_aliases_vote),
                                       cmocka_unit_test(nothing_alike_gives_no_place),
                                       cmocka_unit_test(items_for_other_documents_claim_nothing),
                                       cmocka_unit_test(numbers_vote_only_when_trusted),
                                       cmocka_unit_test(contents_lists_are_no_place)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
