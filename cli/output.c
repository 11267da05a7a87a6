#define _XOPEN_SOURCE 700 /* realpath */

#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The unfinished file, for the signal handler; empty: none. */
static char unfinished[PATH_MAX];
static volatile sig_atomic_t has_unfinished;

typedef struct descriptor_sink {
    int descriptor;
    int error;         /* errno of the first failure */
    bool for_terminal; /* controls are replaced */
} descriptor_sink;

static int write_all(int descriptor, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t written = write(descriptor, data, length);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return errno;
        }
        data += written;
        length -= (size_t)written;
    }
    return 0;
}

int cli_write_descriptor(void *user, const void *data, size_t length)
{
    return write_all(*(const int *)user, data, length) == 0 ? 0 : 1;
}

/* C0 controls other than TAB and LF, DEL; and C1 controls, which are C2 80..9F in UTF-8. */
static size_t control_length(const unsigned char *data, size_t length)
{
    if ((data[0] < 0x20 && data[0] != '\t' && data[0] != '\n') || data[0] == 0x7F) {
        return 1;
    }
    return data[0] == 0xC2 && length > 1 && data[1] >= 0x80 && data[1] <= 0x9F ? 2 : 0;
}

static int write_harmless(int descriptor, const unsigned char *data, size_t length)
{
    size_t from = 0;
    for (size_t at = 0; at < length; at++) {
        size_t control = control_length(data + at, length - at);
        if (control == 0) {
            continue;
        }
        int error = write_all(descriptor, (const char *)data + from, at - from);
        error = error == 0 ? write_all(descriptor, "\xEF\xBF\xBD", 3) : error;
        if (error != 0) {
            return error;
        }
        at += control - 1;
        from = at + 1;
    }
    return write_all(descriptor, (const char *)data + from, length - from);
}

static int write_sink(void *user, const void *data, size_t length)
{
    descriptor_sink *sink = user;
    if (sink->error == 0) {
        sink->error = sink->for_terminal ? write_harmless(sink->descriptor, data, length)
                                         : write_all(sink->descriptor, data, length);
    }
    return sink->error == 0 ? 0 : 1;
}

int cli_print(int descriptor, const char *text)
{
    int error = write_all(descriptor, text, strlen(text));
    if (error == 0 || error == EPIPE) {
        return CLI_OK;
    }
    cli_complain("stdout: %s", strerror(error));
    return CLI_INCOMPLETE;
}

int cli_render_stdout(cli_render_fn render, void *user, bool raw)
{
    descriptor_sink sink = {STDOUT_FILENO, 0, raw && isatty(STDOUT_FILENO) == 1};
    lacuna_error err = {0};
    lacuna_status status = render(user, write_sink, &sink, &err);
    if (sink.error == EPIPE) {
        return CLI_OK;
    }
    if (sink.error != 0) {
        cli_complain("stdout: %s", strerror(sink.error));
        return CLI_INCOMPLETE;
    }
    return status == LACUNA_OK ? CLI_OK : cli_report_error(NULL, &err);
}

void cli_output_abandon(void)
{
    if (has_unfinished != 0) {
        (void)unlink(unfinished);
        has_unfinished = 0;
    }
}

/* A temporary file gets the permissions any new file would have. */
static void give_usual_mode(int descriptor)
{
    mode_t mask = umask(0);
    (void)umask(mask);
    (void)fchmod(descriptor, (mode_t)0666 & ~mask);
}

/* What the program was handed open already goes there, whatever it is: renaming a file over
 * /dev/stdout would take the name away from everybody. -1: another path. */
static int take_open_descriptor(const char *path)
{
    static const struct {
        const char *path;
        int descriptor;
    } known[] = {{"/dev/stdout", STDOUT_FILENO},     {"/dev/stderr", STDERR_FILENO},
                 {"/dev/fd/1", STDOUT_FILENO},       {"/dev/fd/2", STDERR_FILENO},
                 {"/proc/self/fd/1", STDOUT_FILENO}, {"/proc/self/fd/2", STDERR_FILENO}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(path, known[i].path) == 0) {
            return fcntl(known[i].descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        }
    }
    return -1;
}

/* Devices and pipes are written to directly: they cannot be replaced by renaming. */
static int open_special(const char *path, bool *special)
{
    struct stat info;
    int descriptor = take_open_descriptor(path);
    if (descriptor >= 0) {
        *special = true;
        return descriptor;
    }
    *special = stat(path, &info) == 0 && !S_ISREG(info.st_mode);
    return *special ? open(path, O_WRONLY | O_CLOEXEC) : -1;
}

static int open_unfinished(const char *target)
{
    int length = snprintf(unfinished, sizeof unfinished, "%s.XXXXXX", target);
    if (length < 0 || (size_t)length >= sizeof unfinished) {
        errno = ENAMETOOLONG;
        return -1;
    }
    int descriptor = mkstemp(unfinished);
    if (descriptor >= 0) {
        has_unfinished = 1;
        give_usual_mode(descriptor);
    }
    return descriptor;
}

static int finish_file(int descriptor, const char *target, bool special)
{
    int error = 0;
    if (!special && fsync(descriptor) != 0) {
        error = errno;
    }
    if (close(descriptor) != 0 && error == 0) {
        error = errno;
    }
    if (error == 0 && !special && rename(unfinished, target) != 0) {
        error = errno;
    }
    if (error == 0) {
        has_unfinished = 0;
    }
    return error;
}

static int cannot_write(const char *path, int error)
{
    cli_output_abandon();
    cli_complain("%s: the report could not be written: %s", path, strerror(error));
    return CLI_INCOMPLETE;
}

static int render_to(const char *path, const char *target, cli_render_fn render, void *user)
{
    bool special;
    int descriptor = open_special(target, &special);
    if (!special) {
        descriptor = open_unfinished(target);
    }
    if (descriptor < 0) {
        return cannot_write(path, errno);
    }
    descriptor_sink sink = {descriptor, 0, false};
    lacuna_error err = {0};
    lacuna_status status = render(user, write_sink, &sink, &err);
    if (status != LACUNA_OK) {
        (void)close(descriptor);
        if (sink.error != 0) {
            return cannot_write(path, sink.error);
        }
        cli_output_abandon();
        return cli_report_error(path, &err);
    }
    int error = finish_file(descriptor, target, special);
    return error == 0 ? CLI_OK : cannot_write(path, error);
}

int cli_render_file(const char *path, cli_render_fn render, void *user)
{
    /* A report behind a symbolic link is replaced where it is, the link stays. */
    char *target = realpath(path, NULL);
    int code = render_to(path, target == NULL ? path : target, render, user);
    free(target);
    return code;
}
