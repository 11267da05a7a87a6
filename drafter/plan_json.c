#include "drafter/plan.h"

#include "support/error.h"
#include "support/json_parse.h"
#include "support/json_print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCHEMA "lacuna.plan/1"

enum { POINTER_ROOM = 64 };

/* ---- writing -------------------------------------------------------------------------------- */

static const char *where_name(lac_draft_where where)
{
    switch (where) {
    case LAC_DRAFT_AFTER_SECTION:
        return "after";
    case LAC_DRAFT_IN_SECTION:
        return "in";
    case LAC_DRAFT_BEFORE_SECTION:
        return "before";
    default:
        return "at-end";
    }
}

static json_t *source_value(lac_plan *plan, const lac_plan_source *source)
{
    const lac_source_document *of = &plan->documents[source->document];
    const char *label = lac_plan_label(plan, source);
    if (label == NULL) {
        return NULL;
    }
    return json_pack(
        "{s:s,s:s,s:s,s:i,s:i}", "document", of->path, "section", label, "sha256",
        source->digest.hex, "line", (int)lac_document_line(of->document, source->start), "to_line",
        (int)lac_document_line(of->document,
                               source->end > source->start ? source->end - 1 : source->start));
}

static json_t *sources_value(lac_plan *plan, const lac_plan_step *step)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < step->source_count; i++) {
        if (json_array_append_new(list, source_value(plan, &step->sources[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *place_value(const lac_plan *plan, const lac_plan_step *step)
{
    const lac_target *target = &step->target;
    if (target->section == LAC_NONE) {
        return json_pack("{s:s}", "where", where_name(target->place.where));
    }
    const lac_section *section = &plan->documents[0].document->sections[target->section];
    return json_pack("{s:s,s:s%,s:s%}", "where", where_name(target->place.where), "number",
                     section->number.ptr == NULL ? "" : section->number.ptr, section->number.len,
                     "title", section->title.ptr, section->title.len);
}

static json_t *step_value(lac_plan *plan, const lac_plan_step *step)
{
    const lac_item *item = step->gap->item;
    return json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:o,s:o,s:s}", "checklist", step->checklist->id,
                     "item", item->id, "title", item->title, "requirement", item->requirement,
                     "citation", item->citation == NULL ? "" : item->citation, "reason",
                     step->gap->reason, "place", place_value(plan, step), "sources",
                     sources_value(plan, step), "instructions", step->instructions);
}

static json_t *plan_value(lac_plan *plan)
{
    json_t *steps = json_array();
    for (uint32_t i = 0; i < plan->step_count; i++) {
        if (json_array_append_new(steps, step_value(plan, &plan->steps[i])) != 0) {
            json_decref(steps);
            return NULL;
        }
    }
    return json_pack("{s:s,s:s,s:s,s:o}", "schema", SCHEMA, "document", plan->documents[0].path,
                     "instructions", plan->instructions, "steps", steps);
}

lacuna_status lac_plan_write(lac_buf *out, lac_plan *plan, lacuna_error *err)
{
    return lac_json_print(out, plan_value(plan), err);
}

/* ---- reading what a person changed ---------------------------------------------------------- */

static lacuna_status wrong(lacuna_error *err, size_t step, const char *what, const char *detail)
{
    char pointer[POINTER_ROOM];
    (void)snprintf(pointer, sizeof pointer, "/steps/%zu", step);
    lac_error_place(err, pointer, 0);
    return lac_fail(err, LACUNA_E_FORMAT, "%s%.120s", what, detail);
}

static const char *text_at(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

/* Lines [line, to_line] of a document of the plan, whatever section they are in. */
static lacuna_status read_source(lac_plan_source *out, const lac_plan *plan, const json_t *value,
                                 size_t step, lacuna_error *err)
{
    const char *path = text_at(value, "document");
    json_int_t line = json_integer_value(json_object_get(value, "line"));
    json_int_t to = json_integer_value(json_object_get(value, "to_line"));
    const char *digest = text_at(value, "sha256");
    uint32_t index = 0;
    while (index < plan->document_count && strcmp(plan->documents[index].path, path) != 0) {
        index++;
    }
    if (index == plan->document_count) {
        return wrong(err, step, "there is no document ", path);
    }
    const lac_document *document = plan->documents[index].document;
    uint32_t start, end;
    if (!lac_document_lines(&start, &end, document, line, to)) {
        return wrong(err, step, "there are no such lines in ", path);
    }
    uint32_t block = lac_document_block_at(document, start);
    *out = (lac_plan_source){.document = index,
                             .section = block == LAC_NONE ? 0 : document->blocks[block].section,
                             .table = block == LAC_NONE ? LAC_NONE : document->blocks[block].table,
                             .start = start,
                             .end = end};
    lacuna_status status = lac_sha256(&out->digest, lac_document_slice(document, start, end), err);
    if (status == LACUNA_OK && digest[0] != '\0' && strcmp(digest, out->digest.hex) != 0) {
        return wrong(err, step, "a source has changed since the plan was made: ", path);
    }
    return status;
}

static lacuna_status read_sources(lac_plan_step *step, lac_plan *plan, const json_t *list,
                                  size_t at, lacuna_error *err)
{
    size_t index;
    const json_t *value;
    size_t count = json_array_size(list);
    lacuna_status status = LACUNA_OK;
    if (count > LAC_PLAN_SOURCES_MAX) {
        return wrong(err, at, "more than 8 sources", "");
    }
    step->sources = lac_arena_array(&plan->arena, count + 1, sizeof *step->sources);
    step->source_count = 0;
    if (step->sources == NULL) {
        return lac_fail_nomem(err);
    }
    json_array_foreach(list, index, value)
    {
        if (status == LACUNA_OK) {
            status = read_source(&step->sources[step->source_count++], plan, value, at, err);
        }
    }
    return status;
}

static lac_plan_step *find_step(lac_plan *plan, const json_t *value)
{
    const char *checklist = text_at(value, "checklist"), *item = text_at(value, "item");
    for (uint32_t i = 0; i < plan->step_count; i++) {
        if (strcmp(plan->steps[i].checklist->id, checklist) == 0 &&
            strcmp(plan->steps[i].gap->item->id, item) == 0) {
            return &plan->steps[i];
        }
    }
    return NULL;
}

/* The steps of the file, in the order of the file. */
static lacuna_status apply_steps(lac_plan *plan, const json_t *list, lacuna_error *err)
{
    size_t index;
    const json_t *value;
    lacuna_status status = LACUNA_OK;
    lac_plan_step *kept = calloc(json_array_size(list) + 1, sizeof *kept);
    uint32_t count = 0;
    if (kept == NULL) {
        return lac_fail_nomem(err);
    }
    json_array_foreach(list, index, value)
    {
        const lac_plan_step *step = find_step(plan, value);
        if (step == NULL) {
            status = wrong(err, index,
                           "this is no gap of the document any more: ", text_at(value, "item"));
            break;
        }
        kept[count] = *step;
        kept[count].instructions =
            lac_arena_copy(&plan->arena, lac_span_of(text_at(value, "instructions")));
        status =
            kept[count].instructions == NULL
                ? lac_fail_nomem(err)
                : read_sources(&kept[count], plan, json_object_get(value, "sources"), index, err);
        count++;
        if (status != LACUNA_OK) {
            break;
        }
    }
    if (status != LACUNA_OK) {
        free(kept);
        return status;
    }
    free(plan->steps);
    plan->steps = kept;
    plan->step_count = count;
    return LACUNA_OK;
}

lacuna_status lac_plan_apply(lac_plan *plan, lac_span json, lacuna_error *err)
{
    json_error_t where = {0};
    json_t *tree = NULL;
    lacuna_status status = lac_json_parse(&tree, json, 0, &where);
    if (status == LACUNA_E_NOMEM) {
        return lac_fail_nomem(err);
    }
    if (status != LACUNA_OK || strcmp(text_at(tree, "schema"), SCHEMA) != 0 ||
        !json_is_array(json_object_get(tree, "steps"))) {
        json_decref(tree);
        lac_error_place(err, "", where.line > 0 ? (uint32_t)where.line : 0);
        return lac_fail(err, LACUNA_E_FORMAT, "this is no plan of lacuna draft: %.100s",
                        where.text);
    }
    status = apply_steps(plan, json_object_get(tree, "steps"), err);
    if (status == LACUNA_OK) {
        plan->instructions =
            lac_arena_copy(&plan->arena, lac_span_of(text_at(tree, "instructions")));
        status = plan->instructions == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    }
    json_decref(tree);
    return status;
}
