/*
 * embedded.h - data files of the program itself, put into it by the build.
 */
#ifndef LACUNA_CLI_EMBEDDED_H
#define LACUNA_CLI_EMBEDDED_H

#include <stddef.h>

/* templates/mcp/server.json: what the MCP server says of itself, its tools and prompts. */
const char *cli_embedded_mcp(size_t *length);

#endif
