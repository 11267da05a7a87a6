#include "drafter/draft/request.h"

#include "support/error.h"

enum { OUTPUT_TOKENS = 8000, INSTRUCTION_MAX = 1 << 20 };

/* "Facts that are looked for in it: dose; route" */
static lacuna_status write_facts(lac_buf *out, const lac_item *item)
{
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < item->expect.fact_count && status == LACUNA_OK; i++) {
        status = lac_buf_printf(out, "%s%s", i == 0 ? "Facts that are looked for in it: " : "; ",
                                item->expect.facts[i].name);
    }
    return status;
}

static lacuna_status write_person(lac_buf *out, const char *head, const char *text)
{
    return text[0] == '\0' ? LACUNA_OK : lac_buf_printf(out, "%s%s", head, text);
}

static lacuna_status write_instruction(lac_buf *out, const lac_step *step, const lac_prompt *prompt,
                                       lacuna_error *err)
{
    lac_buf facts, style, own;
    const lac_item *item = step->planned->gap->item;
    lac_buf_init(&facts, INSTRUCTION_MAX);
    lac_buf_init(&style, INSTRUCTION_MAX);
    lac_buf_init(&own, INSTRUCTION_MAX);
    lacuna_status status = write_facts(&facts, item);
    if (status == LACUNA_OK) {
        status = write_person(&style, "Style of the house: ", step->plan->instructions);
    }
    if (status == LACUNA_OK) {
        status = write_person(&own, "For this part: ", step->planned->instructions);
    }
    const lac_prompt_value values[] = {
        {"title", lac_span_of(item->title)},
        {"requirement", lac_span_of(item->requirement)},
        {"satisfied_by",
         lac_span_of(item->satisfied_by == NULL ? item->requirement : item->satisfied_by)},
        {"citation", lac_span_of(item->citation == NULL ? "no source named" : item->citation)},
        {"facts", lac_buf_span(&facts)},
        {"style", lac_buf_span(&style)},
        {"instructions", lac_buf_span(&own)},
    };
    status = status == LACUNA_OK
                 ? lac_prompt_render(out, prompt->instruction, values,
                                     sizeof values / sizeof values[0], err)
                 : lac_fail(err, status, "the instructions of the plan are too long");
    lac_buf_free(&facts);
    lac_buf_free(&style);
    lac_buf_free(&own);
    return status;
}

lacuna_status lac_draft_content(lac_step *step, const lac_prompt *prompt, lacuna_error *err)
{
    lac_buf text;
    lac_buf_init(&text, 2 * INSTRUCTION_MAX);
    lacuna_status status =
        lac_buf_printf(&text, "%s\n%s\n%s\n%s\n%s\n", prompt->id, prompt->digest.hex,
                       step->planned->checklist->digest.hex, step->gap, step->material.digest.hex);
    status = status == LACUNA_OK
                 ? write_instruction(&text, step, prompt, err)
                 : lac_fail(err, status, "the instructions of the plan are too long");
    if (status == LACUNA_OK) {
        status = lac_sha256(&step->content, lac_buf_span(&text), err);
    }
    lac_buf_free(&text);
    return status;
}

lacuna_status lac_draft_request(lacuna_request *request, lac_step *step, const lac_prompt *prompt,
                                lacuna_error *err)
{
    lac_buf text;
    lac_buf_init(&text, INSTRUCTION_MAX);
    lacuna_status status = write_instruction(&text, step, prompt, err);
    const char *copy =
        status == LACUNA_OK ? lac_arena_copy(&step->arena, lac_buf_span(&text)) : NULL;
    size_t length = text.len;
    lac_buf_free(&text);
    if (copy == NULL) {
        return status == LACUNA_OK ? lac_fail_nomem(err) : status;
    }
    *request = (lacuna_request){
        .purpose = "draft",
        .prompt_id = prompt->id,
        .prompt_digest = prompt->digest.hex,
        .system = {prompt->system.ptr, prompt->system.len},
        .sources = step->material.sources,
        .source_count = step->material.source_count,
        .instruction = {copy, length},
        .citations = 1,
        .max_output_tokens = OUTPUT_TOKENS,
    };
    return LACUNA_OK;
}
