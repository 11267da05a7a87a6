/* What a document is and what is asked of it: facts, dates, conditions, versions of a guidance. */
#include "analyzer/analyze.h"
#include "analyzer/document_date.h"
#include "analyzer/in_force.h"
#include "parsers/text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

typedef struct bench {
    lac_registry *registry;
    lac_document *document;
    lac_document_result *result;
} bench;

static void check(bench *b, const char *markdown, lac_analyze_options options)
{
    lac_limits limits = LAC_LIMITS_DEFAULT;
    lacuna_error err = {0};
    assert_int_equal(lac_registry_new(&b->registry, NULL, &err), LACUNA_OK);
    assert_int_equal(
        lac_text_read(&b->document, lac_span_of(markdown), LAC_FORMAT_MARKDOWN, &limits, &err),
        LACUNA_OK);
    options.registry = b->registry;
    if (lac_analyze(&b->result, b->document, &options, &err) != LACUNA_OK) {
        fail_msg("%s", err.message);
    }
}

static void done(bench *b)
{
    lac_document_result_free(b->result);
    lac_document_free(b->document);
    lac_registry_free(b->registry);
}

static const lac_known_fact *fact_of(const bench *b, const char *key)
{
    for (uint32_t i = 0; i < b->result->profile.count; i++) {
        if (strcmp(b->result->profile.items[i].key, key) == 0) {
            return &b->result->profile.items[i];
        }
    }
    return NULL;
}

static void assert_fact(const bench *b, const char *key, const char *value)
{
    const lac_known_fact *fact = fact_of(b, key);
    if (value == NULL) {
        assert_null(fact);
        return;
    }
    if (fact == NULL) {
        fail_msg("%s is not known", key);
        return;
    }
    assert_int_equal(fact->value_count, 1);
    assert_string_equal(fact->values[0], value);
    assert_true(fact->confidence > 0.4);
}

static const lac_item_result *item_of(const bench *b, const char *id)
{
    for (uint32_t c = 0; c < b->result->checklist_count; c++) {
        const lac_checklist_result *list = &b->result->checklists[c];
        for (uint32_t i = 0; i < list->item_count; i++) {
            if (strcmp(list->items[i].item->id, id) == 0) {
                return &list->items[i];
            }
        }
    }
    fail_msg("no item %s", id);
    return NULL;
}

static bool has_finding(const bench *b, const char *rule)
{
    for (uint32_t i = 0; i < b->result->finding_count; i++) {
        if (strcmp(b->result->findings[i].rule, rule) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- facts ---------------------------------------------------------------------------------- */

static const lac_analyze_options as_protocol = {.document_type = "protocol", .as_of = "2026-11-24"};

static void test_title_tells_the_design(void **state)
{
    (void)state;
    bench b;
    check(&b,
          "# A Phase 2, Randomised, Double-Blind, Placebo-Controlled Trial of X in Adults\n\n"
          "## Objectives\n\nThe objective is to show that X works.\n",
          as_protocol);
    assert_fact(&b, "phase", "2");
    assert_fact(&b, "randomised", "yes");
    assert_fact(&b, "blinding", "blinded");
    assert_fact(&b, "control", "placebo");
    assert_fact(&b, "paediatric", "no");
    assert_fact(&b, "interim-analysis", NULL);
    const lac_known_fact *phase = fact_of(&b, "phase");
    assert_int_equal(phase->source, LAC_FACT_DETECTED);
    assert_int_equal(phase->evidence_count, 1);
    done(&b);
}

static void test_other_trials_tell_nothing(void **state)
{
    (void)state;
    bench b;
    check(&b,
          "# A Trial of X\n\n## Background\n\nThis is a randomised, double-blind study of Y from "
          "2010. This was an open label study.\n\n## Design\n\nThis is an open label trial.\n",
          as_protocol);
    assert_fact(&b, "blinding", "open-label");
    assert_fact(&b, "randomised", NULL);
    done(&b);
}

/* Phase 1/2 is neither; two statements of equal strength leave it open. */
static void test_equal_signs_leave_it_open(void **state)
{
    (void)state;
    bench b;
    check(&b, "# A Phase 1/2 Trial of X\n\n## Design\n\nText.\n", as_protocol);
    assert_fact(&b, "phase", NULL);
    done(&b);
    check(&b,
          "# A Trial of X\n\n## Design\n\nThis is an open label trial.\n\nThis is a double-blind "
          "trial.\n",
          as_protocol);
    assert_int_equal(fact_of(&b, "blinding")->value_count, 2);
    assert_true(fact_of(&b, "blinding")->confidence == 0.0);
    done(&b);
}

static void test_told_goes_before_detected(void **state)
{
    (void)state;
    static const char *const told[] = {"blinding=open-label", "phase=2"};
    lac_analyze_options options = as_protocol;
    options.facts = (lac_told_facts){told, 2};
    bench b;
    check(&b, "# A Phase 2, Double-Blind Trial of X\n\n## Design\n\nText.\n", options);
    assert_fact(&b, "blinding", "open-label");
    assert_int_equal(fact_of(&b, "blinding")->source, LAC_FACT_TOLD);
    assert_string_equal(fact_of(&b, "blinding")->contrary, "blinded");
    assert_null(fact_of(&b, "phase")->contrary);
    assert_true(has_finding(&b, "profile/contradiction"));
    done(&b);
    check(&b, "# A Phase 2 Trial of X\n\n## Design\n\nText.\n", options);
    assert_false(has_finding(&b, "profile/contradiction"));
    done(&b);
}

static void test_filed_facts_are_known(void **state)
{
    (void)state;
    static const char *const filed[] = {"application=nda"};
    static const char *const told[] = {"application=ind"};
    lac_analyze_options options = as_protocol;
    options.filed = (lac_told_facts){filed, 1};
    bench b;
    check(&b, "# A Trial of X\n\n## Design\n\nText.\n", options);
    assert_fact(&b, "application", "nda");
    assert_int_equal(fact_of(&b, "application")->source, LAC_FACT_FILED);
    done(&b);
    options.facts = (lac_told_facts){told, 1};
    check(&b, "# A Trial of X\n\n## Design\n\nText.\n", options);
    assert_fact(&b, "application", "ind");
    assert_true(has_finding(&b, "profile/contradiction"));
    done(&b);
}

/* ---- conditions ----------------------------------------------------------------------------- */

static lac_analyze_options against(const char *const *checklist)
{
    lac_analyze_options options = as_protocol;
    options.checklists = checklist;
    options.checklist_count = 1;
    return options;
}

static void test_facts_decide_conditions(void **state)
{
    (void)state;
    static const char *const m11[] = {"protocol_m11"};
    bench b;
    check(&b, "# A Randomised, Double-Blind Trial of X\n\n## Design\n\nText.\n", against(m11));
    assert_string_equal(item_of(&b, "m11.6.7.2")->reason, "missing/not-found");
    assert_true(item_of(&b, "m11.6.7.2")->evidence_count > 0);
    done(&b);
    check(&b, "# An Open Label, Single Arm Trial of X\n\n## Design\n\nText.\n", against(m11));
    const lac_item_result *item = item_of(&b, "m11.6.7.2");
    assert_string_equal(item->reason, "not-applicable/condition-false");
    assert_non_null(strstr(item->explanation, "randomised is no"));
    done(&b);
    check(&b, "# A Trial of X\n\n## Design\n\nText.\n", against(m11));
    item = item_of(&b, "m11.6.7.2");
    assert_string_equal(item->reason, "not-applicable/condition-not-evident");
    assert_non_null(strstr(item->searched[0], "--profile can tell"));
    done(&b);
}

/* A heading left empty is no gap where somebody said that it is not asked. */
static void test_told_condition_excuses_a_gap(void **state)
{
    (void)state;
    static const char *const m11[] = {"protocol_m11"};
    static const char *const told[] = {"randomised=no"};
    static const char text[] =
        "# A Trial of X\n\n## 6.7.2 Randomisation\n\nTBD\n\n## Other\n\nText.\n";
    lac_analyze_options options = against(m11);
    bench b;
    check(&b, text, options);
    assert_int_equal(item_of(&b, "m11.6.7.2")->status, LAC_MISSING);
    done(&b);
    options.facts = (lac_told_facts){told, 1};
    check(&b, text, options);
    assert_string_equal(item_of(&b, "m11.6.7.2")->reason, "not-applicable/condition-false");
    assert_non_null(strstr(item_of(&b, "m11.6.7.2")->explanation, "(told)"));
    done(&b);
}

/* ---- dates and versions --------------------------------------------------------------------- */

static void assert_date(const char *text, const char *date)
{
    char out[11] = "";
    size_t length;
    bool read = lac_date_read(out, &length, lac_span_of(text));
    if (date == NULL) {
        assert_false(read);
        return;
    }
    assert_true(read);
    assert_string_equal(out, date);
}

static void test_dates_are_read(void **state)
{
    (void)state;
    assert_date("2024-03-12", "2024-03-12");
    assert_date("12 March 2024", "2024-03-12");
    assert_date("12-Feb-2024.", "2024-02-12");
    assert_date("12FEB2024", "2024-02-12");
    assert_date("3rd of", NULL);
    assert_date("March 12, 2024", "2024-03-12");
    assert_date("Sept. 1st, 2024", "2024-09-01");
    assert_date("03/12/2024", "2024-03-12");
    assert_date("13/12/2024", "2024-12-13");
    assert_date("12.03.2024", "2024-03-12");
    assert_date("2.0, 27", NULL);
    assert_date("2024", NULL);
    assert_date("31.02", NULL);
    assert_date("2024-13-12", NULL);
    assert_date("", NULL);
}

static void assert_pack(const char *text, const char *as_of, const char *region, const char *pack)
{
    lac_analyze_options options = {.document_type = "protocol", .as_of = as_of};
    options.facts = (lac_told_facts){&region, region == NULL ? 0 : 1};
    bench b;
    uint32_t e6 = 0;
    check(&b, text, options);
    for (uint32_t i = 0; i < b.result->checklist_count; i++) {
        const char *id = b.result->checklists[i].checklist->id;
        if (strncmp(id, "protocol_e6", 11) == 0) {
            assert_string_equal(id, pack);
            e6++;
        }
    }
    assert_int_equal(e6, 1);
    done(&b);
}

static void test_versions_follow_the_date(void **state)
{
    (void)state;
    static const char undated[] = "# A Trial of X\n\n## Design\n\nText.\n";
    static const char old[] =
        "Trial Protocol\n\nVersion date: 12 March 2024\n\n# Design\n\nText.\n";
    static const char early[] =
        "Trial Protocol\n\nVersion date: 1 August 2025\n\n# Design\n\nText.\n";
    static const char later[] = "Trial Protocol\n\nVersion date: 8 Sep 2025\n\n# Design\n\nText.\n";
    static const char later_r3[] =
        "Trial Protocol\n\nVersion date: 12 Mar 2024\n\n# Design\n\nIt follows "
        "ICH E6(R3).\n";
    assert_pack(undated, "2026-11-24", NULL, "protocol_e6r3");
    assert_pack(undated, "2025-09-08", NULL, "protocol_e6r3");
    assert_pack(undated, "2025-09-07", NULL, "protocol_e6r2");
    assert_pack(undated, "2025-07-23", "region=eu", "protocol_e6r3");
    assert_pack(undated, "2025-07-22", "region=eu", "protocol_e6r2");
    assert_pack(undated, "2010-01-01", NULL, "protocol_e6r2");
    assert_pack(old, "2026-11-24", NULL, "protocol_e6r2");
    assert_pack(early, "2026-11-24", NULL, "protocol_e6r2");
    assert_pack(early, "2026-11-24", "region=eu", "protocol_e6r3");
    assert_pack(later, "2026-11-24", NULL, "protocol_e6r3");
    assert_pack(later_r3, "2026-11-24", NULL, "protocol_e6r3");
}

static void test_dates_of_guidances_date_no_document(void **state)
{
    (void)state;
    bench b;
    check(&b,
          "Trial Protocol\n\nFollows ICH E6(R2), 9 Nov 2016\n\nFirst patient in: 3 May 2023\n\n"
          "Draft of 1 June 2031\n\n# Design\n\nText.\n",
          as_protocol);
    assert_string_equal(b.result->date.value, "");
    done(&b);
    check(&b,
          "Trial Protocol\n\nPrinted 1 June 2024\n\nVersion 1, 5 May 2023\n\nAmendment 1: 7 May "
          "2023\n\n# Design\n\nText.\n",
          as_protocol);
    assert_string_equal(b.result->date.value, "2023-05-07");
    done(&b);
}

static void test_notices(void **state)
{
    (void)state;
    lac_registry *registry;
    const lac_checklist *list;
    const char *notices[LAC_NOTICES];
    uint32_t count;
    lac_arena arena;
    lac_arena_init(&arena);
    assert_int_equal(lac_registry_new(&registry, NULL, NULL), LACUNA_OK);
    assert_int_equal(lac_registry_load(&list, registry, "protocol_e6r2", NULL), LACUNA_OK);
    assert_int_equal(lac_checklist_notices(notices, &count, &arena, list, "2024-01-01"), LACUNA_OK);
    assert_int_equal(count, 0);
    assert_int_equal(lac_checklist_notices(notices, &count, &arena, list, "2025-08-01"), LACUNA_OK);
    assert_int_equal(count, 1);
    assert_string_equal(notices[0], "superseded in the EU since 2025-07-23 by ICH E6(R3)");
    assert_int_equal(lac_checklist_notices(notices, &count, &arena, list, "2030-01-01"), LACUNA_OK);
    assert_int_equal(count, 3);
    assert_non_null(strstr(notices[2], "looked at again"));
    assert_int_equal(lac_registry_load(&list, registry, "protocol_e6r3", NULL), LACUNA_OK);
    assert_int_equal(lac_checklist_notices(notices, &count, &arena, list, "2025-08-01"), LACUNA_OK);
    assert_string_equal(notices[0], "not in force in the US before 2025-09-08");
    lac_registry_free(registry);
    lac_arena_free(&arena);
}

/* What nobody read the source of fails no gate for grave gaps. */
static void test_memory_is_at_most_minor(void **state)
{
    (void)state;
    lac_registry *registry;
    uint32_t memory = 0;
    assert_int_equal(lac_registry_new(&registry, NULL, NULL), LACUNA_OK);
    for (uint32_t i = 0; i < lac_registry_count(registry); i++) {
        const lac_checklist *list;
        const char *id = lac_registry_entry_at(registry, i)->id;
        assert_int_equal(lac_registry_load(&list, registry, id, NULL), LACUNA_OK);
        for (uint32_t n = 0; n < list->item_count; n++) {
            bool unread = list->items[n].confidence == LAC_CONFIDENCE_MEMORY;
            memory += unread ? 1 : 0;
            assert_true(!unread || list->items[n].severity <= LAC_SEVERITY_MINOR);
        }
    }
    assert_true(memory > 0);
    lac_registry_free(registry);
}

/* ---- types of documents --------------------------------------------------------------------- */

static void assert_type(const char *markdown, const char *type)
{
    bench b;
    check(&b, markdown, (lac_analyze_options){.as_of = "2026-11-24"});
    assert_string_equal(b.result->type.value, type);
    done(&b);
}

static void test_types(void **state)
{
    (void)state;
    static const char protocol[] =
        "# Objectives\n\nText.\n\n# Study design\n\nText.\n\n# Eligibility criteria\n\nText.\n\n"
        "# Sample size\n\nText.\n\n# Randomisation\n\nText.\n";
    static const char paper[] =
        "# Objectives\n\nText.\n\n# Study design\n\nText.\n\n# Eligibility criteria\n\nText.\n\n"
        "# Sample size\n\nText.\n\n# Randomisation\n\nText.\n\n# 3. Results\n\nText.\n";
    assert_type(protocol, "protocol");
    assert_type(paper, "");
    assert_type("Statistical Analysis Plan\n\nMeans are compared.\n", "statistical-analysis-plan");
    assert_type("Protocol\n\nDilute 1 mL of plasma.\n", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_title_tells_the_design),
        cmocka_unit_test(test_other_trials_tell_nothing),
        cmocka_unit_test(test_equal_signs_leave_it_open),
        cmocka_unit_test(test_told_goes_before_detected),
        cmocka_unit_test(test_filed_facts_are_known),
        cmocka_unit_test(test_facts_decide_conditions),
        cmocka_unit_test(test_told_condition_excuses_a_gap),
        cmocka_unit_test(test_dates_are_read),
        cmocka_unit_test(test_versions_follow_the_date),
        cmocka_unit_test(test_dates_of_guidances_date_no_document),
        cmocka_unit_test(test_notices),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_memory_is_at_most_minor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
