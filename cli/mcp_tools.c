#include "mcp_tools.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WHY_SIZE = 512 };

static const cli_mcp_tool TOOLS[] = {
    {"check",
     "check",
     "findings",
     {"verdict", "counts", "checklists", NULL},
     {"rule", "severity", "message", "checklist", "anchors", "status", "state", "fingerprint",
      NULL}},
    {"outline",
     "outline",
     "headings",
     {"applications", NULL},
     {"level", "number", "title", "anchor", NULL}},
    {"explain",
     "explain",
     NULL,
     {"id", "checklist", "title", "requirement", "citation", "severity", "source", "satisfied_by",
      "strength", "decidable_by", "aliases", "confidence", NULL},
     {NULL}},
    {"find_evidence",
     "evidence",
     NULL,
     {"item", "checklist", "requirement", "citation", "results", "lines", "count", NULL},
     {NULL}},
    {"letter", "letter", "queries", {"letters", "incomplete", NULL}, {NULL}},
    {"draft_plan", "plan", "steps", {"document", NULL}, {NULL}},
    {"verify_text", "verify", "findings", {"verdict", "counts", NULL}, {NULL}},
};

const cli_mcp_tool *cli_mcp_find_tool(const char *name)
{
    for (size_t i = 0; i < sizeof TOOLS / sizeof TOOLS[0] && name != NULL; i++) {
        if (strcmp(TOOLS[i].name, name) == 0) {
            return &TOOLS[i];
        }
    }
    return NULL;
}

void cli_mcp_tools_list(cli_mcp *mcp, const cli_mcp_request *request)
{
    size_t from;
    if (cli_mcp_cursor(mcp, request, &from, 1)) {
        cli_mcp_list_take(mcp, request,
                          json_pack("{s:O}", "tools", json_object_get(mcp->data, "tools")));
    }
}

/* ---- arguments ------------------------------------------------------------------------------ */

static const json_t *schema_of(const cli_mcp *mcp, const char *tool)
{
    const json_t *tools = json_object_get(mcp->data, "tools");
    for (size_t i = 0; i < json_array_size(tools); i++) {
        const json_t *one = json_array_get(tools, i);
        if (strcmp(json_string_value(json_object_get(one, "name")), tool) == 0) {
            return json_object_get(one, "inputSchema");
        }
    }
    return NULL;
}

static bool has_type(const json_t *value, const char *type)
{
    return strcmp(type, "string") == 0    ? json_is_string(value)
           : strcmp(type, "integer") == 0 ? json_is_integer(value) && json_integer_value(value) >= 0
           : strcmp(type, "boolean") == 0 ? json_is_boolean(value)
           : strcmp(type, "array") == 0   ? json_is_array(value)
                                          : false;
}

/* Against the published schema, as far as it says types and what is required. */
static bool fits(const json_t *schema, const json_t *arguments, char *why, size_t size)
{
    const json_t *properties = json_object_get(schema, "properties");
    const json_t *required = json_object_get(schema, "required");
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)arguments, name, value)
    {
        const char *type =
            json_string_value(json_object_get(json_object_get(properties, name), "type"));
        if (type == NULL || !has_type(value, type)) {
            (void)snprintf(why, size,
                           type == NULL ? "there is no argument \"%.64s\""
                                        : "the argument \"%.64s\" has another type",
                           name);
            return false;
        }
        for (size_t i = 0; i < json_array_size(value); i++) {
            if (!json_is_string(json_array_get(value, i))) {
                (void)snprintf(why, size, "the argument \"%.64s\" is a list of texts", name);
                return false;
            }
        }
    }
    for (size_t i = 0; i < json_array_size(required); i++) {
        name = json_string_value(json_array_get(required, i));
        if (json_object_get(arguments, name) == NULL) {
            (void)snprintf(why, size, "the argument \"%s\" is missing", name);
            return false;
        }
    }
    return true;
}

/* ---- the worker's request ------------------------------------------------------------------- */

static bool add_path(const cli_mcp *mcp, json_t *request, const json_t *arguments, char *why,
                     size_t size)
{
    const char *path = json_string_value(json_object_get(arguments, "path"));
    if (path == NULL) {
        return true;
    }
    char *resolved = cli_roots_resolve(&mcp->roots, path, why, size);
    if (resolved != NULL) {
        (void)json_object_set_new(request, "path", json_string(resolved));
    }
    free(resolved);
    return resolved != NULL;
}

static bool add_paths(const cli_mcp *mcp, json_t *request, const json_t *arguments,
                      const char *name, char *why, size_t size)
{
    const json_t *given = json_object_get(arguments, name);
    json_t *list = json_array();
    bool inside = true;
    for (size_t i = 0; i < json_array_size(given) && inside; i++) {
        char *resolved =
            cli_roots_resolve(&mcp->roots, json_string_value(json_array_get(given, i)), why, size);
        inside = resolved != NULL;
        (void)json_array_append_new(list, json_string(resolved == NULL ? "" : resolved));
        free(resolved);
    }
    if (given != NULL) {
        (void)json_object_set(request, name, list);
    }
    json_decref(list);
    return inside;
}

static void copy_members(json_t *to, const json_t *from, const char *const (*names)[2])
{
    for (; (*names)[0] != NULL; names++) {
        json_t *value = json_object_get(from, (*names)[0]);
        if (value != NULL) {
            (void)json_object_set(to, (*names)[1], value);
        }
    }
}

json_t *cli_mcp_worker_request(const cli_mcp *mcp, const cli_mcp_tool *tool,
                               const json_t *arguments, char *why, size_t size)
{
    static const char *const members[][2] = {{"name", "name"},  {"text", "text"},
                                             {"item", "item"},  {"words", "words"},
                                             {"items", "gaps"}, {NULL, NULL}};
    static const char *const options[][2] = {{"checklists", "checklist"},
                                             {"document_type", "document-type"},
                                             {"as_of", "as-of"},
                                             {"profile", "profile"},
                                             {NULL, NULL}};
    if (!fits(schema_of(mcp, tool->name), arguments, why, size)) {
        return NULL;
    }
    json_t *set = json_object();
    json_t *request = json_pack("{s:i, s:s, s:b}", "id", 1, "do", tool->verb, "progress", 1);
    copy_members(request, arguments, members);
    copy_members(set, arguments, options);
    /* Paths in results are told as below the first root. */
    if (mcp->roots.count > 0) {
        (void)json_object_set_new(set, "root", json_string(mcp->roots.folders[0]));
    }
    (void)json_object_set_new(request, "options", set);
    if (!add_path(mcp, request, arguments, why, size) ||
        !add_paths(mcp, request, arguments, "against", why, size) ||
        !add_paths(mcp, request, arguments, "sources", why, size)) {
        json_decref(request);
        return NULL;
    }
    return request;
}

/* ---- calling -------------------------------------------------------------------------------- */

static size_t number_of(const json_t *arguments, const char *name, size_t otherwise, size_t most)
{
    const json_t *value = json_object_get(arguments, name);
    size_t number = value == NULL ? otherwise : (size_t)json_integer_value(value);
    return number < most ? number : most;
}

static bool is_open(const cli_mcp *mcp, const json_t *id)
{
    const cli_mcp_call *call = mcp->calls;
    while (call != NULL && !json_equal(call->id, id)) {
        call = call->next;
    }
    return call != NULL;
}

static void begin(cli_mcp *mcp, const cli_mcp_request *request, const cli_mcp_tool *tool,
                  const json_t *arguments, const json_t *wanted)
{
    enum { PAGE_MAX = 200 };
    char *line = json_dumps(wanted, JSON_COMPACT);
    cli_mcp_call *call = calloc(1, sizeof *call);
    if (call == NULL || line == NULL ||
        !cli_line_server_submit(mcp->server, line, strlen(line), call)) {
        cli_mcp_error(mcp, request->id, CLI_MCP_INTERNAL, "out of memory");
        free(call);
    } else {
        json_t *token = json_object_get(json_object_get(request->params, "_meta"), "progressToken");
        size_t limit = number_of(arguments, "limit", CLI_MCP_PAGE, PAGE_MAX);
        *call = (cli_mcp_call){
            mcp->calls,
            json_deep_copy(request->id),
            json_is_string(token) || json_is_integer(token) ? json_deep_copy(token) : NULL,
            request->modern,
            json_is_true(json_object_get(arguments, "supported")),
            tool,
            number_of(arguments, "offset", 0, SIZE_MAX),
            limit == 0 ? 1 : limit,
            -1};
        mcp->calls = call;
    }
    free(line);
}

void cli_mcp_tools_call(cli_mcp *mcp, const cli_mcp_request *request)
{
    char why[WHY_SIZE];
    const json_t *given = json_object_get(request->params, "arguments");
    const cli_mcp_tool *tool =
        cli_mcp_find_tool(json_string_value(json_object_get(request->params, "name")));
    if (tool == NULL) {
        cli_mcp_error(mcp, request->id, CLI_MCP_PARAMS, "there is no such tool");
        return;
    }
    if (given != NULL && !json_is_object(given)) {
        cli_mcp_error(mcp, request->id, CLI_MCP_PARAMS, "arguments has to be an object");
        return;
    }
    if (is_open(mcp, request->id)) {
        cli_mcp_error(mcp, request->id, CLI_MCP_REQUEST, "a request with this id is under way");
        return;
    }
    json_t *arguments = given == NULL ? json_object() : json_incref((json_t *)given);
    json_t *wanted = cli_mcp_worker_request(mcp, tool, arguments, why, sizeof why);
    if (wanted == NULL) {
        cli_mcp_tool_error(mcp, request->id, request->modern, why);
    } else {
        begin(mcp, request, tool, arguments, wanted);
    }
    json_decref(wanted);
    json_decref(arguments);
}

void cli_mcp_cancel(cli_mcp *mcp, const json_t *id)
{
    for (cli_mcp_call *call = mcp->calls; call != NULL; call = call->next) {
        if (id != NULL && json_equal(call->id, id)) {
            cli_line_server_cancel(mcp->server, call);
            return;
        }
    }
}

void cli_mcp_call_end(cli_mcp *mcp, cli_mcp_call *call)
{
    cli_mcp_call **at = &mcp->calls;
    while (*at != call) {
        at = &(*at)->next;
    }
    *at = call->next;
    json_decref(call->id);
    json_decref(call->token);
    free(call);
}
