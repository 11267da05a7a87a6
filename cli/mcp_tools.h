/*
 * mcp_tools.h - the tools of the MCP server: which request of the worker each is, and what of its
 * result is shown.
 */
#ifndef LACUNA_CLI_MCP_TOOLS_H
#define LACUNA_CLI_MCP_TOOLS_H

#include "mcp.h"

enum { CLI_MCP_SHOWN_MAX = 16 };

struct cli_mcp_tool {
    const char *name;
    const char *verb;                     /* of the worker */
    const char *list;                     /* member that is paged; NULL: none */
    const char *shown[CLI_MCP_SHOWN_MAX]; /* members of the result */
    const char *entry[CLI_MCP_SHOWN_MAX]; /* members of an entry; none: all */
};

/* NULL: there is none of that name. */
const cli_mcp_tool *cli_mcp_find_tool(const char *name);

/* The request of the worker for a call's arguments, a JSON object; NULL, with a sentence in `why`,
 * where they are wrong or lead out of the roots. */
json_t *cli_mcp_worker_request(const cli_mcp *mcp, const cli_mcp_tool *tool,
                               const json_t *arguments, char *why, size_t size);

#endif
