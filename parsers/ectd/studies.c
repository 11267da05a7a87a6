#include "parsers/ectd/studies.h"

#include "parsers/ectd/references.h"
#include "parsers/ectd/tagging.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>

typedef struct study {
    lac_study model;
    LAC_LIST(lac_study_document) documents;
} study;

typedef struct studies {
    lac_intake *intake;
    LAC_LIST(study) list;
    uint32_t *of_placement; /* of an STF: its study; LAC_NONE */
    lac_map map;            /* (node, study-id) -> study, ids with the application in front */
} studies;

enum { STUDIES_MAX = 1u << 20, STUDY_DOCUMENTS_MAX = 1u << 20 };

/* The study an STF continues: that of the STF it appends to, else one of the same id there. */
static uint32_t find_study(const studies *s, const lac_placement *stf, const char *key)
{
    if (stf->link_count > 0 && stf->links[0].target != LAC_NONE &&
        stf->links[0].reference == LAC_REFERENCE_RESOLVED) {
        uint32_t continued = s->of_placement[stf->links[0].target];
        if (continued != LAC_NONE) {
            return continued;
        }
    }
    return lac_map_find(&s->map, stf->node, lac_span_of(key));
}

static const char *make_key(studies *s, const lac_placement *stf, const lac_tagging *tagging)
{
    lac_buf text;
    lac_buf_init(&text, (size_t)2 * LAC_ECTD_TEXT_MAX);
    uint32_t application = s->intake->drafts.items[stf->sequence].model.application;
    const char *key = NULL;
    if (lac_buf_printf(&text, "%u:%s", application, tagging->id) == LACUNA_OK) {
        key = lac_intake_copy(s->intake, lac_buf_span(&text));
    } else {
        (void)lac_fail_nomem(s->intake->err);
    }
    lac_buf_free(&text);
    return key;
}

static lacuna_status enter_study(uint32_t *index, studies *s, uint32_t stf,
                                 const lac_tagging *tagging)
{
    lacuna_status status = LACUNA_OK;
    const lac_placement *placement = &s->intake->placements.items[stf];
    const char *key = make_key(s, placement, tagging);
    if (key == NULL) {
        return LACUNA_E_NOMEM;
    }
    *index = find_study(s, placement, key);
    if (*index == LAC_NONE) {
        study *added = lac_intake_add(s->intake, &s->list, sizeof *added, STUDIES_MAX, &status);
        if (added == NULL) {
            return status;
        }
        *added = (study){{.node = placement->node}, {NULL, 0, 0}};
        *index = (uint32_t)(s->list.count - 1);
    }
    if (lac_map_put(&s->map, placement->node, lac_span_of(key), *index) != LACUNA_OK) {
        return lac_fail_nomem(s->intake->err);
    }
    s->of_placement[stf] = *index;
    return LACUNA_OK;
}

/* The last study-identifier replaces all earlier ones. */
static lacuna_status identify(studies *s, uint32_t index, uint32_t stf, const lac_tagging *tagging)
{
    lac_study *model = &s->list.items[index].model;
    size_t count = tagging->categories.count;
    lac_key *categories = lac_arena_array(s->intake->arena, count, sizeof *categories);
    if (categories == NULL) {
        return lac_fail_nomem(s->intake->err);
    }
    if (count > 0) {
        memcpy(categories, tagging->categories.items, count * sizeof *categories);
    }
    const lac_placement *placement = &s->intake->placements.items[stf];
    model->id = tagging->id;
    model->title = tagging->title;
    model->application = s->intake->drafts.items[placement->sequence].model.application;
    model->stf = stf;
    model->categories = categories;
    model->category_count = (uint32_t)count;
    return LACUNA_OK;
}

static lacuna_status add_document(studies *s, uint32_t index, uint32_t stf,
                                  const lac_tagging_document *document)
{
    lacuna_status status;
    lac_leaf_reference found;
    lac_intake *intake = s->intake;
    const lac_placement *placement = &intake->placements.items[stf];
    const char *from = intake->files[placement->file].path;
    status = lac_references_leaf(&found, intake, from, placement->sequence, document->href);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_study_document *added = lac_intake_add(intake, &s->list.items[index].documents,
                                               sizeof *added, STUDY_DOCUMENTS_MAX, &status);
    if (added == NULL) {
        return status;
    }
    *added = (lac_study_document){.placement = found.target,
                                  .reference = found.reference,
                                  .title = document->title,
                                  .tag = document->tag,
                                  .info_type = document->info_type,
                                  .properties = document->properties,
                                  .property_count = document->property_count,
                                  .href = document->href,
                                  .path_flags = found.path_flags,
                                  .stf = stf};
    return LACUNA_OK;
}

static lacuna_status add_stf(studies *s, uint32_t stf)
{
    bool found;
    uint32_t index;
    lac_tagging tagging;
    const lac_placement *placement = &s->intake->placements.items[stf];
    lacuna_status status = lac_tagging_read(&tagging, &found, s->intake, placement->file);
    if (status == LACUNA_OK && found) {
        status = enter_study(&index, s, stf, &tagging);
        if (status == LACUNA_OK) {
            status = identify(s, index, stf, &tagging);
        }
        for (size_t i = 0; i < tagging.documents.count && status == LACUNA_OK; i++) {
            status = add_document(s, index, stf, &tagging.documents.items[i]);
        }
    }
    lac_tagging_free(&tagging);
    return status;
}

static lacuna_status hand_over(studies *s)
{
    lac_study *list = lac_arena_array(s->intake->arena, s->list.count, sizeof *list);
    if (list == NULL) {
        return lac_fail_nomem(s->intake->err);
    }
    for (size_t i = 0; i < s->list.count; i++) {
        const study *from = &s->list.items[i];
        lac_study_document *documents =
            lac_arena_array(s->intake->arena, from->documents.count, sizeof *documents);
        if (documents == NULL) {
            return lac_fail_nomem(s->intake->err);
        }
        if (from->documents.count > 0) {
            memcpy(documents, from->documents.items, from->documents.count * sizeof *documents);
        }
        list[i] = from->model;
        list[i].documents = documents;
        list[i].document_count = (uint32_t)from->documents.count;
    }
    s->intake->out->studies = list;
    s->intake->out->study_count = (uint32_t)s->list.count;
    return LACUNA_OK;
}

lacuna_status lac_studies_read(lac_intake *intake)
{
    studies s = {.intake = intake};
    size_t count = intake->placements.count;
    lacuna_status status = LACUNA_OK;
    s.of_placement = malloc((count + 1) * sizeof *s.of_placement);
    if (s.of_placement == NULL) {
        return lac_fail_nomem(intake->err);
    }
    for (size_t i = 0; i < count; i++) {
        s.of_placement[i] = LAC_NONE;
    }
    for (uint32_t i = 0; i < count && status == LACUNA_OK; i++) {
        const lac_placement *placement = &intake->placements.items[i];
        if (placement->study_tagging_file && placement->file != LAC_NONE &&
            placement->state == LAC_STATE_CURRENT) {
            status = add_stf(&s, i);
        }
    }
    if (status == LACUNA_OK) {
        status = hand_over(&s);
    }
    for (size_t i = 0; i < s.list.count; i++) {
        free(s.list.items[i].documents.items);
    }
    free(s.list.items);
    free(s.of_placement);
    lac_map_free(&s.map);
    return status;
}
