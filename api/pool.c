#include "api/pool.h"

#include "support/error.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct pool {
    const lac_pool_work *work;
    pthread_mutex_t lock; /* guards everything below */
    pthread_cond_t progressed;
    size_t next;
    size_t *finished; /* indexes, in the order of finishing */
    size_t finished_count;
} pool;

static void *serve(void *argument)
{
    pool *p = argument;
    (void)pthread_mutex_lock(&p->lock);
    while (p->next < p->work->count) {
        size_t index = p->next++;
        (void)pthread_mutex_unlock(&p->lock);
        p->work->work(p->work->user, index);
        (void)pthread_mutex_lock(&p->lock);
        p->finished[p->finished_count++] = index;
        (void)pthread_cond_signal(&p->progressed);
    }
    (void)pthread_mutex_unlock(&p->lock);
    return NULL;
}

static void report_progress(pool *p)
{
    for (size_t reported = 0; reported < p->work->count; reported++) {
        (void)pthread_mutex_lock(&p->lock);
        while (p->finished_count == reported) {
            (void)pthread_cond_wait(&p->progressed, &p->lock);
        }
        size_t index = p->finished[reported];
        (void)pthread_mutex_unlock(&p->lock);
        p->work->done(p->work->user, index);
    }
}

static void run_here(const lac_pool_work *work)
{
    for (size_t i = 0; i < work->count; i++) {
        work->work(work->user, i);
        work->done(work->user, i);
    }
}

static void run_threads(pool *p, pthread_t *threads)
{
    uint32_t started = 0;
    while (started < p->work->threads && pthread_create(&threads[started], NULL, serve, p) == 0) {
        started++;
    }
    if (started == 0) {
        run_here(p->work);
        return;
    }
    report_progress(p);
    for (uint32_t i = 0; i < started; i++) {
        (void)pthread_join(threads[i], NULL);
    }
}

lacuna_status lac_pool_run(const lac_pool_work *work, lacuna_error *err)
{
    if (work->threads <= 1 || work->count <= 1) {
        run_here(work);
        return LACUNA_OK;
    }
    pool p = {.work = work};
    lacuna_status status = LACUNA_OK;
    p.finished = calloc(work->count, sizeof *p.finished);
    pthread_t *threads = calloc(work->threads, sizeof *threads);
    if (p.finished == NULL || threads == NULL) {
        status = lac_fail_nomem(err);
        goto cleanup;
    }
    if (pthread_mutex_init(&p.lock, NULL) != 0) {
        status = lac_fail(err, LACUNA_E_INTERNAL, "a lock could not be made");
        goto cleanup;
    }
    if (pthread_cond_init(&p.progressed, NULL) != 0) {
        (void)pthread_mutex_destroy(&p.lock);
        status = lac_fail(err, LACUNA_E_INTERNAL, "a condition could not be made");
        goto cleanup;
    }
    run_threads(&p, threads);
    (void)pthread_cond_destroy(&p.progressed);
    (void)pthread_mutex_destroy(&p.lock);
cleanup:
    free(threads);
    free(p.finished);
    return status;
}
