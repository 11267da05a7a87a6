/*
 * retry.h - whether a failed call is made again, and when: the policy of the official clients.
 *
 * Purpose: a pure function of the reply and the number of attempts, so that it can be tested alone.
 *   Again after connection failures, timeouts, 408, 409, 429 and 5xx; `x-should-retry` overrides;
 *   never when a spending limit was reached, which waiting does not cure. The wait is
 *   `retry-after-ms`, else `retry-after` (seconds or an HTTP date), else 0.5 s doubled each time up
 *   to 8 s, less up to a quarter at random.
 */
#ifndef LAC_CLAUDE_RETRY_H
#define LAC_CLAUDE_RETRY_H

#include "claude/message.h"

typedef struct lac_reply_facts {
    uint32_t http_status;       /* 0: no reply (connection, timeout, broken off) */
    const char *retry_after_ms; /* header values; NULL: not there */
    const char *retry_after;
    const char *should_retry;
    const lac_api_error *error; /* NULL: none could be read */
} lac_reply_facts;

/* Whether waiting cannot cure it, for any question: a spending limit. NULL: no error. */
bool lac_retry_is_final(const lac_api_error *error);

enum { LAC_RETRY_WAIT_MAX_MS = 10 * 60 * 1000 };

/* Stores how long to wait and returns true, or false when the failure is final. `attempt` counts
 * from 0, `most` is how many retries are allowed; `now` is UTC seconds, `chance` uniform in [0, 1).
 * A server that asks for a longer wait than LAC_RETRY_WAIT_MAX_MS is not waited for. */
bool lac_retry_wait(uint32_t *wait_ms, const lac_reply_facts *reply, uint32_t attempt,
                    uint32_t most, int64_t now, double chance);

#endif
