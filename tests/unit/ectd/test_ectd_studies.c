/* Study tagging files: one study out of several, tags of blocks, leaves that went. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/ectd/make_ectd.h"

#define STF(title, id, categories, documents)                                                      \
    "<ectd:study xmlns:ectd=\"e\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><study-identifier>" \
    "<title>" title "</title><study-id>" id "</study-id>" categories                               \
    "</study-identifier><study-document>" documents "</study-document></ectd:study>"
#define CONTENT(id, more) \
    "<doc-content xlink:href=\"../../index.xml#" id "\">" more "</doc-content>"
#define TAG(name) "<file-tag name=\"" name "\" info-type=\"ich\"/>"
#define IN_STUDIES(leaves)                                                                         \
    "<m5-clinical-study-reports><m5-3-clinical-study-reports>"                                     \
    "<m5-3-5-reports-of-efficacy-and-safety-studies indication=\"i\">"                             \
    "<m5-3-5-1-study-reports-of-controlled-clinical-studies-pertinent-to-the-claimed-"             \
    "indication>" leaves                                                                           \
    "</m5-3-5-1-study-reports-of-controlled-clinical-studies-pertinent-to-the-claimed-indication>" \
    "</m5-3-5-reports-of-efficacy-and-safety-studies></m5-3-clinical-study-reports>"               \
    "</m5-clinical-study-reports>"

static void append_makes_one_study(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    ectd_index(&zip, "a/0000/index.xml",
               IN_STUDIES(LEAF("r", "new", "m5/s/r.pdf", "") LEAF("stf0", "new", "m5/s/stf-1.xml",
                                                                  "version=\"STF version 2.2\"")));
    made_add_stored(&zip, "a/0000/m5/s/stf-1.xml",
                    STF("Old", "S-1", "<category name=\"species\" info-type=\"ich\">rat</category>",
                        CONTENT("r", TAG("study-report-body")) CONTENT("nobody", TAG("synopsis"))));
    ectd_index(&zip, "a/0001/index.xml",
               IN_STUDIES(LEAF("r2", "replace", "m5/s/r2.pdf", MODIFIES("../0000/index.xml#r"))
                              LEAF("crf", "new", "m5/s/crf.pdf", "")
                                  LEAF("stf1", "append", "m5/s/stf-1.xml",
                                       MODIFIES("../0000/index.xml#stf0"))));
    made_add_stored(
        &zip, "a/0001/m5/s/stf-1.xml",
        STF("New", "S-1a",
            "<category name=\"type-of-control\" info-type=\"ich\">placebo</category>",
            CONTENT(
                "r2",
                TAG("study-report-body") TAG(
                    "legacy-clinical-study-report")) "<content-block><block-title>b</block-title>"
                                                     "<property name=\"site-identifier\" "
                                                     "info-type=\"us\">11</property>" TAG(
                                                         "case-report-forms")
                                                         CONTENT("crf", "") "</content-block>"));
    lac_submission *s = ectd_read(&zip, "x");
    assert_int_equal(s->study_count, 1);
    const lac_study *study = &s->studies[0];
    assert_string_equal(study->id, "S-1a");
    assert_string_equal(study->title, "New");
    assert_int_equal(study->category_count, 1);
    assert_string_equal(study->categories[0].value, "placebo");
    assert_string_equal(s->nodes[study->node].heading, "5.3.5.1");
    assert_int_equal(study->document_count, 5);
    assert_int_equal(s->placements[study->documents[0].placement].state, LAC_STATE_SUPERSEDED);
    assert_int_equal(study->documents[1].placement, LAC_NONE);
    assert_int_equal(study->documents[1].reference, LAC_REFERENCE_BROKEN);
    assert_string_equal(study->documents[3].tag, "legacy-clinical-study-report");
    assert_string_equal(study->documents[4].tag, "case-report-forms");
    assert_string_equal(study->documents[4].properties[0].value, "11");
    lac_submission_free(s);
}

static void a_tagging_file_that_was_deleted_or_is_none_does_not_count(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    ectd_index(&zip, "a/0000/index.xml",
               IN_STUDIES(LEAF("stf0", "new", "m5/s/stf-1.xml", "") LEAF(
                   "no", "new", "m5/s/stf-2.xml", "") LEAF("broken", "new", "m5/s/stf-3.xml", "")));
    made_add_stored(&zip, "a/0000/m5/s/stf-1.xml", STF("T", "S-1", "", ""));
    made_add_stored(&zip, "a/0000/m5/s/stf-2.xml", "<html/>");
    made_add_stored(&zip, "a/0000/m5/s/stf-3.xml", "<ectd:study><doc-content");
    ectd_index(&zip, "a/0001/index.xml",
               IN_STUDIES(LEAF("del", "delete", "", MODIFIES("../0000/index.xml#stf0"))));
    made_add_stored(&zip, "a/0001/index-md5.txt", "");
    lac_submission *s = ectd_read(&zip, "x");
    assert_int_equal(s->study_count, 0);
    assert_true(s->incomplete);
    assert_int_equal(s->trouble_count, 2);
    lac_submission_free(s);
}

static void studies_of_one_id_under_two_headings_are_two(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    ectd_index(&zip, "a/0000/index.xml",
               IN_STUDIES(LEAF("a", "new", "m5/s/stf-1.xml", ""))
                   IN_STUDIES(LEAF("b", "new", "m5/s/stf-1.xml",
                                   "")) "<m4-nonclinical-study-"
                                        "reports>" LEAF("c", "new", "m5/s/stf-1.xml",
                                                        "") "</m4-nonclinical-study-reports>");
    made_add_stored(&zip, "a/0000/m5/s/stf-1.xml", STF("T", "S-1", "", ""));
    lac_submission *s = ectd_read(&zip, "x");
    assert_int_equal(s->study_count, 2);
    lac_submission_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(append_makes_one_study),
        cmocka_unit_test(a_tagging_file_that_was_deleted_or_is_none_does_not_count),
        cmocka_unit_test(studies_of_one_id_under_two_headings_are_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
