/* Leaves by themselves: ids, operations, titles, names of forms. */
#include "analyzer/ectd/check.h"
#include "parsers/ectd/map.h"

#include <string.h>

enum { TITLE_MOST = 512 };

static lacuna_status id_absent(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    return leaf->id[0] == '\0'
               ? lac_ectd_found(c, lac_here(c, i), "\"%s\" (%s)", leaf->title, leaf->href)
               : LACUNA_OK;
}

/* Ids are compared within one backbone. */
static lacuna_status id_twice(lac_ectd_check *c, uint32_t index)
{
    (void)index;
    lac_map seen;
    lacuna_status status = LACUNA_OK;
    lac_map_init(&seen);
    for (uint32_t i = 0; i < c->submission->placement_count && status == LACUNA_OK; i++) {
        const lac_placement *leaf = &c->submission->placements[i];
        bool unit = c->submission->backbones[leaf->backbone].kind == LAC_BACKBONE_UNIT;
        if (unit || leaf->id[0] == '\0' || !lac_ectd_applies(c, leaf->sequence)) {
            continue;
        }
        uint32_t first = lac_map_find(&seen, leaf->backbone, lac_span_of(leaf->id));
        if (first == LAC_NONE) {
            status = lac_map_put(&seen, leaf->backbone, lac_span_of(leaf->id), i);
        } else {
            lac_leaf_place places[] = {lac_here(c, i), lac_here(c, first)};
            status = lac_ectd_found_at(c, places, 2, "%s", leaf->id);
        }
    }
    lac_map_free(&seen);
    return status;
}

static lacuna_status href_absent(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    return leaf->operation != LAC_OPERATION_DELETE &&
                   lac_span_trim(lac_span_of(leaf->href)).len == 0
               ? lac_ectd_found(c, lac_here(c, i), "leaf %s", leaf->id)
               : LACUNA_OK;
}

static lacuna_status operation(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    return leaf->operation == LAC_OPERATION_OTHER
               ? lac_ectd_found(c, lac_here(c, i), "\"%s\" of leaf %s", leaf->operation_written,
                                leaf->id)
               : LACUNA_OK;
}

static lacuna_status delete_with_file(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    return leaf->operation == LAC_OPERATION_DELETE && leaf->href[0] != '\0'
               ? lac_ectd_found(c, lac_here(c, i), "%s", leaf->href)
               : LACUNA_OK;
}

/* ---- titles --------------------------------------------------------------------------------- */

/* The title of a deletion may be empty, as in the examples of the specification. A document of 4.0
 * without a title has a rule of its own. */
static lacuna_status title_absent(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    return !lac_is_deletion(leaf) && lac_span_trim(lac_span_of(leaf->title)).len == 0
               ? lac_ectd_found(c, lac_here(c, i), "leaf %s (%s)", leaf->id, leaf->href)
               : LACUNA_OK;
}

static lacuna_status title_blanks(lac_ectd_check *c, uint32_t i)
{
    lac_span title = lac_span_of(c->submission->placements[i].title);
    size_t trimmed = lac_span_trim(title).len;
    return trimmed > 0 && trimmed != title.len
               ? lac_ectd_found(c, lac_here(c, i), "\"%s\"", title.ptr)
               : LACUNA_OK;
}

/* "3.2.S.4.1 Specification", "2.5. Overview"; not "100 mg tablets", "2.5 mg", "1 year". */
static bool begins_with_number(const char *title)
{
    const char *at = title + strspn(title, " \t");
    size_t parts = 0;
    if (*at < '1' || *at > '5') {
        return false;
    }
    for (;;) {
        size_t length = strspn(at, "0123456789");
        if (length == 0 && parts > 0 && *at != '\0' && strchr("SPARspar", *at) != NULL) {
            length = 1;
        }
        if (length == 0 || length > 2) {
            break;
        }
        parts++;
        at += length;
        if (*at != '.') {
            break;
        }
        at++;
    }
    if (parts >= 3) {
        return true; /* also "1.2.4a Post-authorization" */
    }
    at += strspn(at, " \t-:");
    bool unit = strncmp(at, "mg", 2) == 0 || strncmp(at, "ml", 2) == 0 || strncmp(at, "%", 1) == 0;
    return parts == 2 && !unit && (strchr(" \t.", at[-1]) != NULL || *at == '\0');
}

/* FDA's guide says it; to others it is a hint. */
static void soften_elsewhere(lac_ectd_check *c)
{
    bool fda = c->at != LAC_NONE && (c->profiles[c->at] & (LAC_PROFILE_FDA_3 | LAC_PROFILE_FDA_4));
    c->at_most = fda ? LAC_SEVERITY_CRITICAL : LAC_SEVERITY_INFO;
}

static lacuna_status title_number(lac_ectd_check *c, uint32_t i)
{
    soften_elsewhere(c);
    const char *title = c->submission->placements[i].title;
    return begins_with_number(title) ? lac_ectd_found(c, lac_here(c, i), "\"%s\"", title)
                                     : LACUNA_OK;
}

static lacuna_status title_length(lac_ectd_check *c, uint32_t i)
{
    soften_elsewhere(c);
    const char *title = c->submission->placements[i].title;
    size_t length = lac_character_count(lac_span_of(title));
    return length > TITLE_MOST
               ? lac_ectd_found(c, lac_here(c, i), "%zu characters, \"%.60s ...\"", length, title)
               : LACUNA_OK;
}

/* ---- forms ---------------------------------------------------------------------------------- */

/* The number of the form in the name of the file, by FDA's form-type list. */
static lacuna_status form_name(lac_ectd_check *c, uint32_t i)
{
    static const struct {
        const char *type, *number;
    } forms[] = {{"fdaft1", "1571"}, {"fdaft2", "356h"}, {"fdaft3", "3397"}, {"fdaft4", "2252"},
                 {"fdaft5", "2253"}, {"fdaft6", "2567"}, {"fdaft7", "3674"}};
    const lac_placement *leaf = &c->submission->placements[i];
    const lac_node *node = leaf->node == LAC_NONE ? NULL : &c->submission->nodes[leaf->node];
    if (node == NULL || strcmp(node->element, "form") != 0 || leaf->href[0] == '\0') {
        return LACUNA_OK;
    }
    for (uint32_t k = 0; k < node->key_count; k++) {
        for (size_t f = 0; f < sizeof forms / sizeof forms[0]; f++) {
            if (strcmp(node->keys[k].value, forms[f].type) == 0 &&
                strstr(lac_base_name(leaf->href), forms[f].number) == NULL) {
                return lac_ectd_found(c, lac_here(c, i), "%s is Form FDA %s", leaf->href,
                                      forms[f].number);
            }
        }
    }
    return LACUNA_OK;
}

static const lac_ectd_entry ENTRIES[] = {
    {"ectd.leaf.id-absent", LAC_EACH_LEAF, id_absent},
    {"ectd.leaf.id-twice", LAC_ALL_TOGETHER, id_twice},
    {"ectd.leaf.href-absent", LAC_EACH_LEAF, href_absent},
    {"ectd.leaf.operation", LAC_EACH_LEAF, operation},
    {"ectd.leaf.delete-with-file", LAC_EACH_LEAF, delete_with_file},
    {"ectd.title.absent", LAC_EACH_LEAF, title_absent},
    {"ectd.title.blanks", LAC_EACH_PLACEMENT, title_blanks},
    {"ectd.title.section-number", LAC_EACH_PLACEMENT, title_number},
    {"ectd.title.too-long", LAC_EACH_PLACEMENT, title_length},
    {"ectd.form.name", LAC_EACH_LEAF, form_name},
};
LAC_ECTD_TABLE(lac_leaf_rules, ENTRIES);
