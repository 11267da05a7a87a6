/* What queries cite, looked up in documents that are filed: found, one of several, not there, not
 * read.
 */
#include "analyzer/letter/resolve.h"
#include "parsers/open.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>

static const char PROTOCOL[] = "# Protocol HVT-204-201\n\n## 6.7 Blinding\n\nText.\n\n"
                               "Table 9 of the report shows more.\n\n"
                               "Table 9. Doses and visits\n\n## 6.70 Other\n\nMore.\n";
static const char REPORT[] = "# Study report\n\n## 6.7 Dose selection\n\nText.\n\n## 9.1 Design\n\n"
                             "Figure 3\n\nMore.\n";

typedef struct setting {
    lac_document *documents[2];
    lac_leaf_place leaves[3];
    lac_filed_document filed[3];
    lac_filed_set set;
    lac_arena arena;
} setting;

static lac_document *read_text(const char *text)
{
    lac_source source = {.kind = LAC_SOURCE_MEMORY, .path = "a.md", .memory = lac_span_of(text)};
    lac_document *document = NULL;
    assert_int_equal(lac_document_open(&document, &source, &LAC_LIMITS_DEFAULT, NULL), LACUNA_OK);
    return document;
}

static int setup(void **state)
{
    setting *s = calloc(1, sizeof *s);
    static const char *const titles[] = {"Protocol HVT-204-201, Version 2.0", "Study Report Body",
                                         "Specification"};
    static const char *const headings[] = {"5.3.5.1", "5.3.3.2", "3.2.S.4.1"};
    static const char *const studies[] = {"HVT-204-201", "HVT-204-102", ""};
    static const char *const tags[] = {"protocol-or-amendment", "study-report-body", ""};
    assert_non_null(s);
    lac_arena_init(&s->arena);
    s->documents[0] = read_text(PROTOCOL);
    s->documents[1] = read_text(REPORT);
    for (int i = 0; i < 3; i++) {
        s->leaves[i] = (lac_leaf_place){.title = titles[i], .heading = headings[i]};
        s->filed[i] = (lac_filed_document){.path = titles[i],
                                           .document = i < 2 ? s->documents[i] : NULL,
                                           .leaf = &s->leaves[i],
                                           .study = studies[i],
                                           .tag = tags[i]};
    }
    s->set = (lac_filed_set){.documents = s->filed, .document_count = 3};
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    setting *s = *state;
    lac_document_free(s->documents[0]);
    lac_document_free(s->documents[1]);
    lac_arena_free(&s->arena);
    free(s);
    return 0;
}

/* Resolves up to two cites of one query; the last one is given back. */
static const lac_resolved_cite *resolve(setting *s, lac_letter_cite first, lac_letter_cite second)
{
    const lac_letter_cite cites[] = {first, second};
    uint32_t count = second.kind == NULL ? 1 : 2;
    lac_letter_query query = {.cites = cites, .cite_count = count};
    const lac_resolved_cite *results = NULL;
    assert_int_equal(lac_resolve_cites(&results, &s->arena, &query, &s->set, NULL), LACUNA_OK);
    return &results[count - 1];
}

static const lac_resolved_cite *resolve_one(setting *s, const char *kind, const char *text)
{
    return resolve(s, (lac_letter_cite){kind, text}, (lac_letter_cite){NULL, NULL});
}

static void sections(void **state)
{
    setting *s = *state;
    const lac_resolved_cite *cite = resolve_one(s, "section", "section 9.1");
    assert_int_equal(cite->state, LAC_CITE_FOUND);
    assert_int_equal(cite->places[0].document, 1);
    assert_true(lac_span_ends_nocase(cite->places[0].quote, "9.1 Design"));
    cite = resolve_one(s, "section", "section 6.7");
    assert_int_equal(cite->state, LAC_CITE_AMBIGUOUS);
    assert_int_equal(cite->place_count, 2);
    cite = resolve(s, (lac_letter_cite){"section", "section 6.7"},
                   (lac_letter_cite){"study", "Protocol HVT-204-201"});
    assert_int_equal(cite[-1].state, LAC_CITE_FOUND);
    assert_int_equal(cite[-1].places[0].document, 0);
    cite = resolve_one(s, "section", "section 6.8");
    assert_int_equal(cite->state, LAC_CITE_NOT_FOUND);
}

static void headings_of_the_tree(void **state)
{
    setting *s = *state;
    const lac_resolved_cite *cite = resolve_one(s, "section", "3.2.S.4.1");
    assert_int_equal(cite->state, LAC_CITE_FOUND);
    assert_int_equal(cite->places[0].document, 2);
    assert_int_equal(resolve_one(s, "section", "3.2.S.4")->state, LAC_CITE_FOUND);
    assert_int_equal(resolve_one(s, "section", "3.2.S.40")->state, LAC_CITE_NOT_FOUND);
    assert_int_equal(resolve_one(s, "section", "5.3.3")->place_count, 1);
}

static void captions(void **state)
{
    setting *s = *state;
    const lac_resolved_cite *cite = resolve_one(s, "table", "Table 9");
    assert_int_equal(cite->state, LAC_CITE_FOUND);
    assert_true(lac_span_is(cite->places[0].quote, "Table 9. Doses and visits"));
    assert_int_equal(resolve_one(s, "table", "Figures 3")->state, LAC_CITE_FOUND);
    assert_int_equal(resolve_one(s, "table", "Table 90")->state, LAC_CITE_NOT_FOUND);
    assert_int_equal(resolve_one(s, "table", "Figure 30")->state, LAC_CITE_NOT_FOUND);
}

static void studies(void **state)
{
    setting *s = *state;
    const lac_resolved_cite *cite = resolve_one(s, "study", "Study HVT-204-102");
    assert_int_equal(cite->state, LAC_CITE_FOUND);
    assert_int_equal(cite->places[0].document, 1);
    assert_int_equal(resolve_one(s, "study", "Study HVT-204-10")->state, LAC_CITE_NOT_FOUND);
    assert_int_equal(resolve_one(s, "study", "IND 900204")->state, LAC_CITE_NOT_LOOKED_AT);
}

static void what_cannot_be_looked_at(void **state)
{
    setting *s = *state;
    assert_int_equal(resolve_one(s, "cfr", "21 CFR 312.23")->state, LAC_CITE_NOT_LOOKED_AT);
    assert_int_equal(resolve_one(s, "page", "page 19")->state, LAC_CITE_NOT_LOOKED_AT);
    assert_int_equal(resolve_one(s, "sequence", "sequence 0002")->state, LAC_CITE_NOT_FOUND);
    s->filed[2].unread = "no reader";
    const lac_resolved_cite *cite = resolve_one(s, "section", "section 6.8");
    assert_int_equal(cite->state, LAC_CITE_NOT_LOOKED_AT);
    assert_non_null(strstr(cite->reason, "1 document could not be read"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sections, setup, teardown),
        cmocka_unit_test_setup_teardown(headings_of_the_tree, setup, teardown),
        cmocka_unit_test_setup_teardown(captions, setup, teardown),
        cmocka_unit_test_setup_teardown(studies, setup, teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_looked_at, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
