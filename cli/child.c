#define _GNU_SOURCE /* memfd_create, pipe2 */

#include "child.h"

#include "serve.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 64 * 1024, NOT_EXECUTED = 127, OPEN_FILES = 256 };

/* The sanitizers reserve terabytes of address space. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
static const bool LIMITS_MEMORY = false;
#else
static const bool LIMITS_MEMORY = true;
#endif

int64_t cli_now(void)
{
    struct timespec at = {0, 0};
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static void limit(int what, size_t soft, size_t hard)
{
    struct rlimit now;
    if (getrlimit((__rlimit_resource_t)what, &now) == 0) {
        rlim_t most = now.rlim_max;
        now.rlim_max = most == RLIM_INFINITY || hard < most ? (rlim_t)hard : most;
        now.rlim_cur = soft < now.rlim_max ? (rlim_t)soft : now.rlim_max;
        (void)setrlimit((__rlimit_resource_t)what, &now);
    }
}

/* In the child: only calls that are safe after fork. */
static void become(int input, int output, const cli_child_limits *limits, char **argv)
{
    extern char **environ;
    (void)setpgid(0, 0);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_CPU, limits->seconds, (size_t)limits->seconds + 1);
    limit(RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES);
    if (LIMITS_MEMORY) {
        limit(RLIMIT_AS, limits->memory_bytes, limits->memory_bytes);
    }
    if (dup2(input, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0) {
        (void)execve("/proc/self/exe", argv, environ);
    }
    _exit(NOT_EXECUTED);
}

/* The request lies in memory, so nothing of it is on a disk and nobody waits for it to be read. */
static int open_request(const char *request, size_t length)
{
    int descriptor = memfd_create("lacuna-request", MFD_CLOEXEC);
    size_t at = 0;
    while (descriptor >= 0 && at < length) {
        ssize_t written = write(descriptor, request + at, length - at);
        if (written <= 0 && errno != EINTR) {
            (void)close(descriptor);
            return -1;
        }
        at += written > 0 ? (size_t)written : 0;
    }
    if (descriptor >= 0) {
        (void)lseek(descriptor, 0, SEEK_SET);
    }
    return descriptor;
}

static void fail_start(cli_child *child, int number)
{
    child->end = CLI_CHILD_NOT_STARTED;
    child->number = number;
}

bool cli_child_start(cli_child *child, const char *request, size_t length,
                     const cli_child_limits *limits)
{
    static char lacuna[] = "lacuna", worker[] = "worker", one[] = "--one", flag[] = "--pdftotext";
    static char none[] = "none";
    char *reader = limits->pdftotext == NULL ? none : (char *)limits->pdftotext;
    char *argv[] = {lacuna, worker, one, flag, reader, NULL};
    int ends[2];
    *child = (cli_child){.output = -1, .text = {.max = CLI_ANSWER_MAX}};
    int input = open_request(request, length);
    if (input < 0) {
        fail_start(child, errno);
        return false;
    }
    if (pipe2(ends, O_CLOEXEC) != 0) {
        fail_start(child, errno);
        (void)close(input);
        return false;
    }
    child->pid = fork();
    if (child->pid == 0) {
        become(input, ends[1], limits, argv);
    }
    if (child->pid < 0) {
        fail_start(child, errno);
        child->pid = 0;
        (void)close(ends[0]);
    } else {
        (void)setpgid(child->pid, child->pid);
        child->output = ends[0];
        child->deadline = cli_now() + (int64_t)limits->seconds * 2000;
    }
    (void)close(ends[1]);
    (void)close(input);
    return child->pid > 0;
}

bool cli_child_read(cli_child *child)
{
    char *room = cli_buffer_room(&child->text, PIECE);
    if (room == NULL) {
        cli_child_kill(child, CLI_CHILD_TOO_LONG);
        child->text.failed = false;
        child->text.length = 0;
        return false;
    }
    ssize_t got = read(child->output, room, PIECE);
    if (got > 0) {
        child->text.length += (size_t)got;
        return memchr(room, '\n', (size_t)got) != NULL;
    }
    if (got == 0 || errno != EINTR) {
        (void)close(child->output);
        child->output = -1;
    }
    return false;
}

void cli_child_kill(cli_child *child, cli_child_end why)
{
    if (child->pid > 0 && child->end == CLI_CHILD_RUNNING) {
        child->end = why;
        (void)kill(-child->pid, SIGKILL);
        (void)kill(child->pid, SIGKILL);
    }
}

static cli_child_end judge(cli_child *child, int status)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == CLI_OK) {
        return CLI_CHILD_ANSWERED;
    }
    child->number = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    return WIFSIGNALED(status) && child->number == SIGXCPU ? CLI_CHILD_LATE : CLI_CHILD_CRASHED;
}

bool cli_child_reap(cli_child *child)
{
    int status;
    if (child->pid == 0) {
        return true;
    }
    if (child->output >= 0 || waitpid(child->pid, &status, WNOHANG) != child->pid) {
        return false;
    }
    /* What it may have started goes with it. */
    (void)kill(-child->pid, SIGKILL);
    child->pid = 0;
    if (child->end == CLI_CHILD_RUNNING) {
        child->end = judge(child, status);
    }
    return true;
}

void cli_child_free(cli_child *child)
{
    cli_child_kill(child, CLI_CHILD_CANCELLED);
    if (child->pid > 0) {
        (void)waitpid(child->pid, NULL, 0);
    }
    if (child->output >= 0) {
        (void)close(child->output);
    }
    cli_buffer_free(&child->text);
}
