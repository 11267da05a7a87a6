/* eCTD 4.0 units: contexts of use, documents, keywords, grouped submissions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/ectd/make_ectd.h"

/* SHA-256 of "x" */
#define SHA_X "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"

#define UNIT(contexts, submissions)                                                       \
    "<PORP_IN000001UV xmlns=\"urn:hl7-org:v3\"><id/><receiver><device><id><item "         \
    "root=\"2.16.840.1.113883.3.989.2.2.1.11.4\"/><item "                                 \
    "root=\"2.16.840.1.113883.3.989.5.1.2.2.1.18.6\"/></id></device></receiver>"          \
    "<controlActProcess><subject><submissionUnit><id root=\"u\"/>"                        \
    "<code code=\"us_submission_unit_type_3\"/><title value=\"T\"/>" contexts submissions \
    "</submissionUnit></subject></controlActProcess></PORP_IN000001UV>"
#define CONTEXT(id, code, status, more)                                                   \
    "<component><priorityNumber value=\"1000\"/><contextOfUse><id root=\"" id "\"/>" code \
    "<statusCode code=\"" status "\"/>" more "</contextOfUse></component>"
#define CODE(code) "<code code=\"" code "\" codeSystem=\"c\"/>"
#define USES(id) \
    "<derivedFrom><documentReference><id root=\"" id "\"/></documentReference></derivedFrom>"
#define REPLACES(id)                                     \
    "<replacementOf><relatedContextOfUse><id root=\"" id \
    "\"/></relatedContextOfUse></replacementOf>"
#define KEYWORD(code, system)                                             \
    "<referencedBy><keyword><code code=\"" code "\" codeSystem=\"" system \
    "\"/></keyword></referencedBy>"
#define IN(number, submission, application, more)                                                  \
    "<componentOf1><sequenceNumber value=\"" number "\"/><submission><id><item root=\"" submission \
    "\"/></id><code code=\"us_submission_type_1\"/>"                                               \
    "<componentOf><application><id><item root=\"oid\" extension=\"" application                    \
    "\"/></id><code code=\"us_application_type_1\"/>" more                                         \
    "</application></componentOf></submission></componentOf1>"
#define DOCUMENT(id, title, path, sum)                                      \
    "<component><document><id root=\"" id "\"/><title value=\"" title       \
    "\"/><text integrityCheckAlgorithm=\"SHA256\"><reference value=\"" path \
    "\"/><integrityCheck>" sum "</integrityCheck></text></document></component>"
#define RETITLE(id, title)                                            \
    "<component><document><id root=\"" id "\"/><title value=\"" title \
    "\" updateMode=\"R\"/></document></component>"
#define DEFINE(code, system, shown)                                                     \
    "<referencedBy><keywordDefinition><code code=\"ich_keyword_type_8\"/><value><item " \
    "code=\"" code "\" codeSystem=\"" system "\"><displayName value=\"" shown           \
    "\"/></item></value></keywordDefinition></referencedBy>"

static const lac_placement *find_in(const lac_submission *s, const char *id, const char *number)
{
    for (uint32_t i = 0; i < s->placement_count; i++) {
        const lac_placement *p = &s->placements[i];
        if (strcmp(p->id, id) == 0 && strcmp(s->sequences[p->sequence].number, number) == 0) {
            return p;
        }
    }
    fail_msg("no %s in %s", id, number);
    return NULL;
}

static void units_of_an_application_work_together(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    made_add_stored(&zip, "n/1/m5/SDTM/a.pdf", "x");
    made_add_stored(&zip, "n/1/sha256.txt", "0");
    made_add_stored(
        &zip, "n/1/submissionunit.xml",
        UNIT(CONTEXT("c1", CODE("ich_5.3.1.1"), "active", USES("d1") KEYWORD("ST1", "s"))
                 CONTEXT("c2", CODE("ich_3.2.p.2.2"), "active", USES("d1")) CONTEXT(
                     "c3", CODE("us_1.1"), "active", USES("nobody") KEYWORD("us_form_type_2", "f")),
             IN("1", "sub", "111111",
                DOCUMENT("d1", "First", "m5/sdtm/a.pdf", SHA_X) DEFINE("ST1", "s", "Study 1"))));
    made_add_stored(
        &zip, "n/2/submissionunit.xml",
        UNIT(CONTEXT("c4", CODE("ich_5.3.1.1"), "active",
                     REPLACES("c1") USES("d1") KEYWORD("ST1", "s"))
                 CONTEXT("c2", "", "suspended", "")
                     CONTEXT("c5", CODE("ich_2.5"), "active", REPLACES("none")),
             IN("2", "sub", "111111", RETITLE("d1", "Second") DEFINE("ST1", "s", "Study One"))));
    lac_submission *s = ectd_read(&zip, "x");
    assert_false(s->incomplete);
    assert_int_equal(s->sequence_count, 2);
    assert_int_equal(s->activity_count, 1);
    assert_string_equal(s->applications[0].id, "111111");
    assert_string_equal(s->sequences[0].region, "us");
    const lac_placement *c1 = ectd_find(s, "c1");
    assert_int_equal(c1->state, LAC_STATE_SUPERSEDED);
    assert_string_equal(c1->title, "Second");
    assert_int_equal(c1->checksum_state, LAC_CHECKSUM_OK);
    assert_int_equal(c1->priority, 1000);
    assert_int_equal(s->documents[c1->document].path_flags, LAC_PATH_CASE);
    assert_int_equal(s->documents[c1->document].use_count, 3);
    const lac_node *node = &s->nodes[c1->node];
    assert_string_equal(node->heading, "5.3.1.1");
    assert_string_equal(node->keys[0].name, "ich_keyword_type_8");
    assert_string_equal(node->keys[0].value, "ST1");
    assert_string_equal(node->keys[0].shown, "Study One");
    assert_int_equal(c1->node, ectd_find(s, "c4")->node);
    assert_string_equal(s->nodes[ectd_find(s, "c3")->node].keys[0].name, "us_form_type");
    /* Finer than 3.2.2: below the nearest heading that is known. */
    const lac_placement *c2 = find_in(s, "c2", "1");
    assert_string_equal(lac_placement_heading(s, c2), "3.2.P.2.2");
    assert_string_equal(s->nodes[s->nodes[c2->node].parent].heading, "3.2.P.2");
    assert_int_equal(c2->state, LAC_STATE_DELETED);
    const lac_placement *ended = find_in(s, "c2", "2");
    assert_int_equal(ended->state, LAC_STATE_OPERATION);
    assert_int_equal(ended->node, c2->node);
    assert_int_equal(ended->links[0].reference, LAC_REFERENCE_RESOLVED);
    assert_int_equal(ectd_find(s, "c3")->document_reference, LAC_REFERENCE_UNRESOLVABLE);
    assert_int_equal(ectd_find(s, "c5")->links[0].reference, LAC_REFERENCE_BROKEN);
    assert_int_equal(s->sequences[0].index_checksum, LAC_CHECKSUM_MISMATCH);
    lac_submission_free(s);
}

static void ids_are_known_within_an_application(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    made_add_stored(
        &zip, "a/1/submissionunit.xml",
        UNIT(CONTEXT("same", CODE("us_1.2"), "active", ""), IN("1", "s1", "111111", "")));
    made_add_stored(
        &zip, "b/1/submissionunit.xml",
        UNIT(CONTEXT("same", CODE("us_1.2"), "active", ""), IN("1", "s2", "222222", "")));
    made_add_stored(
        &zip, "b/5/submissionunit.xml",
        UNIT(CONTEXT("later", CODE("us_1.2"), "active", REPLACES("same") REPLACES("lost")),
             IN("5", "s2", "222222", "")));
    lac_submission *s = ectd_read(&zip, "x");
    assert_int_equal(s->application_count, 2);
    const lac_placement *later = ectd_find(s, "later");
    assert_string_equal(
        s->applications[s->sequences[s->placements[later->links[0].target].sequence].application]
            .id,
        "222222");
    assert_int_equal(later->links[1].reference, LAC_REFERENCE_UNRESOLVABLE);
    assert_int_equal(s->placements[0].state, LAC_STATE_CURRENT);
    assert_int_equal(s->applications[1].missing_count, 3);
    assert_string_equal(s->applications[1].missing_sequences[0], "2");
    lac_submission_free(s);
}

static void a_grouped_unit_belongs_to_several_applications(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    made_add_stored(&zip, "a/1/submissionunit.xml",
                    UNIT(CONTEXT("x", CODE("us_1.2"), "active", ""), IN("1", "s1", "111111", "")));
    made_add_stored(&zip, "b/1/submissionunit.xml",
                    UNIT(CONTEXT("y", CODE("us_1.2"), "active", ""), IN("1", "s2", "222222", "")));
    made_add_stored(
        &zip, "b/2/submissionunit.xml",
        UNIT(CONTEXT("g", CODE("us_1.2"), "active", REPLACES("x") REPLACES("y"))
                 CONTEXT("only_a", CODE("us_1.1"), "active",
                         "<subjectOf negationInd=\"true\"><submissionReference><id><item "
                         "root=\"s2\"/></id></submissionReference></subjectOf>"),
             IN("2", "s1", "111111", "")
                 IN("2", "s2", "222222", DOCUMENT("d", "t", "m1/none.pdf", ""))));
    made_add_stored(&zip, "b/3/submissionunit.xml",
                    UNIT(CONTEXT("h", CODE("us_1.1"), "active", REPLACES("only_a")),
                         IN("3", "s2", "222222", "")));
    lac_submission *s = ectd_read(&zip, "x");
    assert_int_equal(s->sequence_count, 5);
    const lac_placement *g = ectd_find(s, "g");
    assert_string_equal(s->sequences[g->sequence].folder, "b/2");
    assert_string_equal(s->applications[s->sequences[g->sequence].application].id, "222222");
    assert_int_equal(g->links[0].reference, LAC_REFERENCE_RESOLVED);
    assert_int_equal(g->links[1].reference, LAC_REFERENCE_RESOLVED);
    assert_int_equal(ectd_find(s, "x")->state, LAC_STATE_SUPERSEDED);
    assert_int_equal(ectd_find(s, "h")->links[0].reference, LAC_REFERENCE_BROKEN);
    assert_int_equal(s->documents[0].checksum_state, LAC_CHECKSUM_MISSING_FILE);
    assert_int_equal(s->applications[0].sequence_count, 2);
    assert_int_not_equal(s->sequences[1].grouped_in, LAC_NONE);
    lac_submission_free(s);
}

static void a_unit_that_broke_off_leaves_the_others_alone(void **state)
{
    (void)state;
    made_zip zip;
    made_init(&zip);
    made_add_stored(&zip, "a/1/submissionunit.xml",
                    "<PORP_IN000001UV><submissionUnit><component><contextOfUse><referencedBy>"
                    "<keyword><code code=\"lost\"/></keyword></referencedBy>");
    made_add_stored(&zip, "b/1/submissionunit.xml",
                    UNIT(CONTEXT("x", CODE("us_1.2"), "active", ""), IN("1", "s1", "111111", "")));
    lac_submission *s = ectd_read(&zip, "x");
    assert_true(s->incomplete);
    assert_int_equal(s->nodes[ectd_find(s, "x")->node].key_count, 0);
    assert_string_equal(s->applications[1].id, "a");
    lac_submission_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_of_an_application_work_together),
        cmocka_unit_test(ids_are_known_within_an_application),
        cmocka_unit_test(a_grouped_unit_belongs_to_several_applications),
        cmocka_unit_test(a_unit_that_broke_off_leaves_the_others_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
