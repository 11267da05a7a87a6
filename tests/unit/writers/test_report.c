/* From results to a report: counts, verdict, findings and their fingerprints, without a document
 * being analysed: every combination is made by hand. */
#include "writers/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { ITEMS = 4 };

/* One document of three lines, checked against one list of a structural row and three leaves. */
typedef struct bench {
    lac_document document;
    lac_block blocks[2];
    lac_section sections[2];
    lac_item items[ITEMS];
    lac_checklist checklist;
    lac_item_result results[ITEMS];
    lac_checklist_result list;
    lac_finding findings[ITEMS + 2];
    lac_anchor anchors[2];
    lac_document_result result;
    lac_report_document shown;
    lac_report report;
} bench;

static const char TEXT[] = "One\nTo  DO here\nto do HERE\n";

static void set_item(bench *b, uint32_t index, const char *id, lac_item_status status)
{
    b->items[index] =
        (lac_item){.id = id, .title = id, .severity = LAC_SEVERITY_MINOR, .parent = UINT32_MAX};
    b->results[index] = (lac_item_result){.item = &b->items[index], .status = status};
}

static void set_up(bench *b)
{
    memset(b, 0, sizeof *b);
    b->blocks[0] = (lac_block){.start = 0, .length = 3, .table = LAC_NONE};
    b->blocks[1] = (lac_block){.start = 4, .length = 10, .table = LAC_NONE};
    b->sections[1] = (lac_section){.title = lac_span_of("One"), .level = 1};
    b->document = (lac_document){.text = lac_span_of(TEXT),
                                 .reference_length = sizeof TEXT - 1,
                                 .blocks = b->blocks,
                                 .block_count = 2,
                                 .sections = b->sections,
                                 .section_count = 2};
    set_item(b, 0, "top", LAC_MISSING);
    b->items[0].strength = LAC_STRENGTH_STRUCTURAL;
    set_item(b, 1, "met", LAC_MET);
    set_item(b, 2, "gap", LAC_MET);
    set_item(b, 3, "other", LAC_NOT_APPLICABLE);
    b->checklist = (lac_checklist){.id = "list", .items = b->items, .item_count = ITEMS};
    b->list = (lac_checklist_result){&b->checklist, "chosen", b->results, ITEMS};
    b->result = (lac_document_result){.document = &b->document,
                                      .checklists = &b->list,
                                      .checklist_count = 1,
                                      .findings = b->findings};
    b->shown =
        (lac_report_document){.path = "a.md", .document = &b->document, .result = &b->result};
    b->report = (lac_report){.documents = &b->shown, .document_count = 1};
}

static void add_gap(bench *b, uint32_t index, lac_item_status status, lac_severity severity)
{
    b->results[index].status = status;
    b->items[index].severity = severity;
    b->findings[b->result.finding_count++] =
        (lac_finding){.rule = b->items[index].id, .severity = severity, .message = "a gap"};
}

static void add_free(bench *b, uint32_t anchor, uint32_t start, uint32_t end)
{
    b->anchors[anchor] = (lac_anchor){.part = "",
                                      .block = 1,
                                      .section = 1,
                                      .row = LAC_NONE,
                                      .column = LAC_NONE,
                                      .line = 2,
                                      .start = start,
                                      .end = end};
    b->findings[b->result.finding_count++] = (lac_finding){.rule = "text/leftover",
                                                           .severity = LAC_SEVERITY_INFO,
                                                           .message = "left",
                                                           .anchors = &b->anchors[anchor],
                                                           .anchor_count = 1};
}

static void derive(bench *b)
{
    lacuna_error err = {0};
    assert_int_equal(lac_report_derive(&b->report, &err), LACUNA_OK);
}

static void all_met_is_ready_and_structural_rows_do_not_count(void **state)
{
    (void)state;
    bench b;
    set_up(&b);
    derive(&b);
    assert_int_equal(b.report.verdict, LACUNA_READY);
    assert_int_equal(b.report.counts.items[LAC_MET], 2);
    assert_int_equal(b.report.counts.items[LAC_MISSING], 0);
    assert_int_equal(b.report.counts.items[LAC_NOT_APPLICABLE], 1);
    assert_int_equal(b.report.finding_count, 0);
    assert_int_equal(b.report.checklist_count, 1);
    lac_report_free(&b.report);
}

static void every_gap_is_one_finding(void **state)
{
    (void)state;
    bench b;
    set_up(&b);
    add_gap(&b, 1, LAC_PARTIAL, LAC_SEVERITY_MINOR);
    add_gap(&b, 2, LAC_MISSING, LAC_SEVERITY_MAJOR);
    derive(&b);
    assert_int_equal(b.report.verdict, LACUNA_NOT_READY);
    assert_int_equal(b.report.finding_count, 2);
    assert_int_equal(lac_report_gap_count(&b.report), 2);
    assert_true(lac_report_reaches(&b.report, LAC_SEVERITY_MAJOR));
    assert_false(lac_report_reaches(&b.report, LAC_SEVERITY_CRITICAL));
    for (uint32_t i = 0; i < 2; i++) {
        const lac_report_finding *finding = &b.report.findings[i];
        assert_non_null(finding->item);
        assert_string_equal(finding->checklist, "list");
        assert_string_equal(finding->rule, finding->item->item->id);
        assert_int_equal(finding->anchor_count, 1);
        assert_int_equal(strlen(finding->fingerprint.hex), 64);
    }
    lac_report_free(&b.report);
}

/* The analyzer names every gap among its findings; one that is not there would be lost. */
static void a_gap_without_a_finding_is_a_defect(void **state)
{
    (void)state;
    bench b;
    lacuna_error err = {0};
    set_up(&b);
    b.results[1].status = LAC_MISSING;
    assert_int_equal(lac_report_derive(&b.report, &err), LACUNA_E_INTERNAL);
    lac_report_free(&b.report);
}

static void information_does_not_keep_from_being_ready(void **state)
{
    (void)state;
    bench b;
    set_up(&b);
    add_free(&b, 0, 4, 14);
    derive(&b);
    assert_int_equal(b.report.verdict, LACUNA_READY);
    assert_int_equal(b.report.counts.findings[LAC_SEVERITY_INFO], 1);
    lac_report_free(&b.report);
}

static void verdicts(void **state)
{
    static const struct {
        lac_item_status status;
        bool unread, cancelled;
        lacuna_verdict verdict;
    } rows[] = {
        {LAC_MET, false, false, LACUNA_READY},
        {LAC_NOT_EVALUATED, false, false, LACUNA_NOTHING_EVALUATED},
        {LAC_NOT_APPLICABLE, false, false, LACUNA_NOTHING_EVALUATED},
        {LAC_WAIVED, false, false, LACUNA_READY},
        {LAC_MET, true, false, LACUNA_INCOMPLETE},
        {LAC_MET, false, true, LACUNA_INCOMPLETE},
        {LAC_NOT_APPLICABLE, true, false, LACUNA_INCOMPLETE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bench b;
        set_up(&b);
        for (uint32_t item = 1; item < ITEMS; item++) {
            b.results[item].status = rows[i].status;
        }
        b.shown.error.status = rows[i].unread ? LACUNA_E_FORMAT : LACUNA_OK;
        b.report.cancelled = rows[i].cancelled;
        derive(&b);
        assert_int_equal(b.report.verdict, rows[i].verdict);
        lac_report_free(&b.report);
    }
}

static void one_item_not_evaluated_keeps_from_being_ready(void **state)
{
    (void)state;
    bench b;
    set_up(&b);
    b.results[3].status = LAC_NOT_EVALUATED;
    derive(&b);
    assert_int_equal(b.report.verdict, LACUNA_NOT_READY);
    lac_report_free(&b.report);
}

static void no_documents_is_nothing_evaluated(void **state)
{
    (void)state;
    bench b;
    set_up(&b);
    b.report.document_count = 0;
    derive(&b);
    assert_int_equal(b.report.verdict, LACUNA_NOTHING_EVALUATED);
    lac_report_free(&b.report);
}

static void findings_are_in_the_order_of_their_places(void **state)
{
    (void)state;
    bench b;
    set_up(&b);
    add_free(&b, 0, 15, 25);
    add_free(&b, 1, 4, 14);
    derive(&b);
    assert_int_equal(b.report.findings[0].anchors[0].start, 4);
    assert_int_equal(b.report.findings[1].anchors[0].start, 15);
    lac_report_free(&b.report);
}

static void like_findings_are_told_apart_by_their_order_alone(void **state)
{
    (void)state;
    bench b;
    set_up(&b);
    add_free(&b, 0, 4, 14);  /* "To  DO here" up to its last letters */
    add_free(&b, 1, 16, 26); /* "to do HERE", the same but for case and spaces */
    b.anchors[0].end = 15;
    derive(&b);
    char first[65];
    char second[65];
    memcpy(first, b.report.findings[0].fingerprint.hex, sizeof first);
    memcpy(second, b.report.findings[1].fingerprint.hex, sizeof second);
    assert_string_not_equal(first, second);
    lac_report_free(&b.report);
    /* Alone, the second one is the first of its kind. */
    b.report.finding_count = 0;
    b.report.checklist_count = 0;
    memset(&b.report.counts, 0, sizeof b.report.counts);
    b.findings[0] = b.findings[1];
    b.result.finding_count = 1;
    derive(&b);
    assert_string_equal(b.report.findings[0].fingerprint.hex, first);
    lac_report_free(&b.report);
}

static char *fingerprint_of(bench *b, char hex[65])
{
    derive(b);
    memcpy(hex, b->report.findings[0].fingerprint.hex, 65);
    lac_report_free(&b->report);
    return hex;
}

static void fingerprints_depend_on_what_they_name(void **state)
{
    (void)state;
    char reference[65];
    char other[65];
    bench b;
    set_up(&b);
    add_gap(&b, 1, LAC_MISSING, LAC_SEVERITY_MINOR);
    (void)fingerprint_of(&b, reference);
    set_up(&b);
    add_gap(&b, 1, LAC_PARTIAL, LAC_SEVERITY_CRITICAL);
    b.findings[0].message = "said otherwise";
    assert_string_equal(fingerprint_of(&b, other), reference);
    set_up(&b);
    add_gap(&b, 1, LAC_MISSING, LAC_SEVERITY_MINOR);
    b.shown.path = "b.md";
    assert_string_not_equal(fingerprint_of(&b, other), reference);
    set_up(&b);
    add_gap(&b, 1, LAC_MISSING, LAC_SEVERITY_MINOR);
    b.checklist.id = "another";
    assert_string_not_equal(fingerprint_of(&b, other), reference);
    set_up(&b);
    add_gap(&b, 2, LAC_MISSING, LAC_SEVERITY_MINOR);
    assert_string_not_equal(fingerprint_of(&b, other), reference);
}

/* "lacuna/v1" is frozen: baselines of others rest on these very digits. */
static void the_first_version_of_fingerprints_never_changes(void **state)
{
    (void)state;
    char hex[65];
    bench b;
    set_up(&b);
    add_gap(&b, 1, LAC_MISSING, LAC_SEVERITY_MINOR);
    assert_string_equal(fingerprint_of(&b, hex),
                        "1f6ab2b9f4b9801b8da6c3a9ceeaa97a46c703943fe9e0b6ce1a91f21b37b303");
    set_up(&b);
    b.shown.id = "main";
    add_free(&b, 0, 4, 14);
    assert_string_equal(fingerprint_of(&b, hex), "e4af5de93fb9a70be2269c50feaa9c9d1c4a86dc220274f4cb8dce9114dfcb70");
    b.shown.path = "elsewhere.md"; /* the id stays */
    assert_string_equal(fingerprint_of(&b, hex), "e4af5de93fb9a70be2269c50feaa9c9d1c4a86dc220274f4cb8dce9114dfcb70");
}

static void two_documents_of_one_name_are_told_apart(void **state)
{
    (void)state;
    bench b;
    set_up(&b);
    lac_report_document two[] = {b.shown, b.shown};
    two[0].id = two[1].id = "main";
    b.report.documents = two;
    b.report.document_count = 2;
    add_gap(&b, 1, LAC_MISSING, LAC_SEVERITY_MINOR);
    derive(&b);
    assert_string_equal(b.report.identities[0].text, "id:main");
    assert_string_equal(b.report.identities[1].text, "id:main#2");
    assert_int_equal(b.report.finding_count, 3);
    assert_string_equal(b.report.findings[1].rule, "document/identity-shared");
    assert_int_equal(b.report.findings[1].severity, LAC_SEVERITY_INFO);
    assert_string_not_equal(b.report.findings[0].fingerprint.hex,
                            b.report.findings[2].fingerprint.hex);
    lac_report_free(&b.report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_met_is_ready_and_structural_rows_do_not_count),
        cmocka_unit_test(every_gap_is_one_finding),
        cmocka_unit_test(a_gap_without_a_finding_is_a_defect),
        cmocka_unit_test(information_does_not_keep_from_being_ready),
        cmocka_unit_test(verdicts),
        cmocka_unit_test(one_item_not_evaluated_keeps_from_being_ready),
        cmocka_unit_test(no_documents_is_nothing_evaluated),
        cmocka_unit_test(findings_are_in_the_order_of_their_places),
        cmocka_unit_test(like_findings_are_told_apart_by_their_order_alone),
        cmocka_unit_test(fingerprints_depend_on_what_they_name),
        cmocka_unit_test(the_first_version_of_fingerprints_never_changes),
        cmocka_unit_test(two_documents_of_one_name_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
