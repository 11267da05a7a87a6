#include "mcp.h"

#include "request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char MODERN[] = "2026-07-28";
static const char VERSION_KEY[] = "io.modelcontextprotocol/protocolVersion";
static const char ROOTS_ID[] = "lacuna-roots";
/* The first is offered where the client asks for one that is not here. */
static const char *const LEGACY[] = {"2025-11-25", "2025-06-18", "2024-11-05"};

enum { LEGACY_COUNT = sizeof LEGACY / sizeof LEGACY[0], TTL_MS = 60000, DIGITS = 6 };

/* ---- sending -------------------------------------------------------------------------------- */

void cli_mcp_send_take(cli_mcp *mcp, json_t *message)
{
    char *line = json_dumps(message, JSON_COMPACT | JSON_REAL_PRECISION(DIGITS));
    if (line != NULL) {
        cli_line_server_say(mcp->server, line, strlen(line));
    } else {
        cli_complain("mcp: out of memory");
    }
    free(line);
    json_decref(message);
}

static json_t *implementation(void)
{
    return json_pack("{s:s, s:s, s:s}", "name", "lacuna", "title", "Lacuna", "version",
                     lacuna_version());
}

void cli_mcp_result_take(cli_mcp *mcp, const json_t *id, bool modern, json_t *result)
{
    if (modern && result != NULL) {
        (void)json_object_set_new(result, "resultType", json_string("complete"));
        (void)json_object_set_new(
            result, "_meta",
            json_pack("{s:o}", "io.modelcontextprotocol/serverInfo", implementation()));
    }
    if (result == NULL) {
        cli_mcp_error(mcp, id, CLI_MCP_INTERNAL, "out of memory");
        return;
    }
    cli_mcp_send_take(mcp,
                      json_pack("{s:s, s:O, s:o}", "jsonrpc", "2.0", "id", id, "result", result));
}

void cli_mcp_list_take(cli_mcp *mcp, const cli_mcp_request *request, json_t *result)
{
    if (request->modern && result != NULL) {
        (void)json_object_set_new(result, "ttlMs", json_integer(TTL_MS));
        (void)json_object_set_new(result, "cacheScope", json_string("private"));
    }
    cli_mcp_result_take(mcp, request->id, request->modern, result);
}

static void send_error_take(cli_mcp *mcp, const json_t *id, json_t *error)
{
    json_t *message = json_pack("{s:s, s:o}", "jsonrpc", "2.0", "error", error);
    if (message != NULL && id != NULL) {
        (void)json_object_set(message, "id", (json_t *)id);
    }
    cli_mcp_send_take(mcp, message);
}

void cli_mcp_error(cli_mcp *mcp, const json_t *id, int code, const char *message)
{
    send_error_take(mcp, id, json_pack("{s:i, s:s}", "code", code, "message", message));
}

bool cli_mcp_cursor(cli_mcp *mcp, const cli_mcp_request *request, size_t *from, size_t count)
{
    const json_t *cursor = json_object_get(request->params, "cursor");
    char *end = NULL;
    *from = 0;
    if (cursor == NULL) {
        return true;
    }
    const char *text = json_string_value(cursor);
    unsigned long long number = text == NULL ? 0 : strtoull(text, &end, 10);
    if (end == NULL || end == text || *end != '\0' || number >= count) {
        cli_mcp_error(mcp, request->id, CLI_MCP_PARAMS, "the cursor is not one of this list");
        return false;
    }
    *from = (size_t)number;
    return true;
}

/* ---- beginning ------------------------------------------------------------------------------ */

static json_t *capabilities(void)
{
    return json_pack("{s:{}, s:{}, s:{}}", "tools", "resources", "prompts");
}

static void initialize(cli_mcp *mcp, const cli_mcp_request *request)
{
    const char *asked = json_string_value(json_object_get(request->params, "protocolVersion"));
    const char *version = LEGACY[0];
    for (size_t i = 0; i < LEGACY_COUNT && asked != NULL; i++) {
        version = strcmp(LEGACY[i], asked) == 0 ? LEGACY[i] : version;
    }
    mcp->initialized = true;
    mcp->client_has_roots =
        json_is_object(json_object_get(json_object_get(request->params, "capabilities"), "roots"));
    cli_mcp_result_take(mcp, request->id, false,
                        json_pack("{s:s, s:o, s:o, s:O}", "protocolVersion", version,
                                  "capabilities", capabilities(), "serverInfo", implementation(),
                                  "instructions", json_object_get(mcp->data, "instructions")));
}

static void discover(cli_mcp *mcp, const cli_mcp_request *request)
{
    cli_mcp_list_take(mcp, request,
                      json_pack("{s:[s], s:o, s:O}", "supportedVersions", MODERN, "capabilities",
                                capabilities(), "instructions",
                                json_object_get(mcp->data, "instructions")));
}

static void ping(cli_mcp *mcp, const cli_mcp_request *request)
{
    cli_mcp_result_take(mcp, request->id, false, json_object());
}

/* ---- the client's folders ------------------------------------------------------------------- */

static void ask_for_roots(cli_mcp *mcp)
{
    if (mcp->client_has_roots && !mcp->roots_are_flags) {
        cli_mcp_send_take(mcp, json_pack("{s:s, s:s, s:s}", "jsonrpc", "2.0", "id", ROOTS_ID,
                                         "method", "roots/list"));
    }
}

/* An answer of the client: only its folders were asked for. */
static void take_roots(cli_mcp *mcp, const json_t *message)
{
    const char *id = json_string_value(json_object_get(message, "id"));
    const json_t *roots = json_object_get(json_object_get(message, "result"), "roots");
    if (id == NULL || strcmp(id, ROOTS_ID) != 0 || !json_is_array(roots)) {
        return;
    }
    cli_roots_free(&mcp->roots);
    for (size_t i = 0; i < json_array_size(roots); i++) {
        const char *uri = json_string_value(json_object_get(json_array_get(roots, i), "uri"));
        char *path = uri == NULL ? NULL : cli_path_of_uri(uri);
        if (path == NULL || !cli_roots_add(&mcp->roots, path)) {
            cli_complain("mcp: %s is no folder here; it is passed over", uri == NULL ? "" : uri);
        }
        free(path);
    }
}

/* ---- dispatch ------------------------------------------------------------------------------- */

enum { BOTH, OLD, NEW };

static const struct {
    const char *method;
    int era;
    void (*answer)(cli_mcp *mcp, const cli_mcp_request *request);
} METHODS[] = {
    {"initialize", OLD, initialize},
    {"ping", OLD, ping},
    {"server/discover", NEW, discover},
    {"tools/list", BOTH, cli_mcp_tools_list},
    {"tools/call", BOTH, cli_mcp_tools_call},
    {"resources/list", BOTH, cli_mcp_resources_list},
    {"resources/templates/list", BOTH, cli_mcp_templates_list},
    {"resources/read", BOTH, cli_mcp_resources_read},
    {"prompts/list", BOTH, cli_mcp_prompts_list},
    {"prompts/get", BOTH, cli_mcp_prompts_get},
};

static void unknown_version(cli_mcp *mcp, const json_t *id, const json_t *asked)
{
    send_error_take(mcp, id,
                    json_pack("{s:i, s:s, s:{s:[s], s:O}}", "code", CLI_MCP_VERSION, "message",
                              "Unsupported protocol version", "data", "supported", MODERN,
                              "requested", asked));
}

static void answer_request(cli_mcp *mcp, const char *method, const cli_mcp_request *request)
{
    bool begins = strcmp(method, "initialize") == 0 || strcmp(method, "ping") == 0;
    for (size_t i = 0; i < sizeof METHODS / sizeof METHODS[0]; i++) {
        bool fits = METHODS[i].era == BOTH || (METHODS[i].era == NEW) == request->modern;
        if (!fits || strcmp(METHODS[i].method, method) != 0) {
            continue;
        }
        if (!request->modern && !mcp->initialized && !begins) {
            cli_mcp_error(mcp, request->id, CLI_MCP_REQUEST,
                          "initialize comes first, or _meta with the protocol version");
            return;
        }
        METHODS[i].answer(mcp, request);
        return;
    }
    cli_mcp_error(mcp, request->id, CLI_MCP_METHOD, "there is no such method");
}

static void take_request(cli_mcp *mcp, const char *method, const json_t *message)
{
    cli_mcp_request request = {json_object_get(message, "id"), json_object_get(message, "params"),
                               false};
    if (request.params != NULL && !json_is_object(request.params)) {
        cli_mcp_error(mcp, request.id, CLI_MCP_PARAMS, "params has to be an object");
        return;
    }
    const json_t *version = json_object_get(json_object_get(request.params, "_meta"), VERSION_KEY);
    request.modern = version != NULL;
    if (version != NULL &&
        (!json_is_string(version) || strcmp(json_string_value(version), MODERN) != 0)) {
        unknown_version(mcp, request.id, version);
        return;
    }
    answer_request(mcp, method, &request);
}

static void take_notification(cli_mcp *mcp, const char *method, const json_t *message)
{
    if (strcmp(method, "notifications/cancelled") == 0) {
        cli_mcp_cancel(mcp, json_object_get(json_object_get(message, "params"), "requestId"));
    } else if (strcmp(method, "notifications/initialized") == 0 ||
               strcmp(method, "notifications/roots/list_changed") == 0) {
        ask_for_roots(mcp);
    }
}

static void take_message(cli_mcp *mcp, const json_t *message)
{
    const char *version = json_string_value(json_object_get(message, "jsonrpc"));
    const char *method = json_string_value(json_object_get(message, "method"));
    const json_t *id = json_object_get(message, "id");
    if (version == NULL || strcmp(version, "2.0") != 0) {
        cli_mcp_error(mcp, NULL, CLI_MCP_REQUEST, "not a message of JSON-RPC 2.0");
    } else if (method == NULL) {
        take_roots(mcp, message);
    } else if (id == NULL) {
        take_notification(mcp, method, message);
    } else if (!cli_request_id_is_sound(id)) {
        cli_mcp_error(mcp, NULL, CLI_MCP_REQUEST, "the id has to be a text or a whole number");
    } else {
        take_request(mcp, method, message);
    }
}

void cli_mcp_on_line(void *user, const char *line, size_t length)
{
    cli_mcp *mcp = user;
    json_error_t where;
    json_t *message =
        line == NULL ? NULL : json_loadb(line, length, JSON_REJECT_DUPLICATES, &where);
    if (message == NULL) {
        cli_mcp_error(mcp, NULL, CLI_MCP_PARSE,
                      line == NULL ? "the message is longer than lacuna takes" : where.text);
    } else {
        take_message(mcp, message);
    }
    json_decref(message);
}
