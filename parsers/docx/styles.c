#include "parsers/docx/styles.h"

#include "parsers/docx/elements.h"
#include "parsers/docx/style_names.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

typedef struct styles_reader {
    lac_styles *styles;
    lac_style *items; /* growing */
    size_t count, cap;
    lac_style *current;     /* NULL: between styles */
    const char *default_id; /* of the default paragraph style */
    bool in_defaults;
    lac_arena *arena;
    lac_walk walk;
} styles_reader;

static const lac_style_properties nothing_set = {LAC_UNSET, LAC_UNSET, LAC_UNSET,
                                                 LAC_UNSET, LAC_UNSET, LAC_FONT_UNKNOWN};

/* ---- reading --------------------------------------------------------------------------------- */

static lac_style_type style_type(lac_span name)
{
    if (lac_span_is(name, "character")) {
        return LAC_STYLE_CHARACTER;
    }
    if (lac_span_is(name, "numbering")) {
        return LAC_STYLE_NUMBERING;
    }
    return lac_span_is(name, "table") ? LAC_STYLE_TABLE : LAC_STYLE_PARAGRAPH;
}

static bool is_default(const lac_xml_element *tag)
{
    lac_span value;
    return lac_xml_get(tag, "default", &value) &&
           (lac_span_is(value, "1") || lac_span_is(value, "true") || lac_span_is(value, "on"));
}

static lacuna_status start_style(styles_reader *reader, const lac_xml_element *tag)
{
    lacuna_status status = lac_grow((void **)&reader->items, &reader->cap, reader->count + 1,
                                    sizeof *reader->items, LAC_MAX_STYLES);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_style *style = &reader->items[reader->count++];
    lac_span id = lac_span_make("", 0);
    lac_span type = lac_span_make("", 0);
    (void)lac_xml_get(tag, "styleId", &id);
    (void)lac_xml_get(tag, "type", &type);
    id.len = id.len > LAC_LONGEST_STYLE_ID ? 0 : id.len;
    memset(style, 0, sizeof *style);
    style->id = lac_xml_value(reader->arena, id);
    style->name = "";
    style->based_on = "";
    style->type = style_type(type);
    style->own = nothing_set;
    if (style->id == NULL) {
        return LACUNA_E_NOMEM;
    }
    if (style->type == LAC_STYLE_PARAGRAPH && is_default(tag)) {
        reader->default_id = style->id;
    }
    reader->current = style;
    return LACUNA_OK;
}

static lacuna_status copy_val(const char **text, styles_reader *reader, const lac_xml_element *tag)
{
    *text = lac_xml_value(reader->arena, lac_docx_val(tag));
    return *text == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

static lacuna_status keep_name(styles_reader *reader, lac_element element,
                               const lac_xml_element *tag)
{
    const char *text;
    lacuna_status status = copy_val(&text, reader, tag);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_style *style = reader->current;
    if (element == LAC_EL_BASED_ON) {
        style->based_on = strlen(text) > LAC_LONGEST_STYLE_ID ? "" : text;
        return LACUNA_OK;
    }
    if (element == LAC_EL_NAME) {
        style->name = text;
    }
    lac_style_name meaning = lac_style_name_read(lac_span_of(text));
    style->name_level = style->name_level != 0 ? style->name_level : meaning.heading_level;
    style->toc_level = style->toc_level != 0 ? style->toc_level : meaning.toc_level;
    style->own_flags |= meaning.flags;
    return LACUNA_OK;
}

static int8_t small(int32_t value, int32_t max)
{
    return value >= 0 && value <= max ? (int8_t)value : LAC_UNSET;
}

static void keep_paragraph_property(lac_style_properties *own, lac_element element,
                                    const lac_xml_element *tag)
{
    int32_t value;
    if (!lac_docx_val_int(tag, "val", &value)) {
        return;
    }
    if (element == LAC_EL_OUTLINE_LVL) {
        own->outline = small(value, LAC_BODY_LEVEL);
    } else if (element == LAC_EL_ILVL) {
        own->ilvl = small(value, 8);
    } else if (value >= 0) {
        own->num_id = value;
    }
}

static void keep_run_property(styles_reader *reader, lac_element element,
                              const lac_xml_element *tag)
{
    int8_t on = lac_docx_val_on(tag) ? 1 : 0;
    if (reader->in_defaults) {
        *(element == LAC_EL_B ? &reader->styles->default_bold : &reader->styles->default_vanish) =
            on;
    } else if (reader->current != NULL) {
        *(element == LAC_EL_B ? &reader->current->own.bold : &reader->current->own.vanish) = on;
    }
}

/* Only what stands directly in the style's own pPr and rPr counts, not in tblStylePr. */
static bool in_own_properties(const lac_walk *walk, lac_element parent)
{
    if (parent == LAC_EL_NUM_PR) {
        return lac_walk_above(walk, 2) == LAC_EL_P_PR && lac_walk_above(walk, 3) == LAC_EL_STYLE;
    }
    lac_element holder = lac_walk_above(walk, 2);
    return (parent == LAC_EL_P_PR && holder == LAC_EL_STYLE) ||
           (parent == LAC_EL_R_PR && (holder == LAC_EL_STYLE || holder == LAC_EL_R_PR_DEFAULT));
}

static void keep_property(styles_reader *reader, lac_element element, const lac_xml_element *tag)
{
    if (!in_own_properties(&reader->walk, lac_walk_above(&reader->walk, 1))) {
        return;
    }
    if (element == LAC_EL_B || element == LAC_EL_VANISH) {
        keep_run_property(reader, element, tag);
    } else if (reader->current == NULL) {
        return;
    } else if (element == LAC_EL_R_FONTS) {
        reader->current->own.font = (uint8_t)lac_symbol_font_of(tag);
    } else {
        keep_paragraph_property(&reader->current->own, element, tag);
    }
}

static lacuna_status start_element(void *user, const lac_xml_element *tag)
{
    styles_reader *reader = user;
    lac_element element;
    lacuna_status status = lac_walk_enter(&reader->walk, &element, tag);
    if (status != LACUNA_OK || reader->walk.skip > 0) {
        return status;
    }
    switch (element) {
    case LAC_EL_STYLE:
        return start_style(reader, tag);
    case LAC_EL_R_PR_DEFAULT:
        reader->in_defaults = true;
        break;
    case LAC_EL_P_PR_CHANGE:
    case LAC_EL_R_PR_CHANGE:
        lac_walk_skip(&reader->walk);
        break;
    case LAC_EL_NAME:
    case LAC_EL_ALIASES:
    case LAC_EL_BASED_ON:
        if (reader->current != NULL && lac_walk_above(&reader->walk, 1) == LAC_EL_STYLE) {
            return keep_name(reader, element, tag);
        }
        break;
    case LAC_EL_OUTLINE_LVL:
    case LAC_EL_ILVL:
    case LAC_EL_NUM_ID:
    case LAC_EL_B:
    case LAC_EL_VANISH:
    case LAC_EL_R_FONTS:
        keep_property(reader, element, tag);
        break;
    default:
        break;
    }
    return LACUNA_OK;
}

static lacuna_status end_element(void *user, const char *name, const char *uri)
{
    (void)name;
    (void)uri;
    styles_reader *reader = user;
    lac_element element = lac_walk_leave(&reader->walk);
    if (element == LAC_EL_STYLE) {
        reader->current = NULL;
    } else if (element == LAC_EL_R_PR_DEFAULT) {
        reader->in_defaults = false;
    }
    return LACUNA_OK;
}

/* ---- looking up ------------------------------------------------------------------------------ */

static int compare_ids(lac_span a, lac_span b)
{
    if (a.len != b.len) {
        return a.len < b.len ? -1 : 1;
    }
    return a.len == 0 ? 0 : memcmp(a.ptr, b.ptr, a.len);
}

static int by_id(const void *a, const void *b)
{
    const lac_style *x = a;
    const lac_style *y = b;
    return compare_ids(lac_span_of(x->id), lac_span_of(y->id));
}

const lac_style *lac_styles_find(const lac_styles *styles, lac_span id)
{
    uint32_t low = 0;
    uint32_t high = styles->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = compare_ids(lac_span_of(styles->items[middle].id), id);
        if (order == 0) {
            return &styles->items[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

/* ---- following the chains -------------------------------------------------------------------- */

static void take_level(lac_style *style, const lac_style *from, bool *decided)
{
    if (*decided) {
        return;
    }
    if (from->own.outline != LAC_UNSET) {
        *decided = true;
        style->level = from->own.outline < LAC_BODY_LEVEL ? (uint8_t)(from->own.outline + 1) : 0;
        style->source = style->level > 0 ? LAC_HEADING_STYLE_LEVEL : LAC_HEADING_NONE;
    } else if (from->name_level > 0) {
        *decided = true;
        style->level = from->name_level;
        style->source = LAC_HEADING_STYLE_NAME;
    }
}

static void inherit(lac_style *style, const lac_style *from)
{
    lac_style_properties *all = &style->all;
    if (all->ilvl == LAC_UNSET && from->own.ilvl != LAC_UNSET) {
        all->ilvl = from->own.ilvl;
        style->level_nearer = all->num_id == LAC_UNSET && from->own.num_id == LAC_UNSET;
    }
    if (all->num_id == LAC_UNSET && from->own.num_id != LAC_UNSET) {
        all->num_id = from->own.num_id;
        style->num_style = from->id;
    }
    all->bold = all->bold == LAC_UNSET ? from->own.bold : all->bold;
    all->vanish = all->vanish == LAC_UNSET ? from->own.vanish : all->vanish;
    all->font = all->font == LAC_FONT_UNKNOWN ? from->own.font : all->font;
    style->flags = style->flags == 0 ? from->own_flags : style->flags;
    style->toc_level = style->toc_level == 0 ? from->toc_level : style->toc_level;
}

static void resolve(const lac_styles *styles, lac_style *style, uint32_t max_chain)
{
    bool decided = false;
    style->all = nothing_set;
    style->num_style = "";
    const lac_style *from = style;
    for (uint32_t step = 0; from != NULL && step <= max_chain; step++) {
        take_level(style, from, &decided);
        inherit(style, from);
        const lac_style *next =
            from->based_on[0] == '\0' ? NULL : lac_styles_find(styles, lac_span_of(from->based_on));
        from = next == from ? NULL : next;
    }
}

static lacuna_status finish(styles_reader *reader, uint32_t max_chain)
{
    lac_styles *styles = reader->styles;
    styles->items = lac_arena_array(reader->arena, reader->count, sizeof *styles->items);
    if (styles->items == NULL) {
        return LACUNA_E_NOMEM;
    }
    if (reader->count > 0) {
        memcpy(styles->items, reader->items, reader->count * sizeof *styles->items);
        styles->count = (uint32_t)reader->count;
        qsort(styles->items, styles->count, sizeof *styles->items, by_id);
    }
    for (uint32_t i = 0; i < styles->count; i++) {
        resolve(styles, &styles->items[i], max_chain);
    }
    const lac_style *fallback = reader->default_id == NULL
                                    ? NULL
                                    : lac_styles_find(styles, lac_span_of(reader->default_id));
    styles->default_paragraph = fallback == NULL ? LAC_NONE : (uint32_t)(fallback - styles->items);
    return LACUNA_OK;
}

lacuna_status lac_styles_read(lac_styles *styles, lac_package *package, uint32_t part,
                              const lac_limits *limits, lac_arena *arena, lacuna_error *err)
{
    *styles = (lac_styles){.default_paragraph = LAC_NONE};
    if (part == LAC_PART_NONE) {
        return LACUNA_OK;
    }
    styles_reader *reader = calloc(1, sizeof *reader);
    if (reader == NULL) {
        return lac_fail_nomem(err);
    }
    reader->styles = styles;
    reader->arena = arena;
    lac_walk_begin(&reader->walk);
    const lac_xml_handler handler = {reader, start_element, end_element, NULL};
    lacuna_status status = lac_xml_parse_part(package, part, limits, &handler, err);
    /* What could be read of a damaged part is still better than nothing: the caller decides. */
    if (finish(reader, limits->style_chain) != LACUNA_OK && status == LACUNA_OK) {
        status = lac_fail_nomem(err);
    }
    free(reader->items);
    free(reader);
    return status;
}
