/*
 * mcp.h - what the parts of the MCP server share.
 *
 * Both eras of the protocol are spoken on one connection: requests that tell a version in _meta are
 * answered as 2026-07-28 asks for, others as 2025-11-25 after initialize. Documents are only read
 * in children (child.h); this process holds their results as text. Ownership: json_t values given
 * to a function named ..._take are taken over, others borrowed.
 */
#ifndef LACUNA_CLI_MCP_H
#define LACUNA_CLI_MCP_H

#include "line_server.h"
#include "roots.h"

#include <jansson.h>

#define CLI_MCP_KEPT_BYTES ((size_t)64 << 20)
enum { CLI_MCP_KEPT_MAX = 32, CLI_MCP_PAGE = 20 };

/* JSON-RPC and MCP. */
enum {
    CLI_MCP_PARSE = -32700,
    CLI_MCP_REQUEST = -32600,
    CLI_MCP_METHOD = -32601,
    CLI_MCP_PARAMS = -32602,
    CLI_MCP_INTERNAL = -32603,
    CLI_MCP_NO_RESOURCE = -32002, /* before 2026-07-28; CLI_MCP_PARAMS since */
    CLI_MCP_VERSION = -32022,
};

typedef struct cli_mcp_tool cli_mcp_tool;

/* A tools/call under way. */
typedef struct cli_mcp_call {
    struct cli_mcp_call *next;
    json_t *id;
    json_t *token; /* of progress; NULL: none */
    bool modern;
    bool supported; /* supported claims are listed too */
    const cli_mcp_tool *tool;
    size_t offset, limit;
    double progress; /* the last one told */
} cli_mcp_call;

/* A result that can be read as a resource. */
typedef struct cli_mcp_kept {
    unsigned number; /* 0: none */
    char *json;
    size_t length;
} cli_mcp_kept;

typedef struct cli_mcp {
    cli_line_settings settings;
    cli_line_server *server;
    cli_roots roots;
    bool roots_are_flags; /* then the client is not asked */
    bool initialized, client_has_roots;
    json_t *data; /* templates/mcp/server.json */
    json_t *checklists;
    cli_mcp_call *calls;
    cli_mcp_kept kept[CLI_MCP_KEPT_MAX];
    unsigned last_number;
} cli_mcp;

/* A message that wants an answer. */
typedef struct cli_mcp_request {
    const json_t *id;
    const json_t *params; /* an object, or NULL */
    bool modern;
} cli_mcp_request;

/* ---- mcp_message.c --------------------------------------------------------------------------- */

void cli_mcp_on_line(void *user, const char *line, size_t length);
void cli_mcp_send_take(cli_mcp *mcp, json_t *message);
void cli_mcp_result_take(cli_mcp *mcp, const json_t *id, bool modern, json_t *result);
/* A list or something that was read: may be kept by the client for a while in the new era. */
void cli_mcp_list_take(cli_mcp *mcp, const cli_mcp_request *request, json_t *result);
void cli_mcp_error(cli_mcp *mcp, const json_t *id, int code, const char *message);
/* "cursor" of a list's parameters to an index; false, after an error was sent, where it is none. */
bool cli_mcp_cursor(cli_mcp *mcp, const cli_mcp_request *request, size_t *from, size_t count);

/* ---- mcp_tools.c, mcp_answer.c ----------------------------------------------------------------
 */

void cli_mcp_tools_list(cli_mcp *mcp, const cli_mcp_request *request);
void cli_mcp_tools_call(cli_mcp *mcp, const cli_mcp_request *request);
void cli_mcp_cancel(cli_mcp *mcp, const json_t *id);
void cli_mcp_call_end(cli_mcp *mcp, cli_mcp_call *call);
void cli_mcp_on_progress(void *user, void *ticket, const char *json, size_t length);
void cli_mcp_on_answer(void *user, void *ticket, const cli_answer *answer);
/* isError: what a person or a model can do something about. */
void cli_mcp_tool_error(cli_mcp *mcp, const json_t *id, bool modern, const char *message);

/* ---- mcp_resources.c, mcp_prompts.c -----------------------------------------------------------
 */

void cli_mcp_resources_list(cli_mcp *mcp, const cli_mcp_request *request);
void cli_mcp_templates_list(cli_mcp *mcp, const cli_mcp_request *request);
void cli_mcp_resources_read(cli_mcp *mcp, const cli_mcp_request *request);
/* Keeps a result; its number, 0 where it is too large. */
unsigned cli_mcp_keep(cli_mcp *mcp, const char *json, size_t length);
void cli_mcp_prompts_list(cli_mcp *mcp, const cli_mcp_request *request);
void cli_mcp_prompts_get(cli_mcp *mcp, const cli_mcp_request *request);

#endif
