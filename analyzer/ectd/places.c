#include "analyzer/ectd/places.h"

#include "analyzer/evidence.h"
#include "support/buf.h"
#include "support/error.h"

enum { LABEL_MAX = 1u << 20 };

lacuna_status lac_places_init(lac_places *places, const lac_submission *submission,
                              lac_arena *arena, lacuna_error *err)
{
    *places = (lac_places){.submission = submission, .arena = arena};
    places->paths = lac_arena_array(arena, submission->node_count, sizeof *places->paths);
    places->depths = lac_arena_array(arena, submission->node_count, sizeof *places->depths);
    return places->paths == NULL || places->depths == NULL ? lac_fail_nomem(err) : LACUNA_OK;
}

/* ---- heading paths -------------------------------------------------------------------------- */

static lacuna_status append_keys(lac_buf *label, const lac_node *node)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < node->key_count && status == LACUNA_OK; i++) {
        status = lac_buf_printf(label, "%s%s: %s", i == 0 ? " (" : ", ", node->keys[i].name,
                                node->keys[i].shown);
    }
    return status == LACUNA_OK && node->key_count > 0 ? lac_buf_append_char(label, ')') : status;
}

/* "3.2.S Drug substance (manufacturer: x, substance: y)"; an extension has its title alone. */
static const char *make_label(lac_places *places, const lac_node *node)
{
    lac_buf label;
    lac_buf_init(&label, LABEL_MAX);
    lacuna_status status = LACUNA_OK;
    if (!node->extension && node->heading[0] != '\0') {
        status = lac_buf_printf(&label, "%s ", node->heading);
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_text(&label, node->title[0] == '\0' ? node->element : node->title);
    }
    if (status == LACUNA_OK) {
        status = append_keys(&label, node);
    }
    const char *copy =
        status == LACUNA_OK ? lac_arena_copy(places->arena, lac_buf_span(&label)) : NULL;
    lac_buf_free(&label);
    return copy;
}

/* The path of a node ends with its own label and shares the others with its parent. */
static void make_path(lac_places *places, uint32_t index)
{
    const lac_node *node = &places->submission->nodes[index];
    uint32_t above = node->parent == LAC_NONE ? 0 : places->depths[node->parent];
    bool full = above == LAC_PLACE_DEPTH;
    const char **path = lac_arena_array(places->arena, (size_t)above + 1, sizeof *path);
    const char *label = make_label(places, node);
    if (path == NULL || label == NULL) {
        places->failed = true;
        return;
    }
    for (uint32_t i = 0; i < above; i++) {
        path[i] = places->paths[node->parent][i];
    }
    if (!full) {
        path[above] = label;
    }
    places->paths[index] = path;
    places->depths[index] = full ? above : above + 1;
}

/* From the outermost heading that has no path yet down to the node. */
static void ensure_path(lac_places *places, uint32_t node)
{
    while (places->paths[node] == NULL && !places->failed) {
        uint32_t at = node;
        uint32_t parent = places->submission->nodes[at].parent;
        while (parent != LAC_NONE && places->paths[parent] == NULL) {
            at = parent;
            parent = places->submission->nodes[at].parent;
        }
        make_path(places, at);
    }
}

/* ---- places --------------------------------------------------------------------------------- */

lac_leaf_place lac_place_none(void)
{
    return (lac_leaf_place){
        .application_index = LAC_NONE,
        .application = "",
        .sequence = "",
        .id = "",
        .title = "",
        .heading = "",
        .file = "",
    };
}

lac_leaf_place lac_place_application(lac_places *places, uint32_t application)
{
    lac_leaf_place place = lac_place_none();
    if (application < places->submission->application_count) {
        place.application_index = application;
        place.application = places->submission->applications[application].id;
    }
    return place;
}

lac_leaf_place lac_place_sequence(lac_places *places, uint32_t sequence)
{
    if (sequence >= places->submission->sequence_count) {
        return lac_place_none();
    }
    const lac_sequence *s = &places->submission->sequences[sequence];
    lac_leaf_place place = lac_place_application(places, s->application);
    place.sequence = s->name;
    return place;
}

lac_leaf_place lac_place_file(lac_places *places, uint32_t file)
{
    const lac_file *f = &places->submission->files[file];
    lac_leaf_place place = lac_place_sequence(places, f->sequence);
    place.file = f->path;
    return place;
}

lac_leaf_place lac_place_node(lac_places *places, uint32_t node)
{
    lac_leaf_place place = lac_place_none();
    if (node >= places->submission->node_count) {
        return place;
    }
    ensure_path(places, node);
    place.heading = places->submission->nodes[node].heading;
    place.heading_path = places->paths[node];
    place.heading_count = places->depths[node];
    return place;
}

lac_leaf_place lac_place_placement(lac_places *places, uint32_t placement)
{
    const lac_submission *submission = places->submission;
    const lac_placement *p = &submission->placements[placement];
    lac_leaf_place place = lac_place_node(places, p->node);
    lac_leaf_place sequence = lac_place_sequence(places, p->sequence);
    place.application_index = sequence.application_index;
    place.application = sequence.application;
    place.sequence = sequence.sequence;
    place.id = p->id;
    place.title = p->title;
    if (p->file != LAC_NONE) {
        place.file = submission->files[p->file].path;
    } else if (p->href[0] != '\0') {
        place.file = p->href;
    }
    return place;
}

lac_leaf_place lac_place_document(lac_places *places, uint32_t document)
{
    const lac_v4_document *d = &places->submission->documents[document];
    lac_leaf_place place = lac_place_sequence(places, d->sequence);
    place.id = d->id;
    place.title = d->title;
    place.file = d->file != LAC_NONE ? places->submission->files[d->file].path : d->href;
    return place;
}

lac_leaf_place lac_place_backbone(lac_places *places, uint32_t backbone)
{
    const lac_backbone *b = &places->submission->backbones[backbone];
    lac_leaf_place place = lac_place_sequence(places, b->sequence);
    place.file = places->submission->files[b->file].path;
    return place;
}

lac_anchor lac_place_anchor(lac_places *places, const lac_leaf_place *place)
{
    lac_anchor anchor = lac_anchor_document();
    lac_leaf_place *copy = lac_arena_alloc(places->arena, sizeof *copy);
    if (copy == NULL) {
        places->failed = true;
        return anchor;
    }
    *copy = *place;
    anchor.leaf = copy;
    anchor.part = place->file;
    return anchor;
}
