/*
 * child.h - a child process of this program that answers one request (serve.h), held to limits.
 *
 * A document that crashes it, never ends or eats memory costs this process and nothing else. It
 * dies with its parent. Ownership: the struct belongs to the caller; cli_child_free ends it.
 */
#ifndef LACUNA_CLI_CHILD_H
#define LACUNA_CLI_CHILD_H

#include "buffer.h"
#include "cli.h"

#include <sys/types.h>

typedef struct cli_child_limits {
    size_t memory_bytes; /* address space */
    unsigned seconds;    /* of processor time; twice as many until it is killed */
    const char *pdftotext;
} cli_child_limits;

typedef enum cli_child_end {
    CLI_CHILD_RUNNING,
    CLI_CHILD_ANSWERED,
    CLI_CHILD_CRASHED,
    CLI_CHILD_LATE,
    CLI_CHILD_TOO_LONG, /* its answer */
    CLI_CHILD_CANCELLED,
    CLI_CHILD_NOT_STARTED,
} cli_child_end;

typedef struct cli_child {
    pid_t pid;        /* 0: none */
    int output;       /* -1: closed */
    cli_buffer text;  /* what it wrote and nobody took yet */
    int64_t deadline; /* milliseconds, as cli_now */
    cli_child_end end;
    int number; /* of the signal or exit code of a crash, errno of a start that failed */
} cli_child;

int64_t cli_now(void);

/* False, with `end` set, where it cannot be started. */
bool cli_child_start(cli_child *child, const char *request, size_t length,
                     const cli_child_limits *limits);
/* Reads what is there; at the end of its output closes it. Whether an end of line came with it. */
bool cli_child_read(cli_child *child);
/* Kills it for a reason. */
void cli_child_kill(cli_child *child, cli_child_end why);
/* Whether it has ended; then `end` is not RUNNING any more. Does not wait. */
bool cli_child_reap(cli_child *child);
void cli_child_free(cli_child *child);

#endif
