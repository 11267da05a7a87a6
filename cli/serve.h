/*
 * serve.h - answers one request in this process.
 *
 * The answer is one line, a JSON object: {"status", "exit_code", "result" or "text", "notes"} or
 * {"status", "exit_code", "error"}. Lines before it are {"progress": {...}}.
 */
#ifndef LACUNA_CLI_SERVE_H
#define LACUNA_CLI_SERVE_H

#include "buffer.h"
#include "request.h"

/* The longest answer. */
#define CLI_ANSWER_MAX ((size_t)256 << 20)

/* What an answer is made of: filled by what does the work, written by cli_serve_one. */
typedef struct cli_reply {
    cli_buffer body;  /* members behind the status: "result", "text", "notes" */
    int exit_code;    /* as the command line's */
    int output;       /* descriptor of progress */
    lacuna_error err; /* status 0: none */
    bool unread;      /* the error is about an input, whatever is wrong with it */
} cli_reply;

/* Reads a request from `input`, writes lines to `output`; an exit code, CLI_OK once there is an
 * answer. `pdftotext`: as the flag, may be NULL. */
int cli_serve_one(int input, int output, const char *pdftotext);

/* ---- shared by the files that do the work --------------------------------------------------- */

typedef lacuna_status (*cli_reply_render)(const void *what, const char *format,
                                          lacuna_write_fn write, void *sink, lacuna_error *err);

/* Adds what was rendered: "result" for json, "text" for every other format. */
lacuna_status cli_reply_add(cli_reply *reply, const char *format, cli_reply_render render,
                            const void *what);
/* The same of JSON that is there already. */
void cli_reply_add_json(cli_reply *reply, const char *name, const char *json, size_t length);
lacuna_status cli_reply_refuse(cli_reply *reply, const char *message);

/* "check" and "evidence". */
lacuna_status cli_serve_check(cli_reply *reply, const cli_request *request);
lacuna_status cli_serve_evidence(cli_reply *reply, const cli_request *request);
/* The document that a request names or brings. */
lacuna_status cli_serve_open(lacuna_document **out, cli_reply *reply, const cli_request *request);

#endif
