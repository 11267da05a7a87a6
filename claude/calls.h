/*
 * calls.h - many calls at the same time, each with as many attempts as it needs.
 *
 * Purpose: the loop over libcurl's multi interface: how many are in flight, when a failed one is
 * made again, when a silent one is given up. What a call says and what its answer means is the
 * client's. The first call goes alone until its answer begins, so that the rest find its prefix in
 * the cache; then twice as many with each success up to the limit, half as many when the service is
 * overloaded. A run that follows another soon goes on with what that had reached. Threads: runs on
 * the caller's thread, and calls the client on it.
 */
#ifndef LAC_CLAUDE_CALLS_H
#define LAC_CLAUDE_CALLS_H

#include "claude/exchange.h"

typedef struct lac_calls_client {
    void *user;
    /* Makes the request of one attempt; everything in it is allocated from the arena, which lives
     * until the attempt is over. An error ends the call: `take` gets it without an exchange. */
    lacuna_status (*prepare)(void *user, size_t call, lac_http_request *request, lac_arena *arena,
                             lacuna_error *err);
    /* Takes what came of an attempt; `status` and `failure` say how it ended. True: make one more
     * in `wait_ms`. */
    bool (*take)(void *user, size_t call, lac_exchange *exchange, lacuna_status status,
                 const lacuna_error *failure, uint32_t *wait_ms);
    /* False: begin nothing until a call that is under way has ended. NULL: always true. */
    bool (*may_begin)(void *user);
    /* True: stop; calls that are not over are dropped without `take`. Looked at several times a
     * second. */
    bool (*cancelled)(void *user);
} lac_calls_client;

typedef struct lac_calls_limits {
    uint32_t in_flight;  /* 1 or more */
    uint32_t silence_ms; /* an answer that sends nothing for so long is given up */
} lac_calls_limits;

/* How many may be in flight, kept from run to run; zeroed at first. */
typedef struct lac_calls_window {
    uint32_t allowed;
    int64_t used_ms; /* when the last run ended, by a monotonic clock */
} lac_calls_window;

/* LACUNA_E_CANCELLED when it was stopped. Failures of single calls are the client's business. */
lacuna_status lac_calls_run(lac_calls_window *window, lac_http *http, size_t count,
                            const lac_calls_limits *limits, const lac_calls_client *client,
                            lacuna_error *err);

#endif
