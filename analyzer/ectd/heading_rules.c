/* Headings: known, in their place, with their keys, never split by a slip of the pen. */
#include "analyzer/ectd/check.h"
#include "parsers/ectd/headings.h"
#include "support/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { KEYS_MAX = 1u << 20 };

static bool is_form(const lac_node *node)
{
    return strcmp(node->element, "form") == 0;
}

/* Module 1 of the EU has no table here. */
static bool has_table(const lac_ectd_check *c, uint32_t placement)
{
    const lac_placement *p = &c->submission->placements[placement];
    return c->submission->backbones[p->backbone].kind != LAC_BACKBONE_REGIONAL ||
           strcmp(c->submission->sequences[p->sequence].region, "us") == 0;
}

static lacuna_status on_container(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    const lac_node *node = leaf->node == LAC_NONE ? NULL : &c->submission->nodes[leaf->node];
    const lac_heading *heading =
        node == NULL || node->extension ? NULL : lac_heading_by_element(node->element);
    if (heading == NULL) {
        return LACUNA_OK;
    }
    if ((heading->flags & LAC_HEADING_LOWEST) == 0) {
        return lac_ectd_found(c, lac_here(c, i), "\"%s\" stands in %s %s", leaf->title,
                              node->heading, node->title);
    }
    return (heading->flags & LAC_HEADING_LEAVES) == 0
               ? lac_ectd_found(c, lac_here(c, i), "\"%s\" stands in %s %s, which takes forms only",
                                leaf->title, node->heading, node->title)
               : LACUNA_OK;
}

/* Told once a node extension and sequence, at its first leaf. */
static lacuna_status node_extension(lac_ectd_check *c, uint32_t i)
{
    const lac_placement *leaf = &c->submission->placements[i];
    const lac_node *node = leaf->node == LAC_NONE ? NULL : &c->submission->nodes[leaf->node];
    if (node == NULL || !node->extension) {
        return LACUNA_OK;
    }
    uint32_t first = c->submission->sequences[leaf->sequence].first_placement;
    bool again = i > first && c->submission->placements[i - 1].node == leaf->node &&
                 c->submission->placements[i - 1].sequence == leaf->sequence;
    return again ? LACUNA_OK
                 : lac_ectd_found(c, lac_here(c, i), "\"%s\" below %s", node->title, node->heading);
}

static lac_leaf_place first_leaf(lac_ectd_check *c, uint32_t node)
{
    return lac_here(c, c->first_under[node]);
}

/* The codes of eCTD 4.0 go deeper than the elements of 3.2.2: ich_3.2.p.2.2. */
static bool is_finer(const lac_ectd_check *c, const lac_node *node, uint32_t placement)
{
    uint32_t sequence = c->submission->placements[placement].sequence;
    if (node->parent == LAC_NONE ||
        c->submission->sequences[sequence].standard == LAC_STANDARD_ECTD_3) {
        return false;
    }
    const lac_node *above = &c->submission->nodes[node->parent];
    return above->known && strcmp(above->heading, node->heading) != 0 &&
           lac_heading_within(node->heading, above->heading);
}

static lacuna_status unknown(lac_ectd_check *c, uint32_t i)
{
    const lac_node *node = &c->submission->nodes[i];
    if (is_finer(c, node, c->first_under[i])) {
        return LACUNA_OK;
    }
    return !node->known && !node->extension && !is_form(node) && has_table(c, c->first_under[i])
               ? lac_ectd_found(c, first_leaf(c, i), "\"%s\"", node->element)
               : LACUNA_OK;
}

static lacuna_status misplaced(lac_ectd_check *c, uint32_t i)
{
    const lac_node *node = &c->submission->nodes[i];
    const lac_heading *heading = lac_heading_by_element(node->element);
    if (heading == NULL || is_form(node)) {
        return LACUNA_OK;
    }
    const char *above = node->parent == LAC_NONE ? "" : c->submission->nodes[node->parent].element;
    const char *due = lac_heading_by_element(heading->parent) == NULL ? "" : heading->parent;
    return strcmp(above, due) != 0
               ? lac_ectd_found(c, first_leaf(c, i), "%s stands below %s", node->element,
                                above[0] == '\0' ? "the root" : above)
               : LACUNA_OK;
}

static bool has_key(const lac_node *node, const char *name, size_t length)
{
    for (uint32_t k = 0; k < node->key_count; k++) {
        if (lac_span_equal(lac_span_of(node->keys[k].name), lac_span_make(name, length))) {
            return lac_span_trim(lac_span_of(node->keys[k].value)).len > 0;
        }
    }
    return false;
}

/* The table writes keys as "substance! manufacturer!", '!' for required. */
static lacuna_status key_absent(lac_ectd_check *c, uint32_t i)
{
    const lac_node *node = &c->submission->nodes[i];
    const lac_heading *heading = lac_heading_by_element(node->element);
    const lac_placement *first = &c->submission->placements[c->first_under[i]];
    bool v4 = c->submission->sequences[first->sequence].standard == LAC_STANDARD_ECTD_4;
    const char *at = heading == NULL || v4 ? "" : heading->keys; /* 4.0 has keywords */
    while (*at != '\0') {
        size_t length = strcspn(at, "!? ");
        if (at[length] == '!' && !has_key(node, at, length)) {
            return lac_ectd_found(c, first_leaf(c, i), "%s without %.*s", node->element,
                                  (int)length, at);
        }
        at += length;
        at += strspn(at, "!? ");
    }
    return LACUNA_OK;
}

/* ---- drift ---------------------------------------------------------------------------------- */

/* A heading with keys as it occurs in an application. */
typedef struct occurrence {
    uint32_t application, parent, node, placement;
    const char *element;
    char *keys; /* normalised */
} occurrence;

typedef struct occurrences {
    occurrence *items;
    size_t count, capacity;
} occurrences;

/* Small letters and digits only: what is left of "Acme, Inc." and "ACME Inc" is the same. */
static lacuna_status append_folded(lac_buf *buf, lac_span text)
{
    lacuna_status status = LACUNA_OK;
    while (text.len > 0 && status == LACUNA_OK) {
        size_t length;
        uint32_t letter = lac_utf8_lower(lac_utf8_decode(text, &length));
        bool kept =
            letter >= 0x80 || (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
        if (kept && !lac_utf8_is_space(letter)) {
            status = lac_buf_append_codepoint(buf, letter);
        }
        text = lac_span_make(text.ptr + length, text.len - length);
    }
    return status;
}

static lacuna_status fold_keys(char **out, const lac_node *node)
{
    lac_buf keys;
    lac_buf_init(&keys, KEYS_MAX);
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < node->key_count && status == LACUNA_OK; i++) {
        status = lac_buf_printf(&keys, "%s=", node->keys[i].name);
        if (status == LACUNA_OK) {
            status = append_folded(&keys, lac_span_of(node->keys[i].value));
        }
        if (status == LACUNA_OK) {
            status = lac_buf_append_char(&keys, ';');
        }
    }
    *out = status == LACUNA_OK ? lac_buf_steal(&keys) : NULL;
    lac_buf_free(&keys);
    return *out == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

static lacuna_status add_occurrence(occurrences *list, const lac_submission *s, uint32_t node,
                                    uint32_t placement)
{
    lacuna_status status = lac_grow((void **)&list->items, &list->capacity, list->count + 1,
                                    sizeof *list->items, UINT32_MAX);
    if (status != LACUNA_OK) {
        return LACUNA_E_NOMEM;
    }
    occurrence *added = &list->items[list->count];
    *added = (occurrence){s->sequences[s->placements[placement].sequence].application,
                          s->nodes[node].parent,
                          node,
                          placement,
                          s->nodes[node].element,
                          NULL};
    status = fold_keys(&added->keys, &s->nodes[node]);
    list->count += status == LACUNA_OK ? 1 : 0;
    return status;
}

/* Placements of one application stand together, so the last application seen of a node is enough to
 * take each once. `seen` holds application + 1. */
static lacuna_status note_above(occurrences *list, const lac_submission *s, uint32_t placement,
                                uint32_t *seen)
{
    const lac_placement *leaf = &s->placements[placement];
    uint32_t application = s->sequences[leaf->sequence].application;
    for (uint32_t node = leaf->node; node != LAC_NONE && seen[node] != application + 1;
         node = s->nodes[node].parent) {
        seen[node] = application + 1;
        if (s->nodes[node].key_count > 0 && !is_form(&s->nodes[node])) {
            lacuna_status status = add_occurrence(list, s, node, placement);
            if (status != LACUNA_OK) {
                return status;
            }
        }
    }
    return LACUNA_OK;
}

static int by_keys(const void *a, const void *b)
{
    const occurrence *x = a;
    const occurrence *y = b;
    if (x->application != y->application) {
        return x->application < y->application ? -1 : 1;
    }
    if (x->parent != y->parent) {
        return x->parent < y->parent ? -1 : 1;
    }
    int order = strcmp(x->element, y->element);
    order = order != 0 ? order : strcmp(x->keys, y->keys);
    return order != 0 ? order : (x->placement > y->placement) - (x->placement < y->placement);
}

static bool is_same_section(const occurrence *a, const occurrence *b)
{
    return a->application == b->application && a->parent == b->parent &&
           strcmp(a->element, b->element) == 0 && strcmp(a->keys, b->keys) == 0;
}

/* Every further spelling is told once, against the first. */
static lacuna_status tell_drift(lac_ectd_check *c, const occurrences *list)
{
    size_t first = 0;
    for (size_t i = 1; i < list->count; i++) {
        if (!is_same_section(&list->items[first], &list->items[i])) {
            first = i;
            continue;
        }
        const lac_node *one = &c->submission->nodes[list->items[first].node];
        const lac_node *other = &c->submission->nodes[list->items[i].node];
        uint32_t k = 0;
        while (k + 1 < one->key_count && strcmp(one->keys[k].value, other->keys[k].value) == 0) {
            k++;
        }
        lac_leaf_place places[] = {lac_here(c, list->items[i].placement),
                                   lac_here(c, list->items[first].placement)};
        lacuna_status status =
            lac_ectd_found_at(c, places, 2, "%s of %s is \"%s\" and \"%s\"", one->keys[k].name,
                              one->heading, other->keys[k].value, one->keys[k].value);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    return LACUNA_OK;
}

static lacuna_status drift(lac_ectd_check *c, uint32_t index)
{
    (void)index;
    const lac_submission *s = c->submission;
    occurrences list = {NULL, 0, 0};
    uint32_t *seen = calloc((size_t)s->node_count + 1, sizeof *seen);
    lacuna_status status = seen == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    for (uint32_t i = 0; i < s->placement_count && status == LACUNA_OK; i++) {
        const lac_placement *leaf = &s->placements[i];
        if (leaf->node != LAC_NONE && lac_ectd_applies(c, leaf->sequence) &&
            s->sequences[leaf->sequence].standard == LAC_STANDARD_ECTD_3) {
            status = note_above(&list, s, i, seen);
        }
    }
    if (status == LACUNA_OK && list.count > 1) {
        qsort(list.items, list.count, sizeof *list.items, by_keys);
        status = tell_drift(c, &list);
    }
    for (size_t i = 0; i < list.count; i++) {
        free(list.items[i].keys);
    }
    free(list.items);
    free(seen);
    return status;
}

static const lac_ectd_entry ENTRIES[] = {
    {"ectd.heading.leaf-on-container", LAC_EACH_LEAF, on_container},
    {"ectd.heading.node-extension", LAC_EACH_LEAF, node_extension},
    {"ectd.heading.unknown", LAC_EACH_NODE, unknown},
    {"ectd.heading.misplaced", LAC_EACH_NODE, misplaced},
    {"ectd.heading.key-absent", LAC_EACH_NODE, key_absent},
    {"ectd.heading.drift", LAC_ALL_TOGETHER, drift},
};
LAC_ECTD_TABLE(lac_heading_rules, ENTRIES);
