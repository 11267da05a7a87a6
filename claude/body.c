#include "claude/body.h"

#include "support/error.h"
#include "support/json_print.h"

#include <jansson.h>

/*
 * Values are made bottom up and handed to their owner at once, with the _new functions of jansson:
 * these take NULL as failure and never leak. A failure anywhere ends in NULL at the top.
 */

static json_t *text_value(lacuna_text text)
{
    return json_stringn(text.bytes == NULL ? "" : text.bytes, text.length);
}

/* Adds `value` (taken over) to `object` (taken over); NULL when either was NULL. */
static json_t *with(json_t *object, const char *key, json_t *value)
{
    if (object == NULL || value == NULL || json_object_set_new(object, key, value) != 0) {
        if (object == NULL) {
            json_decref(value);
        }
        json_decref(object);
        return NULL;
    }
    return object;
}

static json_t *followed_by(json_t *array, json_t *value)
{
    if (array == NULL || value == NULL || json_array_append_new(array, value) != 0) {
        if (array == NULL) {
            json_decref(value);
        }
        json_decref(array);
        return NULL;
    }
    return array;
}

static json_t *typed(const char *type)
{
    return with(json_object(), "type", json_string(type));
}

static json_t *text_block(lacuna_text text)
{
    return with(typed("text"), "text", text_value(text));
}

/* The breakpoint kept longer has to come first, so only the system text asks for an hour. */
static json_t *with_breakpoint(json_t *block, const char *ttl)
{
    json_t *control = typed("ephemeral");
    if (ttl != NULL) {
        control = with(control, "ttl", json_string(ttl));
    }
    return with(block, "cache_control", control);
}

static json_t *system_value(const lacuna_request *request, const lac_body_options *options)
{
    json_t *block = text_block(request->system);
    if (options->cache) {
        block = with_breakpoint(block, "1h");
    }
    return followed_by(json_array(), block);
}

/* ---- documents ------------------------------------------------------------------------------ */

static json_t *passages_value(const lacuna_source *source)
{
    json_t *content = json_array();
    for (size_t i = 0; i < source->passage_count; i++) {
        content = followed_by(content, text_block(source->passages[i]));
    }
    return with(typed("content"), "content", content);
}

static json_t *document_block(const lacuna_source *source, bool citations, bool breakpoint)
{
    json_t *block = with(typed("document"), "source", passages_value(source));
    if (source->title.length > 0) {
        block = with(block, "title", text_value(source->title));
    }
    if (source->context.length > 0) {
        block = with(block, "context", text_value(source->context));
    }
    if (citations) {
        block = with(block, "citations", with(json_object(), "enabled", json_true()));
    }
    return breakpoint ? with_breakpoint(block, NULL) : block;
}

/* ---- the conversation ----------------------------------------------------------------------- */

static json_t *instruction_block(const lacuna_request *request, const lac_body_options *options)
{
    if (request->output_schema == NULL || options->structure == LAC_STRUCTURE_NATIVE) {
        return text_block(request->instruction);
    }
    lac_buf text;
    lac_buf_init(&text, SIZE_MAX / 2);
    lacuna_status status =
        lac_buf_append(&text, request->instruction.bytes, request->instruction.length);
    if (status == LACUNA_OK) {
        status =
            lac_buf_append_text(&text, "\n\nAnswer with one JSON object and nothing else. It has "
                                       "to follow this JSON Schema:\n");
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_text(&text, request->output_schema);
    }
    json_t *block = NULL;
    if (status == LACUNA_OK) {
        block = text_block((lacuna_text){text.data, text.len});
    }
    lac_buf_free(&text);
    return block;
}

static json_t *turn(const char *role, json_t *content)
{
    return with(with(json_object(), "role", json_string(role)), "content", content);
}

static json_t *messages_value(const lacuna_request *request, const lac_body_options *options)
{
    json_t *content = json_array();
    for (size_t i = 0; i < request->source_count; i++) {
        bool last = i + 1 == request->source_count;
        content = followed_by(content, document_block(&request->sources[i], request->citations != 0,
                                                      options->cache && last));
    }
    content = followed_by(content, instruction_block(request, options));
    json_t *messages = followed_by(json_array(), turn("user", content));
    for (size_t i = 0; i < request->turn_count; i++) {
        json_t *answer = followed_by(json_array(), text_block(request->turns[i].answer));
        json_t *reply = followed_by(json_array(), text_block(request->turns[i].reply));
        messages = followed_by(messages, turn("assistant", answer));
        messages = followed_by(messages, turn("user", reply));
    }
    return messages;
}

/* ---- output --------------------------------------------------------------------------------- */

static json_t *format_value(const char *schema)
{
    json_error_t where;
    json_t *parsed = json_loads(schema, JSON_REJECT_DUPLICATES, &where);
    return with(typed("json_schema"), "schema", parsed);
}

static json_t *with_output_config(json_t *body, const lacuna_request *request,
                                  const lac_body_options *options)
{
    bool native = request->output_schema != NULL && options->structure == LAC_STRUCTURE_NATIVE;
    if (options->effort == NULL && !native) {
        return body;
    }
    json_t *config = json_object();
    if (options->effort != NULL) {
        config = with(config, "effort", json_string(options->effort));
    }
    if (native) {
        config = with(config, "format", format_value(request->output_schema));
    }
    return with(body, "output_config", config);
}

static json_t *with_limits(json_t *body, const lacuna_request *request,
                           const lac_body_options *options)
{
    body = with(body, "max_tokens", json_integer((json_int_t)request->max_output_tokens));
    if (options->stream) {
        body = with(body, "stream", json_true());
    }
    if (options->user_id != NULL) {
        json_t *metadata = with(json_object(), "user_id", json_string(options->user_id));
        body = with(body, "metadata", metadata);
    }
    return options->geo == NULL ? body : with(body, "inference_geo", json_string(options->geo));
}

static json_t *body_value(const lacuna_request *request, const lac_body_options *options)
{
    json_t *body = json_object();
    if (options->version != NULL) {
        body = with(body, "anthropic_version", json_string(options->version));
    }
    if (options->model != NULL) {
        body = with(body, "model", json_string(options->model));
    }
    if (!options->count_only) {
        body = with_limits(body, request, options);
    }
    if (request->system.length > 0) {
        body = with(body, "system", system_value(request, options));
    }
    body = with(body, "messages", messages_value(request, options));
    return with_output_config(body, request, options);
}

lacuna_status lac_body_write(lac_buf *out, const lacuna_request *request,
                             const lac_body_options *options, lacuna_error *err)
{
    if (request->output_schema != NULL && request->citations != 0) {
        return lac_fail(err, LACUNA_E_ARGUMENT,
                        "a request cannot ask for a schema and for citations at once");
    }
    json_t *body = body_value(request, options);
    if (body == NULL) {
        return lac_fail(err, LACUNA_E_ARGUMENT,
                        "the request holds text that is not UTF-8, or a schema that is not JSON");
    }
    int written = json_dump_callback(body, lac_json_append, out, JSON_COMPACT);
    json_decref(body);
    return written == 0
               ? LACUNA_OK
               : lac_fail(err, LACUNA_E_LIMIT, "the request is larger than %zu bytes", out->max);
}
