#include "analyzer/ectd/view.h"

#include "analyzer/ectd/check.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

/* ---- order ---------------------------------------------------------------------------------- */

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int compare_headings(const char *a, const char *b)
{
    while (*a != '\0' && small(*a) == small(*b)) {
        a++;
        b++;
    }
    return (unsigned char)small(*a) - (unsigned char)small(*b);
}

static int by_heading(const void *a, const void *b)
{
    const lac_filed *x = a;
    const lac_filed *y = b;
    int order = compare_headings(x->heading, y->heading);
    return order != 0 ? order : (x->placement > y->placement) - (x->placement < y->placement);
}

/* ---- making --------------------------------------------------------------------------------- */

static bool is_filed(const lac_submission *submission, const lac_placement *placement,
                     uint32_t sequence, const bool *backbones)
{
    if (placement->node == LAC_NONE || lac_is_deletion(placement) ||
        placement->study_tagging_file) {
        return false;
    }
    if (placement->file != LAC_NONE &&
        (submission->files[placement->file].exempt || backbones[placement->file])) {
        return false;
    }
    return sequence == LAC_NONE ? placement->state == LAC_STATE_CURRENT
                                : placement->sequence == sequence;
}

/* Placements of one application stand together. */
static uint32_t collect(lac_filed *items, const lac_submission *s, uint32_t application,
                        uint32_t sequence, const bool *backbones)
{
    const lac_application *a = &s->applications[application];
    uint32_t count = 0;
    for (uint32_t q = 0; q < a->sequence_count; q++) {
        const lac_sequence *own = &s->sequences[a->first_sequence + q];
        for (uint32_t k = 0; k < own->placement_count; k++) {
            uint32_t i = own->first_placement + k;
            const lac_placement *p = &s->placements[i];
            if (is_filed(s, p, sequence, backbones)) {
                items[count++] = (lac_filed){s->nodes[p->node].heading, i, p->node};
            }
        }
    }
    return count;
}

static uint32_t most_filed(const lac_submission *s, uint32_t application)
{
    const lac_application *a = &s->applications[application];
    uint32_t count = 0;
    for (uint32_t q = 0; q < a->sequence_count; q++) {
        count += s->sequences[a->first_sequence + q].placement_count;
    }
    return count;
}

static uint32_t collect_instances(uint32_t *instances, const lac_view *view, uint32_t *stamps)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < view->count; i++) {
        uint32_t node = view->items[i].node;
        for (; node != LAC_NONE && stamps[node] == 0; node = view->submission->nodes[node].parent) {
            const lac_node *n = &view->submission->nodes[node];
            stamps[node] = 1;
            if (n->key_count > 0 && n->known && strcmp(n->element, "form") != 0) {
                instances[count++] = node;
            }
        }
    }
    return count;
}

lacuna_status lac_view_make(lac_view *out, const lac_submission *submission, uint32_t application,
                            uint32_t sequence, lac_arena *arena, lacuna_error *err)
{
    *out = (lac_view){.submission = submission, .stamp = 1};
    lac_filed *items = lac_arena_array(arena, most_filed(submission, application), sizeof *items);
    uint32_t *instances = lac_arena_array(arena, submission->node_count, sizeof *instances);
    bool *backbones = lac_arena_array(arena, submission->file_count, sizeof *backbones);
    out->stamps = lac_arena_array(arena, submission->node_count, sizeof *out->stamps);
    if (items == NULL || backbones == NULL || instances == NULL || out->stamps == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t i = 0; i < submission->backbone_count; i++) {
        backbones[submission->backbones[i].file] = true;
    }
    out->count = collect(items, submission, application, sequence, backbones);
    if (out->count > 1) {
        qsort(items, out->count, sizeof *items, by_heading);
    }
    out->items = items;
    out->instance_count = collect_instances(instances, out, out->stamps);
    out->instances = instances;
    return LACUNA_OK;
}

/* ---- finding -------------------------------------------------------------------------------- */

static uint32_t lower_bound(const lac_view *view, const char *heading)
{
    uint32_t low = 0;
    uint32_t high = view->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (compare_headings(view->items[middle].heading, heading) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* "3.2.S" and all "3.2.S.…" stand together: '.' sorts before every letter and digit. */
uint32_t lac_view_find(uint32_t *first, const lac_view *view, const char *heading)
{
    *first = lower_bound(view, heading);
    uint32_t end = *first;
    while (end < view->count && lac_heading_within(view->items[end].heading, heading)) {
        end++;
    }
    return end - *first;
}

static uint32_t find_exactly(uint32_t *first, const lac_view *view, const char *heading)
{
    *first = lower_bound(view, heading);
    uint32_t end = *first;
    while (end < view->count && compare_headings(view->items[end].heading, heading) == 0) {
        end++;
    }
    return end - *first;
}

uint32_t lac_view_above(uint32_t *first, const lac_view *view, const char *heading)
{
    char above[64];
    size_t length = strlen(heading);
    *first = 0;
    if (length >= sizeof above) {
        return 0;
    }
    memcpy(above, heading, length + 1);
    for (;;) {
        char *dot = strrchr(above, '.');
        if (dot == NULL) {
            return 0;
        }
        *dot = '\0';
        if (strchr(above, '.') == NULL) {
            return 0; /* a module */
        }
        uint32_t count = find_exactly(first, view, above);
        if (count > 0) {
            return count;
        }
    }
}

/* ---- copies of a repeated heading ----------------------------------------------------------- */

static void stamp_upward(lac_view *view, uint32_t node)
{
    while (node != LAC_NONE && view->stamps[node] != view->stamp) {
        view->stamps[node] = view->stamp;
        node = view->submission->nodes[node].parent;
    }
}

/* Something filed on a heading between the copy and the wanted one may hold what is looked for. */
static void stamp_between(lac_view *view, const char *heading)
{
    char above[64];
    size_t length = strlen(heading);
    memcpy(above, heading, length < sizeof above ? length + 1 : 1);
    for (char *dot = strrchr(above, '.'); dot != NULL; dot = strrchr(above, '.')) {
        uint32_t first;
        *dot = '\0';
        uint32_t count = find_exactly(&first, view, above);
        for (uint32_t i = first; i < first + count; i++) {
            stamp_upward(view, view->items[i].node);
        }
    }
}

uint32_t lac_view_lacking(lac_view *view, const char *heading)
{
    uint32_t first;
    uint32_t count = lac_view_find(&first, view, heading);
    if (strlen(heading) >= 64) {
        return LAC_NONE;
    }
    view->stamp++;
    for (uint32_t i = first; i < first + count; i++) {
        stamp_upward(view, view->items[i].node);
    }
    stamp_between(view, heading);
    for (uint32_t i = 0; i < view->instance_count; i++) {
        uint32_t node = view->instances[i];
        const char *own = view->submission->nodes[node].heading;
        bool above = lac_heading_within(heading, own) && compare_headings(heading, own) != 0;
        if (above && view->stamps[node] != view->stamp) {
            return node;
        }
    }
    return LAC_NONE;
}
