#include "writers/submission_tree.h"

#include "parsers/ectd/headings.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

/* ---- building ------------------------------------------------------------------------------- */

typedef struct child {
    uint32_t parent, node;
    const char *heading;
} child;

typedef struct leaf {
    uint32_t node, priority, placement;
} leaf;

typedef struct builder {
    const lac_submission *submission;
    child *children; /* used nodes, sorted by parent */
    size_t child_count;
    uint32_t *first_child; /* of a node, into children; LAC_NONE */
    leaf *leaves;          /* sorted by node */
    size_t leaf_count;
    uint32_t *first_leaf;
    size_t *stack; /* children still to be visited */
} builder;

static int by_parent(const void *a, const void *b)
{
    const child *x = a;
    const child *y = b;
    if (x->parent != y->parent) {
        return x->parent < y->parent ? -1 : 1;
    }
    int order = lac_heading_compare(x->heading, y->heading);
    return order != 0 ? order : (x->node > y->node) - (x->node < y->node);
}

static int by_node(const void *a, const void *b)
{
    const leaf *x = a;
    const leaf *y = b;
    if (x->node != y->node) {
        return x->node < y->node ? -1 : 1;
    }
    if (x->priority != y->priority) {
        return x->priority < y->priority ? -1 : 1;
    }
    return (x->placement > y->placement) - (x->placement < y->placement);
}

static void use_node(builder *b, uint32_t node)
{
    const lac_submission *s = b->submission;
    /* LAC_NONE - 1 marks a node that is used and has no children yet. */
    while (node != LAC_NONE && b->first_child[node] == LAC_NONE) {
        b->first_child[node] = LAC_NONE - 1;
        b->children[b->child_count++] =
            (child){s->nodes[node].parent, node, s->nodes[node].heading};
        node = s->nodes[node].parent;
    }
}

static void collect(builder *b, uint32_t application)
{
    const lac_submission *s = b->submission;
    for (uint32_t i = 0; i < s->placement_count; i++) {
        const lac_placement *p = &s->placements[i];
        if (s->sequences[p->sequence].application == application && p->node != LAC_NONE &&
            p->state != LAC_STATE_OPERATION) {
            use_node(b, p->node);
            b->leaves[b->leaf_count++] = (leaf){p->node, p->priority, i};
        }
    }
    qsort(b->children, b->child_count, sizeof *b->children, by_parent);
    qsort(b->leaves, b->leaf_count, sizeof *b->leaves, by_node);
    for (size_t i = b->child_count; i-- > 0;) {
        if (b->children[i].parent != LAC_NONE) {
            b->first_child[b->children[i].parent] = (uint32_t)i;
        }
    }
    for (size_t i = b->leaf_count; i-- > 0;) {
        b->first_leaf[b->leaves[i].node] = (uint32_t)i;
    }
}

static void add_row(lac_submission_tree *tree, uint32_t node, uint32_t placement, uint32_t level)
{
    tree->rows[tree->count++] = (lac_tree_row){node, placement, level};
}

/* Regional headings have no parent in the backbone; they belong under module 1. */
static uint32_t level_of(const lac_submission *submission, uint32_t node)
{
    uint32_t top = node;
    while (submission->nodes[top].parent != LAC_NONE) {
        top = submission->nodes[top].parent;
    }
    bool below =
        submission->nodes[top].heading[0] == '1' && submission->nodes[top].heading[1] == '.';
    return submission->nodes[node].depth + 1 + (below ? 1 : 0);
}

static void visit(builder *b, lac_submission_tree *tree, uint32_t node)
{
    uint32_t level = level_of(b->submission, node);
    add_row(tree, node, LAC_NONE, level);
    for (size_t i = b->first_leaf[node]; i < b->leaf_count && b->leaves[i].node == node; i++) {
        add_row(tree, node, b->leaves[i].placement, level + 1);
    }
}

static void walk(builder *b, lac_submission_tree *tree)
{
    size_t depth = 0;
    size_t top = 0;
    while (top < b->child_count && b->children[top].parent != LAC_NONE) {
        top++;
    }
    b->stack[depth++] = top;
    while (depth > 0) {
        size_t at = b->stack[depth - 1]++;
        if (at >= b->child_count ||
            (depth > 1 && b->children[at].parent != b->children[b->stack[depth - 2] - 1].node)) {
            depth--;
            continue;
        }
        uint32_t node = b->children[at].node;
        visit(b, tree, node);
        if (b->first_child[node] < LAC_NONE - 1) {
            b->stack[depth++] = b->first_child[node];
        }
    }
}

lacuna_status lac_submission_tree_make(lac_submission_tree *tree, const lac_submission *submission,
                                       uint32_t application, lacuna_error *err)
{
    size_t nodes = (size_t)submission->node_count + 1;
    size_t placements = (size_t)submission->placement_count + 1;
    builder b = {.submission = submission};
    lacuna_status status = LACUNA_OK;
    *tree = (lac_submission_tree){calloc(nodes + placements, sizeof *tree->rows), 0};
    b.children = calloc(nodes, sizeof *b.children);
    b.first_child = malloc(nodes * sizeof *b.first_child);
    b.leaves = calloc(placements, sizeof *b.leaves);
    b.first_leaf = malloc(nodes * sizeof *b.first_leaf);
    b.stack = calloc(nodes + 1, sizeof *b.stack);
    if (tree->rows == NULL || b.children == NULL || b.first_child == NULL || b.leaves == NULL ||
        b.first_leaf == NULL || b.stack == NULL) {
        lac_submission_tree_free(tree);
        status = lac_fail_nomem(err);
    } else {
        memset(b.first_child, 0xFF, nodes * sizeof *b.first_child); /* LAC_NONE */
        memset(b.first_leaf, 0xFF, nodes * sizeof *b.first_leaf);
        collect(&b, application);
        walk(&b, tree);
    }
    free(b.children);
    free(b.first_child);
    free(b.leaves);
    free(b.first_leaf);
    free(b.stack);
    return status;
}

void lac_submission_tree_free(lac_submission_tree *tree)
{
    free(tree->rows);
    *tree = (lac_submission_tree){NULL, 0};
}
