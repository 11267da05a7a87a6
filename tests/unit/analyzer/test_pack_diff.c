/* Matching items of two checklists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analyzer/pack_canonical.h"
#include "analyzer/pack_diff.h"

#include <string.h>

#define HEAD                                                                             \
    "{\"schema\":\"lacuna.checklist/1\",\"id\":\"p\",\"version\":\"1\",\"title\":\"P\"," \
    "\"guidance\":{\"authority\":\"A\",\"version\":\"1\",\"status\":\"final\"},"         \
    "\"documents\":[\"protocol\"],\"languages\":[\"en\"],\"items\":["
#define ITEM(id, title, more)                                                                     \
    "{\"id\":\"" id "\",\"title\":\"" title "\",\"requirement\":\"R\",\"confidence\":\"memory\"," \
    "\"authority\":\"practice\",\"strength\":\"may\"" more "}"

static const char A[] =
    HEAD ITEM("a.1", "Emergency unblinding", "") "," ITEM("a.2", "Insurance", "") "," ITEM(
        "a.3", "Financing", "") "," ITEM("same", "Dose", ",\"section\":\"1\"") "]}";
static const char B[] =
    HEAD ITEM("b.1", "Breaking the code", ",\"aliases\":[\"Emergency unblinding\"]") "," ITEM(
        "b.2", "Quality factors",
        "") "," ITEM("b.3", "How it is paid for",
                     ",\"replaces\":[\"a.3\"]") "," ITEM("same", "Dose", ",\"section\":\"2\"") "]}";

static lac_checklist *load(json_t **tree, const char *text)
{
    lac_checklist *list = NULL;
    lacuna_error err = {0};
    if (lac_checklist_load(&list, lac_span_of(text), "p", &LAC_LIMITS_DEFAULT, &err) != LACUNA_OK ||
        lac_pack_parse(tree, lac_span_of(text), &err) != LACUNA_OK) {
        fail_msg("%s", err.message);
    }
    return list;
}

static const lac_item_pair *pair_of(const lac_pack_diff *diff, const char *a, const char *b)
{
    for (uint32_t i = 0; i < diff->pair_count; i++) {
        const lac_item_pair *pair = &diff->pairs[i];
        if ((a == NULL ? pair->a == NULL : pair->a != NULL && strcmp(pair->a->id, a) == 0) &&
            (b == NULL ? pair->b == NULL : pair->b != NULL && strcmp(pair->b->id, b) == 0)) {
            return pair;
        }
    }
    fail_msg("no pair of %s and %s", a == NULL ? "nothing" : a, b == NULL ? "nothing" : b);
    return NULL;
}

static void matches_by_id_mapping_and_title(void **state)
{
    (void)state;
    json_t *tree_a;
    json_t *tree_b;
    lac_pack_diff diff;
    lac_checklist *a = load(&tree_a, A);
    lac_checklist *b = load(&tree_b, B);
    assert_int_equal(lac_pack_diff_make(&diff, a, tree_a, b, tree_b, NULL), LACUNA_OK);
    assert_string_equal(pair_of(&diff, "a.1", "b.1")->how, "title");
    assert_string_equal(pair_of(&diff, "a.3", "b.3")->how, "mapping");
    assert_int_equal(pair_of(&diff, "a.2", NULL)->kind, LAC_PAIR_ONLY_A);
    assert_int_equal(pair_of(&diff, NULL, "b.2")->kind, LAC_PAIR_ONLY_B);
    const lac_item_pair *same = pair_of(&diff, "same", "same");
    assert_string_equal(same->how, "id");
    assert_int_equal(same->kind, LAC_PAIR_CHANGED);
    assert_int_equal(same->change_count, 1);
    assert_string_equal(same->changes[0].member, "section");
    assert_string_equal(same->changes[0].from, "1");
    assert_string_equal(same->changes[0].to, "2");
    assert_int_equal(diff.pair_count, 5);
    lac_pack_diff_free(&diff);
    json_decref(tree_a);
    json_decref(tree_b);
    lac_checklist_free(a);
    lac_checklist_free(b);
}

static void a_checklist_is_itself(void **state)
{
    (void)state;
    json_t *tree;
    lac_pack_diff diff;
    lac_checklist *a = load(&tree, A);
    assert_int_equal(lac_pack_diff_make(&diff, a, tree, a, tree, NULL), LACUNA_OK);
    assert_int_equal(diff.counts[LAC_PAIR_SAME], 4);
    assert_int_equal(diff.pair_count, 4);
    lac_pack_diff_free(&diff);
    json_decref(tree);
    lac_checklist_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_by_id_mapping_and_title),
        cmocka_unit_test(a_checklist_is_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
