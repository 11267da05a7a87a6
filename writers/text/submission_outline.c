#include "writers/output.h"
#include "writers/submission_tree.h"

/* Text of the input on one line. */
static void write_plain(lac_output *output, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        lac_output_char(output, *at == '\n' || *at == '\r' || *at == '\t' ? ' ' : *at);
    }
}

static void write_heading(lac_output *output, const lac_node *node, bool numbered)
{
    if (numbered && node->heading[0] != '\0') {
        write_plain(output, node->heading);
        lac_output_char(output, ' ');
    }
    write_plain(output, node->title[0] != '\0' || node->extension ? node->title : node->element);
    for (uint32_t i = 0; i < node->key_count; i++) {
        lac_output_text(output, i == 0 ? " (" : "; ");
        write_plain(output, node->keys[i].name);
        lac_output_text(output, ": ");
        write_plain(output, node->keys[i].shown);
    }
    lac_output_text(output, node->key_count > 0 ? ")\n" : "\n");
}

static const char *number_of(const lac_submission *submission, uint32_t placement)
{
    const lac_sequence *s = &submission->sequences[submission->placements[placement].sequence];
    return s->number[0] != '\0' ? s->number : s->name;
}

static void write_leaf(lac_output *output, const lac_submission *submission, uint32_t index)
{
    const lac_placement *p = &submission->placements[index];
    lac_output_text(output, "- ");
    write_plain(output, p->title[0] != '\0' ? p->title : p->id);
    lac_output_text(output, "  [");
    write_plain(output, number_of(submission, index));
    lac_output_char(output, ' ');
    lac_output_text(output, lac_operation_name(p->operation));
    if (p->superseded_by != LAC_NONE) {
        lac_output_text(output,
                        p->state == LAC_STATE_DELETED ? ", deleted in " : ", superseded in ");
        write_plain(output, number_of(submission, p->superseded_by));
    }
    lac_output_text(output, p->checksum_state == LAC_CHECKSUM_MISSING_FILE ? ", file is missing]\n"
                                                                           : "]\n");
}

static void write_tree(lac_output *output, const lac_submission *submission,
                       const lac_submission_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        const lac_tree_row *row = &tree->rows[i];
        for (uint32_t k = 0; k < row->level; k++) {
            lac_output_text(output, "  ");
        }
        if (row->placement != LAC_NONE) {
            write_leaf(output, submission, row->placement);
            continue;
        }
        const lac_node *node = &submission->nodes[row->node];
        /* A node that has no number of its own repeats the one above. */
        bool own = node->parent == LAC_NONE ||
                   strcmp(submission->nodes[node->parent].heading, node->heading) != 0;
        write_heading(output, node, own);
    }
}

lacuna_status lac_text_submission_outline(const lac_submission *submission, lacuna_write_fn write,
                                          void *user, lacuna_error *err)
{
    lac_output output;
    lacuna_status status = LACUNA_OK;
    lac_output_init(&output, write, user);
    for (uint32_t i = 0; i < submission->application_count && status == LACUNA_OK; i++) {
        lac_submission_tree tree;
        status = lac_submission_tree_make(&tree, submission, i, err);
        if (status == LACUNA_OK) {
            lac_output_text(&output, "Application ");
            write_plain(&output, submission->applications[i].id);
            lac_output_char(&output, '\n');
            write_tree(&output, submission, &tree);
            lac_submission_tree_free(&tree);
        }
    }
    return status == LACUNA_OK ? lac_output_finish(&output, err) : status;
}
