#include "parsers/pdf/child.h"

#include "parsers/pdf/child_start.h"
#include "support/error.h"
#include "support/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    PIECE = 64 * 1024,
    TICK_MS = 100,         /* between two questions whether to stop */
    FIRST_DESCRIPTOR = 10, /* of the ends that are moved to 0, 1, 2 and 3 */
};

typedef enum stream { INPUT, OUTPUT, ERRORS, TALK, STREAMS } stream;

typedef struct run {
    const lac_child_command *command;
    lac_child_result *result;
    lacuna_error *err;
    int ours[STREAMS], theirs[STREAMS]; /* -1: closed */
    pid_t keeper;
    pid_t program; /* 0: not started */
    bool ended;
    int status;      /* as waitpid gives it, when `ended` */
    int not_started; /* errno, 0: it did */
    uint64_t fed;
    size_t piece_at, piece_length;
    int64_t deadline;
    char piece[PIECE];
} run;

static int64_t now_ms(void)
{
    struct timespec at = {0, 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static void shut(int *descriptor)
{
    if (*descriptor >= 0) {
        (void)close(*descriptor);
        *descriptor = -1;
    }
}

/* ---- starting ------------------------------------------------------------------------------- */

static lacuna_status fail_start(run *r, int number)
{
    lac_error_clear(r->err);
    return lac_fail_system(r->err, number, "start", r->command->argv[0]);
}

/* A pair of sockets: writing to one whose other end is gone can be told not to raise SIGPIPE. */
static lacuna_status open_stream(run *r, stream which)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        return fail_start(r, errno);
    }
    r->ours[which] = ends[0];
    r->theirs[which] = fcntl(ends[1], F_DUPFD_CLOEXEC, FIRST_DESCRIPTOR);
    int number = errno;
    (void)close(ends[1]);
    if (r->theirs[which] < 0) {
        return fail_start(r, number);
    }
    int flags = fcntl(ends[0], F_GETFL);
    return flags < 0 || fcntl(ends[0], F_SETFL, flags | O_NONBLOCK) != 0 ? fail_start(r, errno)
                                                                         : LACUNA_OK;
}

static lacuna_status start(run *r)
{
    lacuna_status status = LACUNA_OK;
    for (stream s = INPUT; s < STREAMS && status == LACUNA_OK; s++) {
        status = open_stream(r, s);
    }
    if (status != LACUNA_OK) {
        return status;
    }
    lac_child_ends ends = {r->theirs[INPUT], r->theirs[OUTPUT], r->theirs[ERRORS], r->theirs[TALK]};
    r->keeper = lac_child_start(r->command, &ends);
    int number = errno;
    for (stream s = INPUT; s < STREAMS; s++) {
        shut(&r->theirs[s]);
    }
    return r->keeper < 0 ? fail_start(r, number) : LACUNA_OK;
}

/* ---- moving bytes --------------------------------------------------------------------------- */

static bool is_busy(int number)
{
    return number == EAGAIN || number == EWOULDBLOCK || number == EINTR;
}

/* The next piece of the input; the stream is closed behind the last. */
static lacuna_status load_piece(run *r)
{
    uint64_t left = r->command->input->size - r->fed;
    r->piece_at = 0;
    r->piece_length = left < PIECE ? (size_t)left : PIECE;
    if (r->piece_length == 0) {
        shut(&r->ours[INPUT]);
        return LACUNA_OK;
    }
    lacuna_status status =
        lac_reader_at(r->command->input, r->fed, r->piece, r->piece_length, r->err);
    r->fed += r->piece_length;
    return status;
}

static lacuna_status feed(run *r)
{
    if (r->piece_at == r->piece_length) {
        lacuna_status status = load_piece(r);
        if (status != LACUNA_OK || r->ours[INPUT] < 0) {
            return status;
        }
    }
    ssize_t sent =
        send(r->ours[INPUT], r->piece + r->piece_at, r->piece_length - r->piece_at, MSG_NOSIGNAL);
    if (sent >= 0) {
        r->piece_at += (size_t)sent;
    } else if (!is_busy(errno)) {
        shut(&r->ours[INPUT]); /* it wants no more; how it ends tells why */
    }
    return LACUNA_OK;
}

/* One read; closes the stream at its end. */
static size_t take(run *r, stream which, void *data, size_t size)
{
    ssize_t got = recv(r->ours[which], data, size, 0);
    if (got > 0) {
        return (size_t)got;
    }
    if (got == 0 || !is_busy(errno)) {
        shut(&r->ours[which]);
    }
    return 0;
}

static lacuna_status take_output(run *r)
{
    LAC_SCRATCH char data[PIECE];
    size_t length = take(r, OUTPUT, data, sizeof data);
    lacuna_status status = lac_buf_append(&r->result->output, data, length);
    if (status == LACUNA_E_LIMIT) {
        return lac_fail_remedy(
            r->err, status, "Raise the limit if the file is genuine, or split it.",
            "its text is longer than the limit of %zu bytes", r->command->output_bytes);
    }
    return status == LACUNA_OK ? status : lac_fail_nomem(r->err);
}

static void take_complaint(run *r)
{
    char data[LAC_CHILD_COMPLAINT];
    lac_child_result *result = r->result;
    size_t length = take(r, ERRORS, data, sizeof data);
    size_t room = sizeof result->complaint - 1 - result->complaint_length;
    length = length < room ? length : room;
    memcpy(result->complaint + result->complaint_length, data, length);
    result->complaint_length += length;
    result->complaint[result->complaint_length] = '\0';
}

/* Messages are far smaller than a socket's buffer and written at once, so they arrive whole. */
static void hear(run *r)
{
    lac_child_message message = {0, 0};
    if (take(r, TALK, &message, sizeof message) != sizeof message) {
        return;
    }
    switch (message.event) {
    case LAC_CHILD_STARTED:
        r->program = (pid_t)message.value;
        break;
    case LAC_CHILD_ENDED:
        r->status = message.value;
        r->ended = true;
        break;
    default:
        r->not_started = message.value;
        break;
    }
}

/* ---- watching ------------------------------------------------------------------------------- */

static lacuna_status judge_time(const run *r)
{
    return now_ms() < r->deadline
               ? LACUNA_OK
               : lac_fail_remedy(
                     r->err, LACUNA_E_LIMIT, "Raise the limit if the file is genuine, or split it.",
                     "it took longer than %u seconds to read", r->command->wall_seconds);
}

static lacuna_status judge_cancel(const run *r)
{
    const lac_child_command *command = r->command;
    return command->cancelled != NULL && command->cancelled(command->user)
               ? lac_fail(r->err, LACUNA_E_CANCELLED, "not read: the run was cancelled")
               : LACUNA_OK;
}

/* What the program printed was in the sockets before its end was told. Somebody else may keep them
 * open: a process that left the group. */
static bool is_done(run *r, int ready)
{
    bool open = r->ours[OUTPUT] >= 0 || r->ours[ERRORS] >= 0;
    return r->ended ? !open || ready == 0 : r->ours[TALK] < 0;
}

static lacuna_status serve(run *r, const struct pollfd *polled)
{
    lacuna_status status = LACUNA_OK;
    if (polled[TALK].revents != 0) {
        hear(r);
    }
    if (polled[OUTPUT].revents != 0) {
        status = take_output(r);
    }
    if (polled[ERRORS].revents != 0) {
        take_complaint(r);
    }
    if (status == LACUNA_OK && polled[INPUT].revents != 0) {
        status = feed(r);
    }
    return status;
}

static lacuna_status watch(run *r)
{
    lacuna_status status = LACUNA_OK;
    for (int ready = 1; status == LACUNA_OK && !is_done(r, ready);) {
        struct pollfd polled[STREAMS];
        for (stream s = INPUT; s < STREAMS; s++) {
            polled[s] = (struct pollfd){r->ours[s], s == INPUT ? POLLOUT : POLLIN, 0};
        }
        ready = poll(polled, STREAMS, TICK_MS);
        if (ready < 0 && errno != EINTR && errno != EAGAIN) {
            return lac_fail_system(r->err, errno, "wait for", r->command->argv[0]);
        }
        if (ready > 0) {
            status = serve(r, polled);
        }
        if (status == LACUNA_OK) {
            status = judge_cancel(r);
        }
        if (status == LACUNA_OK) {
            status = judge_time(r);
        }
    }
    return status;
}

/* ---- ending --------------------------------------------------------------------------------- */

/* Before the program's number is known nothing can be stopped; it comes at once or not at all. */
static void learn_program(run *r)
{
    while (r->program == 0 && r->ours[TALK] >= 0) {
        struct pollfd polled = {r->ours[TALK], POLLIN, 0};
        if (poll(&polled, 1, -1) > 0) {
            hear(r);
        }
    }
}

/* Until the keeper has told its end, the program is not reaped and its number is its own. */
static void stop(run *r)
{
    learn_program(r);
    if (r->program > 0 && !r->ended) {
        (void)kill(-r->program, SIGKILL);
    }
}

static void reap(run *r)
{
    int status;
    pid_t reaped;
    do {
        reaped = waitpid(r->keeper, &status, 0); /* ECHILD: the host does it, or ignores SIGCHLD */
    } while (reaped < 0 && errno == EINTR);
}

static lacuna_status settle(run *r)
{
    lac_child_result *result = r->result;
    if (r->not_started != 0) {
        return fail_start(r, r->not_started);
    }
    if (!r->ended) {
        return lac_fail(r->err, LACUNA_E_IO, "%s was stopped from outside", r->command->argv[0]);
    }
    result->signal = WIFSIGNALED(r->status) ? WTERMSIG(r->status) : 0;
    result->exit_code = WIFEXITED(r->status) ? WEXITSTATUS(r->status) : -1;
    return LACUNA_OK;
}

static lacuna_status run_started(run *r)
{
    lacuna_status status = watch(r);
    if (status != LACUNA_OK || !r->ended) {
        stop(r);
    }
    for (stream s = INPUT; s < STREAMS; s++) {
        shut(&r->ours[s]);
    }
    reap(r);
    return status == LACUNA_OK ? settle(r) : status;
}

lacuna_status lac_child_run(lac_child_result *result, const lac_child_command *command,
                            lacuna_error *err)
{
    run r = {.command = command, .result = result, .err = err};
    memset(result, 0, sizeof *result);
    lac_buf_init(&result->output, command->output_bytes);
    for (stream s = INPUT; s < STREAMS; s++) {
        r.ours[s] = r.theirs[s] = -1;
    }
    r.deadline = now_ms() + (int64_t)command->wall_seconds * 1000;
    lacuna_status status = start(&r);
    if (status == LACUNA_OK) {
        return run_started(&r);
    }
    for (stream s = INPUT; s < STREAMS; s++) {
        shut(&r.ours[s]);
        shut(&r.theirs[s]);
    }
    return status;
}
