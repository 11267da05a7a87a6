#include "claude/message.h"

#include "support/error.h"
#include "support/json_parse.h"
#include "support/utf8.h"

#include <stdlib.h>

/* What grows piece by piece in one content block. */
struct lac_message_part {
    bool open;
    lac_buf text;      /* of "text" or "thinking" */
    lac_buf json;      /* partial_json of "input" */
    lac_buf signature; /* of "thinking" */
};

void lac_message_init(lac_message *message)
{
    *message = (lac_message){0};
}

void lac_message_free(lac_message *message)
{
    for (size_t i = 0; i < message->part_count; i++) {
        lac_buf_free(&message->parts[i].text);
        lac_buf_free(&message->parts[i].json);
        lac_buf_free(&message->parts[i].signature);
    }
    free(message->parts);
    json_decref(message->tree);
    *message = (lac_message){0};
}

/* ---- errors --------------------------------------------------------------------------------- */

/* Words of the API end up in reports and logs: only what prints, cut to fit. */
static void copy_printable(char *out, size_t room, const json_t *value)
{
    const char *text = json_string_value(value);
    size_t length = 0;
    out[0] = '\0';
    if (text == NULL) {
        return;
    }
    lac_span kept = lac_utf8_prefix(lac_span_of(text), room - 1);
    for (; length < kept.len; length++) {
        unsigned char c = (unsigned char)kept.ptr[length];
        out[length] = c < 0x20 || c == 0x7F ? ' ' : (char)c;
        /* U+0080 to U+009F: controls of two bytes. */
        if (length > 0 && c >= 0x80 && c <= 0x9F && (unsigned char)kept.ptr[length - 1] == 0xC2) {
            out[length - 1] = out[length] = ' ';
        }
    }
    out[length] = '\0';
}

static void read_error(lac_api_error *error, const json_t *tree)
{
    const json_t *inner = json_object_get(tree, "error");
    copy_printable(error->type, sizeof error->type, json_object_get(inner, "type"));
    copy_printable(error->message, sizeof error->message, json_object_get(inner, "message"));
    const json_t *details = json_object_get(inner, "details");
    copy_printable(error->code, sizeof error->code, json_object_get(details, "error_code"));
    if (error->type[0] == '\0') {
        memcpy(error->type, "unknown_error", sizeof "unknown_error");
    }
}

bool lac_api_error_read(lac_api_error *error, lac_span body)
{
    json_error_t where;
    json_t *tree = NULL;
    *error = (lac_api_error){0};
    if (lac_json_parse(&tree, body, 0, &where) != LACUNA_OK) {
        return false;
    }
    bool found = json_is_object(json_object_get(tree, "error"));
    if (found) {
        read_error(error, tree);
    }
    json_decref(tree);
    return found;
}

/* ---- blocks --------------------------------------------------------------------------------- */

static json_t *blocks_of(const lac_message *message)
{
    return json_object_get(message->tree, "content");
}

/* The open block an event is about; NULL: there is none. */
static lac_message_part *part_of(const lac_message *message, const json_t *event)
{
    const json_t *index = json_object_get(event, "index");
    if (!json_is_integer(index)) {
        return NULL;
    }
    json_int_t at = json_integer_value(index);
    if (at < 0 || (uint64_t)at >= message->part_count || !message->parts[at].open) {
        return NULL;
    }
    return &message->parts[at];
}

static lacuna_status start_block(lac_message *message, const json_t *event)
{
    json_t *block = json_object_get(event, "content_block");
    json_t *index = json_object_get(event, "index");
    if (message->tree == NULL || !json_is_object(block) || !json_is_integer(index) ||
        json_integer_value(index) != (json_int_t)message->part_count) {
        return LACUNA_E_FORMAT;
    }
    lacuna_status status =
        lac_grow((void **)&message->parts, &message->part_capacity, message->part_count + 1,
                 sizeof *message->parts, LAC_MESSAGE_BLOCKS_MAX);
    if (status != LACUNA_OK) {
        return status;
    }
    json_t *copy = json_deep_copy(block);
    if (json_array_append_new(blocks_of(message), copy) != 0) {
        return LACUNA_E_NOMEM;
    }
    lac_message_part *part = &message->parts[message->part_count++];
    part->open = true;
    lac_buf_init(&part->text, LAC_SSE_EVENT_MAX);
    lac_buf_init(&part->json, LAC_SSE_EVENT_MAX);
    lac_buf_init(&part->signature, LAC_SSE_EVENT_MAX);
    return LACUNA_OK;
}

static lacuna_status append_string(lac_buf *buf, const json_t *delta, const char *key)
{
    const json_t *value = json_object_get(delta, key);
    if (!json_is_string(value)) {
        return LACUNA_E_FORMAT;
    }
    return lac_buf_append(buf, json_string_value(value), json_string_length(value));
}

static lacuna_status add_citation(const lac_message *message, const lac_message_part *part,
                                  const json_t *delta)
{
    json_t *citation = json_object_get(delta, "citation");
    json_t *block = json_array_get(blocks_of(message), (size_t)(part - message->parts));
    json_t *list = json_object_get(block, "citations");
    if (!json_is_object(citation)) {
        return LACUNA_E_FORMAT;
    }
    if (!json_is_array(list)) {
        list = json_array();
        if (json_object_set_new(block, "citations", list) != 0) {
            return LACUNA_E_NOMEM;
        }
    }
    return json_array_append_new(list, json_deep_copy(citation)) == 0 ? LACUNA_OK : LACUNA_E_NOMEM;
}

static lacuna_status add_delta(lac_message *message, const json_t *event)
{
    lac_message_part *part = part_of(message, event);
    const json_t *delta = json_object_get(event, "delta");
    lac_span type = lac_span_of(json_string_value(json_object_get(delta, "type")));
    if (part == NULL || type.len == 0) {
        return LACUNA_E_FORMAT;
    }
    if (lac_span_is(type, "text_delta")) {
        return append_string(&part->text, delta, "text");
    }
    if (lac_span_is(type, "thinking_delta")) {
        return append_string(&part->text, delta, "thinking");
    }
    if (lac_span_is(type, "input_json_delta")) {
        return append_string(&part->json, delta, "partial_json");
    }
    if (lac_span_is(type, "signature_delta")) {
        lac_buf_clear(&part->signature);
        return append_string(&part->signature, delta, "signature");
    }
    if (lac_span_is(type, "citations_delta")) {
        return add_citation(message, part, delta);
    }
    return LACUNA_OK; /* a kind of delta that is newer than this program */
}

/* Appends what came in pieces to what the block began with. */
static lacuna_status join_text(json_t *block, const char *key, const lac_buf *more)
{
    if (more->len == 0) {
        return LACUNA_OK;
    }
    const json_t *begun = json_object_get(block, key);
    lac_buf whole;
    lac_buf_init(&whole, 2 * (size_t)LAC_SSE_EVENT_MAX);
    lacuna_status status =
        lac_buf_append_text(&whole, json_is_string(begun) ? json_string_value(begun) : "");
    if (status == LACUNA_OK) {
        status = lac_buf_append_span(&whole, lac_buf_span(more));
    }
    if (status == LACUNA_OK &&
        json_object_set_new(block, key, json_stringn(whole.data, whole.len)) != 0) {
        status = LACUNA_E_FORMAT;
    }
    lac_buf_free(&whole);
    return status;
}

static lacuna_status join_input(json_t *block, const lac_buf *json)
{
    json_error_t where;
    json_t *input = NULL;
    if (json->len == 0) {
        return LACUNA_OK;
    }
    lacuna_status status = lac_json_parse(&input, lac_buf_span(json), 0, &where);
    if (status == LACUNA_OK && json_object_set_new(block, "input", input) != 0) {
        status = LACUNA_E_NOMEM;
    }
    return status;
}

static lacuna_status stop_block(const lac_message *message, const json_t *event)
{
    lac_message_part *part = part_of(message, event);
    if (part == NULL) {
        return LACUNA_E_FORMAT;
    }
    json_t *block = json_array_get(blocks_of(message), (size_t)(part - message->parts));
    lac_span type = lac_span_of(json_string_value(json_object_get(block, "type")));
    const char *key = lac_span_is(type, "thinking") ? "thinking" : "text";
    lacuna_status status = join_text(block, key, &part->text);
    if (status == LACUNA_OK && part->signature.len > 0) {
        json_object_del(block, "signature");
        status = join_text(block, "signature", &part->signature);
    }
    if (status == LACUNA_OK) {
        status = join_input(block, &part->json);
    }
    part->open = false;
    return status;
}

/* ---- the message ---------------------------------------------------------------------------- */

static lacuna_status start_message(lac_message *message, const json_t *event)
{
    const json_t *begun = json_object_get(event, "message");
    if (message->tree != NULL || !json_is_object(begun)) {
        return LACUNA_E_FORMAT;
    }
    message->tree = json_deep_copy(begun);
    if (message->tree == NULL) {
        return LACUNA_E_NOMEM;
    }
    json_t *content = json_object_get(message->tree, "content");
    if (!json_is_array(content)) {
        return json_object_set_new(message->tree, "content", json_array()) == 0 ? LACUNA_OK
                                                                                : LACUNA_E_NOMEM;
    }
    /* Blocks come by their own events; a message that begins with some is none of ours. */
    return json_array_size(content) == 0 ? LACUNA_OK : LACUNA_E_FORMAT;
}

static lacuna_status change_message(const lac_message *message, const json_t *event)
{
    json_t *delta = json_object_get(event, "delta");
    json_t *usage = json_object_get(event, "usage");
    if (message->tree == NULL || !json_is_object(delta)) {
        return LACUNA_E_FORMAT;
    }
    if (json_object_update(message->tree, delta) != 0) {
        return LACUNA_E_NOMEM;
    }
    json_t *known = json_object_get(message->tree, "usage");
    if (!json_is_object(usage)) {
        return LACUNA_OK;
    }
    if (!json_is_object(known)) {
        return json_object_set(message->tree, "usage", usage) == 0 ? LACUNA_OK : LACUNA_E_NOMEM;
    }
    const char *key;
    json_t *value;
    json_object_foreach(usage, key, value)
    {
        if (!json_is_null(value) && json_object_set(known, key, value) != 0) {
            return LACUNA_E_NOMEM;
        }
    }
    return LACUNA_OK;
}

static lacuna_status take_event(lac_message *message, lac_span type, const json_t *event)
{
    if (lac_span_is(type, "message_start")) {
        return start_message(message, event);
    }
    if (lac_span_is(type, "content_block_start")) {
        return start_block(message, event);
    }
    if (lac_span_is(type, "content_block_delta")) {
        return add_delta(message, event);
    }
    if (lac_span_is(type, "content_block_stop")) {
        return stop_block(message, event);
    }
    if (lac_span_is(type, "message_delta")) {
        return change_message(message, event);
    }
    if (lac_span_is(type, "message_stop")) {
        message->complete = message->tree != NULL;
    }
    return LACUNA_OK; /* "ping", and what is newer than this program */
}

lacuna_status lac_message_event(void *user, lac_span type, lac_span data)
{
    lac_message *message = user;
    json_error_t where;
    json_t *event = NULL;
    if (message->complete || message->error.type[0] != '\0') {
        return LACUNA_OK; /* nothing that comes after the end counts */
    }
    lacuna_status status = lac_json_parse(&event, data, 0, &where);
    if (status == LACUNA_E_FORMAT && lac_span_is(type, "ping")) {
        return LACUNA_OK;
    }
    if (status != LACUNA_OK) {
        return status;
    }
    /* The data names its type too; streams without `event:` lines are read by that. */
    lac_span named = lac_span_of(json_string_value(json_object_get(event, "type")));
    lac_span kind = lac_span_is(type, "message") && named.len > 0 ? named : type;
    if (lac_span_is(kind, "error")) {
        read_error(&message->error, event);
    } else {
        status = take_event(message, kind, event);
    }
    json_decref(event);
    return status;
}

lacuna_status lac_message_finish(lac_message *message, lacuna_error *err)
{
    if (message->error.type[0] != '\0') {
        return lac_fail(err, LACUNA_E_IO, "the model's service broke off the answer: %s: %s",
                        message->error.type, message->error.message);
    }
    if (!message->complete) {
        return lac_fail(err, LACUNA_E_IO, "the answer of the model broke off before its end");
    }
    for (size_t i = 0; i < message->part_count; i++) {
        if (message->parts[i].open) {
            return lac_fail(err, LACUNA_E_FORMAT, "a block of the model's answer has no end");
        }
    }
    return LACUNA_OK;
}
