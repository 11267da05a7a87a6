#include "drafter/draft/step.h"

#include "drafter/draft/text.h"
#include "drafter/extract.h"
#include "support/error.h"
#include "support/json_parse.h"
#include "support/json_print.h"

#include <stdio.h>
#include <stdlib.h>

#define SCHEMA "lacuna.step/1"

static const char *const OUTCOMES[LAC_STEP_OUTCOMES] = {
    "open", "assembled", "written", "no-sources", "declined", "cut-off", "failed",
};

const char *lac_step_outcome_name(lac_step_outcome outcome)
{
    return outcome < LAC_STEP_OUTCOMES ? OUTCOMES[outcome] : OUTCOMES[0];
}

lac_step_outcome lac_step_outcome_of(const char *name)
{
    for (int i = 0; i < LAC_STEP_OUTCOMES; i++) {
        if (strcmp(OUTCOMES[i], name) == 0) {
            return (lac_step_outcome)i;
        }
    }
    return LAC_STEP_OPEN;
}

bool lac_step_is_answered(lac_step_outcome outcome)
{
    return outcome == LAC_STEP_WRITTEN || outcome == LAC_STEP_DECLINED ||
           outcome == LAC_STEP_CUT_OFF;
}

void lac_step_free(lac_step *step)
{
    lac_material_free(&step->material);
    lac_arena_free(&step->arena);
}

const lac_composed *lac_step_shown(const lac_step *step)
{
    return step->decision != NULL && step->decision->text != NULL ? &step->edited : &step->draft;
}

/* ---- the draft ------------------------------------------------------------------------------ */

static lacuna_status assemble(lac_step *step, lacuna_error *err)
{
    lac_draft_gap gap;
    lacuna_status status =
        lac_extract(&gap, &step->draft.needed, &step->arena, step->plan, step->planned, err);
    lac_draft_block *blocks =
        lac_arena_array(&step->arena, (size_t)gap.block_count + 1, sizeof *blocks);
    if (status != LACUNA_OK || blocks == NULL) {
        return status == LACUNA_OK ? lac_fail_nomem(err) : status;
    }
    memcpy(blocks, gap.blocks, gap.block_count * sizeof *blocks);
    step->draft.blocks = blocks;
    step->draft.block_count = gap.block_count;
    return LACUNA_OK;
}

static lacuna_status digest_draft(lac_step *step, lacuna_error *err)
{
    lac_buf text;
    lac_buf_init(&text, LAC_STEP_BYTES_MAX);
    lacuna_status status = lac_draft_markdown(&text, step->draft.blocks, step->draft.block_count);
    status = status == LACUNA_OK ? lac_sha256(&step->draft_digest, lac_buf_span(&text), err)
                                 : lac_fail(err, status, "the draft of a gap is too long");
    lac_buf_free(&text);
    return status;
}

lacuna_status lac_step_draft(lac_step *step, lacuna_error *err)
{
    step->draft = (lac_composed){.block_count = 0};
    lacuna_status status = step->outcome == LAC_STEP_WRITTEN
                               ? lac_compose(&step->draft, &step->arena, step->plan, step->planned,
                                             &step->material, &step->answer, err)
                               : assemble(step, err);
    return status == LACUNA_OK ? digest_draft(step, err) : status;
}

/* ---- writing -------------------------------------------------------------------------------- */

static json_t *finding_value(const lac_draft_finding *finding)
{
    return json_pack("{s:s,s:s,s:s,s:s%}", "what", finding->what, "reason", finding->reason,
                     "message", finding->message, "text", finding->text.ptr, finding->text.len);
}

static json_t *verification_value(const lac_composed *draft)
{
    json_t *findings = json_array();
    for (uint32_t i = 0; i < draft->finding_count; i++) {
        if (json_array_append_new(findings, finding_value(&draft->findings[i])) != 0) {
            json_decref(findings);
            return NULL;
        }
    }
    return json_pack("{s:i,s:i,s:i,s:o}", "supported", (int)draft->supported, "failed",
                     (int)draft->finding_count, "needed", (int)draft->needed, "findings", findings);
}

static json_t *passage_value(const lac_step *step, uint32_t index)
{
    const lac_material_passage *passage = &step->material.passages[index];
    const lac_plan_source *source = &step->planned->sources[passage->planned];
    const lac_source_document *of = &step->plan->documents[source->document];
    const char *label = lac_plan_label(step->plan, source);
    return label == NULL ? NULL
                         : json_pack("{s:s,s:s,s:i,s:s%}", "document", of->path, "section", label,
                                     "line", (int)lac_document_line(of->document, passage->start),
                                     "text", passage->text.ptr, passage->text.len);
}

static json_t *passages_value(const lac_step *step)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < step->material.passage_count; i++) {
        if (json_array_append_new(list, passage_value(step, i)) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *call_value(const lac_step *step)
{
    return json_pack("{s:s,s:s,s:s,s:s,s:s,s:I,s:I,s:I,s:I,s:f}", "model", step->model, "provider",
                     step->provider, "request_id", step->request_id, "request_sha256",
                     step->request_digest, "response_sha256", step->response_digest, "input_tokens",
                     (json_int_t)step->usage.input, "output_tokens", (json_int_t)step->usage.output,
                     "cache_read_tokens", (json_int_t)step->usage.cache_read, "cache_write_tokens",
                     (json_int_t)step->usage.cache_write, "cost", step->cost);
}

static json_t *answer_value(const lac_step *step)
{
    return json_pack("{s:i,s:i,s:o}", "citations", (int)step->answer.citations, "lost_citations",
                     (int)step->answer.lost, "parts", lac_answer_json(&step->answer));
}

static json_t *step_value(const lac_step *step, const lac_buf *draft)
{
    const lac_item *item = step->planned->gap->item;
    json_t *tree = json_pack(
        "{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s%,s:o,s:o}", "schema", SCHEMA, "gap", step->gap,
        "title", item->title, "requirement", item->requirement, "content_sha256", step->content.hex,
        "outcome", lac_step_outcome_name(step->outcome), "failure", step->failure, "draft_sha256",
        step->draft_digest.hex, "draft", lac_buf_text(draft), draft->len, "verification",
        verification_value(&step->draft), "passages", passages_value(step));
    if (tree != NULL && lac_step_is_answered(step->outcome) &&
        (json_object_set_new(tree, "call", call_value(step)) != 0 ||
         json_object_set_new(tree, "answer", answer_value(step)) != 0)) {
        json_decref(tree);
        return NULL;
    }
    return tree;
}

lacuna_status lac_step_write(lac_buf *out, const lac_step *step, lacuna_error *err)
{
    lac_buf draft;
    lac_buf_init(&draft, LAC_STEP_BYTES_MAX);
    lacuna_status status = lac_draft_markdown(&draft, step->draft.blocks, step->draft.block_count);
    json_t *tree = status == LACUNA_OK ? step_value(step, &draft) : NULL;
    status = lac_json_print(out, tree, err);
    lac_buf_free(&draft);
    return status;
}

/* ---- reading -------------------------------------------------------------------------------- */

static const char *text_of(lac_step *step, const json_t *tree, const char *key)
{
    const char *text = json_string_value(json_object_get(tree, key));
    return text == NULL ? "" : lac_arena_copy(&step->arena, lac_span_of(text));
}

static uint64_t count_of(const json_t *tree, const char *key)
{
    json_int_t value = json_integer_value(json_object_get(tree, key));
    return value > 0 ? (uint64_t)value : 0;
}

static lacuna_status read_call(lac_step *step, const json_t *call, lacuna_error *err)
{
    const json_t *cost = json_object_get(call, "cost");
    step->model = text_of(step, call, "model");
    step->provider = text_of(step, call, "provider");
    step->request_id = text_of(step, call, "request_id");
    step->request_digest = text_of(step, call, "request_sha256");
    step->response_digest = text_of(step, call, "response_sha256");
    step->usage = (lacuna_usage){.input = count_of(call, "input_tokens"),
                                 .output = count_of(call, "output_tokens"),
                                 .cache_read = count_of(call, "cache_read_tokens"),
                                 .cache_write = count_of(call, "cache_write_tokens")};
    step->cost = json_is_number(cost) ? json_number_value(cost) : -1;
    bool kept = step->model != NULL && step->provider != NULL && step->request_id != NULL &&
                step->request_digest != NULL && step->response_digest != NULL;
    return kept ? LACUNA_OK : lac_fail_nomem(err);
}

/* A record whose parts disagree is none. */
static lacuna_status take_record(bool *found, lac_step *step, const json_t *tree, const char *model,
                                 lacuna_error *err)
{
    const json_t *call = json_object_get(tree, "call");
    const json_t *answer = json_object_get(tree, "answer");
    const char *outcome = json_string_value(json_object_get(tree, "outcome"));
    const char *content = json_string_value(json_object_get(tree, "content_sha256"));
    const char *asked = json_string_value(json_object_get(call, "model"));
    lac_step_outcome what = lac_step_outcome_of(outcome == NULL ? "" : outcome);
    if (content == NULL || strcmp(content, step->content.hex) != 0 ||
        (model != NULL && asked != NULL && strcmp(asked, model) != 0)) {
        step->voided = true;
        return LACUNA_OK;
    }
    if (asked == NULL || !lac_step_is_answered(what)) {
        return LACUNA_OK;
    }
    lacuna_status status = read_call(step, call, err);
    if (status == LACUNA_OK) {
        status = lac_answer_from_json(&step->answer, &step->arena, &step->material,
                                      json_object_get(answer, "parts"), NULL);
        *found = status == LACUNA_OK;
        status = status == LACUNA_E_NOMEM ? lac_fail_nomem(err) : LACUNA_OK;
    }
    if (*found) {
        step->answer.citations = (uint32_t)count_of(answer, "citations");
        step->answer.lost = (uint32_t)count_of(answer, "lost_citations");
        step->outcome = what;
        step->failure = text_of(step, tree, "failure");
        step->kept = true;
    }
    return step->failure == NULL ? lac_fail_nomem(err) : status;
}

lacuna_status lac_step_recall(bool *found, lac_step *step, lac_span record, const char *model,
                              lacuna_error *err)
{
    json_error_t where;
    json_t *tree = NULL;
    lacuna_status status = lac_json_parse(&tree, record, 0, &where);
    *found = false;
    const char *schema = json_string_value(json_object_get(tree, "schema"));
    const char *gap = json_string_value(json_object_get(tree, "gap"));
    if (status == LACUNA_OK && schema != NULL && gap != NULL && strcmp(schema, SCHEMA) == 0 &&
        strcmp(gap, step->gap) == 0) {
        status = take_record(found, step, tree, model, err);
    } else if (status != LACUNA_E_NOMEM) {
        status = LACUNA_OK; /* no record of ours: as if it were not there */
    } else {
        status = lac_fail_nomem(err);
    }
    json_decref(tree);
    return status;
}

lacuna_status lac_step_file_name(char out[64], const char *gap, lacuna_error *err)
{
    enum { SHOWN = 40 };
    lac_digest digest;
    char shown[SHOWN + 1];
    const char *slash = strchr(gap, '/');
    const char *item = slash == NULL ? gap : slash + 1;
    size_t length = 0;
    for (; item[length] != '\0' && length < SHOWN; length++) {
        char c = item[length];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     c == '-' || c == '_' || (c == '.' && length > 0);
        shown[length] = c;
        if (!plain) {
            shown[length] = '_';
        }
    }
    shown[length] = '\0';
    lacuna_status status = lac_sha256(&digest, lac_span_of(gap), err);
    (void)snprintf(out, 64, "%s-%.8s.json", shown, digest.hex);
    return status;
}
