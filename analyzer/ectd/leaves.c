#include "analyzer/ectd/leaves.h"

#include "analyzer/ectd/calls.h"
#include "analyzer/ectd/completeness.h"
#include "analyzer/ectd/submission.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

enum { CLAIMS_MAX = 1u << 26, PACKS_MAX = 64 };

/* Somebody wants a file read: a row of ectd-documents.json, or a heading that sections are asked of
 * (the other one is NULL). */
typedef struct claim {
    uint32_t file, placement, order;
    const lac_document_call *call;
    const char *heading;
} claim;

typedef struct planner {
    lac_leaves *leaves;
    const lac_submission *submission;
    const lac_analyze_options *options;
    lac_selected selected;
    lac_place_calls calls;
    const char **tags; /* per placement: its file tag, NULL */
    claim *claims;
    size_t claim_count, claim_cap;
    lac_arena scratch;
    lacuna_error *err;
} planner;

/* ---- tags ----------------------------------------------------------------------------------- */

static bool is_document_type(const lac_key *key)
{
    return strncmp(key->value, "ich_document_type_", 18) == 0;
}

/* Of 4.0: the document type is a keyword of the context of use. */
static const char *tag_of_node(const lac_submission *s, uint32_t node)
{
    for (; node != LAC_NONE; node = s->nodes[node].parent) {
        const lac_node *n = &s->nodes[node];
        for (uint32_t i = 0; i < n->key_count; i++) {
            if (is_document_type(&n->keys[i])) {
                return n->keys[i].value;
            }
        }
    }
    return NULL;
}

static lacuna_status read_tags(planner *p)
{
    const lac_submission *s = p->submission;
    p->tags = lac_arena_array(&p->scratch, s->placement_count, sizeof *p->tags);
    if (p->tags == NULL) {
        return lac_fail_nomem(p->err);
    }
    for (uint32_t i = 0; i < s->placement_count; i++) {
        p->tags[i] = tag_of_node(s, s->placements[i].node);
    }
    for (uint32_t i = 0; i < s->study_count; i++) {
        for (uint32_t d = 0; d < s->studies[i].document_count; d++) {
            const lac_study_document *document = &s->studies[i].documents[d];
            if (document->placement != LAC_NONE && document->tag[0] != '\0') {
                p->tags[document->placement] = document->tag;
            }
        }
    }
    return LACUNA_OK;
}

/* ---- claims --------------------------------------------------------------------------------- */

static lacuna_status add_claim(planner *p, uint32_t placement, const lac_document_call *call,
                               const char *heading)
{
    uint32_t file = p->submission->placements[placement].file;
    if (file == LAC_NONE || !lac_names_document(&p->calls, p->submission->files[file].path)) {
        return LACUNA_OK;
    }
    void *claims = p->claims;
    lacuna_status status =
        lac_grow(&claims, &p->claim_cap, p->claim_count + 1, sizeof *p->claims, CLAIMS_MAX);
    p->claims = claims;
    if (status != LACUNA_OK) {
        return status == LACUNA_E_NOMEM
                   ? lac_fail_nomem(p->err)
                   : lac_fail(p->err, status, "too many documents under the same headings");
    }
    p->claims[p->claim_count] = (claim){file, placement, (uint32_t)p->claim_count, call, heading};
    p->claim_count++;
    return LACUNA_OK;
}

static bool is_chosen(const lac_analyze_options *o, const lac_registry_entry *entry)
{
    for (uint32_t i = 0; i < o->checklist_count; i++) {
        if (strcmp(o->checklists[i], entry->id) == 0) {
            return true;
        }
    }
    return o->checklist_count == 0;
}

static lacuna_status claim_by_rows(planner *p, const lac_view *view)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t r = 0; r < p->calls.count; r++) {
        const lac_place_call *row = &p->calls.items[r];
        if (!lac_place_call_is_served(row, p->options->registry)) {
            continue;
        }
        for (uint32_t i = 0; i < view->count && status == LACUNA_OK; i++) {
            const lac_filed *filed = &view->items[i];
            if (lac_place_calls_for(row, filed->heading, p->tags[filed->placement])) {
                status = add_claim(p, filed->placement, &row->call, NULL);
            }
        }
    }
    return status;
}

/* Headings repeat from item to item: an item like the one before it claims nothing new. */
static lacuna_status claim_for_sections(planner *p, const lac_view *view, const lac_checklist *pack)
{
    lacuna_status status = LACUNA_OK;
    const char *last = "";
    for (uint32_t i = 0; i < pack->item_count && status == LACUNA_OK; i++) {
        uint32_t first;
        const char *heading = pack->items[i].filing.inside;
        if (heading == NULL || strcmp(heading, last) == 0) {
            continue;
        }
        last = heading;
        uint32_t count = lac_filed_for_sections(&first, view, heading);
        for (uint32_t k = first; k < first + count && status == LACUNA_OK; k++) {
            status = add_claim(p, view->items[k].placement, NULL, heading);
        }
    }
    return status;
}

uint32_t lac_filed_for_sections(uint32_t *first, const lac_view *view, const char *heading)
{
    uint32_t count = lac_view_find(first, view, heading);
    return count > 0 ? count : lac_view_above(first, view, heading);
}

static bool has_sections(const lac_checklist *pack)
{
    for (uint32_t i = 0; i < pack->item_count; i++) {
        if (pack->items[i].filing.inside != NULL) {
            return true;
        }
    }
    return false;
}

static lacuna_status load_packs(planner *p)
{
    lac_registry *registry = p->options->registry;
    lac_leaves *leaves = p->leaves;
    leaves->packs = lac_arena_array(&leaves->arena, PACKS_MAX, sizeof(const lac_checklist *));
    if (leaves->packs == NULL) {
        return lac_fail_nomem(p->err);
    }
    for (uint32_t i = 0; i < lac_registry_count(registry); i++) {
        const lac_registry_entry *entry = lac_registry_entry_at(registry, i);
        const lac_checklist *pack;
        if (!lac_registry_serves(entry, LAC_SUBMISSION_TYPE) || !is_chosen(p->options, entry)) {
            continue;
        }
        lacuna_status status = lac_registry_load(&pack, registry, entry->id, p->err);
        if (status != LACUNA_OK) {
            return status;
        }
        if (has_sections(pack) && leaves->pack_count < PACKS_MAX) {
            leaves->packs[leaves->pack_count++] = pack;
        }
    }
    return LACUNA_OK;
}

static lacuna_status claim_in_application(planner *p, uint32_t application)
{
    lac_view view;
    lac_completeness c = {.submission = p->submission};
    uint32_t sequence = p->selected.sequences[application];
    lacuna_status status =
        lac_view_make(&view, p->submission, application, sequence, &p->scratch, p->err);
    if (status == LACUNA_OK) {
        status =
            lac_profile_read(&c.profile, p->submission, application, sequence, &p->scratch, p->err);
    }
    if (status == LACUNA_OK) {
        status = claim_by_rows(p, &view);
    }
    bool named = p->options->checklist_count > 0;
    for (uint32_t i = 0; i < p->leaves->pack_count && status == LACUNA_OK; i++) {
        const lac_checklist *pack = p->leaves->packs[i];
        if (lac_completeness_serves(&c, pack) && (named || lac_completeness_asks(&c, pack))) {
            status = claim_for_sections(p, &view, pack);
        }
    }
    return status;
}

/* ---- from claims to leaves ------------------------------------------------------------------ */

static int by_file(const void *a, const void *b)
{
    const claim *x = a;
    const claim *y = b;
    if (x->file != y->file) {
        return x->file < y->file ? -1 : 1;
    }
    return (x->order > y->order) - (x->order < y->order);
}

static const lac_leaf_place *make_place(planner *p, uint32_t placement)
{
    lac_leaf_place *place = lac_arena_alloc(&p->leaves->arena, sizeof *place);
    if (place != NULL) {
        *place = lac_place_placement(&p->leaves->places, placement);
    }
    return place;
}

/* The lists of a leaf are short: what is there already is looked for one by one. */
static lacuna_status gather(planner *p, lac_leaf *leaf, const claim *claims, size_t count)
{
    lac_arena *arena = &p->leaves->arena;
    const lac_leaf_place **places = lac_arena_array(arena, count, sizeof *places);
    const lac_document_call **calls = lac_arena_array(arena, count, sizeof *calls);
    const char **headings = lac_arena_array(arena, count, sizeof *headings);
    uint32_t *placements = lac_arena_array(&p->scratch, count, sizeof *placements);
    if (places == NULL || calls == NULL || headings == NULL || placements == NULL) {
        return lac_fail_nomem(p->err);
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t known = 0;
        while (known < leaf->place_count && placements[known] != claims[i].placement) {
            known++;
        }
        if (known == leaf->place_count) {
            placements[known] = claims[i].placement;
            places[known] = make_place(p, claims[i].placement);
            leaf->place_count++;
        }
        for (known = 0; known < leaf->call_count && calls[known] != claims[i].call;) {
            known++;
        }
        if (claims[i].call != NULL && known == leaf->call_count) {
            calls[leaf->call_count++] = claims[i].call;
        }
        for (known = 0; known < leaf->heading_count && claims[i].heading != NULL &&
                        strcmp(headings[known], claims[i].heading) != 0;) {
            known++;
        }
        if (claims[i].heading != NULL && known == leaf->heading_count) {
            headings[leaf->heading_count++] = claims[i].heading;
        }
        if (places[leaf->place_count - 1] == NULL) {
            return lac_fail_nomem(p->err);
        }
    }
    leaf->places = places;
    leaf->calls = calls;
    leaf->headings = headings;
    return LACUNA_OK;
}

/* ---- what a study files beside its report --------------------------------------------------- */

const lac_study *lac_leaf_study(const lac_submission *s, uint32_t file)
{
    for (uint32_t i = 0; i < s->study_count; i++) {
        for (uint32_t d = 0; d < s->studies[i].document_count; d++) {
            uint32_t placement = s->studies[i].documents[d].placement;
            if (placement != LAC_NONE && s->placements[placement].file == file) {
                return &s->studies[i];
            }
        }
    }
    return NULL;
}

/* A current document of the study with one of these tags that is another file; LAC_NONE. */
static uint32_t find_beside(const lac_submission *s, const lac_study *study, uint32_t file,
                            const lac_texts *tags)
{
    for (uint32_t d = 0; d < study->document_count; d++) {
        const lac_study_document *document = &study->documents[d];
        if (document->placement == LAC_NONE || !lac_texts_hold(tags, document->tag)) {
            continue;
        }
        const lac_placement *placement = &s->placements[document->placement];
        if (placement->state == LAC_STATE_CURRENT && placement->file != LAC_NONE &&
            placement->file != file) {
            return document->placement;
        }
    }
    return LAC_NONE;
}

static lacuna_status look_beside(planner *p, lac_leaf *leaf)
{
    const lac_study *study =
        leaf->call_count == 0 ? NULL : lac_leaf_study(p->submission, leaf->file);
    if (study == NULL) {
        return LACUNA_OK;
    }
    lac_filed_apart *apart =
        lac_arena_array(&p->leaves->arena, p->calls.apart_count, sizeof *apart);
    if (apart == NULL) {
        return lac_fail_nomem(p->err);
    }
    for (uint32_t i = 0; i < p->calls.apart_count; i++) {
        const lac_apart_row *row = &p->calls.apart[i];
        uint32_t placement = find_beside(p->submission, study, leaf->file, &row->tags);
        if (placement == LAC_NONE) {
            continue;
        }
        const lac_leaf_place *place = make_place(p, placement);
        if (place == NULL) {
            return lac_fail_nomem(p->err);
        }
        apart[leaf->apart_count++] = (lac_filed_apart){row->checklist, row->item, place};
    }
    leaf->apart = apart;
    return LACUNA_OK;
}

static lacuna_status make_leaves(planner *p)
{
    lac_leaves *leaves = p->leaves;
    if (p->claim_count > 1) {
        qsort(p->claims, p->claim_count, sizeof *p->claims, by_file);
    }
    leaves->items = lac_arena_array(&leaves->arena, p->claim_count, sizeof *leaves->items);
    leaves->of_file =
        lac_arena_array(&leaves->arena, p->submission->file_count, sizeof *leaves->of_file);
    if (leaves->items == NULL || leaves->of_file == NULL) {
        return lac_fail_nomem(p->err);
    }
    for (uint32_t i = 0; i < p->submission->file_count; i++) {
        leaves->of_file[i] = LAC_NONE;
    }
    for (size_t i = 0; i < p->claim_count;) {
        size_t end = i;
        while (end < p->claim_count && p->claims[end].file == p->claims[i].file) {
            end++;
        }
        lac_leaf *leaf = &leaves->items[leaves->count];
        leaf->file = p->claims[i].file;
        lacuna_status status = gather(p, leaf, &p->claims[i], end - i);
        if (status == LACUNA_OK) {
            status = look_beside(p, leaf);
        }
        if (status != LACUNA_OK) {
            return status;
        }
        leaves->of_file[leaf->file] = leaves->count++;
        i = end;
    }
    return leaves->places.failed ? lac_fail_nomem(p->err) : LACUNA_OK;
}

static lacuna_status plan(planner *p)
{
    lac_leaves *leaves = p->leaves;
    lacuna_status status = lac_places_init(&leaves->places, p->submission, &leaves->arena, p->err);
    if (status == LACUNA_OK) {
        status = lac_select_sequences(&p->selected, p->submission, p->options->sequence,
                                      &p->scratch, p->err);
    }
    if (status == LACUNA_OK) {
        status = lac_place_calls_load(&p->calls, &leaves->arena, p->err);
    }
    if (status == LACUNA_OK) {
        status = load_packs(p);
    }
    if (status == LACUNA_OK) {
        status = read_tags(p);
    }
    for (uint32_t i = 0; i < p->submission->application_count && status == LACUNA_OK; i++) {
        if (lac_is_selected(&p->selected, i)) {
            status = claim_in_application(p, i);
        }
    }
    return status == LACUNA_OK ? make_leaves(p) : status;
}

lacuna_status lac_leaves_plan(lac_leaves **out, const lac_submission *submission,
                              const lac_analyze_options *options, lacuna_error *err)
{
    *out = NULL;
    lac_leaves *leaves = calloc(1, sizeof *leaves);
    if (leaves == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&leaves->arena);
    leaves->submission = submission;
    planner p = {.leaves = leaves, .submission = submission, .options = options, .err = err};
    lac_arena_init(&p.scratch);
    lacuna_status status = plan(&p);
    free(p.claims);
    lac_arena_free(&p.scratch);
    if (status != LACUNA_OK) {
        lac_leaves_free(leaves);
        return status;
    }
    *out = leaves;
    return LACUNA_OK;
}

void lac_leaves_free(lac_leaves *leaves)
{
    for (uint32_t i = 0; leaves != NULL && i < leaves->count; i++) {
        lac_document_result_free(leaves->items[i].result);
        lac_document_free(leaves->items[i].document);
    }
    if (leaves != NULL) {
        lac_arena_free(&leaves->arena);
        free(leaves);
    }
}
