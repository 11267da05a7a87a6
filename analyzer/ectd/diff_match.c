#include "analyzer/ectd/diff_match.h"

#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

uint32_t lac_follow(const lac_submission *submission, uint32_t placement, uint32_t *ended_by)
{
    *ended_by = LAC_NONE;
    for (uint32_t steps = 0; placement != LAC_NONE && steps <= submission->placement_count;
         steps++) {
        const lac_placement *p = &submission->placements[placement];
        if (p->state == LAC_STATE_CURRENT) {
            return placement;
        }
        if (p->state == LAC_STATE_DELETED) {
            *ended_by = p->superseded_by;
            return LAC_NONE;
        }
        placement = p->superseded_by;
    }
    return LAC_NONE;
}

static bool is_current(const lac_side *side, uint32_t placement)
{
    return side->submission->placements[placement].state == LAC_STATE_CURRENT;
}

/* `own` is of state `k`, `other` of the other one. */
static lacuna_status pair(lac_pairs *pairs, const lac_sides *sides, int k, uint32_t own,
                          uint32_t other, lac_pairing match)
{
    void *items = pairs->items;
    lacuna_status status = lac_grow(&items, &pairs->capacity, pairs->count + 1,
                                    sizeof *pairs->items, SIZE_MAX / sizeof *pairs->items);
    pairs->items = items;
    if (status != LACUNA_OK) {
        return lac_fail_nomem(sides->err);
    }
    lac_pair *added = &pairs->items[pairs->count++];
    added->leaf[k] = own;
    added->leaf[1 - k] = other;
    added->match = match;
    pairs->paired[k][own] = true;
    pairs->paired[1 - k][other] = true;
    return LACUNA_OK;
}

/* ---- by the history ------------------------------------------------------------------------- */

/* The same leaf in the other state, or what superseded it there. */
static uint32_t look_forward(const lac_sides *sides, int k, uint32_t own)
{
    uint32_t ended_by;
    return lac_follow(sides->side[1 - k].submission, lac_sides_find(sides, k, own), &ended_by);
}

static uint32_t first_target(const lac_placement *placement)
{
    bool replaces = placement->operation == LAC_OPERATION_REPLACE ||
                    placement->operation == LAC_OPERATION_ACTIVE;
    for (uint32_t i = 0; replaces && i < placement->link_count; i++) {
        if (placement->links[i].reference == LAC_REFERENCE_RESOLVED) {
            return placement->links[i].target;
        }
    }
    return LAC_NONE;
}

/* What it replaces, where that is current in the other state: the second of several contexts that
 * replace one is not what superseded it first. */
static uint32_t look_backward(const lac_sides *sides, int k, uint32_t own)
{
    const lac_submission *s = sides->side[k].submission;
    uint32_t target = first_target(&s->placements[own]);
    for (uint32_t steps = 0; target != LAC_NONE && steps <= s->placement_count; steps++) {
        uint32_t there = lac_sides_find(sides, k, target);
        if (there != LAC_NONE && is_current(&sides->side[1 - k], there)) {
            return there;
        }
        target = first_target(&s->placements[target]);
    }
    return LAC_NONE;
}

typedef uint32_t (*look)(const lac_sides *sides, int k, uint32_t own);

/* Every leaf of state `k` that was open before; the second state leaves out what the first found.
 */
static lacuna_status pair_open(lac_pairs *pairs, const lac_sides *sides, int k, look find,
                               bool *const open[LAC_DIFF_SIDES])
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < sides->side[k].submission->placement_count; i++) {
        uint32_t other = open[k][i] ? find(sides, k, i) : LAC_NONE;
        if (other == LAC_NONE || (k == LAC_DIFF_TO && open[LAC_DIFF_FROM][other] &&
                                  find(sides, LAC_DIFF_FROM, other) == i)) {
            continue;
        }
        lac_pairing match =
            lac_sides_find(sides, k, i) == other ? LAC_PAIRING_ID : LAC_PAIRING_LIFECYCLE;
        status = pair(pairs, sides, k, i, other, match);
        if (status != LACUNA_OK) {
            break;
        }
    }
    return status;
}

static bool *list_open(const lac_pairs *pairs, const lac_side *side, int k)
{
    uint32_t count = side->submission->placement_count;
    bool *open = calloc((size_t)count + 1, sizeof *open);
    for (uint32_t i = 0; open != NULL && i < count; i++) {
        open[i] = is_current(side, i) && !pairs->paired[k][i];
    }
    return open;
}

/* What is open is settled before either state is gone through, so that both orders give the same.
 */
static lacuna_status pair_by_history(lac_pairs *pairs, const lac_sides *sides, look find)
{
    bool *const open[LAC_DIFF_SIDES] = {
        list_open(pairs, &sides->side[LAC_DIFF_FROM], LAC_DIFF_FROM),
        list_open(pairs, &sides->side[LAC_DIFF_TO], LAC_DIFF_TO)};
    lacuna_status status = LACUNA_OK;
    if (open[LAC_DIFF_FROM] == NULL || open[LAC_DIFF_TO] == NULL) {
        status = lac_fail_nomem(sides->err);
    }
    for (int k = 0; k < LAC_DIFF_SIDES && status == LACUNA_OK; k++) {
        status = pair_open(pairs, sides, k, find, open);
    }
    free(open[LAC_DIFF_FROM]);
    free(open[LAC_DIFF_TO]);
    return status;
}

/* ---- by what they are ----------------------------------------------------------------------- */

enum { BY_CLASS = 1u << 0, BY_DIGEST = 1u << 1, BY_TITLE = 1u << 2, ONE_EACH = 1u << 3 };

typedef struct row {
    uint32_t application, class, placement;
    int side;
    unsigned by; /* the same in all rows of a pass */
    const char *digest, *title;
} row;

static int compare_likeness(const row *x, const row *y)
{
    if (x->application != y->application) {
        return x->application < y->application ? -1 : 1;
    }
    if ((x->by & BY_CLASS) != 0 && x->class != y->class) {
        return x->class < y->class ? -1 : 1;
    }
    int order = (x->by & BY_DIGEST) != 0 ? strcasecmp(x->digest, y->digest) : 0;
    return order == 0 && (x->by & BY_TITLE) != 0 ? strcmp(x->title, y->title) : order;
}

static int by_likeness(const void *a, const void *b)
{
    const row *x = a;
    const row *y = b;
    int order = compare_likeness(x, y);
    if (order == 0) {
        order = x->side - y->side;
    }
    return order != 0 ? order : (x->placement > y->placement) - (x->placement < y->placement);
}

static bool has_likeness(const row *r, unsigned by)
{
    return ((by & BY_DIGEST) == 0 || r->digest[0] != '\0') &&
           ((by & BY_TITLE) == 0 || r->title[0] != '\0');
}

/* Rows that are alike, those of the first state in front: the first with the first, and so on. */
static lacuna_status pair_alike(lac_pairs *pairs, const lac_sides *sides, const row *rows,
                                size_t count, unsigned by)
{
    size_t from = 0;
    while (from < count && rows[from].side == LAC_DIFF_FROM) {
        from++;
    }
    size_t to = count - from;
    bool alone = from == 1 && to == 1;
    lac_pairing match = (by & BY_DIGEST) != 0 ? LAC_PAIRING_CONTENT : LAC_PAIRING_TITLE;
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < from && i < to && status == LACUNA_OK; i++) {
        if (alone || (by & ONE_EACH) == 0) {
            status = pair(pairs, sides, LAC_DIFF_FROM, rows[i].placement, rows[from + i].placement,
                          match);
        }
    }
    return status;
}

static size_t drop_paired(row *rows, size_t count, const lac_pairs *pairs)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!pairs->paired[rows[i].side][rows[i].placement]) {
            rows[kept++] = rows[i];
        }
    }
    return kept;
}

static lacuna_status pass(lac_pairs *pairs, const lac_sides *sides, row *rows, size_t count,
                          unsigned by)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < count; i++) {
        rows[i].by = by;
    }
    qsort(rows, count, sizeof *rows, by_likeness);
    for (size_t i = 0; i < count && status == LACUNA_OK;) {
        size_t end = i + 1;
        while (end < count && compare_likeness(&rows[i], &rows[end]) == 0) {
            end++;
        }
        if (has_likeness(&rows[i], by)) {
            status = pair_alike(pairs, sides, &rows[i], end - i, by);
        }
        i = end;
    }
    return status;
}

/* What is left: ids given anew, or a deletion and a new leaf in place of a replacement. Leaves that
 * the other state could not hold are left out: a cover letter of an earlier sequence has the title
 * of every cover letter. */
static size_t collect(row *rows, const lac_sides *sides, const lac_pairs *pairs)
{
    size_t count = 0;
    for (int k = 0; k < LAC_DIFF_SIDES; k++) {
        const lac_side *side = &sides->side[k];
        for (uint32_t i = 0; i < side->submission->placement_count; i++) {
            const lac_placement *p = &side->submission->placements[i];
            if (is_current(side, i) && !pairs->paired[k][i] && !lac_sides_skips(sides, k, i)) {
                rows[count++] = (row){.application = lac_sides_application(side, i),
                                      .class = lac_sides_class(side, i),
                                      .placement = i,
                                      .side = k,
                                      .digest = lac_content_digest(side->submission, p),
                                      .title = p->title};
            }
        }
    }
    return count;
}

static lacuna_status pair_by_likeness(lac_pairs *pairs, const lac_sides *sides)
{
    static const unsigned passes[] = {BY_CLASS | BY_DIGEST | BY_TITLE, BY_CLASS | BY_TITLE,
                                      BY_DIGEST | BY_TITLE, BY_CLASS | BY_DIGEST | ONE_EACH,
                                      BY_DIGEST | ONE_EACH};
    size_t most = (size_t)sides->side[LAC_DIFF_FROM].submission->placement_count +
                  sides->side[LAC_DIFF_TO].submission->placement_count;
    row *rows = calloc(most + 1, sizeof *rows);
    if (rows == NULL) {
        return lac_fail_nomem(sides->err);
    }
    lacuna_status status = LACUNA_OK;
    size_t count = collect(rows, sides, pairs);
    for (size_t i = 0; i < sizeof passes / sizeof passes[0] && status == LACUNA_OK; i++) {
        status = pass(pairs, sides, rows, count, passes[i]);
        count = drop_paired(rows, count, pairs);
    }
    free(rows);
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------ */

lacuna_status lac_pairs_make(lac_pairs *pairs, const lac_sides *sides)
{
    *pairs = (lac_pairs){NULL, 0, 0, {NULL, NULL}};
    for (int k = 0; k < LAC_DIFF_SIDES; k++) {
        size_t count = (size_t)sides->side[k].submission->placement_count + 1;
        pairs->paired[k] = calloc(count, sizeof *pairs->paired[k]);
        if (pairs->paired[k] == NULL) {
            return lac_fail_nomem(sides->err);
        }
    }
    lacuna_status status = pair_by_history(pairs, sides, look_forward);
    if (status == LACUNA_OK) {
        status = pair_by_history(pairs, sides, look_backward);
    }
    return status == LACUNA_OK ? pair_by_likeness(pairs, sides) : status;
}

void lac_pairs_free(lac_pairs *pairs)
{
    free(pairs->items);
    free(pairs->paired[LAC_DIFF_FROM]);
    free(pairs->paired[LAC_DIFF_TO]);
}
