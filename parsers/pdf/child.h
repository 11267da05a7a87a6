/*
 * child.h - running another program on untrusted bytes, held to limits.
 *
 * Purpose: the program gets the bytes of a reader on standard input and nothing else of ours: no
 *   descriptors, no environment but a fixed PATH and locale, "/" as its folder, no shell. What it
 *   prints comes back in memory.
 * Limits: address space, processor time, wall-clock time, bytes printed; it cannot write files or
 *   dump core. Whoever is still in its process group when it ends, or has to end, is killed.
 * Ownership: `output` of the result is the caller's, also on error (lac_buf_free).
 * Threads: any number of programs at once. A process of ours stands between and waits for it, so
 *   the exit status arrives even where the host ignores SIGCHLD or reaps children of others; no
 *   zombie is left on any path, no signal handler is touched and no SIGPIPE raised.
 */
#ifndef LAC_PDF_CHILD_H
#define LAC_PDF_CHILD_H

#include "parsers/package/source.h"
#include "support/buf.h"

enum { LAC_CHILD_COMPLAINT = 2048 /* bytes of standard error that are kept */ };

typedef struct lac_child_command {
    const char *const *argv; /* argv[0] is an absolute path; NULL at the end */
    const lac_reader *input;
    uint64_t memory_bytes; /* address space */
    uint32_t cpu_seconds, wall_seconds;
    size_t output_bytes;
    bool (*cancelled)(void *user); /* asked now and then; NULL: never */
    void *user;
} lac_child_command;

typedef struct lac_child_result {
    lac_buf output;
    char complaint[LAC_CHILD_COMPLAINT]; /* start of standard error, as it came; NUL-terminated */
    size_t complaint_length;
    int exit_code; /* -1: ended by `signal` */
    int signal;    /* 0: none */
} lac_child_result;

/* LACUNA_OK when the program ran and ended by itself, whatever its exit code or signal.
 * LACUNA_E_NOTFOUND or LACUNA_E_IO where it cannot be started, LACUNA_E_LIMIT where it took too
 * long or printed too much, LACUNA_E_CANCELLED, or what reading the input gave. */
lacuna_status lac_child_run(lac_child_result *result, const lac_child_command *command,
                            lacuna_error *err);

#endif
