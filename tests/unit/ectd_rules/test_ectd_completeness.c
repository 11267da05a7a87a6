/* What a submission has to file: three answers, the current view, copies of a heading, history. */
#include "make_submission.h"

#include "analyzer/ectd/submission.h"
#include "analyzer/registry.h"

typedef struct judged {
    lac_registry *registry;
    lac_submission_result *result;
} judged;

static judged judge(const made *m, const char *sequence)
{
    judged j;
    lacuna_error err = {0};
    assert_int_equal(lac_registry_new(&j.registry, NULL, &err), LACUNA_OK);
    const lac_analyze_options options = {.registry = j.registry, .as_of = "2026-01-01"};
    lacuna_status status = lac_analyze_submission(&j.result, &m->model, sequence, &options, &err);
    if (status != LACUNA_OK) {
        fail_msg("%s", err.message);
    }
    return j;
}

static void end(judged *j, made *m)
{
    lac_submission_result_free(j->result);
    lac_registry_free(j->registry);
    free(m);
}

static const lac_item_result *find(const judged *j, const char *id)
{
    for (uint32_t c = 0; c < j->result->applications[0].checklist_count; c++) {
        const lac_checklist_result *list = &j->result->applications[0].checklists[c];
        for (uint32_t i = 0; i < list->item_count; i++) {
            if (strcmp(list->items[i].item->id, id) == 0) {
                return &list->items[i];
            }
        }
    }
    fail_msg("there is no item %s", id);
    return NULL;
}

static void expect(const judged *j, const char *id, const char *reason)
{
    const lac_item_result *item = find(j, id);
    if (strcmp(item->reason, reason) != 0) {
        fail_msg("%s is %s, not %s", id, item->reason, reason);
    }
}

static void an_original_ind(void **state)
{
    (void)state;
    made *m = make_clean();
    judged j = judge(m, NULL);
    expect(&j, "m1.1.1", "met/filed");
    expect(&j, "m1.1.2", "met/filed");
    expect(&j, "ctd.3.2.s.1.1", "met/filed");
    expect(&j, "ctd.5.3.5.1", "met/filed");
    expect(&j, "ind.a.3", "missing/nothing-filed");
    expect(&j, "ind.a.5", "missing/nothing-filed");
    expect(&j, "ctd.3.2.p.1", "missing/nothing-filed");
    /* Not for INDs, and never missing because they are empty. */
    expect(&j, "m1.1.3.3", "not-applicable/condition-not-met");
    expect(&j, "m1.1.3.4", "not-applicable/condition-not-met");
    expect(&j, "m1.1.13.1", "not-applicable/condition-not-met");
    expect(&j, "m1.1.5.1", "not-applicable/condition-not-evident");
    expect(&j, "ctd.2.7.3", "not-applicable/condition-not-evident");
    end(&j, m);
}

static bool has_pack(const judged *j, const char *id)
{
    for (uint32_t c = 0; c < j->result->applications[0].checklist_count; c++) {
        if (strcmp(j->result->applications[0].checklists[c].checklist->id, id) == 0) {
            return true;
        }
    }
    return false;
}

/* The regulation and the agency's heading ask for one environmental analysis. */
static void one_gap_is_shown_once(void **state)
{
    (void)state;
    made *m = make_clean();
    judged j = judge(m, NULL);
    expect(&j, "ind.a.7.iv.e", "missing/nothing-filed");
    expect(&j, "m1.1.12.14", "not-applicable/same-gap");
    assert_int_equal(find(&j, "m1.1.12.14")->status, LAC_NOT_APPLICABLE);
    assert_string_equal(find(&j, "m1.1.12.14")->explanation,
                        "The same is asked, and shown as a gap, as ind.a.7.iv.e.");
    /* What is no gap is answered by each. */
    expect(&j, "ind.a.1", "met/filed");
    expect(&j, "m1.1.1", "met/filed");
    end(&j, m);
}

static void packs_for_other_applications_are_not_taken(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        bool taken;
    } rows[] = {{"fdaat4", true}, {"fdaat1", false}, {"fdaat5", false}, {"", false}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        made *m = make_clean();
        m->applications[0].type = rows[i].type;
        judged j = judge(m, NULL);
        assert_int_equal(has_pack(&j, "ind_312_23"), rows[i].taken);
        assert_true(has_pack(&j, "ectd_m1_us"));
        end(&j, m);
    }
}

/* What lets FDA refuse to file is shown once, also where other checklists ask it. */
static void grounds_to_refuse_filing(void **state)
{
    (void)state;
    made *m = make_clean();
    m->applications[0].type = "fdaat1";
    judged j = judge(m, NULL);
    assert_true(has_pack(&j, "filing_rtf"));
    expect(&j, "rtf.314.101.d.1", "met/filed");
    expect(&j, "rtf.314.101.d.4", "missing/nothing-filed");
    expect(&j, "m1.1.12.14", "not-applicable/same-gap");
    expect(&j, "rtf.q.7", "not-applicable/same-gap");
    expect(&j, "rtf.rtr.5", "not-applicable/condition-not-met"); /* of an ANDA */
    expect(&j, "rtf.su.1", "not-applicable/document-type");      /* of an answer to a letter */
    end(&j, m);
    m = make_clean();
    j = judge(m, NULL);
    assert_false(has_pack(&j, "filing_rtf"));
    end(&j, m);
}

/* An eCTD's backbone is its table of contents, whatever else is filed. */
static void what_is_for_paper_is_not_asked(void **state)
{
    (void)state;
    made *m = make_clean();
    judged j = judge(m, NULL);
    expect(&j, "m1.1.2", "met/filed");
    expect(&j, "ind.d", "not-applicable/condition-not-met");
    end(&j, m);
}

static void evidence_names_leaf_and_sequence(void **state)
{
    (void)state;
    made *m = make_clean();
    judged j = judge(m, NULL);
    const lac_item_result *cover = find(&j, "m1.1.2");
    assert_int_equal(cover->evidence_count, 1); /* the replaced one is not in the view */
    assert_string_equal(cover->evidence[0].anchor.leaf->sequence, "0002");
    assert_string_equal(cover->evidence[0].anchor.leaf->file, "0002/m1/us/cover.pdf");
    assert_true(lac_span_is(cover->evidence[0].quote, "Cover letter"));
    const lac_item_result *name = find(&j, "ctd.3.2.s.1.1");
    const lac_leaf_place *place = name->evidence[0].anchor.leaf;
    assert_int_equal(place->heading_count, 5);
    assert_string_equal(place->heading_path[2],
                        "3.2.S m3-2-s-drug-substance (manufacturer: Acme, substance: Novel)");
    end(&j, m);
}

static void one_sequence_alone(void **state)
{
    (void)state;
    made *m = make_clean();
    judged j = judge(m, "1");
    expect(&j, "ind.a.3", "missing/nothing-filed");
    assert_string_equal(find(&j, "m1.1.2")->evidence[0].anchor.leaf->sequence, "0001");
    lac_submission_result_free(j.result);
    lac_registry_free(j.registry);
    /* An amendment does not have to bring the whole application. */
    j = judge(m, "0002");
    expect(&j, "m1.1.1", "missing/nothing-filed");
    expect(&j, "m1.1.20", "not-evaluated/other-sequences");
    end(&j, m);
}

static void no_such_sequence(void **state)
{
    (void)state;
    lac_registry *registry;
    lac_submission_result *result;
    lacuna_error err = {0};
    made *m = make_clean();
    assert_int_equal(lac_registry_new(&registry, NULL, &err), LACUNA_OK);
    const lac_analyze_options options = {.registry = registry};
    assert_int_equal(lac_analyze_submission(&result, &m->model, "0007", &options, &err),
                     LACUNA_E_NOTFOUND);
    assert_null(result);
    lac_registry_free(registry);
    free(m);
}

static void absent_history_is_never_missing(void **state)
{
    (void)state;
    static const char *const numbers[] = {"0002"};
    made *m = make_clean();
    m->applications[0].missing_sequences = numbers;
    m->applications[0].missing_count = 1;
    judged j = judge(m, NULL);
    expect(&j, "m1.1.20", "not-evaluated/history-not-supplied");
    end(&j, m);
    m = make_clean();
    m->links[LEAF_COVER_2].reference = LAC_REFERENCE_UNRESOLVABLE;
    j = judge(m, NULL);
    expect(&j, "m1.1.20", "not-evaluated/history-not-supplied");
    end(&j, m);
}

static void a_broken_backbone_is_never_missing(void **state)
{
    (void)state;
    made *m = make_clean();
    m->backbones[2].complete = false;
    judged j = judge(m, NULL);
    expect(&j, "m1.1.20", "not-evaluated/not-read");
    end(&j, m);
}

static void unknown_kind_of_application(void **state)
{
    (void)state;
    made *m = make_clean();
    m->applications[0].type = "";
    judged j = judge(m, NULL);
    expect(&j, "m1.1.20", "not-evaluated/condition-unknown");
    expect(&j, "ctd.2.4", "not-applicable/condition-not-evident");
    end(&j, m);
}

static void other_regions_have_another_module_1(void **state)
{
    (void)state;
    made *m = make_clean();
    m->sequences[0].region = m->sequences[1].region = "eu";
    judged j = judge(m, NULL);
    for (uint32_t c = 0; c < j.result->applications[0].checklist_count; c++) {
        const char *id = j.result->applications[0].checklists[c].checklist->id;
        assert_string_not_equal(id, "ectd_m1_us");
    }
    end(&j, m);
}

/* A second manufacturer with one document only. */
static void every_copy_of_a_heading_counts(void **state)
{
    (void)state;
    made *m = make_clean();
    m->keys[5] = (lac_key){"manufacturer", "Other", "Other"};
    m->keys[6] = m->keys[2];
    set_node(m, NODE_COUNT, NODE_32, "3.2.S", "m3-2-s-drug-substance");
    m->nodes[NODE_COUNT].keys = &m->keys[5];
    m->nodes[NODE_COUNT].key_count = 2;
    set_node(m, NODE_COUNT + 1, NODE_COUNT, "3.2.S.5", "m3-2-s-5-reference-standards-or-materials");
    m->model.node_count = NODE_COUNT + 2;
    set_file(m, FILE_COUNT, 1, "0002/m3/standards.pdf", false);
    m->model.file_count = FILE_COUNT + 1;
    set_leaf(m, LEAF_COUNT, 2, NODE_COUNT + 1, "Standards", FILE_COUNT, "m3/standards.pdf");
    m->model.placement_count = LEAF_COUNT + 1;
    m->sequences[1].placement_count = 2;
    judged j = judge(m, NULL);
    expect(&j, "ctd.3.2.s.1.1", "partial/not-in-every-copy");
    expect(&j, "ctd.3.2.s.5", "partial/not-in-every-copy");
    end(&j, m);
}

/* A document on 3.2.S.1 may hold the nomenclature. */
static void a_document_above_may_hold_it(void **state)
{
    (void)state;
    made *m = make_clean();
    m->placements[LEAF_NAME].node = NODE_S1;
    judged j = judge(m, NULL);
    expect(&j, "ctd.3.2.s.1.1", "not-evaluated/inside-document");
    end(&j, m);
}

static void a_letter_of_authorization_may_stand_for_it(void **state)
{
    (void)state;
    made *m = make_clean();
    set_node(m, NODE_COUNT, LAC_NONE, "1.4.1", "m1-4-1-letter-of-authorization");
    m->model.node_count = NODE_COUNT + 1;
    judged j = judge(m, NULL);
    expect(&j, "ctd.3.2.s.2.1", "missing/nothing-filed");
    lac_submission_result_free(j.result);
    lac_registry_free(j.registry);
    m->placements[LEAF_FORM].node = NODE_COUNT;
    j = judge(m, NULL);
    expect(&j, "ctd.3.2.s.2.1", "not-evaluated/refers-elsewhere");
    expect(&j, "ctd.3.2.p.1", "missing/nothing-filed");
    end(&j, m);
}

static void gaps_are_findings_once(void **state)
{
    (void)state;
    made *m = make_clean();
    judged j = judge(m, NULL);
    const lac_document_result *result = &j.result->applications[0];
    uint32_t gaps = 0;
    uint32_t found = 0;
    for (uint32_t c = 0; c < result->checklist_count; c++) {
        for (uint32_t i = 0; i < result->checklists[c].item_count; i++) {
            const lac_item_result *item = &result->checklists[c].items[i];
            gaps += lac_item_status_is_gap(item->status) &&
                            item->item->strength != LAC_STRENGTH_STRUCTURAL
                        ? 1
                        : 0;
        }
    }
    for (uint32_t i = 0; i < result->finding_count; i++) {
        found += strncmp(result->findings[i].rule, "ectd.", 5) != 0 ? 1 : 0;
        assert_non_null(result->findings[i].anchors[0].leaf);
    }
    assert_true(gaps > 0);
    assert_int_equal(gaps, found);
    end(&j, m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_original_ind),
        cmocka_unit_test(one_gap_is_shown_once),
        cmocka_unit_test(packs_for_other_applications_are_not_taken),
        cmocka_unit_test(grounds_to_refuse_filing),
        cmocka_unit_test(what_is_for_paper_is_not_asked),
        cmocka_unit_test(evidence_names_leaf_and_sequence),
        cmocka_unit_test(one_sequence_alone),
        cmocka_unit_test(no_such_sequence),
        cmocka_unit_test(absent_history_is_never_missing),
        cmocka_unit_test(a_broken_backbone_is_never_missing),
        cmocka_unit_test(unknown_kind_of_application),
        cmocka_unit_test(other_regions_have_another_module_1),
        cmocka_unit_test(every_copy_of_a_heading_counts),
        cmocka_unit_test(a_document_above_may_hold_it),
        cmocka_unit_test(a_letter_of_authorization_may_stand_for_it),
        cmocka_unit_test(gaps_are_findings_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
