/* What becomes of leaves over several sequences, and of references that lead nowhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "tests/unit/ectd/make_ectd.h"

static void assert_state(const lac_submission *s, const char *id, lac_state state)
{
    const lac_placement *p = ectd_find(s, id);
    if (p->state != state) {
        fail_msg("%s is %s", id, lac_state_name(p->state));
    }
}

static void assert_link(const lac_submission *s, const char *id, lac_reference reference,
                        const char *target)
{
    const lac_placement *p = ectd_find(s, id);
    assert_int_equal(p->link_count, 1);
    if (p->links[0].reference != reference) {
        fail_msg("%s: %s", id, lac_reference_name(p->links[0].reference));
    }
    if (target != NULL) {
        assert_string_equal(s->placements[p->links[0].target].id, target);
    }
}

static void operations_give_the_current_view(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    made_add_stored(&zip, "app/0000/m2/a.pdf", "a");
    ectd_leaves(&zip, "app/0000/index.xml",
                LEAF("a", "new", "m2/a.pdf", "") LEAF("b", "new", "m2/a.pdf", "")
                    LEAF("c", "new", "m2/a.pdf", "") LEAF("d", "new", "m2/a.pdf", ""));
    made_add_stored(&zip, "app/0001/m2/b.pdf", "b");
    ectd_leaves(&zip, "app/0001/index.xml",
                LEAF("a", "replace", "m2/b.pdf", MODIFIES("../0000/index.xml#a"))
                    LEAF("b2", "append", "m2/b.pdf", MODIFIES("../0000/index.xml#b"))
                        LEAF("c2", "delete", "", MODIFIES("../0000/index.xml#c")));
    ectd_leaves(&zip, "app/0002/index.xml",
                LEAF("a3", "replace", "../0000/m2/a.pdf", MODIFIES("../0001/index.xml#a")));
    lac_submission *s = ectd_read(&zip, "folder.zip");
    assert_int_equal(s->sequence_count, 3);
    assert_int_equal(s->placement_count, 8);
    assert_false(s->incomplete);
    assert_int_equal(s->placements[0].state, LAC_STATE_SUPERSEDED); /* a of 0000 */
    assert_int_equal(s->placements[0].superseded_by, 4);
    assert_int_equal(s->placements[4].state, LAC_STATE_SUPERSEDED); /* a of 0001 */
    assert_state(s, "b", LAC_STATE_CURRENT);
    assert_state(s, "b2", LAC_STATE_CURRENT);
    assert_state(s, "c", LAC_STATE_DELETED);
    assert_state(s, "c2", LAC_STATE_OPERATION);
    assert_state(s, "d", LAC_STATE_CURRENT);
    assert_state(s, "a3", LAC_STATE_CURRENT);
    assert_string_equal(s->files[ectd_find(s, "a3")->file].path, "app/0000/m2/a.pdf");
    assert_string_equal(lac_placement_heading(s, ectd_find(s, "d")), "2.5");
    lac_submission_free(s);
}

static void history_that_was_not_supplied_is_a_third_state(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    ectd_leaves(&zip, "app/0001/index.xml",
                LEAF("gone", "delete", "", MODIFIES("../0000/index.xml#x"))
                    LEAF("wrong", "replace", "", MODIFIES("../0001/index.xml#nobody"))
                        LEAF("odd", "replace", "", MODIFIES("somewhere"))
                            LEAF("bare", "replace", "", MODIFIES("../0001/index.xml"))
                                LEAF("deep", "replace", "", MODIFIES("../../../0001/index.xml#t"))
                                    LEAF("t", "new", "", ""));
    made_add_stored(&zip, "app/0001/index-md5.txt", "");
    lac_submission *s = ectd_read(&zip, "x");
    assert_link(s, "gone", LAC_REFERENCE_UNRESOLVABLE, NULL);
    assert_link(s, "wrong", LAC_REFERENCE_BROKEN, NULL);
    assert_link(s, "odd", LAC_REFERENCE_BROKEN, NULL);
    assert_link(s, "bare", LAC_REFERENCE_BROKEN, NULL);
    assert_link(s, "deep", LAC_REFERENCE_RESOLVED, "t");
    assert_true((ectd_find(s, "deep")->links[0].path_flags & LAC_PATH_DEPTH) != 0);
    lac_submission_free(s);
}

/* A sequence 0001 in a folder that was renamed to 0000 refers to a 0000 that is not there. */
static void a_renamed_folder_is_not_the_sequence_it_is_called(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    ectd_leaves(&zip, "index.xml", LEAF("a", "replace", "", MODIFIES("../0000/index.xml#b")));
    made_add_stored(&zip, "m1/eu/eu-regional.xml",
                    "<eu:eu-backbone xmlns:eu=\"http://europa.eu.int\"><eu-envelope><envelope>"
                    "<sequence>0001</sequence></envelope></eu-envelope></eu:eu-backbone>");
    lac_submission *s = ectd_read(&zip, "somewhere/0000.zip");
    assert_string_equal(s->sequences[0].name, "0000");
    assert_string_equal(s->sequences[0].number, "0001");
    assert_string_equal(s->sequences[0].region, "eu");
    assert_link(s, "a", LAC_REFERENCE_UNRESOLVABLE, NULL);
    lac_submission_free(s);
}

static void module_one_counts_from_its_own_folder(void **state)
{
    (void)state;
    static const char backbone[] =
        "<fda-regional:fda-regional xmlns:fda-regional=\"http://www.ich.org/fda\" "
        "xmlns:xlink=\"http://www.w3c.org/1999/xlink\"><m1-regional><m1-2-cover-letters>%s"
        "</m1-2-cover-letters></m1-regional></fda-regional:fda-regional>";
    char text[1024];
    made_zip zip;
    made_init(&zip);
    ectd_leaves(&zip, "app/0000/index.xml", LEAF("x", "new", "", ""));
    (void)snprintf(text, sizeof text, backbone, LEAF("x", "new", "", ""));
    made_add_stored(&zip, "app/0000/m1/us/us-regional.xml", text);
    ectd_leaves(&zip, "app/0001/index.xml", "");
    (void)snprintf(text, sizeof text, backbone,
                   LEAF("right", "replace", "", MODIFIES("../../../0000/m1/us/us-regional.xml#x"))
                       LEAF("index", "append", "", MODIFIES("../0000/index.xml#x")));
    made_add_stored(&zip, "app/0001/m1/us/us-regional.xml", text);
    lac_submission *s = ectd_read(&zip, "x");
    assert_link(s, "right", LAC_REFERENCE_RESOLVED, "x");
    uint32_t target = ectd_find(s, "right")->links[0].target;
    assert_int_equal(s->backbones[s->placements[target].backbone].kind, LAC_BACKBONE_REGIONAL);
    assert_int_equal(s->placements[target].state, LAC_STATE_SUPERSEDED);
    assert_int_equal(ectd_find(s, "right")->links[0].path_flags, 0);
    /* Written as if it stood in index.xml: what it means is found, and the fault is told. */
    assert_link(s, "index", LAC_REFERENCE_RESOLVED, "x");
    target = ectd_find(s, "index")->links[0].target;
    assert_int_equal(s->backbones[s->placements[target].backbone].kind, LAC_BACKBONE_INDEX);
    assert_true((ectd_find(s, "index")->links[0].path_flags & LAC_PATH_DEPTH) != 0);
    lac_submission_free(s);
}

static void circles_and_double_replacements_end(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    ectd_leaves(&zip, "app/0000/index.xml", LEAF("a", "new", "", ""));
    ectd_leaves(&zip, "app/0001/index.xml",
                LEAF("p", "replace", "", MODIFIES("../0000/index.xml#a"))
                    LEAF("q", "replace", "", MODIFIES("../0000/index.xml#a"))
                        LEAF("r", "replace", "", MODIFIES("../0001/index.xml#s"))
                            LEAF("s", "replace", "", MODIFIES("index.xml#r"))
                                LEAF("self", "replace", "", MODIFIES("../0001/index.xml#self"))
                                    LEAF("early", "append", "", MODIFIES("../0002/index.xml#z")));
    ectd_leaves(&zip, "app/0002/index.xml", LEAF("z", "new", "", "") LEAF("z", "new", "", ""));
    made_add_stored(&zip, "app/0000/index-md5.txt", "");
    made_add_stored(&zip, "app/0001/index-md5.txt", "");
    made_add_stored(&zip, "app/0002/index-md5.txt", "");
    lac_submission *s = ectd_read(&zip, "x");
    assert_int_equal(ectd_find(s, "a")->state, LAC_STATE_SUPERSEDED);
    assert_string_equal(s->placements[ectd_find(s, "a")->superseded_by].id, "p");
    assert_state(s, "p", LAC_STATE_CURRENT);
    assert_state(s, "q", LAC_STATE_CURRENT);
    assert_true(ectd_has_trouble(s, "ectd/modified-twice"));
    assert_true(ectd_has_trouble(s, "ectd/cyclic"));
    assert_true(ectd_has_trouble(s, "ectd/forward"));
    assert_true(ectd_has_trouble(s, "ectd/duplicate-id"));
    assert_link(s, "self", LAC_REFERENCE_BROKEN, NULL);
    assert_link(s, "early", LAC_REFERENCE_BROKEN, NULL);
    assert_false(s->incomplete);
    lac_submission_free(s);
}

static void a_backbone_that_broke_off_makes_it_incomplete(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    made_add_stored(&zip, "app/0000/index.xml",
                    "<ectd><m2-5-clinical-overview><leaf ID=\"a\" operation=\"new\"/><leaf ID=\"b");
    made_add_stored(&zip, "app/0000/index-md5.txt", "x");
    ectd_leaves(&zip, "app/0001/index.xml",
                LEAF("c", "replace", "", MODIFIES("../0000/index.xml#a"))
                    LEAF("d", "replace", "", MODIFIES("../0000/index.xml#b")));
    made_add_stored(&zip, "app/0001/index-md5.txt", "x");
    made_add_stored(&zip, "app/0002/m2/x.pdf", "x");
    lac_submission *s = ectd_read(&zip, "x");
    assert_true(s->incomplete);
    assert_true(ectd_has_trouble(s, "ectd/not-read"));
    assert_true(ectd_has_trouble(s, "ectd/no-index"));
    assert_int_equal(s->sequence_count, 3);
    assert_link(s, "c", LAC_REFERENCE_RESOLVED, "a");
    assert_link(s, "d", LAC_REFERENCE_UNRESOLVABLE, NULL);
    lac_submission_free(s);
}

static void entities_and_huge_titles_are_told(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    made_add_stored(&zip, "app/0000/index.xml",
                    "<!DOCTYPE ectd [<!ENTITY a \"aaaa\">]><ectd><leaf ID=\"a\">&a;</leaf></ectd>");
    made_add_stored(&zip, "app/0000/index-md5.txt", "x");
    char *title = malloc(200000);
    assert_non_null(title);
    memset(title, 'x', 199999);
    title[199999] = '\0';
    lac_buf leaf;
    lac_buf_init(&leaf, 1 << 20);
    assert_int_equal(
        lac_buf_printf(&leaf, "<leaf ID=\"l\" operation=\"new\"><title>%s</title></leaf>", title),
        LACUNA_OK);
    ectd_leaves(&zip, "app/0001/index.xml", lac_buf_text(&leaf));
    made_add_stored(&zip, "app/0001/index-md5.txt", "x");
    lac_submission *s = ectd_read(&zip, "x");
    assert_true(ectd_has_trouble(s, "ectd/not-read"));
    assert_true(ectd_has_trouble(s, "ectd/long-text"));
    assert_int_equal(s->placement_count, 1);
    assert_true(strlen(s->placements[0].title) <= 65536);
    lac_buf_free(&leaf);
    free(title);
    lac_submission_free(s);
}

static void what_is_no_submission_is_said_so(void **state)
{
    (void)state;
    lacuna_error err = {0};
    lac_submission *submission;
    made_zip zip;
    made_init(&zip);
    made_add_stored(&zip, "protocol.docx", "x");
    made_end(&zip);
    lac_source source = made_source(&zip);
    assert_int_equal(lac_submission_open(&submission, &source, &LAC_LIMITS_DEFAULT, 1, &err),
                     LACUNA_E_UNSUPPORTED);
    assert_null(submission);
    assert_string_not_equal(err.remedy, "");
    made_free(&zip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operations_give_the_current_view),
        cmocka_unit_test(history_that_was_not_supplied_is_a_third_state),
        cmocka_unit_test(a_renamed_folder_is_not_the_sequence_it_is_called),
        cmocka_unit_test(module_one_counts_from_its_own_folder),
        cmocka_unit_test(circles_and_double_replacements_end),
        cmocka_unit_test(a_backbone_that_broke_off_makes_it_incomplete),
        cmocka_unit_test(entities_and_huge_titles_are_told),
        cmocka_unit_test(what_is_no_submission_is_said_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
