#include "drafter/place.h"

enum { LEVEL_MAX = 9 };

/* The section taken for an item, LAC_NONE: none. */
static uint32_t section_of(const lac_document *document, const lac_item_result *result)
{
    if (result->located_count == 0 || result->located[0].section == 0 ||
        result->located[0].section >= document->section_count) {
        return LAC_NONE;
    }
    return result->located[0].section;
}

static lac_target at_section(const lac_document *document, uint32_t section, lac_draft_where where,
                             uint8_t level)
{
    const lac_section *of = &document->sections[section];
    return (lac_target){
        .place = {where, document->blocks[of->heading].ordinal},
        .section = section,
        .level = level > LEVEL_MAX ? LEVEL_MAX : level,
    };
}

/* The nearest located sibling: before the item (step -1) or behind it (1). */
static uint32_t sibling_section(const lac_document *document, const lac_checklist_result *list,
                                uint32_t item, int step)
{
    uint32_t parent = list->items[item].item->parent;
    for (int64_t i = (int64_t)item + step; i >= 0 && i < list->item_count; i += step) {
        const lac_item_result *other = &list->items[i];
        if (other->item->parent == parent) {
            uint32_t section = section_of(document, other);
            if (section != LAC_NONE) {
                return section;
            }
        }
    }
    return LAC_NONE;
}

/* The parent is named by its place among the items of the checklist. */
static uint32_t parent_section(const lac_document *document, const lac_checklist_result *list,
                               uint32_t item)
{
    uint32_t parent = list->items[item].item->parent;
    return parent < list->item_count ? section_of(document, &list->items[parent]) : LAC_NONE;
}

lac_target lac_target_find(const lac_document *document, const lac_checklist_result *list,
                           uint32_t item)
{
    uint32_t own = section_of(document, &list->items[item]);
    if (own != LAC_NONE) {
        return at_section(document, own, LAC_DRAFT_IN_SECTION, 0);
    }
    uint32_t before = sibling_section(document, list, item, -1);
    if (before != LAC_NONE) {
        return at_section(document, before, LAC_DRAFT_AFTER_SECTION,
                          document->sections[before].level);
    }
    uint32_t parent = parent_section(document, list, item);
    if (parent != LAC_NONE) {
        return at_section(document, parent, LAC_DRAFT_IN_SECTION,
                          (uint8_t)(document->sections[parent].level + 1));
    }
    uint32_t behind = sibling_section(document, list, item, 1);
    if (behind != LAC_NONE) {
        return at_section(document, behind, LAC_DRAFT_BEFORE_SECTION,
                          document->sections[behind].level);
    }
    return (lac_target){.place = {LAC_DRAFT_AT_END, 0}, .section = LAC_NONE, .level = 1};
}
