/* eCTD: the first byte says which file of a submission the rest is. Everything that reads the model
 * is run over it as well, because a rule trusts what the reader promises. */
#include "fuzz.h"

#include "analyzer/ectd/submission.h"
#include "parsers/ectd/ectd.h"
#include "tests/unit/parsers/make_zip.h"
#include "writers/inventory.h"

#include <stdint.h>
#include <stdlib.h>

static const char INDEX[] =
    "<ectd:ectd xmlns:ectd=\"e\" xmlns:xlink=\"http://www.w3c.org/1999/xlink\">"
    "<m2-common-technical-document-summaries><m2-5-clinical-overview><leaf ID=\"a\" "
    "operation=\"new\" xlink:href=\"m2/a.pdf\" checksum=\"0\" "
    "checksum-type=\"md5\"><title>t</title>"
    "</leaf><leaf ID=\"stf\" operation=\"new\" xlink:href=\"m5/stf-1.xml\" version=\"STF\"/>"
    "</m2-5-clinical-overview></m2-common-technical-document-summaries></ectd:ectd>";
static const char REGIONAL[] = "<fda-regional xmlns:xlink=\"x\"><admin/></fda-regional>";
static const char STF[] =
    "<study><study-identifier><study-id>1</study-id></study-identifier></study>";
static const char UNIT[] =
    "<PORP_IN000001UV><submissionUnit><component><contextOfUse><id root=\"a\"/><code "
    "code=\"us_1.1\"/><statusCode code=\"active\"/></contextOfUse></component><componentOf1>"
    "<sequenceNumber value=\"1\"/><submission><componentOf><application><id><item "
    "extension=\"1\"/></id></application></componentOf></submission></componentOf1>"
    "</submissionUnit></PORP_IN000001UV>";

typedef struct place {
    const char *name;
    lac_span text;
} place;

static void add(made_zip *zip, const place *p)
{
    made_entry entry = {.name = p->name, .data = p->text.ptr, .data_length = p->text.len};
    made_add(zip, entry);
}

static int drop(void *user, const void *data, size_t length)
{
    (void)data;
    *(size_t *)user += length;
    return 0;
}

static bool is_index(uint32_t index, uint32_t count)
{
    return index == LAC_NONE || index < count;
}

static void check_placement(const lac_submission *s, const lac_placement *p)
{
    FUZZ_EXPECT(p->sequence < s->sequence_count && p->backbone < s->backbone_count);
    FUZZ_EXPECT(is_index(p->node, s->node_count) && is_index(p->file, s->file_count));
    FUZZ_EXPECT(is_index(p->document, s->document_count));
    FUZZ_EXPECT(is_index(p->previous, s->placement_count));
    FUZZ_EXPECT(is_index(p->superseded_by, s->placement_count));
    FUZZ_EXPECT((p->state == LAC_STATE_CURRENT || p->state == LAC_STATE_OPERATION) ==
                (p->superseded_by == LAC_NONE));
    FUZZ_EXPECT(p->id != NULL && p->title != NULL && p->href != NULL && p->checksum != NULL &&
                p->checksum_type != NULL && p->operation_written != NULL &&
                p->document_id != NULL && p->code != NULL);
    for (uint32_t i = 0; i < p->link_count; i++) {
        bool resolved = p->links[i].reference == LAC_REFERENCE_RESOLVED;
        FUZZ_EXPECT(is_index(p->links[i].target, s->placement_count));
        FUZZ_EXPECT(!resolved || p->links[i].target != LAC_NONE);
    }
}

/* What parsers/submission.h promises. */
static void check_model(const lac_submission *s)
{
    uint32_t next = 0;
    for (uint32_t i = 0; i < s->sequence_count; i++) {
        FUZZ_EXPECT(s->sequences[i].application < s->application_count);
        FUZZ_EXPECT(s->sequences[i].first_placement == next);
        next += s->sequences[i].placement_count;
    }
    FUZZ_EXPECT(next == s->placement_count);
    for (uint32_t i = 0; i < s->placement_count; i++) {
        check_placement(s, &s->placements[i]);
    }
    for (uint32_t i = 0; i < s->node_count; i++) {
        const lac_node *node = &s->nodes[i];
        FUZZ_EXPECT(node->parent == LAC_NONE || node->parent < i);
        FUZZ_EXPECT(node->heading != NULL && node->element != NULL && node->title != NULL);
    }
    for (uint32_t i = 0; i < s->study_count; i++) {
        FUZZ_EXPECT(s->studies[i].stf < s->placement_count && s->studies[i].id != NULL);
        for (uint32_t k = 0; k < s->studies[i].document_count; k++) {
            FUZZ_EXPECT(is_index(s->studies[i].documents[k].placement, s->placement_count));
        }
    }
}

/* Every finding and every piece of evidence says where it is. */
static void check_place(const lac_anchor *anchor)
{
    const lac_leaf_place *leaf = anchor->leaf;
    FUZZ_EXPECT(leaf != NULL && leaf->application != NULL && leaf->sequence != NULL);
    FUZZ_EXPECT(leaf->id != NULL && leaf->title != NULL && leaf->file != NULL);
    for (uint32_t i = 0; i < leaf->heading_count; i++) {
        FUZZ_EXPECT(leaf->heading_path[i] != NULL);
    }
}

static void check_result(const lac_document_result *result)
{
    for (uint32_t i = 0; i < result->finding_count; i++) {
        FUZZ_EXPECT(result->findings[i].anchor_count > 0);
        check_place(&result->findings[i].anchors[0]);
    }
    for (uint32_t c = 0; c < result->checklist_count; c++) {
        for (uint32_t i = 0; i < result->checklists[c].item_count; i++) {
            const lac_item_result *item = &result->checklists[c].items[i];
            FUZZ_EXPECT(item->reason != NULL && item->explanation != NULL);
            for (uint32_t e = 0; e < item->evidence_count; e++) {
                check_place(&item->evidence[e].anchor);
            }
        }
    }
}

/* The packs are loaded once; they are not what is tried here. */
static void check_rules(const lac_submission *submission)
{
    static lac_registry *registry;
    lacuna_error err = {0};
    lac_submission_result *result;
    if (registry == NULL) {
        FUZZ_EXPECT(lac_registry_new(&registry, NULL, &err) == LACUNA_OK);
    }
    const lac_analyze_options options = {.registry = registry, .as_of = "2026-01-01"};
    FUZZ_EXPECT(lac_analyze_submission(&result, submission, NULL, &options, &err) == LACUNA_OK);
    FUZZ_EXPECT(result->application_count == submission->application_count);
    for (uint32_t i = 0; i < result->application_count; i++) {
        check_result(&result->applications[i]);
    }
    lac_submission_result_free(result);
}

static void look_at(const lac_source *source)
{
    lac_submission *submission;
    lacuna_error err = {0};
    lac_limits limits = LAC_LIMITS_DEFAULT;
    size_t written = 0;
    if (lac_submission_open(&submission, source, &limits, 1, &err) != LACUNA_OK) {
        return;
    }
    check_model(submission);
    check_rules(submission);
    (void)lac_json_inventory(submission, "input", drop, &written, &err);
    (void)lac_text_inventory(submission, "input", drop, &written, &err);
    (void)lac_csv_inventory(submission, drop, &written, &err);
    lac_submission_free(submission);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    place places[] = {{"v3/0000/index.xml", lac_span_of(INDEX)},
                      {"v3/0001/index.xml", lac_span_of(INDEX)},
                      {"v3/0001/m1/us/us-regional.xml", lac_span_of(REGIONAL)},
                      {"v3/0001/m5/stf-1.xml", lac_span_of(STF)},
                      {"v4/2/submissionunit.xml", lac_span_of(UNIT)},
                      {"v4/1/submissionunit.xml", lac_span_of(UNIT)},
                      {"v3/0001/index-md5.txt", lac_span_of("0")},
                      {"v3/0001/m2/a.pdf", lac_span_of("x")}};
    enum { COUNT = sizeof places / sizeof places[0] };
    made_zip zip;
    if (size == 0) {
        return 0;
    }
    /* '0' to '7' in hand-written inputs. */
    places[data[0] % COUNT].text = lac_span_make((const char *)data + 1, size - 1);
    made_init(&zip);
    for (size_t i = 0; i < COUNT; i++) {
        add(&zip, &places[i]);
    }
    made_end(&zip);
    const lac_source source = made_source(&zip);
    look_at(&source);
    made_free(&zip);
    return 0;
}
