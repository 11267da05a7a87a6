#define _GNU_SOURCE /* _Fork(), syscall() */
#include "parsers/pdf/child_start.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

enum { TALK = 3, DESCRIPTORS_MAX = 32, FALLBACK_DESCRIPTORS = 65536, NOT_STARTED = 127 };

static void say(int talk, lac_child_event event, int value)
{
    lac_child_message message = {(int32_t)event, (int32_t)value};
    ssize_t written;
    do {
        written = send(talk, &message, sizeof message, MSG_NOSIGNAL);
    } while (written < 0 && errno == EINTR);
}

/* Every descriptor from `first` on: the host's, and those of programs started by other threads. */
static void close_from(int first)
{
#if defined(__linux__) && defined(SYS_close_range)
    if (syscall(SYS_close_range, (unsigned)first, ~0u, 0u) == 0) {
        return;
    }
#endif
    for (int descriptor = first; descriptor < FALLBACK_DESCRIPTORS; descriptor++) {
        (void)close(descriptor);
    }
}

/* The host may have blocked or ignored signals; both would be inherited. */
static void reset_signals(void)
{
    sigset_t none;
    struct sigaction standard = {.sa_handler = SIG_DFL};
    for (int number = 1; number < 32; number++) {
        (void)sigaction(number, &standard, NULL); /* fails for SIGKILL and SIGSTOP, as it should */
    }
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

/* The host's own limit may be lower, and cannot be raised. */
static bool limit(int resource, uint64_t soft, uint64_t hard)
{
    struct rlimit most;
    if (getrlimit(resource, &most) != 0) {
        return false;
    }
    most.rlim_max = most.rlim_max < (rlim_t)hard ? most.rlim_max : (rlim_t)hard;
    most.rlim_cur = most.rlim_max < (rlim_t)soft ? most.rlim_max : (rlim_t)soft;
    return setrlimit(resource, &most) == 0;
}

static bool apply_limits(const lac_child_command *command)
{
    uint64_t seconds = command->cpu_seconds;
    /* At the soft limit comes SIGXCPU, which tells the reason; at the hard one SIGKILL. */
    return limit(RLIMIT_AS, command->memory_bytes, command->memory_bytes) &&
           limit(RLIMIT_CPU, seconds, seconds + 1) && limit(RLIMIT_FSIZE, 0, 0) &&
           limit(RLIMIT_NOFILE, DESCRIPTORS_MAX, DESCRIPTORS_MAX) && limit(RLIMIT_CORE, 0, 0);
}

static bool place_descriptors(const lac_child_ends *ends)
{
    bool placed = dup2(ends->input, STDIN_FILENO) >= 0 && dup2(ends->output, STDOUT_FILENO) >= 0 &&
                  dup2(ends->errors, STDERR_FILENO) >= 0 && dup2(ends->talk, TALK) >= 0 &&
                  fcntl(TALK, F_SETFD, FD_CLOEXEC) == 0;
    if (placed) {
        close_from(TALK + 1);
    }
    return placed;
}

/* Becomes the program; ends with an errno said where it cannot. */
static void become(const lac_child_command *command, const lac_child_ends *ends)
{
    static const char *const environment[] = {"PATH=/usr/bin:/bin", "LC_ALL=C", NULL};
    int talk = ends->talk;
    (void)setpgid(0, 0);
    reset_signals();
#ifdef __linux__
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#endif
    if (place_descriptors(ends)) {
        talk = TALK;
        if (chdir("/") == 0 && apply_limits(command)) {
            (void)execve(command->argv[0], (char *const *)command->argv,
                         (char *const *)environment);
        }
    }
    say(talk, LAC_CHILD_FAILED, errno);
    _Exit(NOT_STARTED);
}

/* Waits without reaping, so that the number of the group is still its own when it is swept. */
static void await(pid_t program, int talk)
{
    siginfo_t info;
    int status = 0;
    int waited;
    do {
        waited = waitid(P_PID, (id_t)program, &info, WEXITED | WNOWAIT);
    } while (waited < 0 && errno == EINTR);
    (void)kill(-program, SIGKILL);
    do {
        waited = waitpid(program, &status, 0);
    } while (waited < 0 && errno == EINTR);
    say(talk, LAC_CHILD_ENDED, status);
}

/* fork() would run the handlers of the host's libraries, behind which locks may be. */
static pid_t fork_again(void)
{
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
    return _Fork();
#else
    return fork();
#endif
}

static void keep(const lac_child_command *command, const lac_child_ends *ends)
{
    /* Ctrl-C is for the host, which then stops the program. */
    (void)setpgid(0, 0);
    /* Before the fork: an ignored SIGCHLD would make the program's status vanish. */
    reset_signals();
    pid_t program = fork_again();
    if (program == 0) {
        become(command, ends);
    }
    if (program < 0) {
        say(ends->talk, LAC_CHILD_FAILED, errno);
        _Exit(NOT_STARTED);
    }
    (void)setpgid(program, program); /* also here: whoever comes first */
    say(ends->talk, LAC_CHILD_STARTED, (int)program);
    (void)dup2(ends->talk, STDIN_FILENO);
    close_from(STDIN_FILENO + 1);
    await(program, STDIN_FILENO);
    _Exit(0);
}

pid_t lac_child_start(const lac_child_command *command, const lac_child_ends *ends)
{
    pid_t keeper = fork();
    if (keeper == 0) {
        keep(command, ends);
    }
    return keeper;
}
