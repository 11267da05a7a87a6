/* The plan of a response as JSON. */
#include "drafter/respond/plan.h"

#include "support/error.h"
#include "support/json_print.h"

#include <jansson.h>

enum { LABEL_MAX = 1 << 20 };

/* Headings are not cut: a label is its number and its title as they are. */
static json_t *label_value(const lac_section *section)
{
    lac_buf label;
    lac_buf_init(&label, LABEL_MAX);
    lacuna_status status = lac_buf_append_span(&label, section->number);
    if (status == LACUNA_OK && section->number.len > 0) {
        status = lac_buf_append_char(&label, ' ');
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_span(&label, section->title);
    }
    json_t *value = status == LACUNA_OK ? json_stringn(lac_buf_text(&label), label.len) : NULL;
    lac_buf_free(&label);
    return value;
}

static json_t *source_value(const lac_filed_set *filed, const lac_response_source *source)
{
    const lac_filed_document *of = &filed->documents[source->document];
    return json_pack("{s:b,s:s,s:s,s:i,s:o,s:s,s:i}", "cited", source->cited, "document", of->path,
                     "leaf", of->leaf == NULL ? "" : of->leaf->id, "line",
                     (int)lac_document_line(of->document, source->start), "section",
                     label_value(&of->document->sections[source->section]), "sha256",
                     source->digest.hex, "to_line",
                     (int)lac_document_line(of->document, source->end - 1));
}

static json_t *sources_value(const lac_response_plan *plan, const lac_response_step *step)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < step->source_count && list != NULL; i++) {
        if (json_array_append_new(list, source_value(plan->filed, &step->sources[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *cites_value(const lac_response_step *step)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < step->query->cite_count && list != NULL; i++) {
        const lac_resolved_cite *cite = &step->cites[i];
        json_t *value = json_pack("{s:s,s:s,s:s}", "cite", cite->cite->text, "reason", cite->reason,
                                  "state", lac_cite_state_name(cite->state));
        if (json_array_append_new(list, value) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *updates_value(const lac_response_step *step)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < step->update_count && list != NULL; i++) {
        const lac_response_update *update = &step->updates[i];
        json_t *value = json_pack("{s:s,s:s,s:s}", "leaf", update->leaf, "operation",
                                  update->operation, "section", update->section);
        if (json_array_append_new(list, value) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *commitments_value(const lac_response_step *step)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < step->commitment_count && list != NULL; i++) {
        const lac_response_commitment *one = &step->commitments[i];
        json_t *value =
            json_pack("{s:s,s:s,s:s}", "date", one->date, "owner", one->owner, "text", one->text);
        if (json_array_append_new(list, value) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *attachments_value(const lac_response_step *step)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < step->attachment_count && list != NULL; i++) {
        if (json_array_append_new(list, json_string(step->attachments[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *step_value(const lac_response_plan *plan, const lac_response_step *step)
{
    return json_pack("{s:o,s:s,s:o,s:o,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:o,s:s,s:o}", "attachments",
                     attachments_value(step), "changes", step->changes, "cites", cites_value(step),
                     "commitments", commitments_value(step), "detail", step->detail, "discipline",
                     step->query->discipline, "instructions", step->instructions, "owner",
                     step->owner, "query", step->query->id, "question", step->query->text,
                     "short_answer", step->short_answer, "sources", sources_value(plan, step),
                     "type", step->query->type, "updated", updates_value(step));
}

static json_t *steps_value(const lac_response_plan *plan)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < plan->step_count && list != NULL; i++) {
        if (json_array_append_new(list, step_value(plan, &plan->steps[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *duties_value(const lac_response_plan *plan)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < plan->duty_count && list != NULL; i++) {
        const lac_response_duty *one = &plan->duties[i];
        json_t *value =
            json_pack("{s:s,s:s,s:s,s:s,s:i,s:s}", "citation", one->duty->citation, "done_by",
                      one->done_by, "done_on", one->done_on, "id", one->duty->id, "letter",
                      (int)one->letter, "text", one->duty->text);
        if (json_array_append_new(list, value) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *values_value(const lac_response_plan *plan)
{
    json_t *object = json_object();
    for (int i = 0; i < LAC_RESPONSE_VALUES && object != NULL; i++) {
        if (json_object_set_new(object, plan->values[i].name, json_string(plan->values[i].text)) !=
            0) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

static json_t *plan_value(const lac_response_plan *plan)
{
    return json_pack("{s:o,s:b,s:{s:s,s:s},s:s,s:o,s:o}", "duties", duties_value(plan),
                     "incomplete", plan->letter->incomplete, "letter", "path", plan->letter_path,
                     "sha256", plan->letter_digest.hex, "schema", "lacuna.response-plan/1", "steps",
                     steps_value(plan), "values", values_value(plan));
}

lacuna_status lac_response_plan_write(lac_buf *out, const lac_response_plan *plan,
                                      lacuna_error *err)
{
    return lac_json_print(out, plan_value(plan), err);
}
