/*
 * measure - runs a command and writes what it used.
 *
 * usage: measure REPORT SECONDS -- COMMAND [ARGUMENT...]
 * REPORT gets one line: user, system and wall time in microseconds, peak memory in KiB, exit code
 * (negative: the signal that ended it), 1 where the time limit ended it.
 * Small on purpose: the peak memory Linux reports for a child starts at that of its parent.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t child_pid;
static volatile sig_atomic_t timed_out;

static void end_child(int signal_number)
{
    (void)signal_number;
    timed_out = 1;
    if (child_pid > 0) {
        kill(-(pid_t)child_pid, SIGKILL);
    }
}

static long long microseconds(struct timeval time)
{
    return (long long)time.tv_sec * 1000000 + time.tv_usec;
}

static long long now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (long long)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static int exit_code(int status)
{
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

static pid_t start(char **command)
{
    pid_t pid = fork();

    if (pid == 0) {
        setpgid(0, 0);
        execvp(command[0], command);
        fprintf(stderr, "measure: %s: %s\n", command[0], strerror(errno));
        _exit(127);
    }
    if (pid > 0) {
        setpgid(pid, pid);
    }
    return pid;
}

int main(int argc, char **argv)
{
    struct rusage usage;
    struct sigaction action;
    int status = 0;
    long long began;

    if (argc < 5 || strcmp(argv[3], "--") != 0) {
        fprintf(stderr, "usage: measure REPORT SECONDS -- COMMAND [ARGUMENT...]\n");
        return 2;
    }
    memset(&action, 0, sizeof action);
    action.sa_handler = end_child;
    action.sa_flags = SA_RESTART;
    sigaction(SIGALRM, &action, NULL);

    began = now();
    child_pid = start(argv + 4);
    if (child_pid < 0) {
        perror("measure: fork");
        return 2;
    }
    alarm((unsigned)strtoul(argv[2], NULL, 10));
    while (wait4((pid_t)child_pid, &status, 0, &usage) < 0) {
        if (errno != EINTR) {
            perror("measure: wait4");
            return 2;
        }
    }
    alarm(0);

    FILE *report = fopen(argv[1], "w");
    if (report == NULL) {
        perror(argv[1]);
        return 2;
    }
    fprintf(report, "%lld %lld %lld %ld %d %d\n", microseconds(usage.ru_utime),
            microseconds(usage.ru_stime), now() - began, usage.ru_maxrss, exit_code(status),
            (int)timed_out);
    return fclose(report) == 0 ? 0 : 2;
}
