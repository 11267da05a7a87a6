/*
 * make_submission.h - a small clean submission to plant defects in: one IND, two sequences.
 *
 * 0001 opens the IND with a form, a cover letter, a study and a substance; 0002 amends it and
 * replaces the cover letter. Every table has room for more.
 */
#ifndef MAKE_SUBMISSION_H
#define MAKE_SUBMISSION_H

#include "analyzer/ectd/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROOM = 24 };

enum {
    NODE_1,
    NODE_11,
    NODE_FORM,
    NODE_12,
    NODE_3,
    NODE_32,
    NODE_S,
    NODE_S1,
    NODE_S11,
    NODE_5,
    NODE_53,
    NODE_535,
    NODE_5351,
    NODE_COUNT
};
enum {
    LEAF_REGIONAL,
    LEAF_FORM,
    LEAF_COVER,
    LEAF_NAME,
    LEAF_REPORT,
    LEAF_TS,
    LEAF_STF,
    LEAF_COVER_2,
    LEAF_COUNT
};
enum {
    FILE_INDEX,
    FILE_REGIONAL,
    FILE_FORM,
    FILE_COVER,
    FILE_NAME,
    FILE_REPORT,
    FILE_TS,
    FILE_STF,
    FILE_INDEX_2,
    FILE_REGIONAL_2,
    FILE_COVER_2,
    FILE_COUNT
};

typedef struct made {
    lac_submission model;
    lac_application applications[ROOM];
    lac_activity activities[ROOM];
    lac_sequence sequences[ROOM];
    lac_backbone backbones[ROOM];
    lac_placement placements[ROOM];
    lac_link links[ROOM];
    lac_node nodes[ROOM];
    lac_key keys[ROOM];
    lac_v4_document documents[ROOM];
    lac_study studies[ROOM];
    lac_study_document tagged[ROOM];
    lac_file files[ROOM];
    lac_trouble troubles[ROOM];
    char digests[ROOM][40];
} made;

static void set_node(made *m, uint32_t at, uint32_t parent, const char *heading,
                     const char *element)
{
    m->nodes[at] = (lac_node){.parent = parent,
                              .depth = parent == LAC_NONE ? 0 : m->nodes[parent].depth + 1,
                              .heading = heading,
                              .element = element,
                              .title = element,
                              .known = strcmp(element, "form") != 0};
}

static void make_nodes(made *m)
{
    set_node(m, NODE_1, LAC_NONE, "1", "m1-administrative-information-and-prescribing-information");
    set_node(m, NODE_11, LAC_NONE, "1.1", "m1-1-forms");
    set_node(m, NODE_FORM, NODE_11, "1.1", "form");
    set_node(m, NODE_12, LAC_NONE, "1.2", "m1-2-cover-letters");
    set_node(m, NODE_3, LAC_NONE, "3", "m3-quality");
    set_node(m, NODE_32, NODE_3, "3.2", "m3-2-body-of-data");
    set_node(m, NODE_S, NODE_32, "3.2.S", "m3-2-s-drug-substance");
    set_node(m, NODE_S1, NODE_S, "3.2.S.1", "m3-2-s-1-general-information");
    set_node(m, NODE_S11, NODE_S1, "3.2.S.1.1", "m3-2-s-1-1-nomenclature");
    set_node(m, NODE_5, LAC_NONE, "5", "m5-clinical-study-reports");
    set_node(m, NODE_53, NODE_5, "5.3", "m5-3-clinical-study-reports");
    set_node(m, NODE_535, NODE_53, "5.3.5", "m5-3-5-reports-of-efficacy-and-safety-studies");
    set_node(m, NODE_5351, NODE_535, "5.3.5.1",
             "m5-3-5-1-study-reports-of-controlled-clinical-studies-pertinent-to-the-claimed-"
             "indication");
    m->keys[0] = (lac_key){"form-type", "fdaft1", "fdaft1"};
    m->keys[1] = (lac_key){"manufacturer", "Acme", "Acme"};
    m->keys[2] = (lac_key){"substance", "Novel", "Novel"};
    m->keys[3] = (lac_key){"indication", "nausea", "nausea"};
    m->nodes[NODE_FORM].keys = &m->keys[0];
    m->nodes[NODE_FORM].key_count = 1;
    m->nodes[NODE_S].keys = &m->keys[1];
    m->nodes[NODE_S].key_count = 2;
    m->nodes[NODE_535].keys = &m->keys[3];
    m->nodes[NODE_535].key_count = 1;
}

static void set_file(made *m, uint32_t at, uint32_t sequence, const char *path, bool exempt)
{
    (void)snprintf(m->digests[at], sizeof m->digests[at], "%032u", at + 1);
    m->files[at] = (lac_file){.path = path,
                              .size = 100 + at,
                              .sequence = sequence,
                              .reference_count = 1,
                              .exempt = exempt,
                              .md5 = m->digests[at],
                              .sha256 = ""};
}

static void make_files(made *m)
{
    set_file(m, FILE_INDEX, 0, "0001/index.xml", true);
    set_file(m, FILE_REGIONAL, 0, "0001/m1/us/us-regional.xml", false);
    set_file(m, FILE_FORM, 0, "0001/m1/us/1571.pdf", false);
    set_file(m, FILE_COVER, 0, "0001/m1/us/cover.pdf", false);
    set_file(m, FILE_NAME, 0, "0001/m3/nomenclature.pdf", false);
    set_file(m, FILE_REPORT, 0, "0001/m5/report.pdf", false);
    set_file(m, FILE_TS, 0, "0001/m5/ts.xpt", false);
    set_file(m, FILE_STF, 0, "0001/m5/stf-s1.xml", false);
    set_file(m, FILE_INDEX_2, 1, "0002/index.xml", true);
    set_file(m, FILE_REGIONAL_2, 1, "0002/m1/us/us-regional.xml", false);
    set_file(m, FILE_COVER_2, 1, "0002/m1/us/cover.pdf", false);
}

static void set_leaf(made *m, uint32_t at, uint32_t backbone, uint32_t node, const char *title,
                     uint32_t file, const char *href)
{
    m->placements[at] = (lac_placement){.sequence = m->backbones[backbone].sequence,
                                        .backbone = backbone,
                                        .id = m->files[file].path,
                                        .node = node,
                                        .title = title,
                                        .operation = LAC_OPERATION_NEW,
                                        .operation_written = "new",
                                        .href = href,
                                        .file = file,
                                        .checksum = m->files[file].md5,
                                        .checksum_type = "md5",
                                        .checksum_state = LAC_CHECKSUM_OK,
                                        .links = &m->links[at],
                                        .state = LAC_STATE_CURRENT,
                                        .superseded_by = LAC_NONE,
                                        .document = LAC_NONE,
                                        .previous = LAC_NONE};
}

static void make_leaves(made *m)
{
    set_leaf(m, LEAF_REGIONAL, 0, NODE_1, "US regional", FILE_REGIONAL, "m1/us/us-regional.xml");
    set_leaf(m, LEAF_FORM, 1, NODE_FORM, "Form 1571", FILE_FORM, "1571.pdf");
    set_leaf(m, LEAF_COVER, 1, NODE_12, "Cover letter", FILE_COVER, "cover.pdf");
    set_leaf(m, LEAF_NAME, 0, NODE_S11, "Nomenclature", FILE_NAME, "m3/nomenclature.pdf");
    set_leaf(m, LEAF_REPORT, 0, NODE_5351, "Report", FILE_REPORT, "m5/report.pdf");
    set_leaf(m, LEAF_TS, 0, NODE_5351, "Trial summary", FILE_TS, "m5/ts.xpt");
    set_leaf(m, LEAF_STF, 0, NODE_5351, "Study tagging file", FILE_STF, "m5/stf-s1.xml");
    m->placements[LEAF_STF].study_tagging_file = true;
    set_leaf(m, LEAF_COVER_2, 3, NODE_12, "Cover letter", FILE_COVER_2, "cover.pdf");
    lac_placement *second = &m->placements[LEAF_COVER_2];
    second->operation = LAC_OPERATION_REPLACE;
    second->operation_written = "replace";
    second->link_count = 1;
    m->links[LEAF_COVER_2] = (lac_link){"../../../0001/m1/us/us-regional.xml#cover",
                                        LAC_REFERENCE_RESOLVED, LEAF_COVER, 0};
    m->placements[LEAF_COVER].state = LAC_STATE_SUPERSEDED;
    m->placements[LEAF_COVER].superseded_by = LEAF_COVER_2;
}

static void make_sequences(made *m)
{
    for (uint32_t i = 0; i < 2; i++) {
        m->sequences[i] = (lac_sequence){.activity = 0,
                                         .folder = i == 0 ? "0001" : "0002",
                                         .name = i == 0 ? "0001" : "0002",
                                         .number = i == 0 ? "0001" : "0002",
                                         .region = "us",
                                         .grouped_in = LAC_NONE,
                                         .group_size = 1,
                                         .group_holders = 1,
                                         .submission_id = "0001",
                                         .submission_type = "fdast1",
                                         .submission_sub_type = i == 0 ? "fdasst1" : "fdasst4",
                                         .description = "",
                                         .company = "",
                                         .product = "",
                                         .date = "",
                                         .related = "",
                                         .index_checksum = LAC_CHECKSUM_OK};
        m->backbones[2 * i] = (lac_backbone){i == 0 ? FILE_INDEX : FILE_INDEX_2,
                                             i,
                                             LAC_BACKBONE_INDEX,
                                             "ectd",
                                             "3.2",
                                             "http://www.w3c.org/1999/xlink",
                                             "",
                                             "",
                                             true};
        m->backbones[2 * i + 1] = m->backbones[2 * i];
        m->backbones[2 * i + 1].kind = LAC_BACKBONE_REGIONAL;
        m->backbones[2 * i + 1].file = i == 0 ? FILE_REGIONAL : FILE_REGIONAL_2;
        m->backbones[2 * i + 1].dtd_version = "3.3";
    }
    m->sequences[0].placement_count = LEAF_COVER_2;
    m->sequences[1].first_placement = LEAF_COVER_2;
    m->sequences[1].placement_count = 1;
}

static void make_study(made *m)
{
    m->tagged[0] = (lac_study_document){.placement = LEAF_REPORT,
                                        .reference = LAC_REFERENCE_RESOLVED,
                                        .title = "",
                                        .tag = "study-report-body",
                                        .info_type = "ich",
                                        .href = "x",
                                        .stf = LEAF_STF};
    m->tagged[1] = m->tagged[0];
    m->tagged[1].placement = LEAF_TS;
    m->tagged[1].tag = "data-tabulation-dataset-sdtm";
    m->keys[8] = (lac_key){"type-of-control", "placebo", "placebo"};
    m->studies[0] = (lac_study){.id = "s1",
                                .title = "Study 1",
                                .node = NODE_5351,
                                .stf = LEAF_STF,
                                .categories = &m->keys[8],
                                .category_count = 1,
                                .documents = m->tagged,
                                .document_count = 2};
}

static void connect_model(made *m)
{
    lac_submission *s = &m->model;
    s->applications = m->applications;
    s->application_count = 1;
    s->activities = m->activities;
    s->activity_count = 1;
    s->sequences = m->sequences;
    s->sequence_count = 2;
    s->backbones = m->backbones;
    s->backbone_count = 4;
    s->placements = m->placements;
    s->placement_count = LEAF_COUNT;
    s->nodes = m->nodes;
    s->node_count = NODE_COUNT;
    s->documents = m->documents;
    s->studies = m->studies;
    s->study_count = 1;
    s->files = m->files;
    s->file_count = FILE_COUNT;
    s->troubles = m->troubles;
}

static made *make_clean(void)
{
    made *m = calloc(1, sizeof *m);
    assert_non_null(m);
    make_nodes(m);
    make_files(m);
    make_sequences(m);
    make_leaves(m);
    make_study(m);
    m->applications[0] = (lac_application){
        .id = "123456", .type = "fdaat4", .product = "", .first_sequence = 0, .sequence_count = 2};
    m->activities[0] = (lac_activity){0, "0001", "fdast1"};
    connect_model(m);
    return m;
}

#endif
