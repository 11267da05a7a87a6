/*
 * ask - asks a model through the public interface, for tests: requests as JSON on standard input,
 *   answers as JSON on standard output, one line each.
 *
 * Input: {"settings": [["key", "value"], ...], "requests": [{"system", "sources": [{"title",
 * "passages":
 *   []}], "instruction", "schema": {}, "citations": bool, "max_output_tokens"}], "preview": bool,
 * "count": bool}
 */
#include "include/lacuna_claude.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *look_up(void *user, const char *name)
{
    (void)user;
    return getenv(name);
}

static lacuna_text text_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return (lacuna_text){json_is_string(value) ? json_string_value(value) : "",
                         json_string_length(value)};
}

static void read_sources(lacuna_request *request, const json_t *list)
{
    size_t count = json_array_size(list);
    lacuna_source *sources = calloc(count + 1, sizeof *sources);
    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_array_get(list, i);
        const json_t *passages = json_object_get(one, "passages");
        lacuna_text *texts = calloc(json_array_size(passages) + 1, sizeof *texts);
        for (size_t k = 0; k < json_array_size(passages); k++) {
            const json_t *passage = json_array_get(passages, k);
            texts[k] = (lacuna_text){json_string_value(passage), json_string_length(passage)};
        }
        sources[i] = (lacuna_source){text_of(one, "title"), text_of(one, "context"), texts,
                                     json_array_size(passages)};
    }
    request->sources = sources;
    request->source_count = count;
}

static void read_request(lacuna_request *request, const json_t *one)
{
    const json_t *schema = json_object_get(one, "schema");
    const json_t *limit = json_object_get(one, "max_output_tokens");
    request->purpose = "test";
    request->system = text_of(one, "system");
    request->instruction = text_of(one, "instruction");
    request->output_schema = schema == NULL ? NULL : json_dumps(schema, JSON_COMPACT);
    request->citations = json_is_true(json_object_get(one, "citations"));
    request->max_output_tokens = limit == NULL ? 1000 : (uint32_t)json_integer_value(limit);
    read_sources(request, json_object_get(one, "sources"));
}

static json_t *blocks_value(const lacuna_response *response)
{
    json_t *blocks = json_array();
    for (size_t i = 0; i < response->block_count; i++) {
        const lacuna_answer_block *block = &response->blocks[i];
        json_t *citations = json_array();
        for (size_t k = 0; k < block->citation_count; k++) {
            const lacuna_citation *one = &block->citations[k];
            json_array_append_new(citations,
                                  json_pack("[i,i,i,s%]", (int)one->source, (int)one->first,
                                            (int)one->end, one->cited.bytes, one->cited.length));
        }
        json_array_append_new(blocks, json_pack("{s:s%,s:o}", "text", block->text.bytes,
                                                block->text.length, "citations", citations));
    }
    return blocks;
}

static int print_answer(void *user, size_t index, const lacuna_response *response,
                        const lacuna_error *failure)
{
    json_t *line;
    (void)user;
    if (failure != NULL) {
        line = json_pack("{s:i,s:s,s:s}", "index", (int)index, "failure",
                         lacuna_status_name(failure->status), "message", failure->message);
    } else {
        line = json_pack("{s:i,s:i,s:s,s:o,s:s,s:s,s:s,s:I,s:I,s:f,s:i,s:b,s:s}", "index",
                         (int)index, "stop", (int)response->stop, "refusal", response->refusal,
                         "blocks", blocks_value(response), "model_asked", response->model_asked,
                         "model_used", response->model_used, "request_id", response->request_id,
                         "input", (json_int_t)response->usage.input, "output",
                         (json_int_t)response->usage.output, "cost", response->cost, "retries",
                         (int)response->retries, "repaired", response->repaired, "structure",
                         response->structure);
    }
    json_dumpf(line, stdout, JSON_COMPACT);
    puts("");
    json_decref(line);
    return 0;
}

static int print_bytes(void *user, const void *data, size_t length)
{
    (void)user;
    return fwrite(data, 1, length, stdout) == length ? 0 : 1;
}

static int fail(const lacuna_error *err)
{
    fprintf(stderr, "%s: %s (%s)\n", lacuna_status_name(err->status), err->message, err->remedy);
    return 1;
}

static int count_all(const lacuna_model *model, const lacuna_request *requests, size_t count)
{
    lacuna_error err = {0};
    for (size_t i = 0; i < count; i++) {
        uint64_t tokens;
        if (model->count_tokens(model->state, &tokens, &requests[i], &err) != LACUNA_OK) {
            return fail(&err);
        }
        printf("{\"tokens\":%llu}\n", (unsigned long long)tokens);
    }
    return 0;
}

static int run(lacuna_claude *claude, const lacuna_request *requests, size_t count, int preview)
{
    lacuna_error err = {0};
    const lacuna_model *model = lacuna_claude_model(claude);
    for (size_t i = 0; preview && i < count; i++) {
        uint64_t tokens;
        if (lacuna_claude_preview(&tokens, claude, &requests[i], print_bytes, NULL, &err) != 0) {
            return fail(&err);
        }
        puts("");
    }
    if (!preview && model->ask(model->state, requests, count, print_answer, NULL, &err) != 0) {
        return fail(&err);
    }
    fprintf(stderr, "spent %.6f\n", lacuna_claude_spent(claude));
    return 0;
}

static lacuna_status set_all(lacuna_claude_options *options, const json_t *settings,
                             lacuna_error *err)
{
    for (size_t i = 0; i < json_array_size(settings); i++) {
        const json_t *pair = json_array_get(settings, i);
        if (lacuna_claude_options_set(options, json_string_value(json_array_get(pair, 0)),
                                      json_string_value(json_array_get(pair, 1)),
                                      err) != LACUNA_OK) {
            return err->status;
        }
    }
    return LACUNA_OK;
}

static void free_requests(lacuna_request *requests, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < requests[i].source_count; k++) {
            free((void *)(uintptr_t)requests[i].sources[k].passages);
        }
        free((void *)(uintptr_t)requests[i].sources);
        free((void *)(uintptr_t)requests[i].output_schema);
    }
    free(requests);
}

int main(void)
{
    lacuna_error err = {0};
    json_error_t where;
    lacuna_claude_options *options = NULL;
    lacuna_claude *claude = NULL;
    json_t *input = json_loadf(stdin, 0, &where);
    const json_t *list = json_object_get(input, "requests");
    size_t count = json_array_size(list);
    lacuna_request *requests = calloc(count + 1, sizeof *requests);
    if (input == NULL || requests == NULL ||
        lacuna_claude_options_new(&options, &err) != LACUNA_OK) {
        return 2;
    }
    lacuna_claude_options_lookup(options, look_up, NULL);
    for (size_t i = 0; i < count; i++) {
        read_request(&requests[i], json_array_get(list, i));
    }
    int code =
        set_all(options, json_object_get(input, "settings"), &err) == LACUNA_OK &&
                lacuna_claude_open(&claude, options, &err) == LACUNA_OK
            ? (json_is_true(json_object_get(input, "count"))
                   ? count_all(lacuna_claude_model(claude), requests, count)
                   : run(claude, requests, count, json_is_true(json_object_get(input, "preview"))))
            : fail(&err);
    lacuna_claude_close(claude);
    lacuna_claude_options_free(options);
    free_requests(requests, count);
    json_decref(input);
    return code;
}
