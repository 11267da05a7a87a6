/* Study tagging files: present for study sections, with values of the list, and what they name. */
#include "analyzer/ectd/check.h"

#include <string.h>

static bool is_needed(const lac_ectd_check *c, const lac_placement *leaf)
{
    return leaf->state == LAC_STATE_CURRENT && !lac_is_deletion(leaf) &&
           !leaf->study_tagging_file && leaf->node != LAC_NONE &&
           lac_texts_cover(&c->scope.tagged, c->submission->nodes[leaf->node].heading);
}

static lacuna_status absent(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    return is_needed(c, leaf) && !c->tagged[i]
               ? lac_ectd_found(c, lac_here(c, i), "\"%s\" in %s", leaf->title,
                                c->submission->nodes[leaf->node].heading)
               : LACUNA_OK;
}

/* The tagging file, and behind it what it is about. */
static lacuna_status tell_document(lac_ectd_check *c, const lac_study *study,
                                   const lac_study_document *document, const char *what)
{
    lac_leaf_place places[2] = {lac_here(c, document->stf), lac_place_none()};
    uint32_t count = 1;
    if (document->placement != LAC_NONE) {
        places[count++] = lac_here(c, document->placement);
    }
    return lac_ectd_found_at(c, places, count, "\"%s\" in study %s", what, study->id);
}

static lacuna_status tag(lac_ectd_check *c, uint32_t i)
{
    const lac_study *study = &c->submission->studies[i];
    lacuna_status status = LACUNA_OK;
    for (uint32_t d = 0; d < study->document_count && status == LACUNA_OK; d++) {
        const lac_study_document *document = &study->documents[d];
        if (!lac_texts_hold(&c->values.tags, document->tag)) {
            status = tell_document(c, study, document, document->tag);
        }
    }
    return status;
}

static lacuna_status broken(lac_ectd_check *c, uint32_t i)
{
    const lac_study *study = &c->submission->studies[i];
    lacuna_status status = LACUNA_OK;
    for (uint32_t d = 0; d < study->document_count && status == LACUNA_OK; d++) {
        if (study->documents[d].reference == LAC_REFERENCE_BROKEN) {
            status = tell_document(c, study, &study->documents[d], study->documents[d].href);
        }
    }
    return status;
}

static bool is_listed(const lac_stf_values *values, const lac_key *category)
{
    for (uint32_t i = 0; i < values->category_count; i++) {
        if (strcmp(values->categories[i].name, category->name) == 0) {
            return lac_texts_hold(&values->categories[i].values, category->value);
        }
    }
    return false;
}

static lacuna_status category(lac_ectd_check *c, uint32_t i)
{
    const lac_study *study = &c->submission->studies[i];
    lacuna_status status = LACUNA_OK;
    for (uint32_t k = 0; k < study->category_count && status == LACUNA_OK; k++) {
        if (!is_listed(&c->values, &study->categories[k])) {
            status =
                lac_ectd_found(c, lac_here(c, study->stf), "%s \"%s\" of study %s",
                               study->categories[k].name, study->categories[k].value, study->id);
        }
    }
    return status;
}

static lacuna_status study_id(lac_ectd_check *c, uint32_t i)
{
    const lac_study *study = &c->submission->studies[i];
    return lac_span_trim(lac_span_of(study->id)).len == 0
               ? lac_ectd_found(c, lac_here(c, study->stf), "\"%s\"", study->title)
               : LACUNA_OK;
}

static lacuna_status operation(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    return leaf->study_tagging_file && leaf->operation == LAC_OPERATION_REPLACE
               ? lac_ectd_found(c, lac_here(c, i), "leaf %s", leaf->id)
               : LACUNA_OK;
}

/* Blanks at the ends and runs of them do not count. */
static bool is_same_title(lac_span a, lac_span b)
{
    a = lac_span_trim(a);
    b = lac_span_trim(b);
    size_t i = 0;
    size_t k = 0;
    while (i < a.len && k < b.len) {
        bool blank = strchr(" \t\r\n", a.ptr[i]) != NULL;
        if (blank != (strchr(" \t\r\n", b.ptr[k]) != NULL) || (!blank && a.ptr[i] != b.ptr[k])) {
            return false;
        }
        i += blank ? strspn(a.ptr + i, " \t\r\n") : 1;
        k += blank ? strspn(b.ptr + k, " \t\r\n") : 1;
    }
    return i >= a.len && k >= b.len;
}

/* A document with several tags is told once. */
static lacuna_status title(lac_ectd_check *c, uint32_t i)
{
    const lac_study *study = &c->submission->studies[i];
    lacuna_status status = LACUNA_OK;
    for (uint32_t d = 0; d < study->document_count && status == LACUNA_OK; d++) {
        const lac_study_document *document = &study->documents[d];
        bool again = d > 0 && study->documents[d - 1].placement == document->placement;
        if (document->placement == LAC_NONE || document->title[0] == '\0' || again) {
            continue;
        }
        const lac_placement *leaf = &c->submission->placements[document->placement];
        if (leaf->state == LAC_STATE_CURRENT && leaf->title[0] != '\0' &&
            !is_same_title(lac_span_of(document->title), lac_span_of(leaf->title))) {
            lac_leaf_place places[] = {lac_here(c, document->placement),
                                       lac_here(c, document->stf)};
            status = lac_ectd_found_at(c, places, 2,
                                       "\"%s\" in the study tagging file, \"%s\" in "
                                       "the backbone",
                                       document->title, leaf->title);
        }
    }
    return status;
}

static const lac_ectd_entry ENTRIES[] = {
    {"ectd.stf.absent", LAC_EACH_LEAF, absent},
    {"ectd.stf.tag", LAC_EACH_STUDY, tag},
    {"ectd.stf.title", LAC_EACH_STUDY, title},
    {"ectd.stf.category", LAC_EACH_STUDY, category},
    {"ectd.stf.broken", LAC_EACH_STUDY, broken},
    {"ectd.stf.study-id", LAC_EACH_STUDY, study_id},
    {"ectd.stf.operation", LAC_EACH_LEAF, operation},
};
LAC_ECTD_TABLE(lac_stf_rules, ENTRIES);
