#include "claude/answer.h"

#include "support/error.h"

static uint64_t tokens(const json_t *usage, const char *key)
{
    json_int_t value = json_integer_value(json_object_get(usage, key));
    return value > 0 ? (uint64_t)value : 0;
}

lacuna_usage lac_answer_usage(const json_t *message)
{
    const json_t *usage = json_object_get(message, "usage");
    return (lacuna_usage){
        .input = tokens(usage, "input_tokens"),
        .output = tokens(usage, "output_tokens"),
        .cache_read = tokens(usage, "cache_read_input_tokens"),
        .cache_write = tokens(usage, "cache_creation_input_tokens"),
    };
}

static lacuna_stop read_stop(const json_t *message)
{
    static const struct {
        const char *reason;
        lacuna_stop stop;
    } known[] = {
        {"end_turn", LACUNA_STOP_END},      {"stop_sequence", LACUNA_STOP_END},
        {"max_tokens", LACUNA_STOP_TOKENS}, {"model_context_window_exceeded", LACUNA_STOP_CONTEXT},
        {"refusal", LACUNA_STOP_REFUSAL},
    };
    lac_span reason = lac_span_of(json_string_value(json_object_get(message, "stop_reason")));
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (lac_span_is(reason, known[i].reason)) {
            return known[i].stop;
        }
    }
    /* tool_use and pause_turn cannot be: no tools are offered. */
    return LACUNA_STOP_OTHER;
}

static lacuna_status copy_string(const char **out, const json_t *value, lac_arena *arena)
{
    *out = "";
    if (!json_is_string(value)) {
        return LACUNA_OK;
    }
    *out =
        lac_arena_copy(arena, lac_span_make(json_string_value(value), json_string_length(value)));
    return *out == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

static lacuna_status copy_text(lacuna_text *out, const json_t *value, lac_arena *arena)
{
    lacuna_status status = copy_string(&out->bytes, value, arena);
    out->length = json_is_string(value) ? json_string_length(value) : 0;
    return status;
}

/* ---- citations ------------------------------------------------------------------------------ */

static bool read_index(uint32_t *out, const json_t *citation, const char *key)
{
    const json_t *value = json_object_get(citation, key);
    json_int_t number = json_integer_value(value);
    *out = (uint32_t)number;
    return json_is_integer(value) && number >= 0 && number <= UINT32_MAX;
}

/* Only pointers to content blocks: nothing else was offered for citing. */
static bool read_citation(lacuna_citation *out, const json_t *citation)
{
    lac_span type = lac_span_of(json_string_value(json_object_get(citation, "type")));
    return lac_span_is(type, "content_block_location") &&
           read_index(&out->source, citation, "document_index") &&
           read_index(&out->first, citation, "start_block_index") &&
           read_index(&out->end, citation, "end_block_index") && out->first < out->end;
}

static lacuna_status read_citations(lacuna_answer_block *block, const json_t *list,
                                    lac_arena *arena)
{
    size_t index;
    const json_t *one;
    size_t count = json_array_size(list);
    lacuna_citation *citations = lac_arena_array(arena, count == 0 ? 1 : count, sizeof *citations);
    lacuna_status status = citations == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    block->citations = citations;
    json_array_foreach(list, index, one)
    {
        if (status != LACUNA_OK) {
            break;
        }
        lacuna_citation *citation = &citations[block->citation_count];
        if (read_citation(citation, one)) {
            status = copy_text(&citation->cited, json_object_get(one, "cited_text"), arena);
            block->citation_count++;
        }
    }
    return status;
}

/* ---- the whole ------------------------------------------------------------------------------ */

static lacuna_status read_blocks(lacuna_response *response, const json_t *content, lac_arena *arena)
{
    size_t index;
    const json_t *one;
    size_t count = json_array_size(content);
    lacuna_answer_block *blocks = lac_arena_array(arena, count == 0 ? 1 : count, sizeof *blocks);
    lacuna_status status = blocks == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    response->blocks = blocks;
    json_array_foreach(content, index, one)
    {
        lac_span type = lac_span_of(json_string_value(json_object_get(one, "type")));
        if (status != LACUNA_OK || !lac_span_is(type, "text")) {
            continue;
        }
        lacuna_answer_block *block = &blocks[response->block_count++];
        status = copy_text(&block->text, json_object_get(one, "text"), arena);
        if (status == LACUNA_OK) {
            status = read_citations(block, json_object_get(one, "citations"), arena);
        }
    }
    return status;
}

lacuna_status lac_answer_read(lacuna_response *response, const json_t *message, lac_arena *arena,
                              lacuna_error *err)
{
    const json_t *content = json_object_get(message, "content");
    if (!json_is_array(content)) {
        return lac_fail(err, LACUNA_E_FORMAT, "the reply of the model's service is no message");
    }
    response->stop = read_stop(message);
    response->usage = lac_answer_usage(message);
    const json_t *details = json_object_get(message, "stop_details");
    lacuna_status status =
        copy_string(&response->refusal, json_object_get(details, "category"), arena);
    if (status == LACUNA_OK) {
        status = copy_string(&response->model_used, json_object_get(message, "model"), arena);
    }
    /* What a model had written before it declined is not to be used. */
    if (status == LACUNA_OK && response->stop != LACUNA_STOP_REFUSAL &&
        response->stop != LACUNA_STOP_OTHER) {
        status = read_blocks(response, content, arena);
    }
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(err);
}

const char *lac_answer_text(const lacuna_response *response, lac_arena *arena)
{
    size_t length = 0, at = 0;
    for (size_t i = 0; i < response->block_count; i++) {
        length += response->blocks[i].text.length;
    }
    char *text = lac_arena_alloc(arena, length + 1);
    for (size_t i = 0; text != NULL && i < response->block_count; i++) {
        memcpy(text + at, response->blocks[i].text.bytes, response->blocks[i].text.length);
        at += response->blocks[i].text.length;
    }
    return text;
}
