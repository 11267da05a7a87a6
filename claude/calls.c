#include "claude/calls.h"

#include "support/error.h"

#include <stdlib.h>
#include <time.h>

enum {
    LOOK_UP_MS = 100,
    IN_FLIGHT_MAX = 256,
    WINDOW_MS = 60 * 1000, /* what was reached holds so long; a cached prefix lives longer */
};

/* One attempt under way. */
typedef struct seat {
    bool taken;
    size_t call;
    lac_arena arena;
    lac_http_request request;
    lac_exchange exchange;
} seat;

/* A call that waits for its next attempt. */
typedef struct waiting {
    size_t call;
    int64_t due_ms;
} waiting;

typedef struct calls {
    CURLM *multi;
    lac_http *http;
    const lac_calls_client *client;
    lac_calls_limits limits;
    size_t count, next; /* calls in all; the first one never tried */
    seat *seats;        /* limits.in_flight of them */
    uint32_t flying;
    uint32_t allowed; /* how many may fly now */
    waiting *queue;   /* at most one entry a call */
    size_t queued, queue_capacity;
} calls;

static int64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- an attempt ----------------------------------------------------------------------------- */

static lacuna_status requeue(calls *all, size_t call, uint32_t wait_ms)
{
    lacuna_status status = lac_grow((void **)&all->queue, &all->queue_capacity, all->queued + 1,
                                    sizeof *all->queue, SIZE_MAX / sizeof *all->queue);
    if (status == LACUNA_OK) {
        all->queue[all->queued++] = (waiting){call, clock_ms() + wait_ms};
    }
    return status;
}

static void empty_seat(calls *all, seat *at)
{
    if (at->exchange.handle != NULL) {
        curl_multi_remove_handle(all->multi, at->exchange.handle);
    }
    lac_exchange_close(&at->exchange);
    lac_arena_free(&at->arena);
    if (at->taken) {
        all->flying--;
    }
    *at = (seat){0};
}

/* Hands the outcome to the client and queues the call again if asked to. */
static lacuna_status settle(calls *all, seat *at, lacuna_status outcome,
                            const lacuna_error *failure)
{
    uint32_t wait_ms = 0;
    size_t call = at->call;
    bool again =
        all->client->take(all->client->user, call, &at->exchange, outcome, failure, &wait_ms);
    empty_seat(all, at);
    return again ? requeue(all, call, wait_ms) : LACUNA_OK;
}

static seat *free_seat(calls *all)
{
    for (uint32_t i = 0; i < all->limits.in_flight; i++) {
        if (!all->seats[i].taken) {
            return &all->seats[i];
        }
    }
    return NULL;
}

static lacuna_status start(calls *all, size_t call)
{
    lacuna_error failure = {0};
    seat *at = free_seat(all);
    *at = (seat){.taken = true, .call = call};
    lac_arena_init(&at->arena);
    all->flying++;
    lacuna_status status =
        all->client->prepare(all->client->user, call, &at->request, &at->arena, &failure);
    if (status == LACUNA_OK) {
        status = lac_exchange_open(&at->exchange, all->http, &at->request, clock_ms, &failure);
    }
    if (status == LACUNA_OK && curl_multi_add_handle(all->multi, at->exchange.handle) != CURLM_OK) {
        status = lac_fail_nomem(&failure);
    }
    return status == LACUNA_OK ? LACUNA_OK : settle(all, at, status, &failure);
}

/* ---- how many at a time --------------------------------------------------------------------- */

static void widen(calls *all)
{
    all->allowed =
        all->allowed * 2 < all->limits.in_flight ? all->allowed * 2 : all->limits.in_flight;
}

static void adapt(calls *all, uint32_t http_status, lacuna_status outcome)
{
    if (http_status == 429 || http_status == 529) {
        all->allowed = all->allowed > 1 ? all->allowed / 2 : 1;
    } else if (outcome == LACUNA_OK) {
        widen(all);
    }
}

/* The call that is due: one that waited long enough, else a new one. */
static bool next_call(calls *all, size_t *call)
{
    int64_t now = clock_ms();
    for (size_t i = 0; i < all->queued; i++) {
        if (all->queue[i].due_ms <= now) {
            *call = all->queue[i].call;
            memmove(&all->queue[i], &all->queue[i + 1], (all->queued - i - 1) * sizeof *all->queue);
            all->queued--;
            return true;
        }
    }
    if (all->next < all->count) {
        *call = all->next++;
        return true;
    }
    return false;
}

/* With nothing under way there is nothing to wait for. */
static bool may_begin(const calls *all)
{
    return all->flying < all->allowed && (all->flying == 0 || all->client->may_begin == NULL ||
                                          all->client->may_begin(all->client->user));
}

static lacuna_status fill_seats(calls *all)
{
    size_t call;
    lacuna_status status = LACUNA_OK;
    while (status == LACUNA_OK && may_begin(all) && next_call(all, &call)) {
        status = start(all, call);
    }
    return status;
}

/* ---- the loop ------------------------------------------------------------------------------- */

static seat *seat_of(calls *all, CURL *handle)
{
    for (uint32_t i = 0; i < all->limits.in_flight; i++) {
        if (all->seats[i].taken && all->seats[i].exchange.handle == handle) {
            return &all->seats[i];
        }
    }
    return NULL;
}

/* One transfer that has ended; *more: there are others. Its seat is filled before they are looked
 * at: taking an answer takes time, and answers that come together would go on coming together. */
static lacuna_status collect(calls *all, bool *more)
{
    int left = 0;
    lacuna_error failure = {0};
    CURLMsg *message = curl_multi_info_read(all->multi, &left);
    *more = left > 0;
    seat *at =
        message != NULL && message->msg == CURLMSG_DONE ? seat_of(all, message->easy_handle) : NULL;
    if (at == NULL) {
        return LACUNA_OK;
    }
    lacuna_status outcome =
        lac_exchange_end(&at->exchange, message->data.result, at->request.url, &failure);
    adapt(all, at->exchange.http_status, outcome);
    return settle(all, at, outcome, &failure);
}

static lacuna_status give_up_silent(calls *all)
{
    int64_t now = clock_ms();
    lacuna_status status = LACUNA_OK;
    for (uint32_t i = 0; i < all->limits.in_flight && status == LACUNA_OK; i++) {
        seat *at = &all->seats[i];
        if (at->taken && now - at->exchange.heard_ms > all->limits.silence_ms) {
            lacuna_error failure = {0};
            at->exchange.http_status = 0; /* as if there had been no reply */
            lacuna_status outcome =
                lac_fail(&failure, LACUNA_E_IO, "the model's service was silent for %u seconds",
                         all->limits.silence_ms / 1000);
            status = settle(all, at, outcome, &failure);
        }
    }
    return status;
}

/* Until the first answer begins, one call flies; from its first byte on the others may follow. */
static void widen_when_begun(calls *all)
{
    for (uint32_t i = 0; i < all->limits.in_flight && all->allowed == 1; i++) {
        if (all->seats[i].taken && all->seats[i].exchange.begun &&
            all->seats[i].exchange.http_status == 200) {
            widen(all);
        }
    }
}

static int until_next(const calls *all)
{
    int64_t wait = LOOK_UP_MS, now = clock_ms();
    for (size_t i = 0; i < all->queued && may_begin(all); i++) {
        int64_t left = all->queue[i].due_ms - now;
        wait = left < wait ? (left < 0 ? 0 : left) : wait;
    }
    return (int)wait;
}

static lacuna_status turn(calls *all, lacuna_error *err)
{
    int running;
    bool more;
    lacuna_status status = fill_seats(all);
    if (status != LACUNA_OK) {
        return lac_fail_nomem(err);
    }
    if (curl_multi_perform(all->multi, &running) != CURLM_OK) {
        return lac_fail(err, LACUNA_E_INTERNAL, "libcurl cannot go on");
    }
    status = collect(all, &more);
    if (status == LACUNA_OK) {
        status = give_up_silent(all);
    }
    if (status != LACUNA_OK) {
        return lac_fail_nomem(err);
    }
    widen_when_begun(all);
    bool over = all->flying == 0 && all->queued == 0 && all->next == all->count;
    bool busy = more || (may_begin(all) && all->next < all->count);
    if (!over && !busy && curl_multi_poll(all->multi, NULL, 0, until_next(all), NULL) != CURLM_OK) {
        return lac_fail(err, LACUNA_E_INTERNAL, "libcurl cannot wait");
    }
    return LACUNA_OK;
}

/* One at first, or what the run before had reached. */
static uint32_t allowed_at_first(const lac_calls_window *window, const lac_calls_limits *limits)
{
    if (window->allowed == 0 || clock_ms() - window->used_ms > WINDOW_MS) {
        return 1;
    }
    return window->allowed < limits->in_flight ? window->allowed : limits->in_flight;
}

lacuna_status lac_calls_run(lac_calls_window *window, lac_http *http, size_t count,
                            const lac_calls_limits *limits, const lac_calls_client *client,
                            lacuna_error *err)
{
    calls all = {.http = http,
                 .client = client,
                 .limits = *limits,
                 .count = count,
                 .allowed = allowed_at_first(window, limits)};
    lacuna_status status = LACUNA_OK;
    if (limits->in_flight < 1 || limits->in_flight > IN_FLIGHT_MAX) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "1 to %d calls can be in flight", IN_FLIGHT_MAX);
    }
    all.multi = curl_multi_init();
    all.seats = calloc(limits->in_flight, sizeof *all.seats);
    if (all.multi == NULL || all.seats == NULL) {
        status = lac_fail_nomem(err);
    }
    while (status == LACUNA_OK && (all.next < count || all.flying > 0 || all.queued > 0)) {
        status = client->cancelled(client->user)
                     ? lac_fail(err, LACUNA_E_CANCELLED, "stopped while asking the model")
                     : turn(&all, err);
    }
    for (uint32_t i = 0; all.seats != NULL && i < limits->in_flight; i++) {
        if (all.seats[i].taken) {
            empty_seat(&all, &all.seats[i]);
        }
    }
    *window = (lac_calls_window){all.allowed, clock_ms()};
    free(all.queue);
    free(all.seats);
    curl_multi_cleanup(all.multi);
    return status;
}
