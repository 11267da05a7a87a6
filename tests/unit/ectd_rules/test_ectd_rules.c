/* Rules about submissions: data and code agree, a clean submission has no findings, and a planted
 * defect is told once, at its leaf. */
#include "make_submission.h"

typedef struct run {
    lac_arena arena;
    lac_ectd_check check;
} run;

static void run_rules(run *r, const made *m)
{
    lacuna_error err = {0};
    lac_arena_init(&r->arena);
    r->check = (lac_ectd_check){.submission = &m->model, .list = {.arena = &r->arena}, .err = &err};
    assert_int_equal(lac_ectd_check_begin(&r->check), LACUNA_OK);
    assert_int_equal(lac_ectd_check_run(&r->check), LACUNA_OK);
}

static void end_run(run *r)
{
    free(r->check.list.items);
    lac_arena_free(&r->arena);
}

static size_t count_rule(const run *r, const char *rule, const lac_finding **first)
{
    size_t count = 0;
    for (size_t i = 0; i < r->check.list.count; i++) {
        if (strcmp(r->check.list.items[i].rule, rule) == 0) {
            *first = count++ == 0 ? &r->check.list.items[i] : *first;
        }
    }
    return count;
}

/* ---- both sides ----------------------------------------------------------------------------- */

static bool has_entry(const char *rule)
{
    size_t count;
    const lac_ectd_table *const *tables = lac_ectd_tables(&count);
    for (size_t t = 0; t < count; t++) {
        for (uint32_t i = 0; i < tables[t]->count; i++) {
            if (strcmp(tables[t]->entries[i].rule, rule) == 0) {
                return true;
            }
        }
    }
    return false;
}

static void data_and_code_agree(void **state)
{
    (void)state;
    lac_arena arena;
    lac_ectd_rules rules;
    lacuna_error err = {0};
    size_t count;
    const lac_ectd_table *const *tables = lac_ectd_tables(&count);
    lac_arena_init(&arena);
    assert_int_equal(lac_ectd_rules_load(&rules, &arena, &err), LACUNA_OK);
    assert_true(rules.count > 90);
    for (uint32_t i = 0; i < rules.count; i++) {
        if (!has_entry(rules.items[i].id)) {
            fail_msg("%s is described and not checked", rules.items[i].id);
        }
        assert_true(i == 0 || strcmp(rules.items[i - 1].id, rules.items[i].id) < 0);
    }
    for (size_t t = 0; t < count; t++) {
        for (uint32_t i = 0; i < tables[t]->count; i++) {
            if (lac_ectd_rule_find(&rules, tables[t]->entries[i].rule) == NULL) {
                fail_msg("%s is checked and not described", tables[t]->entries[i].rule);
            }
        }
    }
    lac_arena_free(&arena);
}

/* The study has ts.xpt alone, which leaves open whether more is due; nothing else is to be told. */
static void a_clean_submission_has_no_findings(void **state)
{
    (void)state;
    run r;
    made *m = make_clean();
    run_rules(&r, m);
    for (size_t i = 0; i < r.check.list.count; i++) {
        const lac_finding *finding = &r.check.list.items[i];
        if (strcmp(finding->rule, "ectd.study.data-undecided") != 0) {
            fail_msg("%s: %s", finding->rule, finding->message);
        }
    }
    assert_int_equal(r.check.list.count, 1);
    end_run(&r);
    free(m);
}

/* ---- planted defects ------------------------------------------------------------------------ */

static lac_placement *leaf(made *m, uint32_t at)
{
    return &m->placements[at];
}

static void no_file(made *m)
{
    leaf(m, LEAF_NAME)->file = LAC_NONE;
    leaf(m, LEAF_NAME)->checksum_state = LAC_CHECKSUM_MISSING_FILE;
}

static void no_reference(made *m)
{
    m->files[FILE_NAME].reference_count = 0;
}

static void no_bytes(made *m)
{
    m->files[FILE_NAME].size = 0;
}

static void same_bytes(made *m)
{
    m->files[FILE_REPORT].md5 = m->files[FILE_NAME].md5;
}

static void other_case(made *m)
{
    leaf(m, LEAF_NAME)->path_flags = LAC_PATH_CASE;
}

static void other_checksum(made *m)
{
    leaf(m, LEAF_NAME)->checksum_state = LAC_CHECKSUM_MISMATCH;
}

static void other_line_ends(made *m)
{
    leaf(m, LEAF_NAME)->checksum_state = LAC_CHECKSUM_OK_AFTER_CRLF;
}

static void no_checksum(made *m)
{
    leaf(m, LEAF_NAME)->checksum = "";
}

static void sha1(made *m)
{
    leaf(m, LEAF_NAME)->checksum_type = "sha1";
}

static void backbone_changed(made *m)
{
    m->sequences[1].index_checksum = LAC_CHECKSUM_MISMATCH;
}

static void wrong_xlink(made *m)
{
    m->backbones[2].xlink = "http://www.w3.org/1999/xlink";
}

static void twice_the_id(made *m)
{
    leaf(m, LEAF_REPORT)->id = leaf(m, LEAF_NAME)->id;
}

static void odd_operation(made *m)
{
    leaf(m, LEAF_NAME)->operation = LAC_OPERATION_OTHER;
    leaf(m, LEAF_NAME)->operation_written = "add";
}

static void blank_title(made *m)
{
    leaf(m, LEAF_NAME)->title = " ";
}

static void title_with_edge(made *m)
{
    leaf(m, LEAF_NAME)->title = "Nomenclature ";
}

static void title_with_number(made *m)
{
    leaf(m, LEAF_NAME)->title = "3.2.S.1.1 Nomenclature";
}

static void long_title(made *m)
{
    static char title[600];
    memset(title, 'a', sizeof title - 1);
    leaf(m, LEAF_NAME)->title = title;
}

static void on_container(made *m)
{
    leaf(m, LEAF_NAME)->node = NODE_S1;
}

static void in_extension(made *m)
{
    set_node(m, NODE_COUNT, NODE_S11, "3.2.S.1.1", "node-extension");
    m->nodes[NODE_COUNT].extension = true;
    m->nodes[NODE_COUNT].known = false;
    m->model.node_count = NODE_COUNT + 1;
    leaf(m, LEAF_NAME)->node = NODE_COUNT;
}

static void unknown_heading(made *m)
{
    m->nodes[NODE_S11].element = "m3-2-s-1-1-nomenclatura";
    m->nodes[NODE_S11].known = false;
}

static void misplaced(made *m)
{
    m->nodes[NODE_S11].parent = NODE_S;
}

static void keyless(made *m)
{
    m->keys[2].value = "";
}

/* "ACME" for "Acme" in a second copy of 3.2.S. */
static void drift(made *m)
{
    m->keys[5] = (lac_key){"manufacturer", "ACME, ", "ACME, "};
    m->keys[6] = m->keys[2];
    set_node(m, NODE_COUNT, NODE_32, "3.2.S", "m3-2-s-drug-substance");
    m->nodes[NODE_COUNT].keys = &m->keys[5];
    m->nodes[NODE_COUNT].key_count = 2;
    set_node(m, NODE_COUNT + 1, NODE_COUNT, "3.2.S.5", "m3-2-s-5-reference-standards-or-materials");
    m->model.node_count = NODE_COUNT + 2;
    set_file(m, FILE_COUNT, 0, "0001/m3/standards.pdf", false);
    m->model.file_count = FILE_COUNT + 1;
    leaf(m, LEAF_NAME)->node = NODE_COUNT + 1;
    set_leaf(m, LEAF_COUNT, 2, NODE_S11, "Nomenclature", FILE_COUNT, "m3/standards.pdf");
    m->model.placement_count = LEAF_COUNT + 1;
    m->sequences[1].placement_count = 2;
}

static void new_with_target(made *m)
{
    leaf(m, LEAF_COVER_2)->operation = LAC_OPERATION_NEW;
    leaf(m, LEAF_COVER)->superseded_by = LAC_NONE;
}

static void no_target(made *m)
{
    leaf(m, LEAF_COVER_2)->link_count = 0;
}

static void broken(made *m)
{
    m->links[LEAF_COVER_2].reference = LAC_REFERENCE_BROKEN;
    m->links[LEAF_COVER_2].target = LAC_NONE;
}

static void circle(made *m)
{
    m->links[LEAF_COVER_2].reference = LAC_REFERENCE_BROKEN;
    m->links[LEAF_COVER_2].target = LEAF_COVER_2;
}

static void later(made *m)
{
    leaf(m, LEAF_NAME)->operation = LAC_OPERATION_REPLACE;
    leaf(m, LEAF_NAME)->link_count = 1;
    m->links[LEAF_NAME] = (lac_link){"../0002/index.xml#x", LAC_REFERENCE_BROKEN, LEAF_COVER_2, 0};
}

static void unresolvable(made *m)
{
    m->links[LEAF_COVER_2].reference = LAC_REFERENCE_UNRESOLVABLE;
    m->links[LEAF_COVER_2].target = LAC_NONE;
}

static void wrong_backbone(made *m)
{
    m->links[LEAF_COVER_2].written = "../0001/index.xml#cover";
}

static void two_leaves(made *m)
{
    leaf(m, LEAF_COVER)->superseded_by = LEAF_NAME;
}

static void appended(made *m)
{
    leaf(m, LEAF_COVER_2)->operation = LAC_OPERATION_APPEND;
}

static void other_folder(made *m)
{
    m->sequences[1].name = "0003";
}

static void numbers_missing(made *m)
{
    static const char *const numbers[] = {"0002"};
    m->applications[0].missing_sequences = numbers;
    m->applications[0].missing_count = 1;
}

static void same_number(made *m)
{
    m->sequences[1].number = "0001";
}

static void odd_number(made *m)
{
    m->sequences[0].number = "00001";
}

static void five_digits(made *m)
{
    m->applications[0].id = "12345";
}

static void no_such_type(made *m)
{
    m->applications[0].type = "fdaat99";
}

static void later_id(made *m)
{
    m->sequences[1].submission_id = "0003";
}

static void own_id(made *m)
{
    m->sequences[1].submission_id = "0002";
}

static void type_changed(made *m)
{
    m->sequences[1].submission_type = "fdast2";
}

static void no_such_sub_type(made *m)
{
    m->sequences[1].submission_sub_type = "fdasst8";
}

static void safety_report(made *m)
{
    m->applications[0].type = "fdaat1";
    m->sequences[1].submission_type = "fdast9";
}

static void promotion(made *m)
{
    m->sequences[0].submission_type = "fdast8";
}

static void promotion_2253(made *m)
{
    m->sequences[0].submission_type = "fdast8";
    m->keys[0].value = "fdaft5";
    m->placements[LEAF_FORM].href = "2253.pdf";
}

static void two_holders(made *m)
{
    m->sequences[1].group_size = 2;
    m->sequences[1].group_holders = 2;
}

static void untagged(made *m)
{
    m->tagged[0] = m->tagged[1];
    m->studies[0].document_count = 1;
}

static void odd_tag(made *m)
{
    m->tagged[0].tag = "report";
}

static void odd_category(made *m)
{
    m->keys[8].value = "nothing";
}

static void stf_broken(made *m)
{
    m->tagged[2] = m->tagged[1];
    m->tagged[2].placement = LAC_NONE;
    m->tagged[2].reference = LAC_REFERENCE_BROKEN;
    m->studies[0].document_count = 3;
}

static void no_ts(made *m)
{
    m->files[FILE_TS].path = "0001/m5/trial.xpt";
}

static void no_ts_in_nda(made *m)
{
    m->applications[0].type = "fdaat1";
    no_ts(m);
}

static void dataset_as_report(made *m)
{
    m->tagged[1].tag = "study-report-body";
}

static void no_dm(made *m)
{
    m->tagged[2] = m->tagged[1];
    m->tagged[2].placement = LEAF_NAME;
    m->studies[0].document_count = 3;
}

static void long_path(made *m)
{
    static char path[300];
    (void)snprintf(path, sizeof path, "0001/m3/%0140d.pdf", 1);
    m->files[FILE_NAME].path = path;
}

static void odd_name(made *m)
{
    m->files[FILE_NAME].path = "0001/m3/Nomenclature 1.pdf";
}

static void form_without_number(made *m)
{
    leaf(m, LEAF_FORM)->href = "form.pdf";
}

static void no_index(made *m)
{
    m->backbones[2].kind = LAC_BACKBONE_REGIONAL;
}

static void old_regional(made *m)
{
    m->backbones[3].dtd_version = "2.01";
}

static void something_unread(made *m)
{
    m->troubles[0] = (lac_trouble){"ectd/not-read", "damaged", "0002/index.xml", "", true};
    m->model.trouble_count = 1;
    m->model.incomplete = true;
}

/* `id` is the path of the file of the leaf, "" where it is told of a sequence or file. */
static const struct {
    const char *rule;
    void (*plant)(made *m);
    uint32_t leaf; /* LAC_NONE: told elsewhere */
} DEFECTS[] = {
    {"ectd.file.missing", no_file, LEAF_NAME},
    {"ectd.file.unreferenced", no_reference, LAC_NONE},
    {"ectd.file.empty", no_bytes, LAC_NONE},
    {"ectd.file.duplicate", same_bytes, LAC_NONE},
    {"ectd.file.case", other_case, LEAF_NAME},
    {"ectd.checksum.mismatch", other_checksum, LEAF_NAME},
    {"ectd.checksum.line-ends", other_line_ends, LEAF_NAME},
    {"ectd.checksum.absent", no_checksum, LEAF_NAME},
    {"ectd.checksum.kind", sha1, LEAF_NAME},
    {"ectd.backbone.checksum", backbone_changed, LAC_NONE},
    {"ectd.backbone.xlink", wrong_xlink, LAC_NONE},
    {"ectd.backbone.index-absent", no_index, LAC_NONE},
    {"ectd.backbone.regional-version", old_regional, LAC_NONE},
    {"ectd.unread", something_unread, LAC_NONE},
    {"ectd.leaf.id-twice", twice_the_id, LEAF_REPORT},
    {"ectd.leaf.operation", odd_operation, LEAF_NAME},
    {"ectd.title.absent", blank_title, LEAF_NAME},
    {"ectd.title.blanks", title_with_edge, LEAF_NAME},
    {"ectd.title.section-number", title_with_number, LEAF_NAME},
    {"ectd.title.too-long", long_title, LEAF_NAME},
    {"ectd.heading.leaf-on-container", on_container, LEAF_NAME},
    {"ectd.heading.node-extension", in_extension, LEAF_NAME},
    {"ectd.heading.unknown", unknown_heading, LEAF_NAME},
    {"ectd.heading.misplaced", misplaced, LEAF_NAME},
    {"ectd.heading.key-absent", keyless, LEAF_NAME},
    {"ectd.heading.drift", drift, LEAF_COUNT},
    {"ectd.lifecycle.new-with-target", new_with_target, LEAF_COVER_2},
    {"ectd.lifecycle.target-absent", no_target, LEAF_COVER_2},
    {"ectd.lifecycle.broken", broken, LEAF_COVER_2},
    {"ectd.lifecycle.cycle", circle, LEAF_COVER_2},
    {"ectd.lifecycle.later-target", later, LEAF_NAME},
    {"ectd.lifecycle.unresolvable", unresolvable, LAC_NONE},
    {"ectd.lifecycle.wrong-backbone", wrong_backbone, LEAF_COVER_2},
    {"ectd.lifecycle.two-leaves-one-target", two_leaves, LEAF_COVER_2},
    {"ectd.lifecycle.append", appended, LEAF_COVER_2},
    {"ectd.sequence.folder", other_folder, LAC_NONE},
    {"ectd.sequence.gap", numbers_missing, LAC_NONE},
    {"ectd.sequence.twice", same_number, LAC_NONE},
    {"ectd.sequence.number", odd_number, LAC_NONE},
    {"ectd.application.number", five_digits, LAC_NONE},
    {"ectd.application.type", no_such_type, LAC_NONE},
    {"ectd.activity.id-later", later_id, LAC_NONE},
    {"ectd.activity.earlier-id", own_id, LAC_NONE},
    {"ectd.activity.type-changed", type_changed, LAC_NONE},
    {"ectd.activity.sub-type", no_such_sub_type, LAC_NONE},
    {"ectd.activity.ind-only", safety_report, LAC_NONE},
    {"ectd.promotional.form", promotion, LAC_NONE},
    {"ectd.promotional.labeling", promotion_2253, LAC_NONE},
    {"ectd.group.holder", two_holders, LAC_NONE},
    {"ectd.stf.absent", untagged, LEAF_REPORT},
    {"ectd.stf.tag", odd_tag, LEAF_STF},
    {"ectd.stf.category", odd_category, LEAF_STF},
    {"ectd.stf.broken", stf_broken, LEAF_STF},
    {"ectd.study.ts-absent-ind", no_ts, LEAF_STF},
    {"ectd.study.ts-absent", no_ts_in_nda, LEAF_STF},
    {"ectd.study.dataset-tag", dataset_as_report, LEAF_STF},
    {"ectd.study.datasets-absent", no_dm, LEAF_STF},
    {"ectd.path.longer-than-150", long_path, LAC_NONE},
    {"ectd.name.characters", odd_name, LAC_NONE},
    {"ectd.form.name", form_without_number, LEAF_FORM},
};

static void defects_are_told_once_at_their_leaf(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof DEFECTS / sizeof DEFECTS[0]; i++) {
        run r;
        const lac_finding *first = NULL;
        made *m = make_clean();
        DEFECTS[i].plant(m);
        run_rules(&r, m);
        size_t count = count_rule(&r, DEFECTS[i].rule, &first);
        if (count != 1) {
            fail_msg("%s: told %zu times", DEFECTS[i].rule, count);
        }
        assert_non_null(first->anchors[0].leaf);
        if (DEFECTS[i].leaf != LAC_NONE) {
            const char *id = m->placements[DEFECTS[i].leaf].id;
            if (strcmp(first->anchors[0].leaf->id, id) != 0) {
                fail_msg("%s: told of %s", DEFECTS[i].rule, first->anchors[0].leaf->id);
            }
        }
        end_run(&r);
        free(m);
    }
}

/* Of many findings of one rule a thousand are told and the rest is counted. */
static void findings_of_one_rule_are_capped(void **state)
{
    (void)state;
    enum { MANY = LAC_RULE_FINDINGS_MAX + 7 };
    run r;
    const lac_finding *first = NULL;
    made *m = make_clean();
    lac_placement *leaves = calloc(MANY, sizeof *leaves);
    assert_non_null(leaves);
    for (uint32_t i = 0; i < MANY; i++) {
        leaves[i] = m->placements[LEAF_NAME];
        leaves[i].title = "";
    }
    m->model.placements = leaves;
    m->model.placement_count = MANY;
    m->model.study_count = 0;
    m->sequences[0].placement_count = MANY;
    m->sequences[1].placement_count = 0;
    run_rules(&r, m);
    assert_int_equal(count_rule(&r, "ectd.title.absent", &first), LAC_RULE_FINDINGS_MAX + 1);
    end_run(&r);
    free(leaves);
    free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(data_and_code_agree),
        cmocka_unit_test(a_clean_submission_has_no_findings),
        cmocka_unit_test(defects_are_told_once_at_their_leaf),
        cmocka_unit_test(findings_of_one_rule_are_capped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
