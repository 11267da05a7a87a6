#include "claude/task.h"

#include "claude/retry.h"
#include "claude/shape.h"
#include "support/error.h"
#include "support/hash.h"
#include "support/json_parse.h"

#include <openssl/rand.h>
#include <time.h>

enum { BODY_MAX = 256 * 1024 * 1024, REPAIR_MAX = 4 * 1024 * 1024, OUTPUT_TOKENS_MAX = 128000 };

void lac_task_init(lac_task *task, const lacuna_request *request)
{
    *task = (lac_task){.request = request, .max_output_tokens = request->max_output_tokens};
    lac_arena_init(&task->arena);
    lac_buf_init(&task->body, BODY_MAX);
    lac_buf_init(&task->turns_text, REPAIR_MAX);
}

void lac_task_free(lac_task *task)
{
    lac_buf_free(&task->body);
    lac_buf_free(&task->turns_text);
    lac_arena_free(&task->arena);
    *task = (lac_task){0};
}

/* ---- asking --------------------------------------------------------------------------------- */

static lac_structure structure_of(const lac_task *task, const lac_task_context *context)
{
    return context->words_only[task->model] ? LAC_STRUCTURE_PROMPTED : LAC_STRUCTURE_NATIVE;
}

lacuna_status lac_task_write(lac_task *task, const lac_task_context *context, lacuna_error *err)
{
    const lac_provider_class *type = context->provider->type;
    const lac_settings *settings = context->settings;
    lacuna_request request = *task->request;
    lac_body_options options = {
        .model = type->model_in_body ? context->models[task->model] : NULL,
        .version = type->version_in_body,
        .stream = type->stream_in_body,
        .cache = true,
        .structure = structure_of(task, context),
        .effort = settings->effort,
        .geo = type->takes_geo ? settings->geo : NULL,
    };
    if (type->version_in_body != NULL && settings->version != NULL) {
        options.version = settings->version;
    }
    request.max_output_tokens = task->max_output_tokens;
    if (task->repaired) {
        request.turns = &task->repair;
        request.turn_count = 1;
    }
    lac_buf_clear(&task->body);
    lacuna_status status = lac_body_write(&task->body, &request, &options, err);
    if (status == LACUNA_OK && task->body.len > type->body_bytes_max) {
        return lac_fail_remedy(err, LACUNA_E_LIMIT, "send fewer or shorter sources",
                               "the request has %zu bytes; %s takes %llu", task->body.len,
                               type->name, (unsigned long long)type->body_bytes_max);
    }
    return status;
}

lacuna_status lac_task_address(const lac_task *task, const lac_task_context *context,
                               lac_http_request *request, lac_arena *arena, lacuna_error *err)
{
    request->body = lac_buf_span(&task->body);
    return context->provider->type->prepare(request, context->provider, arena,
                                            LAC_ENDPOINT_MESSAGES, context->models[task->model],
                                            (int64_t)time(NULL), err);
}

uint64_t lac_task_estimate(const lac_buf *body)
{
    /* English is 3 to 4 bytes a token with the newer tokenizers; tables and numbers are fewer. */
    return (uint64_t)body->len / 2 + 16;
}

double lac_task_worst_cost(const lac_task *task, const lac_task_context *context)
{
    lac_model_facts facts = lac_model_table_find(context->table, context->models[task->model],
                                                 context->provider->type->name);
    lacuna_usage usage = {.cache_write = lac_task_estimate(&task->body),
                          .output = task->max_output_tokens};
    return lac_model_cost(&facts, &usage);
}

/* ---- money ---------------------------------------------------------------------------------- */

static void add_usage(lac_task *task, lac_task_context *context, const lacuna_usage *usage)
{
    lac_model_facts facts = lac_model_table_find(context->table, context->models[task->model],
                                                 context->provider->type->name);
    double cost = lac_model_cost(&facts, usage);
    task->usage.input += usage->input;
    task->usage.output += usage->output;
    task->usage.cache_read += usage->cache_read;
    task->usage.cache_write += usage->cache_write;
    if (cost < 0 || task->cost < 0) {
        task->cost = -1;
    } else {
        task->cost += cost;
        context->spent += cost;
    }
}

/* ---- failures ------------------------------------------------------------------------------- */

/* A number in [0, 1) for the retry policy; where libcrypto has none, the middle will do. */
static double chance(void)
{
    unsigned char bytes[2];
    if (RAND_bytes(bytes, sizeof bytes) != 1) {
        return 0.5;
    }
    return (bytes[0] * 256 + bytes[1]) / 65536.0;
}

/* Services that enforce no schema refuse the field as an extra input. The code of such an error is
 * that of any bad request, so its text is the only sign; a wrong guess costs one more attempt. */
static bool refuses_schema(const lac_task *task, const lac_task_context *context,
                           const lac_exchange *exchange)
{
    return exchange->http_status == 400 && task->request->output_schema != NULL &&
           !context->words_only[task->model] &&
           strstr(exchange->error.message, "output_config") != NULL;
}

static lac_task_step take_failure(lac_task *task, lac_task_context *context, lac_exchange *exchange,
                                  uint32_t *wait_ms)
{
    const lac_api_error *error =
        exchange->error.type[0] != '\0' ? &exchange->error : &exchange->message.error;
    lac_reply_facts facts = {
        .http_status = exchange->http_status,
        .retry_after_ms = exchange->retry_after_ms,
        .retry_after = exchange->retry_after,
        .should_retry = exchange->should_retry[0] == '\0' ? NULL : exchange->should_retry,
        .error = error->type[0] == '\0' ? NULL : error,
    };
    if (exchange->message.tree != NULL) { /* an answer that breaks off is billed all the same */
        lacuna_usage usage = lac_answer_usage(exchange->message.tree);
        add_usage(task, context, &usage);
    }
    if (refuses_schema(task, context, exchange)) {
        context->words_only[task->model] = true;
        return LAC_TASK_AGAIN;
    }
    if (exchange->http_status == 401 && !task->reauthorized &&
        context->provider->type->forget(context->provider)) {
        task->reauthorized = true;
        return LAC_TASK_AGAIN;
    }
    if (!lac_retry_wait(wait_ms, &facts, task->attempts, context->settings->retries,
                        (int64_t)time(NULL), chance())) {
        return LAC_TASK_FAILED;
    }
    task->attempts++;
    task->retries++;
    return LAC_TASK_AGAIN;
}

/* ---- answers -------------------------------------------------------------------------------- */

static bool ask_fallback(lac_task *task, const lac_task_context *context)
{
    if (task->model + 1 >= LAC_TASK_MODELS || context->models[task->model + 1] == NULL) {
        return false;
    }
    task->model++;
    task->attempts = 0;
    task->repaired = false;
    return true;
}

static bool ask_longer(lac_task *task, const lac_task_context *context)
{
    lac_model_facts facts = lac_model_table_find(context->table, context->models[task->model],
                                                 context->provider->type->name);
    uint64_t most = facts.output > 0 ? facts.output : OUTPUT_TOKENS_MAX;
    if (task->made_longer || task->max_output_tokens >= most) {
        return false;
    }
    task->made_longer = true;
    task->max_output_tokens =
        (uint64_t)task->max_output_tokens * 2 < most ? task->max_output_tokens * 2 : (uint32_t)most;
    return true;
}

/* Sends the answer back once. */
static bool ask_repair(lac_task *task, const char *answer, const lacuna_error *wrong)
{
    if (task->repaired) {
        return false;
    }
    lac_buf_clear(&task->turns_text);
    size_t length = strlen(answer);
    if (lac_buf_append(&task->turns_text, length == 0 ? "{}" : answer, length == 0 ? 2 : length) !=
        LACUNA_OK) {
        return false;
    }
    size_t answered = task->turns_text.len;
    if (lac_buf_printf(&task->turns_text,
                       "This does not follow the JSON Schema. %s. Answer again with the whole "
                       "corrected JSON object and nothing else.",
                       wrong->message) != LACUNA_OK) {
        return false;
    }
    task->repair.answer = (lacuna_text){task->turns_text.data, answered};
    task->repair.reply =
        (lacuna_text){task->turns_text.data + answered, task->turns_text.len - answered};
    task->repaired = true;
    return true;
}

/* Replaces the blocks by one that holds the object alone. */
static lacuna_status keep_object(lac_task *task, const json_t *object)
{
    char *text = json_dumps(object, JSON_COMPACT);
    if (text == NULL) {
        return LACUNA_E_NOMEM;
    }
    lacuna_answer_block *block = lac_arena_alloc(&task->arena, sizeof *block);
    const char *copy = lac_arena_copy(&task->arena, lac_span_of(text));
    free(text);
    if (block == NULL || copy == NULL) {
        return LACUNA_E_NOMEM;
    }
    block->text = (lacuna_text){copy, strlen(copy)};
    task->response.blocks = block;
    task->response.block_count = 1;
    return LACUNA_OK;
}

static lacuna_status check_shape(lac_task *task, const char *answer, lacuna_error *wrong)
{
    lac_span found;
    json_error_t where;
    json_t *object = NULL;
    json_t *schema = json_loads(task->request->output_schema, 0, &where);
    lacuna_status status =
        schema == NULL ? lac_fail(wrong, LACUNA_E_ARGUMENT, "the schema is not JSON") : LACUNA_OK;
    if (status == LACUNA_OK && !lac_shape_find_object(&found, lac_span_of(answer))) {
        status = lac_fail(wrong, LACUNA_E_FORMAT, "There is no JSON object in the answer");
    }
    if (status == LACUNA_OK && lac_json_parse(&object, found, 0, &where) != LACUNA_OK) {
        status = lac_fail(wrong, LACUNA_E_FORMAT, "It is not valid JSON: %.100s", where.text);
    }
    if (status == LACUNA_OK) {
        status = lac_shape_check(object, schema, wrong);
    }
    if (status == LACUNA_OK && keep_object(task, object) != LACUNA_OK) {
        status = lac_fail_nomem(wrong);
    }
    json_decref(object);
    json_decref(schema);
    return status;
}

static lac_task_step take_structured(lac_task *task, lacuna_error *failure)
{
    const char *answer = lac_answer_text(&task->response, &task->arena);
    lacuna_error wrong = {0};
    if (answer == NULL) {
        lac_fail_nomem(failure);
        return LAC_TASK_FAILED;
    }
    lacuna_status status = check_shape(task, answer, &wrong);
    if (status == LACUNA_OK) {
        return LAC_TASK_DONE;
    }
    if (status == LACUNA_E_FORMAT && ask_repair(task, answer, &wrong)) {
        return LAC_TASK_AGAIN;
    }
    lac_fail(failure, status, "the model's answer does not have the shape that was asked for: %s",
             wrong.message);
    return LAC_TASK_FAILED;
}

static lacuna_status hex_digest(const char **out, lac_span data, lac_arena *arena)
{
    lac_digest digest;
    lacuna_status status = lac_sha256(&digest, data, NULL);
    *out = status == LACUNA_OK ? lac_arena_copy(arena, lac_span_of(digest.hex)) : NULL;
    return *out == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

static lacuna_status describe(lac_task *task, const lac_task_context *context,
                              const lac_exchange *exchange)
{
    lacuna_response *response = &task->response;
    const char *text = lac_answer_text(response, &task->arena);
    response->provider = context->provider->type->name;
    response->model_asked = context->models[task->model];
    response->request_id = lac_arena_copy(&task->arena, lac_span_of(exchange->request_id));
    response->usage = task->usage;
    response->cost = task->cost;
    response->retries = task->retries;
    response->repaired = task->repaired;
    response->structure = task->request->output_schema == NULL                  ? "none"
                          : structure_of(task, context) == LAC_STRUCTURE_NATIVE ? "native"
                                                                                : "prompted";
    if (text == NULL || response->request_id == NULL) {
        return LACUNA_E_NOMEM;
    }
    lacuna_status status =
        hex_digest(&response->request_digest, lac_buf_span(&task->body), &task->arena);
    return status == LACUNA_OK
               ? hex_digest(&response->response_digest, lac_span_of(text), &task->arena)
               : status;
}

static lac_task_step take_answer(lac_task *task, lac_task_context *context,
                                 const lac_exchange *exchange, lacuna_error *failure)
{
    task->response = (lacuna_response){0};
    lacuna_status status =
        exchange->message.tree == NULL
            ? lac_fail(failure, LACUNA_E_FORMAT, "the reply of the model's service is no stream")
            : lac_answer_read(&task->response, exchange->message.tree, &task->arena, failure);
    if (status != LACUNA_OK) {
        return LAC_TASK_FAILED;
    }
    lacuna_usage usage = task->response.usage;
    add_usage(task, context, &usage);
    if (task->response.stop == LACUNA_STOP_REFUSAL && ask_fallback(task, context)) {
        return LAC_TASK_AGAIN;
    }
    if (task->response.stop == LACUNA_STOP_TOKENS && ask_longer(task, context)) {
        return LAC_TASK_AGAIN;
    }
    if (task->response.stop == LACUNA_STOP_END && task->request->output_schema != NULL) {
        return take_structured(task, failure);
    }
    return LAC_TASK_DONE;
}

lac_task_step lac_task_take(lac_task *task, lac_task_context *context, lac_exchange *exchange,
                            lacuna_status outcome, lacuna_error *failure, uint32_t *wait_ms)
{
    *wait_ms = 0;
    if (exchange->handle == NULL || outcome == LACUNA_E_NOMEM) {
        return LAC_TASK_FAILED; /* it was never sent, or memory ran out */
    }
    if (outcome != LACUNA_OK) {
        return take_failure(task, context, exchange, wait_ms);
    }
    lac_task_step step = take_answer(task, context, exchange, failure);
    if (step == LAC_TASK_DONE && describe(task, context, exchange) != LACUNA_OK) {
        lac_fail_nomem(failure);
        return LAC_TASK_FAILED;
    }
    return step;
}
