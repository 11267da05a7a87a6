#include "parsers/docx/numbering.h"

#include "parsers/docx/elements.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

typedef struct numbering_reader {
    lac_list_definition *definitions;
    size_t definition_count, definition_cap;
    lac_list *lists;
    size_t list_count, list_cap;
    lac_list_definition *definition; /* being read, NULL: none */
    lac_list *list;                  /* likewise */
    lac_list_level *level;           /* likewise */
    int32_t override_level;          /* of w:lvlOverride, LAC_UNSET */
    lac_arena *arena;
    lac_walk walk;
} numbering_reader;

/* ---- reading --------------------------------------------------------------------------------- */

static lacuna_status start_definition(numbering_reader *reader, const lac_xml_element *tag)
{
    lacuna_status status =
        lac_grow((void **)&reader->definitions, &reader->definition_cap,
                 reader->definition_count + 1, sizeof *reader->definitions, LAC_MAX_LISTS);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_list_definition *added = &reader->definitions[reader->definition_count++];
    *added = (lac_list_definition){.id = LAC_UNSET, .style_link = "", .num_style_link = ""};
    (void)lac_docx_val_int(tag, "abstractNumId", &added->id);
    reader->definition = added;
    return LACUNA_OK;
}

static lacuna_status start_list(numbering_reader *reader, const lac_xml_element *tag)
{
    lacuna_status status = lac_grow((void **)&reader->lists, &reader->list_cap,
                                    reader->list_count + 1, sizeof *reader->lists, LAC_MAX_LISTS);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_list *added = &reader->lists[reader->list_count++];
    *added = (lac_list){.id = LAC_UNSET, .definition_id = LAC_UNSET, .definition = LAC_NONE};
    for (int i = 0; i < LAC_LIST_LEVELS; i++) {
        added->start_override[i] = LAC_NO_OVERRIDE;
    }
    (void)lac_docx_val_int(tag, "numId", &added->id);
    reader->list = added;
    return LACUNA_OK;
}

static int32_t level_index(const lac_xml_element *tag)
{
    int32_t index = LAC_UNSET;
    (void)lac_docx_val_int(tag, "ilvl", &index);
    return index >= 0 && index < LAC_LIST_LEVELS ? index : LAC_UNSET;
}

/* The slot the level goes to: that of the definition, or of the override around it. */
static lac_list_level **level_slot(numbering_reader *reader, const lac_xml_element *tag)
{
    int32_t index = level_index(tag);
    if (reader->definition != NULL && index != LAC_UNSET) {
        return &reader->definition->levels[index];
    }
    if (reader->list != NULL && reader->override_level != LAC_UNSET) {
        return &reader->list->levels[reader->override_level];
    }
    return NULL;
}

static lacuna_status start_level(numbering_reader *reader, const lac_xml_element *tag)
{
    lac_list_level **slot = level_slot(reader, tag);
    if (slot == NULL || *slot != NULL) {
        return LACUNA_OK;
    }
    *slot = lac_arena_alloc(reader->arena, sizeof **slot);
    if (*slot == NULL) {
        return LACUNA_E_NOMEM;
    }
    **slot = (lac_list_level){
        .text = "", .style_id = "", .style = lac_number_style_decimal(), .restart = LAC_UNSET};
    reader->level = *slot;
    return LACUNA_OK;
}

static lacuna_status copy_val(const char **text, numbering_reader *reader,
                              const lac_xml_element *tag)
{
    lac_span value = lac_docx_val(tag);
    value.len = value.len > LAC_LONGEST_LIST_TEXT ? 0 : value.len;
    const char *copy = lac_xml_value(reader->arena, value);
    if (copy == NULL) {
        return LACUNA_E_NOMEM;
    }
    *text = copy;
    return LACUNA_OK;
}

/* w14 puts custom formats into mc:AlternateContent with a decimal fallback: the choice is met first
 * and the fallback is skipped. */
static void keep_format(lac_list_level *level, const lac_xml_element *tag)
{
    lac_span custom = lac_span_make("", 0);
    (void)lac_xml_get(tag, "format", &custom);
    level->style = lac_number_style_named(lac_docx_val(tag), custom);
}

static lacuna_status level_property(numbering_reader *reader, lac_element element,
                                    const lac_xml_element *tag)
{
    lac_list_level *level = reader->level;
    int32_t value;
    if (level == NULL) {
        return LACUNA_OK;
    }
    switch (element) {
    case LAC_EL_START:
        (void)lac_docx_val_int(tag, "val", &level->start);
        break;
    case LAC_EL_NUM_FMT:
        keep_format(level, tag);
        break;
    case LAC_EL_LVL_TEXT:
        return copy_val(&level->text, reader, tag);
    case LAC_EL_P_STYLE:
        return copy_val(&level->style_id, reader, tag);
    case LAC_EL_IS_LGL:
        level->legal = lac_docx_val_on(tag);
        break;
    case LAC_EL_LVL_RESTART:
        if (lac_docx_val_int(tag, "val", &value) && value >= 0 && value <= LAC_LIST_LEVELS) {
            level->restart = (int8_t)value;
        }
        break;
    default:
        break;
    }
    return LACUNA_OK;
}

static lacuna_status list_property(numbering_reader *reader, lac_element element,
                                   const lac_xml_element *tag)
{
    if (element == LAC_EL_STYLE_LINK && reader->definition != NULL) {
        return copy_val(&reader->definition->style_link, reader, tag);
    }
    if (element == LAC_EL_NUM_STYLE_LINK && reader->definition != NULL) {
        return copy_val(&reader->definition->num_style_link, reader, tag);
    }
    if (reader->list == NULL) {
        return LACUNA_OK;
    }
    if (element == LAC_EL_ABSTRACT_NUM_ID) {
        (void)lac_docx_val_int(tag, "val", &reader->list->definition_id);
    } else if (element == LAC_EL_LVL_OVERRIDE) {
        reader->override_level = level_index(tag);
    } else if (element == LAC_EL_START_OVERRIDE && reader->override_level != LAC_UNSET) {
        (void)lac_docx_val_int(tag, "val", &reader->list->start_override[reader->override_level]);
    }
    return LACUNA_OK;
}

static lacuna_status start_element(void *user, const lac_xml_element *tag)
{
    numbering_reader *reader = user;
    lac_element element;
    lacuna_status status = lac_walk_enter(&reader->walk, &element, tag);
    if (status != LACUNA_OK || reader->walk.skip > 0) {
        return status;
    }
    switch (element) {
    case LAC_EL_ABSTRACT_NUM:
        return start_definition(reader, tag);
    case LAC_EL_NUM:
        return start_list(reader, tag);
    case LAC_EL_LVL:
        return start_level(reader, tag);
    case LAC_EL_CHOICE:
        if (!lac_docx_choice_understood(tag)) {
            lac_walk_skip(&reader->walk);
        }
        break;
    case LAC_EL_FALLBACK:
        if (reader->level != NULL) {
            lac_walk_skip(&reader->walk);
        }
        break;
    case LAC_EL_P_PR_CHANGE:
    case LAC_EL_R_PR_CHANGE:
    case LAC_EL_NUMBERING_CHANGE:
        lac_walk_skip(&reader->walk);
        break;
    case LAC_EL_STYLE_LINK:
    case LAC_EL_NUM_STYLE_LINK:
    case LAC_EL_ABSTRACT_NUM_ID:
    case LAC_EL_LVL_OVERRIDE:
    case LAC_EL_START_OVERRIDE:
        return list_property(reader, element, tag);
    default:
        return level_property(reader, element, tag);
    }
    return LACUNA_OK;
}

static lacuna_status end_element(void *user, const char *name, const char *uri)
{
    (void)name;
    (void)uri;
    numbering_reader *reader = user;
    switch (lac_walk_leave(&reader->walk)) {
    case LAC_EL_ABSTRACT_NUM:
        reader->definition = NULL;
        break;
    case LAC_EL_NUM:
        reader->list = NULL;
        break;
    case LAC_EL_LVL:
        reader->level = NULL;
        break;
    case LAC_EL_LVL_OVERRIDE:
        reader->override_level = LAC_UNSET;
        break;
    default:
        break;
    }
    return LACUNA_OK;
}

/* ---- looking up and linking ------------------------------------------------------------------ */

static int definition_by_id(const void *a, const void *b)
{
    int32_t x = ((const lac_list_definition *)a)->id;
    int32_t y = ((const lac_list_definition *)b)->id;
    return (x > y) - (x < y);
}

static int list_by_id(const void *a, const void *b)
{
    int32_t x = ((const lac_list *)a)->id;
    int32_t y = ((const lac_list *)b)->id;
    return (x > y) - (x < y);
}

static uint32_t find_definition(const lac_numbering *numbering, int32_t id)
{
    const lac_list_definition key = {.id = id};
    const lac_list_definition *found =
        numbering->definition_count == 0
            ? NULL
            : bsearch(&key, numbering->definitions, numbering->definition_count, sizeof key,
                      definition_by_id);
    return found == NULL ? LAC_NONE : (uint32_t)(found - numbering->definitions);
}

static const lac_list *find_list(const lac_numbering *numbering, int32_t id)
{
    const lac_list key = {.id = id};
    return numbering->list_count == 0
               ? NULL
               : bsearch(&key, numbering->lists, numbering->list_count, sizeof key, list_by_id);
}

/* A definition without levels of its own names a numbering style, whose numbering properties name
 * the list whose definition is meant (ECMA-376 17.9.21, 17.9.27). One step: Word writes no more. */
static uint32_t follow_link(const lac_numbering *numbering, uint32_t definition,
                            const lac_styles *styles)
{
    const char *name = numbering->definitions[definition].num_style_link;
    if (name[0] == '\0') {
        return definition;
    }
    const lac_style *style = lac_styles_find(styles, lac_span_of(name));
    const lac_list *list = style == NULL ? NULL : find_list(numbering, style->own.num_id);
    uint32_t target = list == NULL ? LAC_NONE : find_definition(numbering, list->definition_id);
    if (target != LAC_NONE && numbering->definitions[target].num_style_link[0] == '\0') {
        return target;
    }
    for (uint32_t i = 0; i < numbering->definition_count; i++) {
        if (strcmp(numbering->definitions[i].style_link, name) == 0) {
            return i;
        }
    }
    return definition;
}

/* A link costs a walk over all definitions at most: so many are followed, far more than exist. */
enum { MAX_LINKS_FOLLOWED = 4096 };

static void link_lists(lac_numbering *numbering, const lac_styles *styles)
{
    uint32_t links = 0;
    for (uint32_t i = 0; i < numbering->list_count; i++) {
        lac_list *list = &numbering->lists[i];
        uint32_t definition = find_definition(numbering, list->definition_id);
        if (definition != LAC_NONE &&
            numbering->definitions[definition].num_style_link[0] != '\0' &&
            links++ < MAX_LINKS_FOLLOWED) {
            definition = follow_link(numbering, definition, styles);
        }
        list->definition = definition;
    }
}

static lacuna_status finish(lac_numbering *numbering, const numbering_reader *reader,
                            const lac_styles *styles)
{
    numbering->definitions =
        lac_arena_array(reader->arena, reader->definition_count, sizeof(lac_list_definition));
    numbering->lists = lac_arena_array(reader->arena, reader->list_count, sizeof(lac_list));
    if (numbering->definitions == NULL || numbering->lists == NULL) {
        return LACUNA_E_NOMEM;
    }
    if (reader->definition_count > 0) {
        memcpy(numbering->definitions, reader->definitions,
               reader->definition_count * sizeof(lac_list_definition));
        numbering->definition_count = (uint32_t)reader->definition_count;
        qsort(numbering->definitions, numbering->definition_count, sizeof(lac_list_definition),
              definition_by_id);
    }
    if (reader->list_count > 0) {
        memcpy(numbering->lists, reader->lists, reader->list_count * sizeof(lac_list));
        numbering->list_count = (uint32_t)reader->list_count;
        qsort(numbering->lists, numbering->list_count, sizeof(lac_list), list_by_id);
    }
    link_lists(numbering, styles);
    return LACUNA_OK;
}

lacuna_status lac_numbering_read(lac_numbering *numbering, lac_package *package, uint32_t part,
                                 const lac_styles *styles, const lac_limits *limits,
                                 lac_arena *arena, lacuna_error *err)
{
    memset(numbering, 0, sizeof *numbering);
    if (part == LAC_PART_NONE) {
        return LACUNA_OK;
    }
    numbering_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) {
        return lac_fail_nomem(err);
    }
    reader->arena = arena;
    reader->override_level = LAC_UNSET;
    lac_walk_begin(&reader->walk);
    const lac_xml_handler handler = {reader, start_element, end_element, NULL};
    lacuna_status status = lac_xml_parse_part(package, part, limits, &handler, err);
    if (finish(numbering, reader, styles) != LACUNA_OK && status == LACUNA_OK) {
        status = lac_fail_nomem(err);
    }
    free(reader->definitions);
    free(reader->lists);
    free(reader);
    return status;
}

const lac_list *lac_numbering_list(const lac_numbering *numbering, int32_t num_id)
{
    const lac_list *list = find_list(numbering, num_id);
    return list == NULL || list->definition == LAC_NONE ? NULL : list;
}

const lac_list_level *lac_list_level_at(const lac_numbering *numbering, const lac_list *list,
                                        int32_t level)
{
    if (level < 0 || level >= LAC_LIST_LEVELS) {
        return NULL;
    }
    return list->levels[level] != NULL ? list->levels[level]
                                       : numbering->definitions[list->definition].levels[level];
}

int32_t lac_list_level_of_style(const lac_numbering *numbering, const lac_list *list,
                                const char *style_id)
{
    for (int32_t i = 0; i < LAC_LIST_LEVELS && style_id[0] != '\0'; i++) {
        const lac_list_level *level = lac_list_level_at(numbering, list, i);
        if (level != NULL && strcmp(level->style_id, style_id) == 0) {
            return i;
        }
    }
    return LAC_UNSET;
}
