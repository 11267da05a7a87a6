/* Backbones: headings, keys, envelopes, files and their checksums. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/ectd/headings.h"
#include "tests/unit/ectd/make_ectd.h"

static void keys_make_nodes_whatever_their_order(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    ectd_index(
        &zip, "a/0000/index.xml",
        "<m3-quality><m3-2-body-of-data>"
        "<m3-2-s-drug-substance substance=\"x\" manufacturer=\"m&amp;n\">" LEAF(
            "a", "new", "",
            "") "</m3-2-s-drug-substance>"
                "<m3-2-s-drug-substance manufacturer=\"m&amp;n\" substance=\"x\">" LEAF(
                    "b", "new", "",
                    "") "</m3-2-s-drug-substance>"
                        "<m3-2-s-drug-substance manufacturer=\"other\" "
                        "substance=\"x\">" LEAF("c", "new", "",
                                                "") "</m3-2-s-drug-substance></m3-2-body-of-data>"
                                                    "</m3-quality>");
    made_add_stored(&zip, "a/0000/index-md5.txt", "");
    lac_submission *s = ectd_read(&zip, "x");
    const lac_node *node = &s->nodes[ectd_find(s, "a")->node];
    assert_int_equal(ectd_find(s, "a")->node, ectd_find(s, "b")->node);
    assert_int_not_equal(ectd_find(s, "a")->node, ectd_find(s, "c")->node);
    assert_string_equal(node->heading, "3.2.S");
    assert_true(node->known);
    assert_int_equal(node->depth, 2);
    assert_int_equal(node->key_count, 2);
    assert_string_equal(node->keys[0].name, "manufacturer");
    assert_string_equal(node->keys[0].value, "m&n");
    lac_submission_free(s);
}

static void extensions_and_unknown_elements_keep_their_place(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    ectd_leaves(&zip, "a/0000/index.xml",
                "<node-extension><title>Outer</title><node-extension><title>Inner</title>" LEAF(
                    "deep", "new", "",
                    "") "</node-extension></node-extension>"
                        "<node-extension>" LEAF("untitled", "new", "",
                                                "") "<title>late</title></node-extension>");
    made_add_stored(&zip, "a/0000/m1/eu/eu-regional.xml",
                    "<eu:eu-backbone xmlns:eu=\"e\"><m1-eu><m1-3-pi><m1-3-1-spc-label-pl><pi-doc "
                    "country=\"emea\" type=\"combined\"><leaf ID=\"pi\" "
                    "operation=\"new\"><title>t</title></leaf></pi-doc></m1-3-1-spc-label-pl>"
                    "</m1-3-pi></m1-eu></eu:eu-backbone>");
    lac_submission *s = ectd_read(&zip, "x");
    const lac_node *inner = &s->nodes[ectd_find(s, "deep")->node];
    assert_true(inner->extension);
    assert_string_equal(inner->title, "Inner");
    assert_string_equal(s->nodes[inner->parent].title, "Outer");
    assert_string_equal(inner->heading, "2.5");
    assert_string_equal(s->nodes[ectd_find(s, "untitled")->node].title, "");
    const lac_node *pi = &s->nodes[ectd_find(s, "pi")->node];
    assert_string_equal(pi->element, "pi-doc");
    assert_string_equal(pi->heading, "1.3.1");
    assert_int_equal(pi->key_count, 2);
    assert_false(pi->known);
    assert_string_equal(s->nodes[pi->parent].title, "spc label pl");
    lac_submission_free(s);
}

static const char US_33[] =
    "<fda-regional:fda-regional dtd-version=\"3.3\" xmlns:fda-regional=\"http://www.ich.org/fda\" "
    "xmlns:xlink=\"http://www.w3c.org/1999/xlink\"><admin><applicant-info><id>1</id>"
    "<company-name> Good Drugs "
    "</company-name><submission-description>First</submission-description>"
    "</applicant-info><application-set>"
    "<application application-containing-files=\"false\"><application-information>"
    "<application-number application-type=\"fdaat4\">222222</application-number>"
    "<cross-reference-application-number application-type=\"fdaat1\">999999"
    "</cross-reference-application-number></application-information><submission-information>"
    "<submission-id submission-type=\"fdast1\">0003</submission-id>"
    "<sequence-number submission-sub-type=\"fdasst3\">0003</sequence-number>"
    "</submission-information></application>"
    "<application application-containing-files=\"true\"><application-information>"
    "<application-number application-type=\"fdaat4\">111111</application-number>"
    "</application-information><submission-information>"
    "<submission-id submission-type=\"fdast1\">0001</submission-id>"
    "<sequence-number submission-sub-type=\"fdasst4\">0002</sequence-number>"
    "<form form-type=\"fdaft1\"><leaf ID=\"f\" operation=\"new\" xlink:href=\"1571.pdf\">"
    "<title>Form</title></leaf></form>"
    "</submission-information></application></application-set></admin><m1-regional><m1-1-forms>"
    "<form form-type=\"fdaft1\"><leaf ID=\"g\" operation=\"new\"><title>Form</title></leaf></form>"
    "</m1-1-forms></m1-regional></fda-regional:fda-regional>";

static void a_us_envelope_may_name_several_applications(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    ectd_leaves(&zip, "g/0002/index.xml", "");
    made_add_stored(&zip, "g/0002/m1/us/us-regional.xml", US_33);
    made_add_stored(&zip, "g/0002/m1/us/1571.pdf", "%PDF");
    lac_submission *s = ectd_read(&zip, "x");
    assert_int_equal(s->application_count, 2);
    assert_string_equal(s->applications[0].id, "111111");
    assert_string_equal(s->applications[0].type, "fdaat4");
    assert_string_equal(s->applications[1].id, "222222");
    assert_int_equal(s->sequence_count, 2);
    assert_string_equal(s->sequences[0].number, "0002");
    assert_string_equal(s->sequences[0].submission_id, "0001");
    assert_string_equal(s->sequences[0].submission_type, "fdast1");
    assert_string_equal(s->sequences[0].submission_sub_type, "fdasst4");
    assert_string_equal(s->sequences[0].company, "Good Drugs");
    assert_int_equal(s->sequences[0].regional_leaves, 2);
    assert_int_equal(s->sequences[1].grouped_in, 0);
    assert_int_equal(s->sequences[1].placement_count, 0);
    assert_int_equal(s->activity_count, 2);
    const lac_node *form = &s->nodes[ectd_find(s, "f")->node];
    assert_string_equal(form->heading, "1.1");
    assert_string_equal(form->keys[0].value, "fdaft1");
    assert_string_equal(lac_placement_heading(s, ectd_find(s, "g")), "1.1");
    assert_string_equal(s->files[ectd_find(s, "f")->file].path, "g/0002/m1/us/1571.pdf");
    assert_string_equal(s->backbones[1].xlink, "http://www.w3c.org/1999/xlink");
    lac_submission_free(s);
}

static void an_old_us_envelope_is_read(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    ectd_leaves(&zip, "g/0002/index.xml", "");
    made_add_stored(
        &zip, "g/0002/m1/us/us-regional.xml",
        "<fda-regional:fda-regional dtd-version=\"2.01\" xmlns:fda-regional=\"f\"><admin>"
        "<applicant-info><company-name>C</company-name><date-of-submission>"
        "<date format=\"yyyymmdd\">20100131</date></date-of-submission></applicant-info>"
        "<product-description><application-number>123456</application-number>"
        "<prod-name type=\"established\">Wonderdrug</prod-name></product-description>"
        "<application-information application-type=\"nda\"><submission "
        "submission-type=\"original-application\"><sequence-number>0002</sequence-number>"
        "<related-sequence-number>0001</related-sequence-number></submission>"
        "</application-information></admin></fda-regional:fda-regional>");
    lac_submission *s = ectd_read(&zip, "x");
    assert_string_equal(s->applications[0].id, "123456");
    assert_string_equal(s->applications[0].type, "nda");
    assert_string_equal(s->applications[0].product, "Wonderdrug");
    assert_string_equal(s->sequences[0].number, "0002");
    assert_string_equal(s->sequences[0].date, "20100131");
    assert_string_equal(s->sequences[0].related, "0001");
    assert_string_equal(s->sequences[0].submission_type, "original-application");
    lac_submission_free(s);
}

static uint32_t flags_of(const lac_submission *s, const char *id, const char *path)
{
    const lac_placement *p = ectd_find(s, id);
    if (p->file == LAC_NONE) {
        fail_msg("%s: no file", id);
    }
    assert_string_equal(s->files[p->file].path, path);
    return p->path_flags;
}

static void paths_are_mended_and_told(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    made_add_stored(&zip, "a/0001/m2/SDTM/a b.pdf", "x");
    made_add_stored(&zip, "a/0001/m2/x%20y.pdf", "y");
    ectd_leaves(&zip, "a/0001/index.xml",
                LEAF("blank", "new", " m2/SDTM/a b.pdf", "")
                    LEAF("back", "new", "m2\\SDTM\\a b.pdf", "")
                        LEAF("escape", "new", "m2/SDTM/a%20b.pdf", "")
                            LEAF("literal", "new", "m2/x%20y.pdf", "")
                                LEAF("case", "new", "m2/sdtm/A b.pdf", "")
                                    LEAF("depth", "new", "../m2/SDTM/a b.pdf", "")
                                        LEAF("missing", "new", "m2/none.pdf", "")
                                            LEAF("history", "new", "../0000/m2/none.pdf", "")
                                                LEAF("above", "new", "../../../../etc/passwd", "")
                                                    LEAF("root", "new", "/etc/passwd", ""));
    lac_submission *s = ectd_read(&zip, "x");
    static const char file[] = "a/0001/m2/SDTM/a b.pdf";
    assert_int_equal(flags_of(s, "blank", file), LAC_PATH_TRIMMED);
    assert_int_equal(flags_of(s, "back", file), LAC_PATH_BACKSLASH);
    assert_int_equal(flags_of(s, "escape", file), LAC_PATH_ESCAPED);
    assert_int_equal(flags_of(s, "literal", "a/0001/m2/x%20y.pdf"), 0);
    assert_int_equal(flags_of(s, "case", file), LAC_PATH_CASE);
    assert_int_equal(flags_of(s, "depth", file), LAC_PATH_DEPTH);
    assert_int_equal(ectd_find(s, "missing")->checksum_state, LAC_CHECKSUM_MISSING_FILE);
    assert_int_equal(ectd_find(s, "history")->checksum_state, LAC_CHECKSUM_UNRESOLVABLE);
    assert_int_equal(ectd_find(s, "above")->checksum_state, LAC_CHECKSUM_UNRESOLVABLE);
    assert_true((ectd_find(s, "above")->path_flags & LAC_PATH_OUTSIDE) != 0);
    assert_true((ectd_find(s, "root")->path_flags & LAC_PATH_ABSOLUTE) != 0);
    assert_int_equal(ectd_find(s, "root")->file, LAC_NONE);
    lac_submission_free(s);
}

#define SUM(id, path, sum, type) \
    LEAF(id, "new", path, "checksum=\"" sum "\" checksum-type=\"" type "\"")

static void checksums_are_held_against_files(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    made_add_stored(&zip, "a/0001/m2/hello", "hello\n");
    made_add_stored(&zip, "a/0001/m2/two", "one\r\ntwo\n");
    ectd_leaves(
        &zip, "a/0001/index.xml",
        SUM("ok", "m2/hello", "B1946AC92492D2347C6235B4D2611184",
            "MD5") SUM("untyped", "m2/hello", "b1946ac92492d2347c6235b4d2611184", "")
            SUM("sha", "m2/hello",
                "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03", "sha-256")
                SUM("crlf", "m2/hello",
                    "cd2eca3535741f27a8ae40c31b0c41d4057a7a7b912b33b9aed86485d1c84676",
                    "SHA256") SUM("bad", "m2/two", "b1946ac92492d2347c6235b4d2611184", "md5")
                    SUM("none", "m2/hello", "", "md5") SUM("odd", "m2/hello", "12345678", "crc32"));
    made_add_stored(&zip, "a/0001/index-md5.txt", "00000000000000000000000000000000\n");
    lac_submission *s = ectd_read(&zip, "x");
    assert_int_equal(ectd_find(s, "ok")->checksum_state, LAC_CHECKSUM_OK);
    assert_int_equal(ectd_find(s, "untyped")->checksum_state, LAC_CHECKSUM_OK);
    assert_int_equal(ectd_find(s, "sha")->checksum_state, LAC_CHECKSUM_OK);
    assert_int_equal(ectd_find(s, "crlf")->checksum_state, LAC_CHECKSUM_OK_AFTER_CRLF);
    assert_int_equal(ectd_find(s, "bad")->checksum_state, LAC_CHECKSUM_MISMATCH);
    assert_int_equal(ectd_find(s, "none")->checksum_state, LAC_CHECKSUM_NOT_GIVEN);
    assert_int_equal(ectd_find(s, "odd")->checksum_state, LAC_CHECKSUM_NOT_READ);
    assert_int_equal(s->sequences[0].index_checksum, LAC_CHECKSUM_MISMATCH);
    assert_int_equal(s->files[ectd_find(s, "ok")->file].reference_count, 6);
    lac_submission_free(s);
}

static void a_file_that_cannot_be_read_stops_nothing_else(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    made_entry damaged = {.name = "a/0001/m2/bad.pdf", .data = "x", .data_length = 1, .lie_crc = 7};
    made_add(&zip, damaged);
    made_add_stored(&zip, "a/0001/m2/hello", "hello\n");
    ectd_leaves(&zip, "a/0001/index.xml",
                SUM("bad", "m2/bad.pdf", "b1946ac92492d2347c6235b4d2611184", "md5")
                    SUM("good", "m2/hello", "b1946ac92492d2347c6235b4d2611184", "md5"));
    lac_submission *s = ectd_read(&zip, "x");
    assert_true(s->incomplete);
    assert_int_equal(s->trouble_count, 1);
    assert_string_equal(s->troubles[0].file, "a/0001/m2/bad.pdf");
    assert_int_equal(ectd_find(s, "bad")->checksum_state, LAC_CHECKSUM_NOT_READ);
    assert_int_equal(ectd_find(s, "good")->checksum_state, LAC_CHECKSUM_OK);
    lac_submission_free(s);
}

static void missing_numbers_lie_between_those_supplied(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    ectd_leaves(&zip, "a/0001/index.xml", "");
    ectd_leaves(&zip, "a/0004/index.xml", "");
    made_add_stored(&zip, "a/0001/index-md5.txt", "x");
    made_add_stored(&zip, "a/0004/index-md5.txt", "x");
    lac_submission *s = ectd_read(&zip, "x");
    assert_int_equal(s->applications[0].missing_count, 2);
    assert_string_equal(s->applications[0].missing_sequences[0], "0002");
    assert_string_equal(s->applications[0].missing_sequences[1], "0003");
    assert_string_equal(s->applications[0].id, "a");
    lac_submission_free(s);
}

static void every_heading_is_found_by_its_element(void **state)
{
    (void)state;
    assert_true(lac_heading_count() > 300);
    for (uint32_t i = 0; i < lac_heading_count(); i++) {
        const lac_heading *heading = lac_heading_at(i);
        assert_ptr_equal(lac_heading_by_element(heading->element), heading);
        assert_non_null(lac_heading_by_number(lac_span_of(heading->number)));
    }
    assert_null(lac_heading_by_element("m9-none"));
    assert_string_equal(lac_heading_by_number(lac_span_of("3.2.s.1"))->element,
                        "m3-2-s-1-general-information");
}

static void numbers_are_taken_from_names(void **state)
{
    (void)state;
    static const char *const rows[][3] = {{"m1-3-1-spc-label-pl", "1.3.1", "spc-label-pl"},
                                          {"m1-responses", "1", "responses"},
                                          {"m3-2-r-regional", "3.2.R", "regional"},
                                          {"m1-0-cover", "1.0", "cover"},
                                          {"m2-5", "2.5", ""},
                                          {"specific", "", "specific"},
                                          {"m", "", "m"},
                                          {"m7-x", "", "m7-x"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char room[32];
        const char *words;
        lac_span number = lac_heading_number_in(room, sizeof room, rows[i][0], &words);
        assert_true(lac_span_is(number, rows[i][1]));
        assert_string_equal(words, rows[i][2]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_make_nodes_whatever_their_order),
        cmocka_unit_test(extensions_and_unknown_elements_keep_their_place),
        cmocka_unit_test(a_us_envelope_may_name_several_applications),
        cmocka_unit_test(an_old_us_envelope_is_read),
        cmocka_unit_test(paths_are_mended_and_told),
        cmocka_unit_test(checksums_are_held_against_files),
        cmocka_unit_test(a_file_that_cannot_be_read_stops_nothing_else),
        cmocka_unit_test(missing_numbers_lie_between_those_supplied),
        cmocka_unit_test(every_heading_is_found_by_its_element),
        cmocka_unit_test(numbers_are_taken_from_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
