/* The term language: what parses, and what it finds. */
#include "analyzer/facts.h"
#include "analyzer/terms.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct example {
    const char *term, *text;
    const char *match; /* NULL: none */
} example;

static const example examples[] = {
    /* phrases */
    {"emergency unblinding", "For Emergency-Unblinding call", "Emergency-Unblinding"},
    {"emergency unblinding", "unblinding in emergency", NULL},
    {"emergency unblinding", "emergency. Unblinding", NULL},
    {"emergency unblinding", "emergency\tunblinding", NULL},
    {"emergency unblinding", "emergency\nunblinding", NULL},
    {"emergency unblinding", "emergency, \"unblinding\"", "emergency, \"unblinding"},
    {"format", "the information", NULL},
    {"follow-up", "a follow up visit", "follow up"},
    {"e.g. Table", "see e.g. Table 5", "e.g. Table"},
    {"sponsor's plan", "the sponsors plan", "sponsors plan"},
    {"/format/", "the information", NULL},
    {"/format|plan/", "explanation of formats", "format"},
    {"/14971/", "ISO14971", "14971"},
    {"/(?m)^mg/", "5 mg\nmg", "mg"},
    /* folding on both sides */
    {"subject", "The patients.", "patients"},
    {"trial", "these studies", "studies"},
    {"study", "investigational product", NULL},
    {"randomised", "were randomized", "randomized"},
    {"randomization list", "Randomisation lists", "Randomisation lists"},
    {"centres", "each center", "center"},
    {"criterion", "all criteria", "criteria"},
    {"sae", "SAEs", "SAEs"},
    /* prefixes */
    {"random*", "was randomly assigned", "randomly"},
    {"random*", "nonrandom", NULL},
    {"randomiz*", "randomised", "randomised"},
    {"randomis*", "randomized", "randomized"},
    {"hospitalisat*", "hospitalizations", "hospitalizations"},
    {"haemat*", "Hematology", "Hematology"},
    {"patient*", "two subjects", "subjects"},
    {"patient*", "patiently", "patiently"},
    {"subject*", "a participant", "participant"},
    {"unblind* code*", "unblinding the codes", NULL},
    {"unblind* code*", "unblinded codes", "unblinded codes"},
    /* alternatives */
    {"(stop*|terminat*) (rule*|criteri*)", "Stopping criteria apply", "Stopping criteria"},
    {"(stop*|terminat*) (rule*|criteri*)", "stop the rules", NULL},
    {"(case report|e crf) form", "case report forms", "case report forms"},
    {"(case report|e crf) form", "e-CRF form", "e-CRF form"},
    {"( a | b c ) d", "b c d", "b c d"},
    {"the (code|code list) is kept", "the code list is kept", "the code list is kept"},
    /* gaps */
    {"sponsor .. address", "the sponsor and its full address", "sponsor and its full address"},
    {"sponsor .. address", "sponsor address", "sponsor address"},
    {"sponsor .. address", "sponsor a b c d e f address", "sponsor a b c d e f address"},
    {"sponsor .. address", "sponsor a b c d e f g address", NULL},
    {"sponsor ..2 address", "sponsor a b address", "sponsor a b address"},
    {"sponsor ..2 address", "sponsor a b c address", NULL},
    {"sponsor ..0 address", "sponsor address", "sponsor address"},
    {"sponsor ..12 address", "sponsor 1 2 3 4 5 6 7 8 9 10 11 12 address",
     "sponsor 1 2 3 4 5 6 7 8 9 10 11 12 address"},
    {"sponsor..address", "sponsor at address", "sponsor at address"},
    {"sponsor .. address", "sponsor. The address", NULL},
    {"a ..1 b ..1 c", "a x b b c", "a x b b c"},
    {"a ..1 b ..1 c", "a b x b x c", NULL},
    {"a .. b", "a a b", "a a b"},
    {"a .. (b|c d)", "a x c d", "a x c d"},
    /* in one sentence */
    {"sponsor & address", "The address of the sponsor.", "address of the sponsor"},
    {"sponsor & address", "The address. The sponsor.", NULL},
    {"sponsor & address & phone", "phone, address, sponsor", "phone, address, sponsor"},
    {"medical (expert|monitor) & phone*", "Phone of the medical monitor: 1",
     "Phone of the medical monitor"},
    /* expressions */
    {"/\\d{3}-\\d{4}/", "call 555-1234 now", "555-1234"},
    {"/sponsor address/", "Sponsor \xC2\xA0 Address", "Sponsor \xC2\xA0 Address"},
    {"/sponsor  address/", "sponsor address", "sponsor address"},
    {"/sponsor address/", "sponsor\naddress", NULL},
    {"/[a b]c/", "x c", " c"},
    {"/\\bNCT\\d{8}\\b/", "xNCT01234567", NULL},
    {"/\\w+t\\xE9/", "sant\xC3\x89", "sant\xC3\x89"},
    /* nothing to find in */
    {"sponsor", "", NULL},
    {"random*", "...", NULL},
};

static lac_term *parse(lac_arena *arena, const char *source)
{
    lac_term *term = NULL;
    lacuna_error err = {0};
    if (lac_term_parse(&term, arena, source, &err) != LACUNA_OK) {
        fail_msg("%s: %s", source, err.message);
    }
    return term;
}

static lac_text_index *index_of(const char *text)
{
    lac_text_index *index = NULL;
    assert_int_equal(lac_text_index_new(&index, lac_span_of(text), NULL), LACUNA_OK);
    return index;
}

static void finds(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        const example *e = &examples[i];
        lac_arena arena;
        lac_arena_init(&arena);
        lac_term *term = parse(&arena, e->term);
        lac_text_index *index = index_of(e->text);
        bool found;
        lac_match match;
        assert_int_equal(
            lac_term_find(&found, &match, term, index, 0, (uint32_t)strlen(e->text), NULL),
            LACUNA_OK);
        if (found != (e->match != NULL)) {
            fail_msg("%s in \"%s\": %s", e->term, e->text, found ? "found" : "not found");
        }
        if (found && (match.end - match.start != strlen(e->match) ||
                      memcmp(e->text + match.start, e->match, strlen(e->match)) != 0)) {
            fail_msg("%s in \"%s\": \"%.*s\"", e->term, e->text, (int)(match.end - match.start),
                     e->text + match.start);
        }
        lac_text_index_free(index);
        lac_term_release(term);
        lac_arena_free(&arena);
    }
}

static void refuses(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "   ",
        "!",
        "...",
        "a |b",
        "(a",
        "a)",
        "(a|)",
        "(|a)",
        "()",
        "((a))",
        "a ..",
        ".. a",
        "a .. .. b",
        "a ...b",
        "& a",
        "a &",
        "a & & b",
        "a .. & b",
        "(a .. b)",
        "(a & b)",
        "* a",
        "a ! b",
        "a ..41 b",
        "/abc",
        "/(/",
        "//",
        "/a*/",
        "/\\C/",
        "/",
        "a & b & c & d & e",
        "a ..99999999999999999999 b",
        "-",
        "a b c d e f g h i j k l m n o p q",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        lac_arena arena;
        lac_arena_init(&arena);
        lac_term *term = (lac_term *)1;
        lacuna_error err = {0};
        if (lac_term_parse(&term, &arena, wrong[i], &err) == LACUNA_OK) {
            fail_msg("\"%s\" was taken", wrong[i]);
        }
        assert_null(term);
        assert_true(err.message[0] != '\0');
        lac_arena_free(&arena);
    }
}

static void keeps_to_the_range(void **state)
{
    (void)state;
    const char *text = "one sponsor two sponsor three";
    lac_arena arena;
    lac_arena_init(&arena);
    static const struct {
        const char *term;
        uint32_t from, to, start;
    } cases[] = {
        {"sponsor", 0, 29, 4},
        {"sponsor", 5, 29, 16},
        {"sponsor", 4, 11, 4},
        {"sponsor", 4, 10, UINT32_MAX},
        {"sponsor", 17, 29, UINT32_MAX},
        {"sponsor", 0, 9999, 4},
        {"sponsor", 20, 10, UINT32_MAX},
        {"/sponsor/", 5, 29, 16},
        {"/sponsor/", 4, 10, UINT32_MAX},
        {"sponsor .. three", 5, 29, 16},
        {"one & three", 0, 24, UINT32_MAX},
        {"one & three", 0, 29, 0},
        {"(two|sponsor)", 5, 29, 12},
    };
    lac_text_index *index = index_of(text);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        lac_term *term = parse(&arena, cases[i].term);
        bool found;
        lac_match match;
        assert_int_equal(
            lac_term_find(&found, &match, term, index, cases[i].from, cases[i].to, NULL),
            LACUNA_OK);
        if (found != (cases[i].start != UINT32_MAX) || (found && match.start != cases[i].start)) {
            fail_msg("case %zu: %s in [%u, %u): found %d at %u", i, cases[i].term, cases[i].from,
                     cases[i].to, found, match.start);
        }
        lac_term_release(term);
    }
    lac_text_index_free(index);
    lac_arena_free(&arena);
}

/* A prefix with more different words than lists are kept for takes another way. */
static void finds_broad_prefixes(void **state)
{
    (void)state;
    char text[4000];
    size_t used = 0;
    for (unsigned i = 0; i < 200; i++) {
        int written = snprintf(text + used, sizeof text - used, "ab%u. X ", i);
        assert_true(written > 0);
        used += (size_t)written;
    }
    (void)snprintf(text + used, sizeof text - used, "abc sponsor here");
    lac_arena arena;
    lac_arena_init(&arena);
    lac_text_index *index = index_of(text);
    bool found;
    lac_match match;
    lac_term *term = parse(&arena, "ab*");
    assert_int_equal(lac_term_find(&found, &match, term, index, 10, (uint32_t)strlen(text), NULL),
                     LACUNA_OK);
    assert_true(found);
    assert_int_equal(match.start, 14);
    term = parse(&arena, "ab* sponsor");
    assert_int_equal(lac_term_find(&found, &match, term, index, 0, (uint32_t)strlen(text), NULL),
                     LACUNA_OK);
    assert_true(found);
    assert_int_equal(match.start, used);
    term = parse(&arena, "ab* .. ab*");
    assert_int_equal(lac_term_find(&found, &match, term, index, 0, (uint32_t)strlen(text), NULL),
                     LACUNA_OK);
    assert_false(found);
    lac_text_index_free(index);
    lac_arena_free(&arena);
}

static void tells_exclusions(void **state)
{
    (void)state;
    lac_arena arena;
    lac_arena_init(&arena);
    assert_true(lac_term_is_exclusion(parse(&arena, "!not planned")));
    assert_true(lac_term_is_exclusion(parse(&arena, " ! not planned ")));
    assert_false(lac_term_is_exclusion(parse(&arena, "not planned")));
    assert_string_equal(lac_term_source(parse(&arena, "!not planned")), "!not planned");
    lac_arena_free(&arena);
}

static void honours_exclusions(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool in_section, found;
        uint32_t start;
    } cases[] = {
        {"An interim analysis is planned.", false, true, 3},
        {"An interim analysis is not planned.", false, false, 0},
        {"An interim analysis is not planned. The interim analysis is done.", false, true, 40},
        {"No interim analysis. Not planned.", false, true, 3},
        {"The interim look.", false, false, 0},
        {"The interim look.", true, true, 4},
        /* exclusions of `any` do not void `here` */
        {"The interim look is not planned.", true, true, 4},
    };
    lac_arena arena;
    lac_arena_init(&arena);
    const lac_term *any[] = {parse(&arena, "!not planned"), parse(&arena, "interim analysis")};
    const lac_term *here[] = {parse(&arena, "interim")};
    const lac_fact fact = {
        .name = "interim", .any = any, .any_count = 2, .here = here, .here_count = 1};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        lac_text_index *index = index_of(cases[i].text);
        bool found;
        lac_match match;
        const lac_fact_scope scope = {.index = index, .to = (uint32_t)strlen(cases[i].text)};
        assert_int_equal(lac_fact_find(&found, &match, &fact, cases[i].in_section, &scope, NULL),
                         LACUNA_OK);
        if (found != cases[i].found || (found && match.start != cases[i].start)) {
            fail_msg("case %zu: found %d at %u", i, found, match.start);
        }
        lac_text_index_free(index);
    }
    lac_arena_free(&arena);
}

static uint32_t refuse_before(void *user, lac_match match)
{
    const uint32_t *least = user;
    return match.start < *least ? match.start + 1 : 0;
}

static uint32_t refuse_badly(void *user, lac_match match)
{
    (void)user;
    (void)match;
    return 1; /* before the match: must not search for ever */
}

static void finds_the_earliest_of_a_list(void **state)
{
    (void)state;
    lac_arena arena;
    lac_arena_init(&arena);
    const lac_term *terms[] = {parse(&arena, "two"), parse(&arena, "/ZERO/"), parse(&arena, "one"),
                               parse(&arena, "three")};
    lac_text_index *index = index_of("zero one two three one");
    lac_fact_scope scope = {.index = index, .to = 22};
    bool found;
    lac_match match;
    assert_int_equal(lac_terms_any(&found, &match, terms, 4, &scope, NULL), LACUNA_OK);
    assert_true(found);
    assert_int_equal(match.start, 5); /* words go before expressions */
    scope.from = 10;
    assert_int_equal(lac_terms_any(&found, &match, terms, 4, &scope, NULL), LACUNA_OK);
    assert_int_equal(match.start, 13);
    scope.from = 0;
    scope.to = 5;
    assert_int_equal(lac_terms_any(&found, &match, terms, 4, &scope, NULL), LACUNA_OK);
    assert_true(found);
    assert_int_equal(match.start, 0);
    assert_int_equal(lac_terms_any(&found, &match, terms, 0, &scope, NULL), LACUNA_OK);
    assert_false(found);
    lac_text_index_free(index);
    lac_term_release((lac_term *)(uintptr_t)terms[1]);
    lac_arena_free(&arena);
}

static void filters_matches(void **state)
{
    (void)state;
    lac_arena arena;
    lac_arena_init(&arena);
    const lac_term *terms[] = {parse(&arena, "one")};
    lac_text_index *index = index_of("one two one two one");
    uint32_t least = 9;
    lac_fact_scope scope = {.index = index, .to = 19, .filter = refuse_before, .user = &least};
    bool found;
    lac_match match;
    assert_int_equal(lac_terms_any(&found, &match, terms, 1, &scope, NULL), LACUNA_OK);
    assert_true(found);
    assert_int_equal(match.start, 16);
    least = 100;
    assert_int_equal(lac_terms_any(&found, &match, terms, 1, &scope, NULL), LACUNA_OK);
    assert_false(found);
    scope.filter = refuse_badly;
    assert_int_equal(lac_terms_any(&found, &match, terms, 1, &scope, NULL), LACUNA_OK);
    assert_false(found);
    lac_text_index_free(index);
    lac_arena_free(&arena);
}

/* A limit is told, never taken for "not there". */
static void reports_limits(void **state)
{
    (void)state;
    char text[200];
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    lac_arena arena;
    lac_arena_init(&arena);
    lac_term *term = parse(&arena, "/(a+)+b|(a|aa)+c/");
    lac_text_index *index = index_of(text);
    bool found = true;
    lac_match match;
    lacuna_error err = {0};
    assert_int_equal(lac_term_find(&found, &match, term, index, 0, (uint32_t)strlen(text), &err),
                     LACUNA_E_LIMIT);
    assert_false(found);
    assert_true(err.remedy[0] != '\0');
    lac_text_index_free(index);
    lac_term_release(term);
    lac_arena_free(&arena);
}

/* The worst words a term and a text can be made of stay bounded. */
static void stays_bounded(void **state)
{
    (void)state;
    enum { WORDS = 20000 };
    char *text = malloc(WORDS * 2 + 1);
    assert_non_null(text);
    for (size_t i = 0; i < WORDS; i++) {
        memcpy(text + 2 * i, "a ", 3);
    }
    lac_arena arena;
    lac_arena_init(&arena);
    lac_term *term = parse(&arena, "a ..40 a ..40 a ..40 a ..40 a ..40 a ..40 a b");
    lac_text_index *index = index_of(text);
    bool found;
    lac_match match;
    assert_int_equal(lac_term_find(&found, &match, term, index, 0, WORDS * 2, NULL), LACUNA_OK);
    assert_false(found);
    lac_text_index_free(index);
    memcpy(text + 2 * (WORDS - 1), "b ", 2);
    index = index_of(text);
    assert_int_equal(lac_term_find(&found, &match, term, index, 0, WORDS * 2, NULL), LACUNA_OK);
    assert_true(found);
    assert_int_equal(match.end, WORDS * 2 - 1);
    lac_text_index_free(index);
    free(text);
    lac_arena_free(&arena);
}

typedef struct shared {
    const lac_term *term;
    int found;
} shared;

static void *search_often(void *user)
{
    shared *s = user;
    const char *text = "call 555-1234";
    lac_text_index *index = NULL;
    if (lac_text_index_new(&index, lac_span_of(text), NULL) != LACUNA_OK) {
        return NULL;
    }
    for (int i = 0; i < 50; i++) {
        bool found;
        lac_match match;
        if (lac_term_find(&found, &match, s->term, index, 0, 13, NULL) == LACUNA_OK && found) {
            s->found++;
        }
    }
    lac_text_index_free(index);
    return NULL;
}

static void is_shared_by_threads(void **state)
{
    (void)state;
    lac_arena arena;
    lac_arena_init(&arena);
    lac_term *term = parse(&arena, "/\\d{3}-\\d{4}/");
    shared work[4];
    pthread_t threads[4];
    for (size_t i = 0; i < 4; i++) {
        work[i] = (shared){term, 0};
        assert_int_equal(pthread_create(&threads[i], NULL, search_often, &work[i]), 0);
    }
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(work[i].found, 50);
    }
    lac_term_release(term);
    lac_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds),
        cmocka_unit_test(refuses),
        cmocka_unit_test(keeps_to_the_range),
        cmocka_unit_test(finds_broad_prefixes),
        cmocka_unit_test(tells_exclusions),
        cmocka_unit_test(honours_exclusions),
        cmocka_unit_test(finds_the_earliest_of_a_list),
        cmocka_unit_test(filters_matches),
        cmocka_unit_test(reports_limits),
        cmocka_unit_test(stays_bounded),
        cmocka_unit_test(is_shared_by_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
