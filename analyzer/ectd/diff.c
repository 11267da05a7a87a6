#include "analyzer/ectd/diff.h"

#include "analyzer/ectd/diff_match.h"
#include "analyzer/ectd/diff_sides.h"
#include "parsers/ectd/headings.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

/* Headings above a leaf that are looked at when changes are put in order. */
enum { DEPTH_MAX = 64 };

typedef struct sorted {
    lac_change change;
    const lac_sides *sides;
} sorted;

typedef struct builder {
    lac_diff *diff;
    lac_sides sides;
    lac_pairs pairs;
    sorted *rows;
    size_t count, capacity;
    lacuna_error *err;
} builder;

static lacuna_status add(builder *b, const lac_change *change)
{
    void *rows = b->rows;
    lacuna_status status =
        lac_grow(&rows, &b->capacity, b->count + 1, sizeof *b->rows, SIZE_MAX / sizeof *b->rows);
    b->rows = rows;
    if (status != LACUNA_OK) {
        return lac_fail_nomem(b->err);
    }
    b->rows[b->count++] = (sorted){*change, &b->sides};
    return LACUNA_OK;
}

/* ---- kinds ---------------------------------------------------------------------------------- */

static bool is_change(lac_change *change)
{
    bool superseded = change->match == LAC_PAIRING_LIFECYCLE;
    bool known = change->content != LAC_CONTENT_UNKNOWN;
    if (change->content == LAC_CONTENT_CHANGED || (superseded && !known)) {
        change->kind = LAC_CHANGE_REPLACED;
    } else if (change->heading) {
        change->kind = LAC_CHANGE_MOVED;
    } else if (change->title) {
        change->kind = LAC_CHANGE_RENAMED;
    } else if (superseded) {
        change->kind = LAC_CHANGE_REPLACED;
    } else {
        return false;
    }
    return true;
}

static lacuna_status judge_pair(builder *b, const lac_pair *pair)
{
    const lac_side *from = &b->sides.side[LAC_DIFF_FROM];
    const lac_side *to = &b->sides.side[LAC_DIFF_TO];
    const lac_placement *was = &from->submission->placements[pair->leaf[LAC_DIFF_FROM]];
    const lac_placement *is = &to->submission->placements[pair->leaf[LAC_DIFF_TO]];
    lac_change change = {
        .match = pair->match,
        .content = lac_content_compare(lac_content_digest(from->submission, was),
                                       lac_content_digest(to->submission, is)),
        .title = strcmp(was->title, is->title) != 0,
        .heading = lac_sides_class(from, pair->leaf[LAC_DIFF_FROM]) !=
                   lac_sides_class(to, pair->leaf[LAC_DIFF_TO]),
        .application = lac_sides_application(to, pair->leaf[LAC_DIFF_TO]),
        .leaf = {pair->leaf[LAC_DIFF_FROM], pair->leaf[LAC_DIFF_TO]},
        .ended_by = LAC_NONE,
    };
    if (is_change(&change)) {
        return add(b, &change);
    }
    b->sides.applications[change.application].unchanged++;
    return LACUNA_OK;
}

static bool is_unresolvable(const lac_placement *placement)
{
    bool any = false;
    for (uint32_t i = 0; i < placement->link_count; i++) {
        if (placement->links[i].reference == LAC_REFERENCE_RESOLVED) {
            return false;
        }
        any = any || placement->links[i].reference == LAC_REFERENCE_UNRESOLVABLE;
    }
    return any;
}

static lac_change_kind kind_of_single(const lac_placement *placement, int k)
{
    if (is_unresolvable(placement)) {
        return LAC_CHANGE_UNRESOLVABLE;
    }
    if (k == LAC_DIFF_FROM) {
        return LAC_CHANGE_REMOVED;
    }
    return placement->operation == LAC_OPERATION_APPEND ? LAC_CHANGE_APPENDED : LAC_CHANGE_ADDED;
}

static lacuna_status judge_single(builder *b, int k, uint32_t index)
{
    const lac_side *side = &b->sides.side[k];
    lac_change change = {
        .kind = kind_of_single(&side->submission->placements[index], k),
        .application = lac_sides_application(side, index),
        .leaf = {LAC_NONE, LAC_NONE},
        .ended_by = LAC_NONE,
    };
    change.leaf[k] = index;
    if (lac_sides_skips(&b->sides, k, index)) {
        b->sides.applications[change.application].not_supplied[k]++;
        return LACUNA_OK;
    }
    if (k == LAC_DIFF_FROM) {
        (void)lac_follow(b->sides.side[LAC_DIFF_TO].submission, lac_sides_find(&b->sides, k, index),
                         &change.ended_by);
    }
    return add(b, &change);
}

/* A deletion of something that was not supplied, which the other state does not tell. */
static bool is_told(const builder *b, int k, uint32_t index)
{
    const lac_placement *p = &b->sides.side[k].submission->placements[index];
    return p->state == LAC_STATE_OPERATION && is_unresolvable(p) &&
           lac_sides_find(&b->sides, k, index) == LAC_NONE && !lac_sides_skips(&b->sides, k, index);
}

static lacuna_status judge_all(builder *b)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < b->pairs.count && status == LACUNA_OK; i++) {
        status = judge_pair(b, &b->pairs.items[i]);
    }
    for (int k = 0; k < LAC_DIFF_SIDES; k++) {
        const lac_submission *s = b->sides.side[k].submission;
        for (uint32_t i = 0; i < s->placement_count && status == LACUNA_OK; i++) {
            bool current = s->placements[i].state == LAC_STATE_CURRENT;
            b->diff->current[k] += current;
            if ((current && !b->pairs.paired[k][i]) || is_told(b, k, i)) {
                status = judge_single(b, k, i);
            }
        }
    }
    return status;
}

/* ---- order ---------------------------------------------------------------------------------- */

typedef struct ancestry {
    const lac_submission *submission;
    uint32_t nodes[DEPTH_MAX];
    uint32_t depth;
} ancestry;

static const lac_placement *shown_leaf(const sorted *row, const lac_submission **submission)
{
    int k = row->change.leaf[LAC_DIFF_TO] != LAC_NONE ? LAC_DIFF_TO : LAC_DIFF_FROM;
    *submission = row->sides->side[k].submission;
    return &(*submission)->placements[row->change.leaf[k]];
}

/* Outermost first; of very deep ones the innermost headings. */
static void list_ancestry(ancestry *a, const lac_submission *submission, uint32_t node)
{
    a->submission = submission;
    a->depth = 0;
    while (node != LAC_NONE && a->depth < DEPTH_MAX) {
        a->nodes[DEPTH_MAX - ++a->depth] = node;
        node = submission->nodes[node].parent;
    }
}

static int compare_nodes(const lac_node *x, const lac_node *y)
{
    int order = lac_heading_compare(x->heading, y->heading);
    if (order == 0) {
        order = strcmp(x->element, y->element);
    }
    if (order == 0) {
        order = strcmp(x->title, y->title);
    }
    for (uint32_t i = 0; order == 0 && i < x->key_count && i < y->key_count; i++) {
        order = strcmp(x->keys[i].value, y->keys[i].value);
    }
    return order != 0 ? order : (x->key_count > y->key_count) - (x->key_count < y->key_count);
}

static int compare_headings(const lac_submission *s, uint32_t a, const lac_submission *t,
                            uint32_t b)
{
    ancestry x;
    ancestry y;
    list_ancestry(&x, s, a);
    list_ancestry(&y, t, b);
    for (uint32_t i = 0; i < x.depth && i < y.depth; i++) {
        int order = compare_nodes(&s->nodes[x.nodes[DEPTH_MAX - x.depth + i]],
                                  &t->nodes[y.nodes[DEPTH_MAX - y.depth + i]]);
        if (order != 0) {
            return order;
        }
    }
    return (x.depth > y.depth) - (x.depth < y.depth);
}

static int compare_indexes(uint32_t x, uint32_t y)
{
    return (x > y) - (x < y);
}

static int by_place(const void *a, const void *b)
{
    const sorted *x = a;
    const sorted *y = b;
    const lac_submission *s;
    const lac_submission *t;
    const lac_placement *p = shown_leaf(x, &s);
    const lac_placement *q = shown_leaf(y, &t);
    int order = compare_indexes(x->change.application, y->change.application);
    if (order == 0) {
        order = compare_headings(s, p->node, t, q->node);
    }
    if (order == 0) {
        order = strcmp(p->title, q->title);
    }
    if (order == 0) {
        order = strcmp(p->id, q->id);
    }
    if (order == 0) {
        order = compare_indexes(x->change.leaf[LAC_DIFF_TO], y->change.leaf[LAC_DIFF_TO]);
    }
    return order != 0
               ? order
               : compare_indexes(x->change.leaf[LAC_DIFF_FROM], y->change.leaf[LAC_DIFF_FROM]);
}

/* ---- the whole ------------------------------------------------------------------------------ */

static lacuna_status hand_over(builder *b)
{
    lac_diff *diff = b->diff;
    lac_change *changes = lac_arena_array(&diff->arena, b->count, sizeof *changes);
    if (changes == NULL) {
        return lac_fail_nomem(b->err);
    }
    if (b->count > 1) {
        qsort(b->rows, b->count, sizeof *b->rows, by_place);
    }
    for (size_t i = 0; i < b->count; i++) {
        changes[i] = b->rows[i].change;
        diff->counts[changes[i].kind]++;
    }
    diff->changes = changes;
    diff->count = (uint32_t)b->count;
    diff->applications = b->sides.applications;
    diff->application_count = b->sides.application_count;
    for (uint32_t i = 0; i < diff->application_count; i++) {
        diff->unchanged += diff->applications[i].unchanged;
        for (int k = 0; k < LAC_DIFF_SIDES; k++) {
            diff->not_supplied[k] += diff->applications[i].not_supplied[k];
        }
    }
    return LACUNA_OK;
}

lacuna_status lac_diff_make(lac_diff **out, const lac_submission *from, const lac_submission *to,
                            lacuna_error *err)
{
    *out = NULL;
    lac_diff *diff = calloc(1, sizeof *diff);
    if (diff == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&diff->arena);
    diff->side[LAC_DIFF_FROM] = from;
    diff->side[LAC_DIFF_TO] = to;
    builder b = {.diff = diff, .err = err};
    lacuna_status status = lac_sides_make(&b.sides, from, to, &diff->arena, err);
    if (status == LACUNA_OK) {
        status = lac_pairs_make(&b.pairs, &b.sides);
    }
    if (status == LACUNA_OK) {
        status = judge_all(&b);
    }
    if (status == LACUNA_OK) {
        status = hand_over(&b);
    }
    free(b.rows);
    lac_pairs_free(&b.pairs);
    lac_sides_free(&b.sides);
    if (status != LACUNA_OK) {
        lac_diff_free(diff);
        return status;
    }
    *out = diff;
    return LACUNA_OK;
}

void lac_diff_free(lac_diff *diff)
{
    if (diff != NULL) {
        lac_arena_free(&diff->arena);
        free(diff);
    }
}

const char *lac_change_name(lac_change_kind kind)
{
    static const char *const names[] = {"added",   "appended", "replaced",    "moved",
                                        "renamed", "removed",  "unresolvable"};
    return kind < LAC_CHANGE_COUNT ? names[kind] : "added";
}

const char *lac_pairing_name(lac_pairing match)
{
    static const char *const names[] = {"none", "id", "lifecycle", "content", "title"};
    return match < LAC_PAIRING_COUNT ? names[match] : "none";
}

const char *lac_content_name(lac_content content)
{
    static const char *const names[] = {"unknown", "same", "changed"};
    return content < LAC_CONTENT_COUNT ? names[content] : "unknown";
}
