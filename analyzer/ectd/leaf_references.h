/*
 * leaf_references.h - "is described in the SAP": asked of the statistical analysis plan that is
 *   filed too.
 *
 * Purpose: finds the items that ended as a reference to a document of a kind that the submission
 *   holds (lac_leaf_references_plan), and answers them by what that document says
 *   (lac_leaf_references_answer). Reading the document once more is the caller's, since no text is
 *   kept.
 * Which document: of the same study, else the only one of its kind in the application; where there
 *   are several, nothing tells which one is meant, and the item stays as it was.
 * Ownership: the plan lives in the arena; answers live in the results they change.
 * Threads: one at a time: an answer changes the result of another document.
 */
#ifndef LAC_ECTD_LEAF_REFERENCES_H
#define LAC_ECTD_LEAF_REFERENCES_H

#include "analyzer/ectd/calls.h"
#include "analyzer/ectd/leaves.h"

/* An item of a leaf, and the document its section refers to. */
typedef struct lac_leaf_reference {
    uint32_t target;                /* index of the leaf that is referred to */
    uint32_t leaf;                  /* whose item it is */
    uint32_t order;                 /* among all, before they were sorted */
    const lac_checklist *checklist; /* the item's */
    lac_item_result *item;
} lac_leaf_reference;

typedef struct lac_leaf_references {
    lac_leaf_reference *items; /* by target, then leaf, then as the checklists have them */
    size_t count;
} lac_leaf_references;

lacuna_status lac_leaf_references_plan(lac_leaf_references *out, lac_leaves *leaves,
                                       lac_arena *arena, lacuna_error *err);

/* Answers `count` references to one and the same target by its document, which is not kept. */
lacuna_status lac_leaf_references_answer(const lac_leaf_reference *references, size_t count,
                                         lac_leaves *leaves, const lac_document *document,
                                         const lac_analyze_options *options, lacuna_error *err);

#endif
