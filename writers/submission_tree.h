/*
 * submission_tree.h - the CTD tree of an application, as rows in reading order.
 *
 * Purpose: headings in CTD order (3.2.S before 3.2.P before 3.2.A before 3.2.R), under each its
 *   leaves in the order of priority and sequence. The formats below print it.
 * Ownership: lac_submission_tree_free releases the rows.
 */
#ifndef LAC_SUBMISSION_TREE_H
#define LAC_SUBMISSION_TREE_H

#include "parsers/submission.h"

typedef struct lac_tree_row {
    uint32_t node;
    uint32_t placement; /* LAC_NONE: the row is the heading itself */
    uint32_t level;     /* from 1 */
} lac_tree_row;

typedef struct lac_submission_tree {
    lac_tree_row *rows;
    size_t count;
} lac_submission_tree;

lacuna_status lac_submission_tree_make(lac_submission_tree *tree, const lac_submission *submission,
                                       uint32_t application, lacuna_error *err);
void lac_submission_tree_free(lac_submission_tree *tree);

/* One heading or leaf a line; superseded and deleted leaves say by which sequence. */
lacuna_status lac_text_submission_outline(const lac_submission *submission, lacuna_write_fn write,
                                          void *user, lacuna_error *err);
/* checklists/schema/submission-outline-1.json. */
lacuna_status lac_json_submission_outline(const lac_submission *submission, const char *path,
                                          lacuna_write_fn write, void *user, lacuna_error *err);

#endif
