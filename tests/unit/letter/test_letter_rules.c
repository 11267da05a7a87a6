/* Every rule about letters: its sentences match, innocent ones do not, and no term is idle. */
#include "analyzer/letter/eye.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

static lac_letter_rules *rules;

static int load(void **state)
{
    lacuna_error err = {0};
    (void)state;
    if (lac_letter_rules_built_in(&rules, &err) != LACUNA_OK) {
        print_error("%s\n", err.message);
        return -1;
    }
    return 0;
}

static int unload(void **state)
{
    (void)state;
    lac_letter_rules_free(rules);
    return 0;
}

/* Whether one term (LAC_NONE: any) holds for a sentence; rules about lines have to cover it. */
static bool holds(const lac_letter_rule *rule, uint32_t only, const char *sentence, bool whole)
{
    lac_text_index *index = NULL;
    lacuna_error err = {0};
    bool any = false;
    uint32_t length = (uint32_t)strlen(sentence);
    assert_int_equal(lac_text_index_new(&index, lac_span_of(sentence), &err), LACUNA_OK);
    for (uint32_t t = 0; t < rule->term_count; t++) {
        bool found = false;
        lac_match match = {0};
        if (only != UINT32_MAX && only != t) {
            continue;
        }
        assert_int_equal(lac_term_find(&found, &match, rule->terms[t], index, 0, length, &err),
                         LACUNA_OK);
        any = any || (found && (!whole || (match.start == 0 && match.end == length)));
    }
    lac_text_index_free(index);
    return any;
}

static bool is_whole(lac_letter_group group, const lac_letter_rule *rule)
{
    return group == LAC_LETTER_LINES && strcmp(rule->id, "application-number") != 0 &&
           strcmp(rule->id, "page-in-header") != 0;
}

static void check_rule(lac_letter_group group, const lac_letter_rule *rule, uint32_t *wrong)
{
    bool whole = is_whole(group, rule);
    for (uint32_t i = 0; i < rule->match_count; i++) {
        if (!holds(rule, UINT32_MAX, rule->matches[i], whole)) {
            print_error("%s/%s does not match: %s\n", lac_letter_group_name(group), rule->id,
                        rule->matches[i]);
            (*wrong)++;
        }
    }
    for (uint32_t i = 0; i < rule->innocent_count; i++) {
        if (holds(rule, UINT32_MAX, rule->innocent[i], whole)) {
            print_error("%s/%s matches the innocent: %s\n", lac_letter_group_name(group), rule->id,
                        rule->innocent[i]);
            (*wrong)++;
        }
    }
    for (uint32_t t = 0; t < rule->term_count; t++) {
        bool used = false;
        for (uint32_t i = 0; i < rule->match_count; i++) {
            used = used || holds(rule, t, rule->matches[i], whole);
        }
        if (!used) {
            print_error("%s/%s: no sentence for: %s\n", lac_letter_group_name(group), rule->id,
                        lac_term_source(rule->terms[t]));
            (*wrong)++;
        }
    }
    if (rule->term_count > 0 && (rule->match_count == 0 || rule->innocent_count == 0)) {
        print_error("%s/%s has no sentences of both kinds\n", lac_letter_group_name(group),
                    rule->id);
        (*wrong)++;
    }
}

static void every_rule_holds_its_sentences(void **state)
{
    uint32_t wrong = 0;
    (void)state;
    for (int g = 0; g < LAC_LETTER_GROUPS; g++) {
        assert_true(rules->groups[g].count > 0);
        for (uint32_t i = 0; i < rules->groups[g].count; i++) {
            check_rule((lac_letter_group)g, &rules->groups[g].items[i], &wrong);
        }
    }
    assert_int_equal(wrong, 0);
}

static void malformed_rules_are_refused(void **state)
{
    static const char *const broken[] = {"", "{}", "[1]", "{\"schema\": 1}",
                                         "{\"id\": \"x\", \"version\": \"1\", \"lines\": [{}]}"};
    (void)state;
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        lac_letter_rules *made = NULL;
        lacuna_error err = {0};
        assert_int_not_equal(lac_letter_rules_load(&made, lac_span_of(broken[i]), &err), LACUNA_OK);
        assert_null(made);
        assert_true(err.message[0] != '\0');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_holds_its_sentences),
        cmocka_unit_test(malformed_rules_are_refused),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
