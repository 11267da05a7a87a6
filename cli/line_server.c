#include "line_server.h"

#include "request.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    PIECE = 64 * 1024,
    TICK_MS = 10, /* between two looks for the end of a child that closed its output */
    IDLE_MS = 60000,
    BEHIND_BYTES = 8 << 20, /* unread answers, above which nothing new is begun */
};

typedef struct job {
    struct job *next;
    void *ticket;
    char *request; /* NULL once it was started */
    size_t length;
    cli_child child;
} job;

struct cli_line_server {
    cli_line_handler handler;
    cli_line_settings settings;
    cli_buffer in, out;
    size_t scanned; /* bytes of `in` known to hold no end of line */
    bool skipping;  /* the rest of a line that was too long */
    bool ended, broken;
    job *waiting, *working; /* waiting: oldest first */
    size_t waiting_count, waiting_bytes, working_count;
};

cli_line_server *cli_line_server_new(const cli_line_handler *handler,
                                     const cli_line_settings *settings)
{
    cli_line_server *server = calloc(1, sizeof *server);
    if (server != NULL) {
        server->handler = *handler;
        server->settings = *settings;
        server->in.max = CLI_LINE_MAX;
        server->out.max = SIZE_MAX / 2;
    }
    return server;
}

static void free_job(job *one)
{
    cli_child_free(&one->child);
    free(one->request);
    free(one);
}

static void free_jobs(job *list)
{
    while (list != NULL) {
        job *next = list->next;
        free_job(list);
        list = next;
    }
}

void cli_line_server_free(cli_line_server *server)
{
    if (server != NULL) {
        free_jobs(server->waiting);
        free_jobs(server->working);
        cli_buffer_free(&server->in);
        cli_buffer_free(&server->out);
        free(server);
    }
}

/* ---- output --------------------------------------------------------------------------------- */

void cli_line_server_say(cli_line_server *server, const char *line, size_t length)
{
    cli_buffer_append(&server->out, line, length);
    cli_buffer_append(&server->out, "\n", 1);
    server->broken |= server->out.failed;
}

bool cli_line_server_is_behind(const cli_line_server *server)
{
    return server->out.length > BEHIND_BYTES;
}

static bool is_writable(void)
{
    struct pollfd out = {STDOUT_FILENO, POLLOUT, 0};
    return poll(&out, 1, 0) == 1 && (out.revents & POLLOUT) != 0;
}

/* Writes as much as goes without blocking. */
static void flush(cli_line_server *server)
{
    size_t done = 0;
    while (done < server->out.length && !server->broken && is_writable()) {
        size_t left = server->out.length - done;
        size_t piece = left < PIPE_BUF ? left : PIPE_BUF; /* a pipe takes so much at once */
        ssize_t written = write(STDOUT_FILENO, server->out.data + done, piece);
        if (written > 0) {
            done += (size_t)written;
        } else if (errno != EINTR && errno != EAGAIN) {
            server->broken = true;
        }
    }
    cli_buffer_drop(&server->out, done);
}

/* ---- jobs ----------------------------------------------------------------------------------- */

bool cli_line_server_submit(cli_line_server *server, const char *request, size_t length,
                            void *ticket)
{
    job *one = calloc(1, sizeof *one);
    char *copy = malloc(length + 1);
    if (one == NULL || copy == NULL) {
        free(one);
        free(copy);
        return false;
    }
    memcpy(copy, request, length);
    copy[length] = '\0';
    *one = (job){.ticket = ticket, .request = copy, .length = length, .child = {.output = -1}};
    job **end = &server->waiting;
    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = one;
    server->waiting_count++;
    server->waiting_bytes += length;
    return true;
}

static void unlink_job(job **list, job *one)
{
    while (*list != one) {
        list = &(*list)->next;
    }
    *list = one->next;
}

/* The last line, without its end. Nothing that was cut off counts. */
static void last_line(cli_answer *answer, const cli_buffer *text)
{
    if (text->length < 3 || text->data[text->length - 1] != '\n') {
        answer->end = CLI_CHILD_CRASHED;
        return;
    }
    answer->json = text->data;
    answer->length = text->length - 1;
}

static void answer_job(cli_line_server *server, job *one)
{
    cli_answer answer = {.end = one->child.end, .number = one->child.number};
    if (answer.end == CLI_CHILD_ANSWERED) {
        last_line(&answer, &one->child.text);
    }
    server->handler.on_answer(server->handler.user, one->ticket, &answer);
    free_job(one);
}

static void stop_waiting(cli_line_server *server, job *one)
{
    unlink_job(&server->waiting, one);
    server->waiting_count--;
    server->waiting_bytes -= one->length;
}

static void start_jobs(cli_line_server *server)
{
    while (server->waiting != NULL && server->working_count < server->settings.jobs &&
           !cli_line_server_is_behind(server)) {
        job *one = server->waiting;
        stop_waiting(server, one);
        bool started =
            cli_child_start(&one->child, one->request, one->length, &server->settings.limits);
        free(one->request);
        one->request = NULL;
        if (!started) {
            answer_job(server, one);
            continue;
        }
        one->next = server->working;
        server->working = one;
        server->working_count++;
    }
}

void cli_line_server_cancel(cli_line_server *server, const void *ticket)
{
    for (job *one = server->working; one != NULL; one = one->next) {
        if (one->ticket == ticket) {
            cli_child_kill(&one->child, CLI_CHILD_CANCELLED);
            return;
        }
    }
    for (job *one = server->waiting; one != NULL; one = one->next) {
        if (one->ticket == ticket) {
            stop_waiting(server, one);
            one->child.end = CLI_CHILD_CANCELLED;
            answer_job(server, one);
            return;
        }
    }
}

/* Lines before the answer are progress. */
static void hear_progress(cli_line_server *server, job *one)
{
    static const char opening[] = "{\"progress\":";
    cli_buffer *text = &one->child.text;
    size_t at = 0;
    for (;;) {
        const char *line = text->data + at;
        const char *end = text->length > at ? memchr(line, '\n', text->length - at) : NULL;
        if (end == NULL || (size_t)(end - line) < sizeof opening ||
            memcmp(line, opening, sizeof opening - 1) != 0) {
            break;
        }
        if (!cli_line_server_is_behind(server)) {
            server->handler.on_progress(server->handler.user, one->ticket, line,
                                        (size_t)(end - line));
        }
        at += (size_t)(end - line) + 1;
    }
    cli_buffer_drop(text, at);
}

static void look_after(cli_line_server *server, job *one, bool readable)
{
    if (readable && cli_child_read(&one->child)) {
        hear_progress(server, one);
    }
    if (cli_now() >= one->child.deadline) {
        cli_child_kill(&one->child, CLI_CHILD_LATE);
    }
    if (cli_child_reap(&one->child)) {
        unlink_job(&server->working, one);
        server->working_count--;
        answer_job(server, one);
    }
}

/* ---- input ---------------------------------------------------------------------------------- */

static bool may_read(const cli_line_server *server)
{
    return !server->ended && !cli_line_server_is_behind(server) &&
           server->waiting_count < server->settings.waiting && server->waiting_bytes < CLI_LINE_MAX;
}

static void read_input(cli_line_server *server)
{
    char *room = cli_buffer_room(&server->in, PIECE);
    if (room == NULL) {
        if (!server->skipping) {
            server->handler.on_line(server->handler.user, NULL, 0);
        }
        server->skipping = true;
        server->in.failed = false;
        server->in.length = 0;
        server->scanned = 0;
        return;
    }
    ssize_t got = read(STDIN_FILENO, room, PIECE);
    if (got > 0) {
        server->in.length += (size_t)got;
    } else if (got == 0 || (errno != EINTR && errno != EAGAIN)) {
        server->ended = true;
    }
}

static void take_line(cli_line_server *server, const char *line, size_t length)
{
    bool skip = server->skipping || length == 0 || (length == 1 && line[0] == '\r');
    server->skipping = false;
    if (!skip) {
        server->handler.on_line(server->handler.user, line, length);
    }
}

/* Whole lines, as long as there is room for what they ask. */
static void take_lines(cli_line_server *server)
{
    size_t at = 0;
    while (at < server->in.length && server->waiting_count < server->settings.waiting) {
        size_t from = server->scanned > at ? server->scanned : at;
        const char *end = memchr(server->in.data + from, '\n', server->in.length - from);
        if (end == NULL && !server->ended) {
            server->scanned = server->in.length;
            break;
        }
        size_t length =
            end == NULL ? server->in.length - at : (size_t)(end - (server->in.data + at));
        take_line(server, server->in.data + at, length);
        at += length + (end == NULL ? 0 : 1);
    }
    cli_buffer_drop(&server->in, at);
    server->scanned = server->scanned > at ? server->scanned - at : 0;
}

/* Lines that were read ahead are taken as soon as there is room, not with the next input. */
static void take_what_is_there(cli_line_server *server)
{
    size_t before;
    do {
        before = server->in.length;
        take_lines(server);
        start_jobs(server);
    } while (server->in.length < before);
}

/* ---- the loop ------------------------------------------------------------------------------- */

static int wait_time(const cli_line_server *server)
{
    int64_t least = IDLE_MS;
    for (const job *one = server->working; one != NULL; one = one->next) {
        int64_t left = one->child.output < 0 ? TICK_MS : one->child.deadline - cli_now();
        least = left < least ? left : least;
    }
    return least < 0 ? 0 : (int)least;
}

static size_t list_descriptors(const cli_line_server *server, struct pollfd *polled)
{
    size_t count = 0;
    polled[count++] = (struct pollfd){may_read(server) ? STDIN_FILENO : -1, POLLIN, 0};
    short wanted = server->out.length > 0 ? POLLOUT : 0;
    polled[count++] = (struct pollfd){STDOUT_FILENO, wanted, 0};
    for (const job *one = server->working; one != NULL; one = one->next) {
        polled[count++] = (struct pollfd){one->child.output, POLLIN, 0};
    }
    return count;
}

static void serve_once(cli_line_server *server, struct pollfd *polled)
{
    size_t count = list_descriptors(server, polled);
    if (poll(polled, (nfds_t)count, wait_time(server)) < 0) {
        server->broken |= errno != EINTR;
        return;
    }
    server->broken |= (polled[1].revents & (POLLERR | POLLNVAL)) != 0;
    size_t index = 2;
    for (job *one = server->working, *next; one != NULL; one = next) {
        next = one->next;
        look_after(server, one, (polled[index++].revents & (POLLIN | POLLHUP | POLLERR)) != 0);
    }
    if (polled[0].revents != 0) {
        read_input(server);
    }
    take_what_is_there(server);
    flush(server);
}

static bool is_done(const cli_line_server *server)
{
    return server->broken || (server->ended && server->in.length == 0 && server->waiting == NULL &&
                              server->working == NULL && server->out.length == 0);
}

int cli_line_server_run(cli_line_server *server)
{
    struct pollfd *polled = calloc(server->settings.jobs + 2, sizeof *polled);
    if (polled == NULL) {
        cli_complain("out of memory");
        return CLI_INTERNAL;
    }
    while (!is_done(server)) {
        serve_once(server, polled);
    }
    free(polled);
    if (server->broken) {
        cli_complain("standard output: the reader is gone");
        return CLI_INCOMPLETE;
    }
    return CLI_OK;
}

/* ---- what became of a child ----------------------------------------------------------------- */

const char *cli_child_end_code(cli_child_end end)
{
    switch (end) {
    case CLI_CHILD_LATE:
        return "too-slow";
    case CLI_CHILD_TOO_LONG:
        return "answer-too-long";
    case CLI_CHILD_CANCELLED:
        return "cancelled";
    case CLI_CHILD_NOT_STARTED:
        return "not-started";
    default:
        return "crashed";
    }
}

void cli_child_end_sentence(char *out, size_t size, const cli_answer *answer, unsigned seconds)
{
    switch (answer->end) {
    case CLI_CHILD_LATE:
        (void)snprintf(out, size, "it took longer than %u seconds and was stopped", seconds);
        break;
    case CLI_CHILD_TOO_LONG:
        (void)snprintf(out, size, "the answer was too long");
        break;
    case CLI_CHILD_CANCELLED:
        (void)snprintf(out, size, "cancelled");
        break;
    case CLI_CHILD_NOT_STARTED:
        (void)snprintf(out, size, "no process could be started: %s", strerror(answer->number));
        break;
    default:
        (void)snprintf(out, size,
                       "the process that worked on it ended unexpectedly (%d); it may have run out "
                       "of memory",
                       answer->number);
        break;
    }
}
