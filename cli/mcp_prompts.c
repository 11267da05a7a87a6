#include "mcp.h"

#include "buffer.h"

#include <string.h>

enum { PROMPT_MAX = 1 << 20 };

/* As published: without the text. */
static json_t *listed(const json_t *prompt)
{
    json_t *copy = json_copy((json_t *)prompt);
    if (copy != NULL) {
        (void)json_object_del(copy, "text");
    }
    return copy;
}

void cli_mcp_prompts_list(cli_mcp *mcp, const cli_mcp_request *request)
{
    const json_t *prompts = json_object_get(mcp->data, "prompts");
    json_t *list = json_array();
    size_t from;
    if (!cli_mcp_cursor(mcp, request, &from, json_array_size(prompts))) {
        json_decref(list);
        return;
    }
    for (size_t i = from; i < json_array_size(prompts); i++) {
        (void)json_array_append_new(list, listed(json_array_get(prompts, i)));
    }
    cli_mcp_list_take(mcp, request, json_pack("{s:o}", "prompts", list));
}

static const json_t *find(const json_t *list, const char *name)
{
    for (size_t i = 0; i < json_array_size(list) && name != NULL; i++) {
        const json_t *one = json_array_get(list, i);
        if (strcmp(json_string_value(json_object_get(one, "name")), name) == 0) {
            return one;
        }
    }
    return NULL;
}

/* {name} is the argument; {name:words } is the words and the argument, or nothing without one. */
static void fill(cli_buffer *out, const char *text, const json_t *arguments)
{
    enum { NAME_SIZE = 64 };
    while (*text != '\0') {
        size_t plain = strcspn(text, "{");
        cli_buffer_append(out, text, plain);
        text += plain;
        const char *end = strchr(text, '}');
        if (end == NULL) {
            cli_buffer_text(out, text);
            return;
        }
        char name[NAME_SIZE] = "";
        size_t length = strcspn(text + 1, ":}");
        memcpy(name, text + 1, length < NAME_SIZE ? length : NAME_SIZE - 1);
        const char *value = json_string_value(json_object_get(arguments, name));
        if (value != NULL && text[1 + length] == ':') {
            cli_buffer_append(out, text + 2 + length, (size_t)(end - text) - 2 - length);
        }
        cli_buffer_text(out, value == NULL ? "" : value);
        text = end + 1;
    }
}

static bool has_what_it_needs(const json_t *prompt, const json_t *arguments)
{
    const json_t *wanted = json_object_get(prompt, "arguments");
    for (size_t i = 0; i < json_array_size(wanted); i++) {
        const json_t *one = json_array_get(wanted, i);
        const char *name = json_string_value(json_object_get(one, "name"));
        if (json_is_true(json_object_get(one, "required")) &&
            !json_is_string(json_object_get(arguments, name))) {
            return false;
        }
    }
    return true;
}

void cli_mcp_prompts_get(cli_mcp *mcp, const cli_mcp_request *request)
{
    const json_t *prompt = find(json_object_get(mcp->data, "prompts"),
                                json_string_value(json_object_get(request->params, "name")));
    const json_t *arguments = json_object_get(request->params, "arguments");
    if (prompt == NULL) {
        cli_mcp_error(mcp, request->id, CLI_MCP_PARAMS, "there is no such prompt");
        return;
    }
    if (!has_what_it_needs(prompt, arguments)) {
        cli_mcp_error(mcp, request->id, CLI_MCP_PARAMS, "an argument of the prompt is missing");
        return;
    }
    cli_buffer text = {.max = PROMPT_MAX};
    fill(&text, json_string_value(json_object_get(prompt, "text")), arguments);
    json_t *whole = text.failed ? NULL : json_stringn(text.data, text.length);
    cli_buffer_free(&text);
    cli_mcp_result_take(mcp, request->id, request->modern,
                        json_pack("{s:O, s:[{s:s, s:{s:s, s:o}}]}", "description",
                                  json_object_get(prompt, "description"), "messages", "role",
                                  "user", "content", "type", "text", "text", whole));
}
