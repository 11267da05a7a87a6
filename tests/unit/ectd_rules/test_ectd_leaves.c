/* The documents of a submission: which are read, and what several of them say together. */
#include "make_submission.h"

#include "analyzer/apart.h"
#include "analyzer/ectd/calls.h"
#include "analyzer/ectd/leaves.h"
#include "analyzer/registry.h"
#include "parsers/document_builder.h"
#include "parsers/text/text.h"

typedef struct planned {
    made *m;
    lac_registry *registry;
    lac_analyze_options options;
    lac_leaves *leaves;
} planned;

static const char *const section_packs[] = {"ctd_m2s_m4", "e3_csr"};

static planned plan(made *m)
{
    planned p = {.m = m};
    lacuna_error err = {0};
    assert_int_equal(lac_registry_new(&p.registry, NULL, &err), LACUNA_OK);
    p.options = (lac_analyze_options){.registry = p.registry,
                                      .as_of = "2026-01-01",
                                      .checklists = section_packs,
                                      .checklist_count = 2};
    assert_int_equal(lac_leaves_plan(&p.leaves, &m->model, &p.options, &err), LACUNA_OK);
    return p;
}

static void end(planned *p)
{
    lac_leaves_free(p->leaves);
    lac_registry_free(p->registry);
    free(p->m);
}

static lac_leaf *leaf_of(const planned *p, uint32_t file)
{
    uint32_t at = p->leaves->of_file[file];
    return at == LAC_NONE ? NULL : &p->leaves->items[at];
}

/* The name and the cover letter are filed as nonclinical overviews. */
static made *make_overviews(void)
{
    made *m = make_clean();
    m->nodes[NODE_S11].heading = "2.4";
    m->nodes[NODE_12].heading = "2.4";
    return m;
}

static void judge_text(planned *p, uint32_t file, const char *text)
{
    lac_document *document;
    lacuna_error err = {0};
    assert_int_equal(
        lac_text_read(&document, lac_span_of(text), LAC_FORMAT_MARKDOWN, &LAC_LIMITS_DEFAULT, &err),
        LACUNA_OK);
    lac_leaf *leaf = leaf_of(p, file);
    assert_non_null(leaf);
    assert_int_equal(lac_leaf_judge(leaf, p->leaves, document, &p->options, &err), LACUNA_OK);
}

static void judge_unreadable(planned *p, uint32_t file)
{
    lac_builder builder;
    lac_document *document;
    lacuna_error err = {0};
    assert_int_equal(lac_builder_init(&builder, LAC_FORMAT_PDF, &LAC_LIMITS_DEFAULT, &err),
                     LACUNA_OK);
    builder.document->not_evaluated = "not-evaluated/pdf";
    assert_int_equal(lac_builder_finish(&document, &builder, &err), LACUNA_OK);
    assert_int_equal(lac_leaf_judge(leaf_of(p, file), p->leaves, document, &p->options, &err),
                     LACUNA_OK);
}

static lac_leaf_verdict verdict(const planned *p, const char *id)
{
    lac_view view;
    lac_arena arena;
    lac_leaf_verdict v;
    lacuna_error err = {0};
    const lac_checklist *pack;
    lac_arena_init(&arena);
    assert_int_equal(lac_registry_load(&pack, p->registry, "ctd_m2s_m4", &err), LACUNA_OK);
    assert_int_equal(lac_view_make(&view, &p->m->model, 0, LAC_NONE, &arena, &err), LACUNA_OK);
    const lac_item *item = lac_checklist_item(pack, id);
    assert_non_null(item);
    lac_leaves_verdict(&v, p->leaves, &view, item);
    lac_arena_free(&arena);
    return v;
}

static const char toxicology[] =
    "# Nonclinical overview\n\n## 2.4.4 Toxicology\n\nThe NOAEL in the repeat-dose study was "
    "30 mg/kg and the liver was the target organ. Genotoxicity tests were negative.\n";
static const char pharmacology[] =
    "# Nonclinical overview\n\n## 2.4.2 Pharmacology\n\nThe mechanism of action is inhibition of "
    "the enzyme; safety pharmacology showed no effect.\n";

static void what_is_called_for_is_planned(void **state)
{
    (void)state;
    planned p = plan(make_overviews());
    assert_null(leaf_of(&p, FILE_TS));       /* data */
    assert_null(leaf_of(&p, FILE_STF));      /* a study tagging file */
    assert_null(leaf_of(&p, FILE_COVER));    /* superseded */
    assert_null(leaf_of(&p, FILE_REGIONAL)); /* a backbone */
    assert_non_null(leaf_of(&p, FILE_COVER_2));
    const lac_leaf *report = leaf_of(&p, FILE_REPORT);
    assert_non_null(report);
    assert_int_equal(report->call_count, 1);
    assert_string_equal(report->calls[0]->types[0], "clinical-study-report");
    assert_string_equal(report->places[0]->heading, "5.3.5.1");
    assert_int_equal(report->heading_count, 0);
    end(&p);
}

static void one_sequence_is_planned_alone(void **state)
{
    (void)state;
    planned p = {.m = make_overviews()};
    lacuna_error err = {0};
    assert_int_equal(lac_registry_new(&p.registry, NULL, &err), LACUNA_OK);
    p.options = (lac_analyze_options){.registry = p.registry, .sequence = "0001"};
    assert_int_equal(lac_leaves_plan(&p.leaves, &p.m->model, &p.options, &err), LACUNA_OK);
    assert_non_null(leaf_of(&p, FILE_COVER)); /* what the sequence brought, replaced or not */
    assert_null(leaf_of(&p, FILE_COVER_2));
    end(&p);
    p = (planned){.m = make_overviews()};
    assert_int_equal(lac_registry_new(&p.registry, NULL, &err), LACUNA_OK);
    p.options = (lac_analyze_options){.registry = p.registry, .sequence = "0007"};
    assert_int_equal(lac_leaves_plan(&p.leaves, &p.m->model, &p.options, &err), LACUNA_E_NOTFOUND);
    assert_null(p.leaves);
    end(&p);
}

static void a_file_with_two_placements_is_read_once(void **state)
{
    (void)state;
    made *m = make_overviews();
    m->placements[LEAF_COVER_2].file = FILE_NAME;
    planned p = plan(m);
    const lac_leaf *leaf = leaf_of(&p, FILE_NAME);
    assert_non_null(leaf);
    assert_int_equal(leaf->place_count, 2);
    assert_int_equal(leaf->heading_count, 1);
    assert_null(leaf_of(&p, FILE_COVER_2));
    end(&p);
}

static void one_document_answers_for_all(void **state)
{
    (void)state;
    planned p = plan(make_overviews());
    judge_text(&p, FILE_NAME, toxicology);
    judge_text(&p, FILE_COVER_2, pharmacology);
    lac_leaf_verdict v = verdict(&p, "ctd.2.4.4");
    assert_int_equal(v.best->status, LAC_MET);
    assert_int_equal(v.count, 2);
    assert_null(v.unread);
    const lac_evidence *evidence = &v.best->evidence[0];
    assert_string_equal(evidence->anchor.leaf->file, "0001/m3/nomenclature.pdf");
    assert_true(evidence->quote.len > 0);
    assert_int_equal(verdict(&p, "ctd.2.4.2").best->status, LAC_MET);
    v = verdict(&p, "ctd.2.4.3");
    assert_int_equal(v.best->status, LAC_MISSING);
    assert_null(v.unread);
    end(&p);
}

static void what_is_not_read_may_hold_it(void **state)
{
    (void)state;
    planned p = plan(make_overviews());
    judge_text(&p, FILE_NAME, toxicology);
    judge_unreadable(&p, FILE_COVER_2);
    assert_string_equal(verdict(&p, "ctd.2.4.3").unread, "not-evaluated/pdf");
    assert_int_equal(verdict(&p, "ctd.2.4.4").best->status, LAC_MET);
    end(&p);
    p = plan(make_overviews());
    judge_text(&p, FILE_NAME, toxicology); /* the other one could not be opened */
    assert_string_equal(verdict(&p, "ctd.2.4.3").unread, "not-evaluated/not-read");
    end(&p);
    made *m = make_overviews();
    m->placements[LEAF_COVER_2].file = LAC_NONE;
    p = plan(m);
    judge_text(&p, FILE_NAME, toxicology);
    assert_string_equal(verdict(&p, "ctd.2.4.3").unread, "not-evaluated/file-missing");
    end(&p);
}

/* ---- appendices filed apart ----------------------------------------------------------------- */

static void a_report_knows_what_its_study_files_beside_it(void **state)
{
    (void)state;
    made *m = make_clean();
    m->tagged[1].tag = "case-report-forms";
    planned p = plan(m);
    const lac_leaf *report = leaf_of(&p, FILE_REPORT);
    assert_int_equal(report->apart_count, 1);
    assert_string_equal(report->apart[0].item, "e3.16.3");
    assert_string_equal(report->apart[0].place->file, "0001/m5/ts.xpt");

    lac_arena arena;
    lacuna_error err = {0};
    lac_arena_init(&arena);
    const lac_item below = {.id = "e3.16.3.1"};
    const lac_item other = {.id = "e3.16.31"};
    lac_item_result result = {.item = &below, .status = LAC_MISSING, .reason = "missing/not-found"};
    assert_int_equal(lac_answer_apart(&result, "e3_csr", report->apart, 1, &arena, &err),
                     LACUNA_OK);
    assert_int_equal(result.status, LAC_MET);
    assert_string_equal(result.reason, "met/filed-apart");
    assert_non_null(strstr(result.searched[0], "0001/m5/ts.xpt"));
    result = (lac_item_result){.item = &other, .status = LAC_MISSING};
    assert_int_equal(lac_answer_apart(&result, "e3_csr", report->apart, 1, &arena, &err),
                     LACUNA_OK);
    assert_int_equal(result.status, LAC_MISSING);
    result.item = &below;
    assert_int_equal(lac_answer_apart(&result, "protocol_m11", report->apart, 1, &arena, &err),
                     LACUNA_OK);
    assert_int_equal(result.status, LAC_MISSING);
    lac_arena_free(&arena);
    end(&p);
}

static void what_is_no_longer_current_answers_nothing(void **state)
{
    (void)state;
    made *m = make_clean();
    m->tagged[1].tag = "case-report-forms";
    m->placements[LEAF_TS].state = LAC_STATE_DELETED;
    planned p = plan(m);
    assert_int_equal(leaf_of(&p, FILE_REPORT)->apart_count, 0);
    end(&p);
}

/* ---- checklists/ectd-documents.json --------------------------------------------------------- */

static bool type_is_known(const lac_document_types *types, const char *id)
{
    return lac_document_type_title(types, id) != NULL;
}

static void rows_name_what_exists(void **state)
{
    (void)state;
    lac_arena arena;
    lac_place_calls calls;
    lac_stf_values values;
    lac_registry *registry;
    const lac_document_types *types;
    lacuna_error err = {0};
    lac_arena_init(&arena);
    assert_int_equal(lac_place_calls_load(&calls, &arena, &err), LACUNA_OK);
    assert_int_equal(lac_stf_values_load(&values, &arena, &err), LACUNA_OK);
    assert_int_equal(lac_registry_new(&registry, NULL, &err), LACUNA_OK);
    assert_int_equal(lac_registry_document_types(&types, registry, &err), LACUNA_OK);
    assert_true(calls.count > 0);
    for (uint32_t i = 0; i < calls.count; i++) {
        const lac_place_call *row = &calls.items[i];
        assert_true(row->call.type_count > 0 && row->headings.count > 0);
        for (uint32_t t = 0; t < row->call.type_count; t++) {
            assert_true(type_is_known(types, row->call.types[t]));
        }
        for (uint32_t t = 0; t < row->tags.count; t++) {
            const char *tag = row->tags.items[t];
            assert_true(lac_texts_hold(&values.tags, tag) ||
                        strncmp(tag, "ich_document_type_", 18) == 0);
        }
    }
    for (uint32_t i = 0; i < calls.apart_count; i++) {
        const lac_checklist *pack;
        const lac_apart_row *row = &calls.apart[i];
        assert_int_equal(lac_registry_load(&pack, registry, row->checklist, &err), LACUNA_OK);
        assert_non_null(lac_checklist_item(pack, row->item));
        for (uint32_t t = 0; t < row->tags.count; t++) {
            assert_true(lac_texts_hold(&values.tags, row->tags.items[t]));
        }
    }
    assert_true(lac_names_document(&calls, "0001/m5/report.PDF"));
    assert_false(lac_names_document(&calls, "0001/m5/ts.xpt"));
    assert_false(lac_names_document(&calls, "0001/m5/define.xml"));
    assert_true(lac_names_document(&calls, "0001/m1/us/spl.xml"));
    lac_registry_free(registry);
    lac_arena_free(&arena);
}

static void rows_are_for_tags_or_for_leaves_without(void **state)
{
    (void)state;
    static const char *const headings[] = {"5.3.5"};
    static const char *const tags[] = {"synopsis"};
    lac_place_call row = {.headings = {headings, 1}, .tags = {tags, 1}};
    assert_true(lac_place_calls_for(&row, "5.3.5.1", "synopsis"));
    assert_false(lac_place_calls_for(&row, "5.3.5.1", NULL));
    assert_false(lac_place_calls_for(&row, "5.3.4.1", "synopsis"));
    row.tags.count = 0;
    assert_true(lac_place_calls_for(&row, "5.3.5.1", NULL));
    assert_false(lac_place_calls_for(&row, "5.3.5.1", "synopsis"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_called_for_is_planned),
        cmocka_unit_test(one_sequence_is_planned_alone),
        cmocka_unit_test(a_file_with_two_placements_is_read_once),
        cmocka_unit_test(one_document_answers_for_all),
        cmocka_unit_test(what_is_not_read_may_hold_it),
        cmocka_unit_test(a_report_knows_what_its_study_files_beside_it),
        cmocka_unit_test(what_is_no_longer_current_answers_nothing),
        cmocka_unit_test(rows_name_what_exists),
        cmocka_unit_test(rows_are_for_tags_or_for_leaves_without),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
