#include "writers/json/emit.h"
#include "writers/submission_tree.h"

static void write_leaf(lac_json *json, const lac_submission *submission, uint32_t index)
{
    const lac_placement *p = &submission->placements[index];
    const lac_placement *by =
        p->superseded_by == LAC_NONE ? NULL : &submission->placements[p->superseded_by];
    lac_json_object(json, NULL);
    lac_json_text(json, "checksum", lac_checksum_name(p->checksum_state));
    lac_json_text(json, "ended_by", by == NULL ? NULL : by->id);
    lac_json_text(json, "file", p->file == LAC_NONE ? NULL : submission->files[p->file].path);
    lac_json_text(json, "id", p->id);
    lac_json_text(json, "operation", lac_operation_name(p->operation));
    lac_json_text(json, "sequence", submission->sequences[p->sequence].name);
    lac_json_text(json, "state", lac_state_name(p->state));
    lac_json_text(json, "title", p->title);
    lac_json_object_end(json);
}

static void write_keys(lac_json *json, const lac_node *node)
{
    lac_json_array(json, "keys");
    for (uint32_t i = 0; i < node->key_count; i++) {
        lac_json_object(json, NULL);
        lac_json_text(json, "name", node->keys[i].name);
        lac_json_text(json, "shown", node->keys[i].shown);
        lac_json_text(json, "value", node->keys[i].value);
        lac_json_object_end(json);
    }
    lac_json_array_end(json);
}

/* Writes the heading at row `at` with the leaves that follow; returns the row behind them. */
static size_t write_heading(lac_json *json, const lac_submission *submission,
                            const lac_submission_tree *tree, size_t at)
{
    const lac_tree_row *row = &tree->rows[at++];
    const lac_node *node = &submission->nodes[row->node];
    lac_json_object(json, NULL);
    lac_json_text(json, "element", node->element);
    write_keys(json, node);
    lac_json_array(json, "leaves");
    while (at < tree->count && tree->rows[at].placement != LAC_NONE) {
        write_leaf(json, submission, tree->rows[at++].placement);
    }
    lac_json_array_end(json);
    lac_json_uint(json, "level", row->level);
    lac_json_text(json, "number", node->heading);
    lac_json_text(json, "title", node->title);
    lac_json_object_end(json);
    return at;
}

static lacuna_status write_application(lac_json *json, const lac_submission *submission,
                                       uint32_t index, lacuna_error *err)
{
    lac_submission_tree tree;
    lacuna_status status = lac_submission_tree_make(&tree, submission, index, err);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_json_object(json, NULL);
    lac_json_array(json, "headings");
    for (size_t at = 0; at < tree.count;) {
        at = write_heading(json, submission, &tree, at);
    }
    lac_json_array_end(json);
    lac_json_text(json, "id", submission->applications[index].id);
    lac_json_object_end(json);
    lac_submission_tree_free(&tree);
    return LACUNA_OK;
}

lacuna_status lac_json_submission_outline(const lac_submission *submission, const char *path,
                                          lacuna_write_fn write, void *user, lacuna_error *err)
{
    lac_output output;
    lac_json json;
    lacuna_status status = LACUNA_OK;
    lac_output_init(&output, write, user);
    lac_json_init(&json, &output);
    lac_json_object(&json, NULL);
    lac_json_array(&json, "applications");
    for (uint32_t i = 0; i < submission->application_count && status == LACUNA_OK; i++) {
        status = write_application(&json, submission, i, err);
    }
    lac_json_array_end(&json);
    lac_json_text(&json, "schema", "lacuna.submission-outline/1");
    lac_json_text(&json, "submission", path);
    lac_json_object_end(&json);
    lac_json_end(&json);
    return status == LACUNA_OK ? lac_output_finish(&output, err) : status;
}
