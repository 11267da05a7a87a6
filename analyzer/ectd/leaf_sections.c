/* The items of a checklist for submissions that are sections of documents, as a checklist that the
 * machinery for documents takes. */
#include "analyzer/ectd/leaves.h"
#include "analyzer/ectd/profile.h"
#include "support/error.h"

#include <string.h>

static bool is_asked(const lac_item *item, const char *const *headings, uint32_t count)
{
    for (uint32_t i = 0; i < count && item->filing.inside != NULL; i++) {
        if (strcmp(item->filing.inside, headings[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* What depends on the submission was or will be decided there. */
static lac_item copy_item(const lac_item *item)
{
    lac_item copy = *item;
    copy.parent = LAC_NONE;
    copy.first_child = LAC_NONE;
    if (copy.condition.kind == LAC_CONDITION_PROFILE) {
        copy.condition.kind = LAC_CONDITION_NONE;
    }
    return copy;
}

lacuna_status lac_section_list_make(lac_section_list *out, lac_arena *arena,
                                    const lac_checklist *pack, const char *const *headings,
                                    uint32_t heading_count, lacuna_error *err)
{
    lac_item *items = lac_arena_array(arena, pack->item_count, sizeof *items);
    const lac_item **origins = lac_arena_array(arena, pack->item_count, sizeof *origins);
    uint32_t *places = lac_arena_array(arena, pack->item_count, sizeof *places);
    if (items == NULL || origins == NULL || places == NULL) {
        return lac_fail_nomem(err);
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < pack->item_count; i++) {
        const lac_item *item = &pack->items[i];
        places[i] = LAC_NONE;
        if (!is_asked(item, headings, heading_count)) {
            continue;
        }
        places[i] = count;
        origins[count] = item;
        items[count] = copy_item(item);
        uint32_t parent = item->parent == LAC_NONE ? LAC_NONE : places[item->parent];
        items[count].parent = parent;
        if (parent != LAC_NONE && items[parent].first_child == LAC_NONE) {
            items[parent].first_child = count;
        }
        count++;
    }
    out->list = *pack;
    out->list.items = items;
    out->list.item_count = count;
    out->origins = origins;
    return LACUNA_OK;
}

typedef struct section_lists {
    lac_arena scratch;
    lac_section_list *lists;
    const lac_checklist **asked;
    uint32_t count;
} section_lists;

static lacuna_status make_lists(section_lists *s, const lac_leaf *leaf, const lac_leaves *leaves,
                                lacuna_error *err)
{
    s->lists = lac_arena_array(&s->scratch, leaves->pack_count, sizeof *s->lists);
    s->asked = lac_arena_array(&s->scratch, leaves->pack_count, sizeof(const lac_checklist *));
    if (s->lists == NULL || s->asked == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < leaves->pack_count; i++) {
        lac_section_list *made = &s->lists[s->count];
        lacuna_status status = lac_section_list_make(made, &s->scratch, leaves->packs[i],
                                                     leaf->headings, leaf->heading_count, err);
        if (status != LACUNA_OK) {
            return status;
        }
        if (made->list.item_count > 0) {
            s->asked[s->count++] = &made->list;
        }
    }
    return LACUNA_OK;
}

/* Results point to the items of the packs, which stay. */
static void name_origins(lac_document_result *result, const section_lists *s)
{
    for (uint32_t i = 0; i < result->section_count; i++) {
        lac_checklist_result *judged = &result->sections[i];
        judged->checklist = NULL;
        for (uint32_t k = 0; k < judged->item_count; k++) {
            judged->items[k].item = s->lists[i].origins[k];
        }
    }
}

static lacuna_status judge(lac_leaf *leaf, const lac_document *document,
                           const lac_submission *submission, const lac_analyze_options *options,
                           section_lists *s, lacuna_error *err)
{
    lac_analyze_options own = *options;
    own.placed = true;
    own.calls = leaf->calls;
    own.call_count = leaf->call_count;
    own.apart = leaf->apart;
    own.apart_count = leaf->apart_count;
    own.sections = s->asked;
    own.section_count = s->count;
    lacuna_status status = LACUNA_OK;
    if (leaf->places[0]->application_index != LAC_NONE) {
        status = lac_filed_facts(&own.filed, submission, leaf->places[0]->application_index,
                                 &s->scratch, err);
    }
    if (status == LACUNA_OK) {
        status = lac_analyze(&leaf->result, document, &own, err);
    }
    if (status == LACUNA_OK) {
        name_origins(leaf->result, s);
        status = lac_document_shell(&leaf->document, document, err);
    }
    return status == LACUNA_OK
               ? lac_result_detach(leaf->result, leaf->document, leaf->places[0], err)
               : status;
}

lacuna_status lac_leaf_judge(lac_leaf *leaf, const lac_leaves *leaves, lac_document *document,
                             const lac_analyze_options *options, lacuna_error *err)
{
    section_lists s = {.count = 0};
    lac_arena_init(&s.scratch);
    lacuna_status status = make_lists(&s, leaf, leaves, err);
    if (status == LACUNA_OK) {
        status = judge(leaf, document, leaves->submission, options, &s, err);
    }
    lac_arena_free(&s.scratch);
    lac_document_free(document);
    if (status != LACUNA_OK) {
        lac_document_result_free(leaf->result);
        lac_document_free(leaf->document);
        leaf->result = NULL;
        leaf->document = NULL;
    }
    leaf->read = status == LACUNA_OK;
    return status;
}
