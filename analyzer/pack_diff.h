/*
 * pack_diff.h - what one checklist asks that another does not.
 *
 * Purpose: two packs, or two versions of one, item by item: in one only, in both and changed
 * (member by member), the same. Items are matched by id; by `replaces` or `same_as`; else by the
 *   likeness of their titles and aliases, each item once, the most alike first.
 * Ownership: everything lies in the arena of the diff and borrows items from the checklists.
 * Limits: LAC_DIFF_TITLES headings of an item are compared.
 */
#ifndef LAC_PACK_DIFF_H
#define LAC_PACK_DIFF_H

#include "analyzer/result.h"

#include <jansson.h>

enum { LAC_DIFF_TITLES = 12 };

typedef enum lac_pair_kind {
    LAC_PAIR_ONLY_B,
    LAC_PAIR_ONLY_A,
    LAC_PAIR_CHANGED,
    LAC_PAIR_SAME,
    LAC_PAIR_KINDS,
} lac_pair_kind;

typedef struct lac_member_change {
    const char *member;    /* "requirement", "when.holds" */
    const char *from, *to; /* as the cell of a table would say it; "": not there */
} lac_member_change;

typedef struct lac_item_pair {
    lac_pair_kind kind;
    const lac_item *a, *b; /* NULL: in the other only */
    const char *how;       /* "id", "mapping", "title"; NULL: not matched */
    double likeness;       /* of titles; 1 for the others */
    const lac_member_change *changes;
    uint32_t change_count;
    const lac_item_result *result_a, *result_b; /* in a document; NULL: not judged */
} lac_item_pair;

typedef struct lac_pack_diff {
    lac_arena arena;
    const lac_checklist *a, *b;
    lac_item_pair *pairs; /* in the order of B, then what only A has */
    uint32_t pair_count;
    uint32_t counts[LAC_PAIR_KINDS];
    const char *document; /* path of the document both were held to; NULL: none */
} lac_pack_diff;

/* The trees are those the checklists were loaded from. */
lacuna_status lac_pack_diff_make(lac_pack_diff *out, const lac_checklist *a, const json_t *tree_a,
                                 const lac_checklist *b, const json_t *tree_b, lacuna_error *err);
void lac_pack_diff_free(lac_pack_diff *diff);

/* Puts the statuses of items in one document beside the pairs. */
void lac_pack_diff_judge(lac_pack_diff *diff, const lac_document_result *with_a,
                         const lac_document_result *with_b);

/* B asks it, and the document does not show it to be met: a gap, or not evaluated. */
bool lac_pair_is_unmet(const lac_item_pair *pair);

const char *lac_pair_kind_name(lac_pair_kind kind); /* "only-in-b" */

#endif
