/*
 * line_server.h - lines from standard input, lines to standard output, and children that work.
 *
 * What `lacuna worker` and `lacuna mcp` have in common: a single thread that never waits for a
 * document. At most `jobs` children work at a time and `waiting` requests wait; beyond that, and
 * while the client does not read its answers, no more input is read. The end of input is the end of
 * the server, once everything was answered.
 */
#ifndef LACUNA_CLI_LINE_SERVER_H
#define LACUNA_CLI_LINE_SERVER_H

#include "child.h"

/* What became of a request. `json` is one object on one line, there only for ANSWERED. */
typedef struct cli_answer {
    cli_child_end end;
    int number;
    const char *json;
    size_t length;
} cli_answer;

typedef struct cli_line_server cli_line_server;

typedef struct cli_line_handler {
    void *user;
    /* A line of the client without its end; NULL: it was too long. */
    void (*on_line)(void *user, const char *line, size_t length);
    /* A line of a child before its answer: an object {"progress": {...}}. */
    void (*on_progress)(void *user, void *ticket, const char *json, size_t length);
    /* The last that is heard of a ticket. */
    void (*on_answer)(void *user, void *ticket, const cli_answer *answer);
} cli_line_handler;

typedef struct cli_line_settings {
    unsigned jobs;
    size_t waiting;
    cli_child_limits limits;
} cli_line_settings;

/* NULL: out of memory. Everything given has to outlive the server. */
cli_line_server *cli_line_server_new(const cli_line_handler *handler,
                                     const cli_line_settings *settings);
void cli_line_server_free(cli_line_server *server);

/* Serves until the end of input; an exit code. */
int cli_line_server_run(cli_line_server *server);

/* ---- from within the handler ----------------------------------------------------------------- */

/* Queues a line; its end is added. */
void cli_line_server_say(cli_line_server *server, const char *line, size_t length);
/* Whether the client is behind with reading, so that what it could do without is left out. */
bool cli_line_server_is_behind(const cli_line_server *server);
/* Takes a request (copied) for a child to answer. False: out of memory. */
bool cli_line_server_submit(cli_line_server *server, const char *request, size_t length,
                            void *ticket);
/* The answer, CANCELLED, comes later, or at once where the request was still waiting. */
void cli_line_server_cancel(cli_line_server *server, const void *ticket);

/* A short code of an end ("crashed", "too-slow") and a sentence about it, for the client. */
const char *cli_child_end_code(cli_child_end end);
void cli_child_end_sentence(char *out, size_t size, const cli_answer *answer, unsigned seconds);

#endif
