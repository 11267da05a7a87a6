/*
 * pool.h - the same work on many things, in several threads.
 *
 * Purpose: threads take indexes in order; the calling thread is told of each that is finished, in
 *   the order of finishing, so callbacks of a host only ever run in the host's own thread.
 * Limits: fewer threads than asked for are used where the system gives fewer; none: the calling
 *   thread does the work.
 */
#ifndef LAC_API_POOL_H
#define LAC_API_POOL_H

#include "include/lacuna.h"

typedef struct lac_pool_work {
    void *user;
    size_t count;
    uint32_t threads;
    void (*work)(void *user, size_t index); /* in any thread */
    void (*done)(void *user, size_t index); /* in the calling thread */
} lac_pool_work;

lacuna_status lac_pool_run(const lac_pool_work *work, lacuna_error *err);

#endif
