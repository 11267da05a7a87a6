/* Documents against DTDs and schemas of a folder: faults with lines, and what is never loaded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/grammar/grammar.h"

#include <stdlib.h>
#include <string.h>

static const char DTDS[] = LAC_TEST_DATA "/grammar/dtd";

#define HEAD                                                                                   \
    "<!DOCTYPE ectd:ectd SYSTEM \"../../util/dtd/ich-ectd-3-2.dtd\">\n"                        \
    "<ectd:ectd xmlns:ectd=\"http://www.ich.org/ectd\" xmlns:xlink=\"http://www.w3c.org/1999/" \
    "xlink\" dtd-version=\"3.2\">\n"
#define LEAF(attributes, content)                                                          \
    "<m3-quality><leaf ID=\"a\" operation=\"new\" checksum=\"\" " attributes "\n>" content \
    "</leaf></m3-quality>"
#define TAIL "\n</ectd:ectd>"

typedef struct judged {
    lac_judgement judgement;
    lac_arena arena;
    lacuna_status status;
    lacuna_error err;
} judged;

static judged by_dtd(const char *xml)
{
    judged j = {.err = {0}};
    lac_dtd_store *store;
    lac_arena_init(&j.arena);
    assert_int_equal(lac_dtd_store_open(&store, DTDS, &j.err), LACUNA_OK);
    j.status = lac_dtd_judge(&j.judgement, store, lac_span_of(xml), "x.xml", &j.arena, &j.err);
    lac_dtd_store_close(store);
    return j;
}

static judged by_schema(const char *folder, const char *xml)
{
    judged j = {.err = {0}};
    lac_schema_store *store;
    char path[1024] = LAC_TEST_DATA "/grammar/";
    strncat(path, folder, sizeof path - strlen(path) - 1);
    lac_arena_init(&j.arena);
    assert_int_equal(lac_schema_store_open(&store, path, &j.err), LACUNA_OK);
    j.status = lac_schema_judge(&j.judgement, store, lac_span_of(xml), "x.xml", &j.arena, &j.err);
    lac_schema_store_close(store);
    return j;
}

static void expect_valid(judged j)
{
    assert_int_equal(j.status, LACUNA_OK);
    if (!j.judgement.judged || j.judgement.fault_count > 0) {
        fail_msg("%s%s", j.judgement.why,
                 j.judgement.fault_count > 0 ? j.judgement.faults[0].text : "");
    }
    lac_arena_free(&j.arena);
}

static void expect_fault(judged j, uint32_t line, const char *part)
{
    assert_int_equal(j.status, LACUNA_OK);
    assert_true(j.judgement.judged);
    assert_int_equal(j.judgement.fault_count, 1);
    assert_int_equal(j.judgement.faults[0].line, line);
    if (strstr(j.judgement.faults[0].text, part) == NULL) {
        fail_msg("%s", j.judgement.faults[0].text);
    }
    lac_arena_free(&j.arena);
}

static void expect_unjudged(judged j, const char *part)
{
    assert_int_equal(j.status, LACUNA_OK);
    assert_false(j.judgement.judged);
    assert_int_equal(j.judgement.fault_count, 0);
    if (strstr(j.judgement.why, part) == NULL) {
        fail_msg("%s", j.judgement.why);
    }
    lac_arena_free(&j.arena);
}

static void a_valid_document(void **state)
{
    (void)state;
    expect_valid(by_dtd(HEAD LEAF("checksum-type=\"md5\" xlink:href=\"m3/a.pdf\"",
                                  "<title>A &amp; B</title>") TAIL));
    expect_valid(by_dtd("\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<?x y?>\n" HEAD TAIL));
}

static void each_kind_of_fault(void **state)
{
    (void)state;
    expect_fault(by_dtd(HEAD LEAF("", "<title>t</title>") TAIL), 4, "checksum-type");
    expect_fault(
        by_dtd(HEAD LEAF("checksum-type=\"md5\" colour=\"blue\"", "<title>t</title>") TAIL), 4,
        "colour");
    expect_fault(by_dtd(HEAD LEAF("checksum-type=\"md5\"", "") TAIL), 4, "leaf");
    expect_fault(by_dtd(HEAD LEAF("checksum-type=\"md5\"", "<title>t</title>text") TAIL), 4,
                 "leaf");
    expect_fault(by_dtd(HEAD "<m5-clinical-study-reports/>\n<m3-quality/>" TAIL), 4, "Misplaced");
    expect_fault(by_dtd(HEAD "<m3-quality><m3-2-body-of-data><m3-2-s-drug-substance "
                             "substance=\"s\"/></m3-2-body-of-data></m3-quality>" TAIL),
                 3, "manufacturer");
    expect_fault(by_dtd("<!DOCTYPE leaf SYSTEM \"ich-ectd-3-2.dtd\">\n"
                        "<title>t</title>"),
                 2, "root element");
    expect_fault(by_dtd("<!DOCTYPE ectd:ectd SYSTEM \"ich-ectd-3-2.dtd\">\n<ectd:ectd "
                        "xmlns:ectd=\"http://www.ich.org/ectd\" "
                        "xmlns:xlink=\"http://www.w3.org/1999/xlink\"/>"),
                 2, "xlink");
}

/* What follows a misplaced element is only its echo. */
static void one_fault_for_one_misplaced_element(void **state)
{
    (void)state;
    expect_fault(by_dtd(HEAD "<m5-clinical-study-reports/>\n<m3-quality/>"
                             "<m4-nonclinical-study-reports/><m3-quality/>" TAIL),
                 4, "Misplaced");
}

static void many_faults_are_counted(void **state)
{
    (void)state;
    enum { LEAVES = 120 };
    char xml[LEAVES * 40 + 1000] = HEAD "<m3-quality>";
    for (int i = 0; i < LEAVES; i++) {
        strncat(xml, "<nothing/>", sizeof xml - strlen(xml) - 1);
    }
    strncat(xml, "</m3-quality>" TAIL, sizeof xml - strlen(xml) - 1);
    judged j = by_dtd(xml);
    assert_int_equal(j.status, LACUNA_OK);
    assert_int_equal(j.judgement.fault_count, LAC_FAULTS_MAX);
    assert_true(j.judgement.more >= LEAVES - LAC_FAULTS_MAX);
    lac_arena_free(&j.arena);
}

static void what_cannot_be_judged(void **state)
{
    (void)state;
    expect_unjudged(by_dtd("<a/>"), "names no DTD");
    expect_unjudged(by_dtd("<!DOCTYPE a SYSTEM \"absent.dtd\"><a/>"), "has no absent.dtd");
    expect_unjudged(by_dtd("<!DOCTYPE a SYSTEM \"http://example.invalid/absent.dtd\"><a/>"),
                    "has no absent.dtd");
    expect_unjudged(by_dtd("<!DOCTYPE a SYSTEM \"ICH-ECTD-3-2.DTD\"><a/>"), "has no");
    expect_unjudged(by_dtd("<!DOCTYPE a SYSTEM \"dtd/../..\"><a/>"), "has no");
    expect_unjudged(by_dtd("<!DOCTYPE a SYSTEM \"broken.dtd\"><a/>"), "not sound");
    expect_unjudged(by_dtd("<!DOCTYPE a SYSTEM \"part-absent.dtd\"><a/>"), "has no absent.mod");
    expect_unjudged(by_dtd("<!DOCTYPE a SYSTEM \"itself.dtd\"><a/>"), "not sound");
}

static void expect_refused(judged j, lacuna_status status, const char *part)
{
    assert_int_equal(j.status, status);
    if (strstr(j.err.message, part) == NULL) {
        fail_msg("%s", j.err.message);
    }
    lac_arena_free(&j.arena);
}

static void hostile_documents(void **state)
{
    (void)state;
    expect_refused(by_dtd("<!DOCTYPE a SYSTEM \"ich-ectd-3-2.dtd\" [<!ENTITY x \"y\">]><a>&x;</a>"),
                   LACUNA_E_FORMAT, "declarations of its own");
    expect_refused(by_dtd("<!DOCTYPE a [<!ENTITY x SYSTEM \"/etc/passwd\">]><a>&x;</a>"),
                   LACUNA_E_FORMAT, "declarations of its own");
    expect_refused(by_dtd(HEAD "<m3-quality>&other;</m3-quality>" TAIL), LACUNA_E_FORMAT, "entity");
    expect_refused(by_dtd(HEAD "<m3-quality>"), LACUNA_E_FORMAT, "damaged XML");
    expect_refused(by_dtd(HEAD LEAF("", "")), LACUNA_E_FORMAT, "damaged XML");
    expect_refused(by_schema("schema", "<!DOCTYPE a SYSTEM \"x\"><a/>"), LACUNA_E_FORMAT,
                   "document type");
    char deep[20000] = HEAD;
    for (int i = 0; i < 300; i++) {
        strncat(deep, "<m4-nonclinical-study-reports>", sizeof deep - strlen(deep) - 1);
    }
    judged j = by_dtd(deep);
    assert_true(j.status == LACUNA_E_LIMIT || j.status == LACUNA_E_FORMAT);
    lac_arena_free(&j.arena);
}

#define MESSAGE(attributes, content) \
    "<PORP_IN000001UV xmlns=\"urn:hl7-org:v3\" " attributes ">\n" content "</PORP_IN000001UV>"

static void messages_by_their_schema(void **state)
{
    (void)state;
    expect_valid(by_schema(
        "schema", MESSAGE("ITSVersion=\"XML_1.0\"", "<id/><priorityNumber>1</priorityNumber>")));
    expect_fault(by_schema("schema", MESSAGE("ITSVersion=\"XML_1.0\"",
                                             "<id/><priorityNumber>1000000</priorityNumber>")),
                 2, "priorityNumber");
    expect_fault(by_schema("schema", MESSAGE("ITSVersion=\"XML_1.0\"", "<id/><number/>")), 2,
                 "number");
    expect_fault(by_schema("schema", MESSAGE("", "<id/><priorityNumber>1</priorityNumber>")), 1,
                 "ITSVersion");
}

/* Where a document says that its schema lies somewhere, nobody looks. */
static void hints_of_a_message_are_dropped(void **state)
{
    (void)state;
    expect_valid(by_schema(
        "schema", MESSAGE("xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                          "xsi:schemaLocation=\"urn:hl7-org:v3 http://example.invalid/x.xsd\" "
                          "ITSVersion=\"XML_1.0\"",
                          "<id/><priorityNumber>1</priorityNumber>")));
}

static void schemas_that_reach_out(void **state)
{
    (void)state;
    expect_unjudged(by_schema("schema-remote", "<a/>"), "http://example.invalid/other.xsd");
    expect_unjudged(by_schema("schema-outside", "<a/>"), "not in the folder");
    expect_unjudged(by_schema("dtd", "<a/>"), "has no PORP_IN");
}

static void a_folder_that_is_none(void **state)
{
    (void)state;
    lac_dtd_store *dtds;
    lac_schema_store *schemas;
    lacuna_error err = {0};
    assert_int_not_equal(lac_dtd_store_open(&dtds, LAC_TEST_DATA "/absent", &err), LACUNA_OK);
    assert_null(dtds);
    assert_int_not_equal(
        lac_schema_store_open(&schemas, LAC_TEST_DATA "/grammar/dtd/leaf.mod", &err), LACUNA_OK);
    assert_null(schemas);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_valid_document),
        cmocka_unit_test(each_kind_of_fault),
        cmocka_unit_test(one_fault_for_one_misplaced_element),
        cmocka_unit_test(many_faults_are_counted),
        cmocka_unit_test(what_cannot_be_judged),
        cmocka_unit_test(hostile_documents),
        cmocka_unit_test(messages_by_their_schema),
        cmocka_unit_test(hints_of_a_message_are_dropped),
        cmocka_unit_test(schemas_that_reach_out),
        cmocka_unit_test(a_folder_that_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
