/* The plan of a response as a person left it. */
#include "drafter/respond/plan.h"

#include "drafter/respond/sources.h"
#include "support/error.h"
#include "support/json_parse.h"

#include <stdio.h>

enum { POINTER_ROOM = 96, TEXT_BYTES_MAX = 1 << 20 };

typedef struct plan_reader {
    lac_response_plan *plan;
    size_t step;
    lacuna_error *err;
} plan_reader;

static lacuna_status wrong(const plan_reader *r, const char *what, const char *detail)
{
    char pointer[POINTER_ROOM];
    (void)snprintf(pointer, sizeof pointer, "/steps/%zu", r->step);
    lac_error_place(r->err, pointer, 0);
    return lac_fail(r->err, LACUNA_E_FORMAT, "%s%.120s", what, detail);
}

static const char *text_at(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

/* A text of a member, into the arena. */
static lacuna_status take(const char **out, const plan_reader *r, const json_t *object,
                          const char *key)
{
    const json_t *value = json_object_get(object, key);
    lac_span text = lac_span_make(json_string_value(value), json_string_length(value));
    if (value != NULL && !json_is_string(value)) {
        return wrong(r, "a text is expected: ", key);
    }
    if (text.len > TEXT_BYTES_MAX || (text.len > 0 && strlen(text.ptr) != text.len)) {
        return wrong(r, "a text is too long, or holds NUL: ", key);
    }
    *out = lac_arena_copy(&r->plan->arena, lac_span_trim(text));
    return *out == NULL ? lac_fail_nomem(r->err) : LACUNA_OK;
}

static lacuna_status list_of(const json_t **out, const plan_reader *r, const json_t *object,
                             const char *key, size_t most)
{
    *out = json_object_get(object, key);
    if (*out != NULL && !json_is_array(*out)) {
        return wrong(r, "a list is expected: ", key);
    }
    return json_array_size(*out) > most ? wrong(r, "the list is too long: ", key) : LACUNA_OK;
}

/* ---- sources -------------------------------------------------------------------------------- */

/* The section that line is in. */
static uint32_t section_at(const lac_document *document, uint32_t start)
{
    uint32_t block = lac_document_block_at(document, start);
    return block == LAC_NONE ? 0 : document->blocks[block].section;
}

static lacuna_status read_source(lac_response_source *out, const plan_reader *r,
                                 const json_t *value)
{
    const lac_filed_set *filed = r->plan->filed;
    const char *path = text_at(value, "document");
    json_int_t line = json_integer_value(json_object_get(value, "line"));
    json_int_t to = json_integer_value(json_object_get(value, "to_line"));
    uint32_t index = 0;
    while (index < filed->document_count && (filed->documents[index].document == NULL ||
                                             strcmp(filed->documents[index].path, path) != 0)) {
        index++;
    }
    if (index == filed->document_count) {
        return wrong(r, "there is no document ", path);
    }
    const lac_document *document = filed->documents[index].document;
    uint32_t start, end;
    if (!lac_document_lines(&start, &end, document, line, to)) {
        return wrong(r, "there are no such lines in ", path);
    }
    if (start >= end) {
        return wrong(r, "there is no text in these lines of ", path);
    }
    *out = (lac_response_source){.document = index,
                                 .section = section_at(document, start),
                                 .start = start,
                                 .end = end,
                                 .cited = json_is_true(json_object_get(value, "cited"))};
    lacuna_status status = lac_response_pin(out, filed, r->err);
    const char *digest = text_at(value, "sha256");
    if (status == LACUNA_OK && digest[0] != '\0' && strcmp(digest, out->digest.hex) != 0) {
        return wrong(r, "a source has changed since the plan was made: ", path);
    }
    return status;
}

static lacuna_status read_sources(lac_response_step *step, const plan_reader *r,
                                  const json_t *value)
{
    const json_t *list;
    lacuna_status status = list_of(&list, r, value, "sources", LAC_RESPONSE_SOURCES_MAX);
    step->source_count = 0;
    for (size_t i = 0; i < json_array_size(list) && status == LACUNA_OK; i++) {
        status = read_source(&step->sources[step->source_count++], r, json_array_get(list, i));
    }
    return status;
}

/* ---- rows ----------------------------------------------------------------------------------- */

static lacuna_status read_updates(lac_response_step *step, const plan_reader *r,
                                  const json_t *value)
{
    const json_t *list;
    lacuna_status status = list_of(&list, r, value, "updated", LAC_RESPONSE_ROWS_MAX);
    step->update_count = 0;
    for (size_t i = 0; i < json_array_size(list) && status == LACUNA_OK; i++) {
        const json_t *row = json_array_get(list, i);
        lac_response_update *update = &step->updates[step->update_count++];
        status = take(&update->leaf, r, row, "leaf");
        status = status == LACUNA_OK ? take(&update->section, r, row, "section") : status;
        status = status == LACUNA_OK ? take(&update->operation, r, row, "operation") : status;
    }
    return status;
}

static lacuna_status read_commitments(lac_response_step *step, const plan_reader *r,
                                      const json_t *value)
{
    const json_t *list;
    lacuna_status status = list_of(&list, r, value, "commitments", LAC_RESPONSE_ROWS_MAX);
    step->commitment_count = 0;
    for (size_t i = 0; i < json_array_size(list) && status == LACUNA_OK; i++) {
        const json_t *row = json_array_get(list, i);
        lac_response_commitment *one = &step->commitments[step->commitment_count++];
        status = take(&one->text, r, row, "text");
        status = status == LACUNA_OK ? take(&one->owner, r, row, "owner") : status;
        status = status == LACUNA_OK ? take(&one->date, r, row, "date") : status;
    }
    return status;
}

static lacuna_status read_attachments(lac_response_step *step, const plan_reader *r,
                                      const json_t *value)
{
    const json_t *list;
    lacuna_status status = list_of(&list, r, value, "attachments", LAC_RESPONSE_ROWS_MAX);
    step->attachment_count = 0;
    for (size_t i = 0; i < json_array_size(list) && status == LACUNA_OK; i++) {
        const char *text = json_string_value(json_array_get(list, i));
        if (text == NULL) {
            return wrong(r, "a text is expected in ", "attachments");
        }
        const char *copy = lac_arena_copy(&r->plan->arena, lac_span_of(text));
        if (copy == NULL) {
            return lac_fail_nomem(r->err);
        }
        step->attachments[step->attachment_count++] = copy;
    }
    return status;
}

/* ---- steps ---------------------------------------------------------------------------------- */

static lacuna_status read_step(lac_response_step *step, const plan_reader *r, const json_t *value)
{
    if (strcmp(text_at(value, "question"), step->query->text) != 0) {
        return wrong(r, "the question is not that of the letter: ", step->query->id);
    }
    const struct {
        const char *key;
        const char **text;
    } texts[] = {{"instructions", &step->instructions},
                 {"owner", &step->owner},
                 {"short_answer", &step->short_answer},
                 {"detail", &step->detail},
                 {"changes", &step->changes}};
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && status == LACUNA_OK; i++) {
        status = take(texts[i].text, r, value, texts[i].key);
    }
    status = status == LACUNA_OK ? read_sources(step, r, value) : status;
    status = status == LACUNA_OK ? read_updates(step, r, value) : status;
    status = status == LACUNA_OK ? read_attachments(step, r, value) : status;
    return status == LACUNA_OK ? read_commitments(step, r, value) : status;
}

/* The steps of the file in whatever order; each query of the letter once. */
static lacuna_status read_steps(plan_reader *r, const json_t *list)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < r->plan->step_count && status == LACUNA_OK; i++) {
        lac_response_step *step = &r->plan->steps[i];
        size_t found = json_array_size(list);
        for (size_t k = 0; k < json_array_size(list); k++) {
            if (strcmp(text_at(json_array_get(list, k), "query"), step->query->id) == 0) {
                found = k;
                break;
            }
        }
        r->step = found;
        status = found == json_array_size(list)
                     ? wrong(r, "the plan leaves out a query of the letter: ", step->query->id)
                     : read_step(step, r, json_array_get(list, found));
    }
    r->step = json_array_size(list);
    return status == LACUNA_OK && json_array_size(list) != r->plan->step_count
               ? wrong(r, "the plan has a query that the letter has not", "")
               : status;
}

static lacuna_status read_values(plan_reader *r, const json_t *object)
{
    lacuna_status status = LACUNA_OK;
    for (int i = 0; i < LAC_RESPONSE_VALUES && status == LACUNA_OK; i++) {
        status = take(&r->plan->values[i].text, r, object, r->plan->values[i].name);
    }
    return status;
}

static lacuna_status read_duties(plan_reader *r, const json_t *list)
{
    lacuna_status status = LACUNA_OK;
    for (size_t k = 0; k < json_array_size(list) && status == LACUNA_OK; k++) {
        const json_t *value = json_array_get(list, k);
        for (uint32_t i = 0; i < r->plan->duty_count && status == LACUNA_OK; i++) {
            lac_response_duty *one = &r->plan->duties[i];
            if (strcmp(text_at(value, "id"), one->duty->id) == 0 &&
                json_integer_value(json_object_get(value, "letter")) == (json_int_t)one->letter) {
                status = take(&one->done_by, r, value, "done_by");
                status = status == LACUNA_OK ? take(&one->done_on, r, value, "done_on") : status;
            }
        }
    }
    return status;
}

static lacuna_status read_all(plan_reader *r, const json_t *tree)
{
    const char *digest = text_at(json_object_get(tree, "letter"), "sha256");
    if (strcmp(digest, r->plan->letter_digest.hex) != 0) {
        return lac_fail_remedy(r->err, LACUNA_E_FORMAT, "make a new plan with --plan",
                               "the plan was made for another letter");
    }
    lacuna_status status = read_values(r, json_object_get(tree, "values"));
    if (status == LACUNA_OK) {
        status = read_duties(r, json_object_get(tree, "duties"));
    }
    return status == LACUNA_OK ? read_steps(r, json_object_get(tree, "steps")) : status;
}

lacuna_status lac_response_plan_apply(lac_response_plan *plan, lac_span json, lacuna_error *err)
{
    json_error_t where = {0};
    json_t *tree = NULL;
    plan_reader r = {.plan = plan, .err = err};
    lacuna_status status = lac_json_parse(&tree, json, 0, &where);
    if (status == LACUNA_E_NOMEM) {
        return lac_fail_nomem(err);
    }
    if (status != LACUNA_OK || strcmp(text_at(tree, "schema"), "lacuna.response-plan/1") != 0 ||
        !json_is_array(json_object_get(tree, "steps"))) {
        json_decref(tree);
        lac_error_place(err, "", where.line > 0 ? (uint32_t)where.line : 0);
        return lac_fail(err, LACUNA_E_FORMAT, "this is no plan of lacuna respond: %.100s",
                        where.text);
    }
    status = read_all(&r, tree);
    json_decref(tree);
    return status;
}
