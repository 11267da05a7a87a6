/*
 * cancel.c - how long a run goes on after it was cancelled from another thread.
 *
 * usage: cancel [--cpu] ROUNDS JOBS PATH...
 * With --cpu the processor time of the process is measured, which other programs do not lengthen;
 * give one job then, so that it is the time of one thread. Cancels at moments spread evenly over
 * the time that a whole run takes, and prints milliseconds: median, the longest, and the time of a
 * whole run. Not a test: a timed assertion fails on a busy machine.
 */
#include <lacuna.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS_MAX = 10000 };

typedef struct canceller {
    lacuna_run *run;
    double after; /* milliseconds */
    double at;    /* when it was cancelled */
} canceller;

static clockid_t measured = CLOCK_MONOTONIC;

static double now(void)
{
    struct timespec at = {0, 0};
    (void)clock_gettime(measured, &at);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

static void *cancel_later(void *user)
{
    canceller *c = user;
    double begun = now();
    while (now() - begun < c->after) {
        const struct timespec tick = {0, 200000};
        (void)nanosleep(&tick, NULL);
    }
    c->at = now();
    lacuna_run_cancel(c->run);
    return NULL;
}

static void must(lacuna_status status, const lacuna_error *err)
{
    if (status != LACUNA_OK) {
        (void)fprintf(stderr, "%s\n", err->message);
        exit(1);
    }
}

/* Milliseconds of a whole run, or from its cancelling to its end; below 0: it had ended before. */
static double time_run(const char *jobs, int count, char **paths, double after)
{
    lacuna_error err = {0};
    lacuna_options *options = NULL;
    lacuna_run *run = NULL;
    lacuna_result *result = NULL;
    pthread_t thread;
    must(lacuna_options_new(&options, &err), &err);
    must(lacuna_options_set(options, "jobs", jobs, &err), &err);
    must(lacuna_run_new(&run, options, &err), &err);
    for (int i = 0; i < count; i++) {
        must(lacuna_run_add(run, paths[i], &err), &err);
    }
    canceller c = {run, after, 0};
    double begun = now();
    if (after >= 0 && pthread_create(&thread, NULL, cancel_later, &c) != 0) {
        exit(1);
    }
    must(lacuna_run_execute(&result, run, &err), &err);
    double ended = now();
    if (after >= 0) {
        (void)pthread_join(thread, NULL);
    }
    lacuna_result_free(result);
    lacuna_run_free(run);
    lacuna_options_free(options);
    return after < 0 ? ended - begun : ended - c.at;
}

static int by_size(const void *a, const void *b)
{
    double one = *(const double *)a;
    double two = *(const double *)b;
    return one < two ? -1 : one > two;
}

int main(int argc, char **argv)
{
    static double times[ROUNDS_MAX];
    if (argc > 1 && strcmp(argv[1], "--cpu") == 0) {
        measured = CLOCK_PROCESS_CPUTIME_ID;
        argc--;
        argv++;
    }
    long rounds = argc < 4 ? 0 : strtol(argv[1], NULL, 10);
    if (rounds < 1 || rounds > ROUNDS_MAX) {
        (void)fprintf(stderr, "usage: cancel [--cpu] ROUNDS JOBS PATH...\n");
        return 2;
    }
    double whole = time_run(argv[2], argc - 3, argv + 3, -1);
    size_t count = 0;
    for (long i = 0; i < rounds; i++) {
        double after = whole * (double)i / (double)rounds;
        double took = time_run(argv[2], argc - 3, argv + 3, after);
        if (took >= 0) {
            times[count++] = took;
        }
    }
    qsort(times, count, sizeof times[0], by_size);
    if (count == 0) {
        (void)fprintf(stderr, "every run ended before it was cancelled\n");
        return 1;
    }
    (void)printf("%zu of %ld cancelled at work: median %.1f ms, 95 of 100 within %.1f ms, longest "
                 "%.1f ms; a whole run takes %.0f ms\n",
                 count, rounds, times[count / 2], times[count * 95 / 100], times[count - 1], whole);
    return 0;
}
