/* How alike headings are, in both stages, with the synonyms that ship. */
#include "analyzer/heading_words.h"
#include "checklists/embed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static lac_synonyms *shipped(void)
{
    for (size_t i = 0; i < lac_embedded_count(); i++) {
        if (strcmp(lac_embedded_name(i), "synonyms.json") == 0) {
            lac_synonyms *synonyms = NULL;
            lacuna_error err = {0};
            if (lac_synonyms_load(&synonyms, lac_embedded_data(i), &err) != LACUNA_OK) {
                fail_msg("%s", err.message);
            }
            return synonyms;
        }
    }
    fail_msg("synonyms.json is not embedded");
    return NULL;
}

static double compare(const lac_synonyms *synonyms, const char *a, const char *b)
{
    lac_arena arena;
    lac_arena_init(&arena);
    lac_heading_words left;
    lac_heading_words right;
    assert_int_equal(lac_heading_words_make(&left, &arena, synonyms, lac_span_of(a)), LACUNA_OK);
    assert_int_equal(lac_heading_words_make(&right, &arena, synonyms, lac_span_of(b)), LACUNA_OK);
    double score = lac_heading_likeness(&left, &right);
    assert_true(score == lac_heading_likeness(&right, &left));
    assert_true(score >= 0 && score <= 1);
    lac_arena_free(&arena);
    return score;
}

typedef struct example {
    const char *a, *b;
    double least, most;
} example;

static const example examples[] = {
    /* the same words: spelling, number, case, stop words, order */
    {"Randomisation Codes", "the randomization code", 1, 1},
    {"Inclusion Criteria", "INCLUSION CRITERION", 1, 1},
    {"Design of the Study", "Study design", 1, 1},
    {"Source data", "Data Source(s)", 0.85, 0.9},
    {"Withdrawal of subjects", "Subject withdrawal", 1, 1},
    {"Adverse events", "Adverse Event", 1, 1},
    /* through synonyms, a little less */
    {"Trial Design", "Study Design", 0.95, 0.95},
    {"Schedule of Assessments", "Schedule of Activities", 0.95, 0.95},
    {"Time and Events Schedule", "Schedule of Activities (SoA)", 0.95, 0.95},
    {"Case Report Form (CRF)", "Case report forms", 0.95, 0.95},
    {"eCRF", "Case report form", 0.95, 0.95},
    {"SAEs", "Serious adverse events", 0.95, 0.95},
    {"Patient discontinuation", "Withdrawal of Subjects", 0.95, 0.95},
    {"Study medication", "Investigational product", 0.95, 0.95},
    {"IRB/IEC", "Ethics committee", 0.95, 0.95},
    {"Risks and benefits", "Benefit/risk", 1, 1},
    {"Study Sites", "Trial center", 0.95, 0.95},
    /* that it is about the trial goes without saying */
    {"Study outcomes", "Outcomes", 0.95, 0.95},
    {"Outcomes of the trial", "Outcomes", 0.95, 0.95},
    {"Other outcomes", "Outcomes", 0.5, 0.9},
    {"Trial", "Outcomes", 0, 0},
    /* one inside the other */
    {"Sample size", "Sample size determination and power", 0.7, 0.9},
    {"Statistical analysis plan", "Statistical analysis", 0.75, 0.95},
    {"Blinding", "Blinding and unblinding procedures", 0.4, 0.8},
    {"Adverse events", "Adverse events of special interest", 0.5, 0.85},
    /* part in common */
    {"Inclusion criteria", "Exclusion criteria", 0.3, 0.7},
    {"Primary endpoint", "Secondary endpoint", 0.3, 0.7},
    {"Study population", "Study objectives", 0.1, 0.55},
    {"Clinical study information", "Clinical study considerations", 0, 0.75},
    /* false friends of folding too hard */
    {"Appropriateness of Measurements", "Efficacy Variables", 0, 0},
    {"Information", "Format", 0, 0},
    {"Subjective symptoms", "Subject information", 0, 0},
    {"Investigational product", "Study", 0, 0.45},
    {"Investigator", "Investigation", 0, 0},
    {"", "", 0, 0},
    {"", "Study", 0, 0},
    {"The of and", "for the", 0, 0},
    {"...", "---", 0, 0},
};

static void scores_headings(void **state)
{
    (void)state;
    lac_synonyms *synonyms = shipped();
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        double score = compare(synonyms, examples[i].a, examples[i].b);
        if (score < examples[i].least - 1e-6 || score > examples[i].most + 1e-6) {
            fail_msg("\"%s\" and \"%s\": %.3f, not in [%.2f, %.2f]", examples[i].a, examples[i].b,
                     score, examples[i].least, examples[i].most);
        }
    }
    lac_synonyms_free(synonyms);
}

static void works_without_synonyms(void **state)
{
    (void)state;
    assert_true(compare(NULL, "Schedule of Assessments", "Schedule of Activities") < 0.6);
    assert_true(compare(NULL, "Trial design", "Study design") > 0.9);
}

/* Agreement in full words never scores below agreement through synonyms. */
static void exact_is_best(void **state)
{
    (void)state;
    lac_synonyms *synonyms = shipped();
    static const char *const titles[] = {
        "Schedule of Assessments", "Study Treatment", "Case report form (CRF)",
        "Ethics Committee Review", "Endpoints",       "Safety"};
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        assert_true(compare(synonyms, titles[i], titles[i]) == 1.0);
    }
    lac_synonyms_free(synonyms);
}

static void takes_long_titles(void **state)
{
    (void)state;
    char title[4000];
    for (size_t i = 0; i + 4 < sizeof title; i += 4) {
        title[i] = (char)('a' + i / 4 % 26);
        title[i + 1] = (char)('a' + i / 104 % 26);
        title[i + 2] = 'q';
        title[i + 3] = ' ';
    }
    title[sizeof title - 4] = '\0';
    assert_true(compare(NULL, title, title) == 1.0);
}

static void prefers_longer_synonyms(void **state)
{
    (void)state;
    lac_synonyms *synonyms = NULL;
    const char *json = "{\"groups\": [{\"canonical\": \"x\", \"variants\": [\"alpha\"]},"
                       "{\"canonical\": \"y z\", \"variants\": [\"alpha of the beta\"]}]}";
    assert_int_equal(lac_synonyms_load(&synonyms, lac_span_of(json), NULL), LACUNA_OK);
    assert_true(compare(synonyms, "alpha beta", "y z") > 0.9);
    assert_true(compare(synonyms, "alpha beta", "x beta") < 0.6);
    assert_true(compare(synonyms, "alpha gamma", "x gamma") > 0.9);
    lac_synonyms_free(synonyms);
}

static void refuses_wrong_synonyms(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "[]",
        "{\"groups\": 1}",
        "{\"groups\": [1]}",
        "{\"groups\": [{\"canonical\": 1}]}",
        "{\"groups\": [{\"canonical\": \"the\"}]}",
        "{\"groups\": [{\"canonical\": \"a1\", \"variants\": [2]}]}",
        "{\"groups\": [{\"canonical\": \"a1 a2 a3 a4 a5 a6 a7\"}]}",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        lac_synonyms *synonyms = (lac_synonyms *)1;
        lacuna_error err = {0};
        assert_int_equal(lac_synonyms_load(&synonyms, lac_span_of(wrong[i]), &err),
                         LACUNA_E_FORMAT);
        assert_null(synonyms);
        assert_true(err.message[0] != '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_headings),         cmocka_unit_test(works_without_synonyms),
        cmocka_unit_test(exact_is_best),           cmocka_unit_test(takes_long_titles),
        cmocka_unit_test(prefers_longer_synonyms), cmocka_unit_test(refuses_wrong_synonyms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
