#include "analyzer/pack_match.h"

#include "analyzer/heading_words.h"
#include "analyzer/pack_diff.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>

/* Below this, two headings share words but hardly what they ask. */
static const double LEAST_LIKENESS = 0.8;

enum { MOST_CANDIDATES = 1 << 20 };

typedef struct titles {
    lac_heading_words words[LAC_DIFF_TITLES]; /* the title, then aliases */
    uint32_t count;
} titles;

typedef struct candidate {
    uint32_t a, b;
    double likeness;
} candidate;

typedef struct matching {
    const lac_checklist *a, *b;
    lac_item_match *matches; /* an item of B each */
    bool *taken;             /* an item of A each */
    lac_arena *arena;
    candidate *candidates;
    size_t count, cap;
    lacuna_error *err;
} matching;

static void pair_up(matching *m, uint32_t i, uint32_t j, const char *how, double likeness)
{
    if (!m->taken[i] && m->matches[j].a == UINT32_MAX) {
        m->taken[i] = true;
        m->matches[j] = (lac_item_match){i, how, likeness};
    }
}

static bool names(const char *const *ids, uint32_t count, const char *id)
{
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(ids[i], id) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_mapped(const lac_item *from, const lac_item *to)
{
    return names(from->replaces, from->replace_count, to->id) ||
           names(from->same_as, from->same_as_count, to->id);
}

static void match_named(matching *m, bool by_id)
{
    for (uint32_t j = 0; j < m->b->item_count; j++) {
        for (uint32_t i = 0; i < m->a->item_count; i++) {
            const lac_item *a = &m->a->items[i];
            const lac_item *b = &m->b->items[j];
            if (by_id ? strcmp(a->id, b->id) == 0 : is_mapped(b, a) || is_mapped(a, b)) {
                pair_up(m, i, j, by_id ? "id" : "mapping", 1.0);
            }
        }
    }
}

static titles *fold_titles(matching *m, const lac_checklist *list)
{
    titles *all = lac_arena_array(m->arena, list->item_count, sizeof *all);
    for (uint32_t i = 0; i < list->item_count && all != NULL; i++) {
        const lac_item *item = &list->items[i];
        uint32_t count =
            item->alias_count < LAC_DIFF_TITLES - 1 ? item->alias_count : LAC_DIFF_TITLES - 1;
        for (uint32_t t = 0; t <= count; t++) {
            lac_span text = lac_span_of(t == 0 ? item->title : item->aliases[t - 1]);
            if (lac_heading_words_make(&all[i].words[t], m->arena, list->synonyms, text) !=
                LACUNA_OK) {
                return NULL;
            }
        }
        all[i].count = count + 1;
    }
    return all;
}

/* Titles count in full; an alias is what other documents call it, a little less sure. */
static double likeness_of(const titles *a, const titles *b)
{
    double best = 0;
    for (uint32_t x = 0; x < a->count; x++) {
        for (uint32_t y = 0; y < b->count; y++) {
            double weight = x == 0 && y == 0 ? 1.0 : x == 0 || y == 0 ? 0.97 : 0.9;
            double likeness = weight * lac_heading_likeness(&a->words[x], &b->words[y]);
            best = likeness > best ? likeness : best;
        }
    }
    return best;
}

static bool is_container(const lac_item *item)
{
    return item->strength == LAC_STRENGTH_STRUCTURAL;
}

static lacuna_status gather(matching *m, const titles *in_a, const titles *in_b)
{
    for (uint32_t j = 0; j < m->b->item_count; j++) {
        for (uint32_t i = 0; i < m->a->item_count; i++) {
            if (m->taken[i] || m->matches[j].a != UINT32_MAX ||
                is_container(&m->a->items[i]) != is_container(&m->b->items[j])) {
                continue;
            }
            double likeness = likeness_of(&in_a[i], &in_b[j]);
            if (likeness < LEAST_LIKENESS) {
                continue;
            }
            lacuna_status status = lac_grow((void **)&m->candidates, &m->cap, m->count + 1,
                                            sizeof *m->candidates, MOST_CANDIDATES);
            if (status != LACUNA_OK) {
                return lac_fail(m->err, status, "the checklists are too alike to be compared");
            }
            m->candidates[m->count++] = (candidate){i, j, likeness};
        }
    }
    return LACUNA_OK;
}

static int compare_candidates(const void *left, const void *right)
{
    const candidate *x = left;
    const candidate *y = right;
    if (x->likeness > y->likeness || x->likeness < y->likeness) {
        return x->likeness > y->likeness ? -1 : 1;
    }
    if (x->b != y->b) {
        return x->b < y->b ? -1 : 1;
    }
    return x->a < y->a ? -1 : x->a > y->a ? 1 : 0;
}

static lacuna_status match_titles(matching *m)
{
    const titles *in_a = fold_titles(m, m->a);
    const titles *in_b = fold_titles(m, m->b);
    if (in_a == NULL || in_b == NULL) {
        return lac_fail_nomem(m->err);
    }
    lacuna_status status = gather(m, in_a, in_b);
    if (status == LACUNA_OK && m->count > 0) {
        qsort(m->candidates, m->count, sizeof *m->candidates, compare_candidates);
    }
    for (size_t c = 0; c < m->count && status == LACUNA_OK; c++) {
        pair_up(m, m->candidates[c].a, m->candidates[c].b, "title", m->candidates[c].likeness);
    }
    return status;
}

lacuna_status lac_match_items(lac_item_match **out, lac_arena *arena, const lac_checklist *a,
                              const lac_checklist *b, lacuna_error *err)
{
    matching m = {.a = a, .b = b, .arena = arena, .err = err};
    *out = NULL;
    m.matches = lac_arena_array(arena, b->item_count, sizeof *m.matches);
    m.taken = lac_arena_array(arena, a->item_count, sizeof *m.taken);
    if (m.matches == NULL || m.taken == NULL) {
        return lac_fail_nomem(err);
    }
    for (uint32_t j = 0; j < b->item_count; j++) {
        m.matches[j].a = UINT32_MAX;
    }
    match_named(&m, true);
    match_named(&m, false);
    lacuna_status status = match_titles(&m);
    free(m.candidates);
    *out = m.matches;
    return status;
}
