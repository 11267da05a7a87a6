#include "claude/calls.h"
#include "claude/retry.h"
#include "claude/task.h"
#include "support/error.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { COUNT_TIMEOUT_MS = 60000, MODELS_FILE_MAX = 1 << 20, NAME_MAX_BYTES = 640 };

struct lacuna_claude {
    lac_arena arena;
    lac_settings settings;
    lac_http *http;
    lac_model_table *table;
    lac_provider *provider;
    lac_task_context context;
    lac_calls_window window;
    lacuna_model model;
    char name[NAME_MAX_BYTES];
    atomic_bool cancelled;
};

/* ---- opening -------------------------------------------------------------------------------- */

static lacuna_status read_file(lac_buf *out, const char *path, lacuna_error *err)
{
    char piece[4096];
    size_t length;
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return lac_fail(err, LACUNA_E_IO, "%.150s: cannot be read: %s", path, strerror(errno));
    }
    lacuna_status status = LACUNA_OK;
    while (status == LACUNA_OK && (length = fread(piece, 1, sizeof piece, file)) > 0) {
        status = lac_buf_append(out, piece, length);
    }
    if (status == LACUNA_OK && ferror(file)) {
        status = LACUNA_E_IO;
    }
    fclose(file);
    return status == LACUNA_OK ? LACUNA_OK : lac_fail(err, status, "%.200s: cannot be read", path);
}

static lacuna_status load_table(lacuna_claude *claude, lacuna_error *err)
{
    lac_buf json;
    if (claude->settings.models_file == NULL) {
        return lac_model_table_load(&claude->table, NULL, err);
    }
    lac_buf_init(&json, MODELS_FILE_MAX);
    lacuna_status status = read_file(&json, claude->settings.models_file, err);
    if (status == LACUNA_OK) {
        lac_span text = lac_buf_span(&json);
        status = lac_model_table_load(&claude->table, &text, err);
        if (status != LACUNA_OK) {
            lac_error_place(err, claude->settings.models_file, 0);
        }
    }
    lac_buf_free(&json);
    return status;
}

static lacuna_status open_http(lacuna_claude *claude, lacuna_error *err)
{
    lac_http_settings settings = {
        .proxy = claude->settings.proxy,
        .ca_files = claude->settings.ca_files,
        .ca_file_count = claude->settings.ca_file_count,
        .client_certificate = claude->settings.client_certificate,
        .client_key = claude->settings.client_key,
        .http1 = claude->settings.http1,
    };
    return lac_http_open(&claude->http, &settings, err);
}

/* "claude-opus-5-5" as the provider names it; ids that are the provider's already stay. */
static lacuna_status name_model(const char **out, lacuna_claude *claude, const char *id,
                                lacuna_error *err)
{
    const char *prefix = claude->provider->type->model_prefix;
    *out = id;
    if (id == NULL || prefix[0] == '\0' || strncmp(id, "claude-", strlen("claude-")) != 0) {
        return LACUNA_OK;
    }
    char *name = lac_arena_alloc(&claude->arena, strlen(prefix) + strlen(id) + 1);
    if (name == NULL) {
        return lac_fail_nomem(err);
    }
    memcpy(name, prefix, strlen(prefix));
    memcpy(name + strlen(prefix), id, strlen(id));
    *out = name;
    return LACUNA_OK;
}

/* Whatever else may answer, or answer otherwise, is a part of the name: answers are kept under it.
 */
static lacuna_status set_name(lacuna_claude *claude, lacuna_error *err)
{
    const char *effort = claude->settings.effort;
    const char *fallback = claude->context.models[1];
    int length = snprintf(claude->name, sizeof claude->name, "%s/%s%s%s%s%s",
                          claude->provider->type->name, claude->context.models[0],
                          effort == NULL ? "" : ", effort ", effort == NULL ? "" : effort,
                          fallback == NULL ? "" : ", else ", fallback == NULL ? "" : fallback);
    return length > 0 && (size_t)length < sizeof claude->name
               ? LACUNA_OK
               : lac_fail(err, LACUNA_E_ARGUMENT, "the names of the models are too long");
}

static lacuna_status set_models(lacuna_claude *claude, lacuna_error *err)
{
    lac_task_context *context = &claude->context;
    const char *provider = claude->provider->type->name;
    const char *told = claude->settings.model;
    context->settings = &claude->settings;
    context->table = claude->table;
    context->provider = claude->provider;
    lacuna_status status =
        name_model(&context->models[0], claude,
                   told != NULL ? told : lac_model_table_default(claude->table), err);
    if (status == LACUNA_OK) {
        status = name_model(&context->models[1], claude, claude->settings.fallback_model, err);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    for (size_t i = 0; i < LAC_TASK_MODELS && context->models[i] != NULL; i++) {
        lac_model_facts facts = lac_model_table_find(claude->table, context->models[i], provider);
        /* An unknown model is tried with the schema first. */
        context->words_only[i] = facts.known && !facts.structured;
    }
    return set_name(claude, err);
}

static lacuna_status ask(void *state, const lacuna_request *requests, size_t count,
                         lacuna_answer_fn answer, void *user, lacuna_error *err);
static lacuna_status count_tokens(void *state, uint64_t *tokens, const lacuna_request *request,
                                  lacuna_error *err);

lacuna_status lacuna_claude_open(lacuna_claude **out, const lacuna_claude_options *options,
                                 lacuna_error *err)
{
    *out = NULL;
    lacuna_claude *claude = calloc(1, sizeof *claude);
    if (claude == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&claude->arena);
    atomic_init(&claude->cancelled, false);
    lacuna_status status =
        lac_settings_copy(&claude->settings, &options->settings, &claude->arena, err);
    if (status == LACUNA_OK) {
        status = load_table(claude, err);
    }
    if (status == LACUNA_OK) {
        status = open_http(claude, err);
    }
    if (status == LACUNA_OK) {
        status = lac_provider_open(&claude->provider, &claude->settings, claude->http, err);
    }
    if (status == LACUNA_OK) {
        status = set_models(claude, err);
    }
    if (status != LACUNA_OK) {
        lacuna_claude_close(claude);
        return status;
    }
    claude->model = (lacuna_model){
        .size = sizeof(lacuna_model),
        .state = claude,
        .name = claude->name,
        .ask = ask,
        .count_tokens = claude->provider->type->counts_tokens ? count_tokens : NULL,
    };
    *out = claude;
    return LACUNA_OK;
}

void lacuna_claude_close(lacuna_claude *claude)
{
    if (claude != NULL) {
        lac_provider_free(claude->provider);
        lac_http_close(claude->http);
        lac_model_table_free(claude->table);
        lac_settings_wipe(&claude->settings);
        lac_arena_free(&claude->arena);
        free(claude);
    }
}

const lacuna_model *lacuna_claude_model(lacuna_claude *claude)
{
    return &claude->model;
}

void lacuna_claude_cancel(lacuna_claude *claude)
{
    atomic_store(&claude->cancelled, true);
}

double lacuna_claude_spent(const lacuna_claude *claude)
{
    return claude->context.spent;
}

/* ---- asking --------------------------------------------------------------------------------- */

/* US dollars below which a sum of reservations is what adding and taking away left over. */
static const double NOTHING_RESERVED = 1e-9;

/* One ask: its tasks, made when their turn comes and freed when they are answered. */
typedef struct asking {
    lacuna_claude *claude;
    const lacuna_request *requests;
    lac_task **tasks;
    size_t count;
    double reserved;       /* what the calls in flight may cost */
    bool held;             /* the next call waits for what those in flight leave of the money */
    bool answered;         /* by the service, at least once */
    lacuna_error hopeless; /* what is wrong with every call that is left; of status OK: nothing */
    lacuna_answer_fn answer;
    void *user;
    bool stopped; /* the receiver of answers wants no more */
} asking;

static void deliver(asking *all, size_t index, const lacuna_response *response,
                    const lacuna_error *failure)
{
    if (all->answer(all->user, index, response, failure) != 0) {
        all->stopped = true;
    }
    if (all->tasks[index] != NULL) {
        lac_task_free(all->tasks[index]);
        free(all->tasks[index]);
    }
    all->tasks[index] = NULL;
}

static lacuna_status reserve(asking *all, lac_task *task, lacuna_error *err)
{
    double most = all->claude->settings.max_cost;
    double worst = lac_task_worst_cost(task, &all->claude->context);
    if (most >= 0 && worst < 0) {
        return lac_fail_remedy(err, LACUNA_E_LIMIT,
                               "add its price to a models-file, or leave "
                               "max-cost out",
                               "what %.100s costs is not known, so max-cost cannot be kept",
                               all->claude->context.models[task->model]);
    }
    if (most >= 0 && all->claude->context.spent + all->reserved + worst > most) {
        all->held = all->reserved > NOTHING_RESERVED;
        return lac_fail_remedy(err, LACUNA_E_LIMIT, "raise max-cost, or ask for less",
                               "the next question could cost more than is left of max-cost, $%.4f "
                               "($%.4f spent)",
                               most, all->claude->context.spent);
    }
    task->reserved = worst < 0 ? 0 : worst;
    all->reserved += task->reserved;
    return LACUNA_OK;
}

/* What the account or the address is refused for, is refused for every question. Nothing of it is
 * sent, which is what the status says. */
static void give_up(asking *all, const lacuna_error *why)
{
    all->hopeless = *why;
    all->hopeless.status = LACUNA_E_ARGUMENT;
}

static bool is_of_account(const asking *all, const lac_task *task, const lac_exchange *exchange)
{
    uint32_t http = exchange->http_status;
    bool refused = http == 401 || http == 402 || http == 403 || http == 404;
    return lac_retry_is_final(&exchange->error) || (refused && !all->answered && task->model == 0);
}

static lacuna_status prepare(void *user, size_t call, lac_http_request *request, lac_arena *arena,
                             lacuna_error *err)
{
    asking *all = user;
    if (all->hopeless.status != LACUNA_OK) {
        *err = all->hopeless;
        return LACUNA_E_ARGUMENT;
    }
    if (all->tasks[call] == NULL) {
        all->tasks[call] = calloc(1, sizeof *all->tasks[call]);
        if (all->tasks[call] == NULL) {
            return lac_fail_nomem(err);
        }
        lac_task_init(all->tasks[call], &all->requests[call]);
    }
    const lac_task_context *context = &all->claude->context;
    lacuna_status status = lac_task_write(all->tasks[call], context, err);
    if (status == LACUNA_OK) {
        status = lac_task_address(all->tasks[call], context, request, arena, err);
        if (status != LACUNA_OK && status != LACUNA_E_NOMEM) {
            give_up(all, err);
            err->status = LACUNA_E_ARGUMENT; /* it was not sent either */
            return LACUNA_E_ARGUMENT;
        }
    }
    return status == LACUNA_OK ? reserve(all, all->tasks[call], err) : status;
}

static bool take(void *user, size_t call, lac_exchange *exchange, lacuna_status status,
                 const lacuna_error *failure, uint32_t *wait_ms)
{
    asking *all = user;
    lac_task *task = all->tasks[call];
    lacuna_error why = *failure;
    *wait_ms = 0;
    if (task == NULL) {
        deliver(all, call, NULL, &why);
        return false;
    }
    if (exchange->handle == NULL && all->held) {
        return true; /* asked again when there may be money for it */
    }
    all->reserved -= task->reserved;
    task->reserved = 0;
    all->held = false;
    switch (lac_task_take(task, &all->claude->context, exchange, status, &why, wait_ms)) {
    case LAC_TASK_AGAIN:
        return true;
    case LAC_TASK_DONE:
        all->answered = true;
        deliver(all, call, &task->response, NULL);
        break;
    case LAC_TASK_FAILED:
        if (exchange->handle == NULL ? why.status == LACUNA_E_ARGUMENT
                                     : is_of_account(all, task, exchange)) {
            give_up(all, &why);
        }
        deliver(all, call, NULL, &why);
        break;
    }
    return false;
}

static bool may_begin(void *user)
{
    return !((const asking *)user)->held;
}

static bool is_cancelled(void *user)
{
    asking *all = user;
    return all->stopped || atomic_load(&all->claude->cancelled);
}

/* Every request gets its answer, also those that were not begun. */
static void cancel_rest(asking *all, const bool *answered)
{
    lacuna_error failure = {0};
    lac_fail(&failure, LACUNA_E_CANCELLED, "stopped before the model had answered");
    for (size_t i = 0; i < all->count; i++) {
        if (!answered[i]) {
            deliver(all, i, NULL, &failure);
        }
    }
}

/* Keeps book of what was answered, around the receiver of the answers. */
typedef struct ledger {
    bool *answered;
    lacuna_answer_fn answer;
    void *user;
} ledger;

static int record_answer(void *user, size_t index, const lacuna_response *response,
                         const lacuna_error *failure)
{
    ledger *book = user;
    book->answered[index] = true;
    return book->answer(book->user, index, response, failure);
}

static lacuna_status ask(void *state, const lacuna_request *requests, size_t count,
                         lacuna_answer_fn answer, void *user, lacuna_error *err)
{
    lacuna_claude *claude = state;
    ledger book = {calloc(count + 1, sizeof(bool)), answer, user};
    asking all = {.claude = claude,
                  .requests = requests,
                  .tasks = calloc(count + 1, sizeof *all.tasks),
                  .count = count,
                  .answer = record_answer,
                  .user = &book};
    lac_calls_client client = {&all, prepare, take, may_begin, is_cancelled};
    lac_calls_limits limits = {claude->settings.in_flight, claude->settings.silence_seconds * 1000};
    lacuna_status status = claude->provider->type->ready(claude->provider, err);
    if (book.answered == NULL || all.tasks == NULL) {
        status = lac_fail_nomem(err);
    } else if (status == LACUNA_OK) {
        status = lac_calls_run(&claude->window, claude->http, count, &limits, &client, err);
        cancel_rest(&all, book.answered);
        atomic_store(&claude->cancelled, false);
    }
    free(all.tasks);
    free(book.answered);
    return status == LACUNA_E_CANCELLED ? LACUNA_OK : status;
}

/* ---- counting and previewing ---------------------------------------------------------------- */

static lacuna_status read_count(uint64_t *tokens, const lac_buf *body, lacuna_error *err)
{
    json_t *tree = json_loadb(body->data == NULL ? "" : body->data, body->len, 0, NULL);
    const json_t *value = json_object_get(tree, "input_tokens");
    bool found = json_is_integer(value) && json_integer_value(value) >= 0;
    *tokens = found ? (uint64_t)json_integer_value(value) : 0;
    json_decref(tree);
    return found ? LACUNA_OK : lac_fail(err, LACUNA_E_FORMAT, "the count of tokens is malformed");
}

static lacuna_status write_count_body(lac_buf *body, const lacuna_claude *claude,
                                      const lacuna_request *request, lacuna_error *err)
{
    lac_body_options options = {
        .model = claude->context.models[0],
        .version = claude->provider->type->version_in_body,
        .count_only = true,
        .cache = true,
        .structure = claude->context.words_only[0] ? LAC_STRUCTURE_PROMPTED : LAC_STRUCTURE_NATIVE,
        .effort = claude->settings.effort,
    };
    if (options.version != NULL && claude->settings.version != NULL) {
        options.version = claude->settings.version;
    }
    return lac_body_write(body, request, &options, err);
}

static lacuna_status count_tokens(void *state, uint64_t *tokens, const lacuna_request *request,
                                  lacuna_error *err)
{
    lacuna_claude *claude = state;
    lac_http_request call = {0};
    lac_arena arena;
    lac_buf body, reply;
    uint32_t http_status = 0;
    *tokens = 0;
    lac_arena_init(&arena);
    lac_buf_init(&body, LAC_HTTP_REPLY_MAX);
    lac_buf_init(&reply, LAC_HTTP_REPLY_MAX);
    lacuna_status status = write_count_body(&body, claude, request, err);
    if (status == LACUNA_OK) {
        call.body = lac_buf_span(&body);
        status = claude->provider->type->prepare(
            &call, claude->provider, &arena, LAC_ENDPOINT_COUNT_TOKENS, claude->context.models[0],
            (int64_t)time(NULL), err);
    }
    if (status == LACUNA_OK) {
        status = lac_http_fetch(&http_status, &reply, claude->http, &call, COUNT_TIMEOUT_MS, err);
    }
    if (status == LACUNA_OK && http_status != 200) {
        status =
            lac_fail(err, LACUNA_E_IO, "tokens could not be counted: HTTP status %u", http_status);
    }
    if (status == LACUNA_OK) {
        status = read_count(tokens, &reply, err);
    }
    lac_buf_free(&reply);
    lac_buf_free(&body);
    lac_arena_free(&arena);
    return status;
}

lacuna_status lacuna_claude_preview(uint64_t *tokens, lacuna_claude *claude,
                                    const lacuna_request *request, lacuna_write_fn write,
                                    void *user, lacuna_error *err)
{
    lac_task task;
    lac_task_init(&task, request);
    lacuna_status status = lac_task_write(&task, &claude->context, err);
    if (tokens != NULL) {
        *tokens = status == LACUNA_OK ? lac_task_estimate(&task.body) : 0;
    }
    if (status == LACUNA_OK && write(user, lac_buf_text(&task.body), task.body.len) != 0) {
        status = lac_fail(err, LACUNA_E_IO, "the request could not be written");
    }
    lac_task_free(&task);
    return status;
}
