#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const size_t LIST_BYTES_MAX = (size_t)256 << 20;
enum { FIRST_CAPACITY = 64 * 1024 };

static int cannot_read(const char *name, const char *why)
{
    cli_complain("%s: %s", name, why);
    return CLI_INCOMPLETE;
}

static int cannot_open(const char *name, int number)
{
    if (number == ENOENT || number == ENOTDIR) {
        cli_complain("%s: %s\n        Check the spelling; a relative name starts at the current "
                     "folder.",
                     name, strerror(number));
        return CLI_INCOMPLETE;
    }
    return cannot_read(name, strerror(number));
}

/* Room for at least one more byte; false when out of memory. */
static bool make_room(char **data, size_t *capacity, size_t length)
{
    if (length < *capacity) {
        return true;
    }
    size_t wanted = *capacity == 0 ? FIRST_CAPACITY : *capacity * 2;
    char *grown = realloc(*data, wanted);
    if (grown == NULL) {
        return false;
    }
    *data = grown;
    *capacity = wanted;
    return true;
}

int cli_read_descriptor(char **data, size_t *length, int descriptor, size_t max, const char *name)
{
    size_t capacity = 0;
    int code = CLI_OK;
    *data = NULL;
    *length = 0;
    while (code == CLI_OK) {
        if (!make_room(data, &capacity, *length)) {
            cli_complain("%s: out of memory", name);
            code = CLI_INTERNAL;
            break;
        }
        ssize_t got = read(descriptor, *data + *length, capacity - *length);
        if (got == 0) {
            return CLI_OK;
        }
        if (got < 0 && errno != EINTR) {
            code = cannot_read(name, strerror(errno));
        } else if (got > 0) {
            *length += (size_t)got;
            code = *length > max ? cannot_read(name, "longer than lacuna takes") : CLI_OK;
        }
    }
    free(*data);
    *data = NULL;
    *length = 0;
    return code;
}

int cli_read_file(char **data, size_t *length, const char *path, size_t max)
{
    *data = NULL;
    *length = 0;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return cannot_open(path, errno);
    }
    int code = cli_read_descriptor(data, length, file, max, path);
    (void)close(file);
    return code;
}

int cli_open_document(lacuna_document **out, const char *path, const char *stdin_name,
                      const lacuna_options *options)
{
    lacuna_error err = {0};
    *out = NULL;
    if (strcmp(path, "-") != 0) {
        lacuna_status status = lacuna_document_open(out, path, options, &err);
        return status == LACUNA_OK ? CLI_OK : cli_report_unread(path, &err);
    }
    char *data;
    size_t length;
    int code = cli_read_descriptor(&data, &length, STDIN_FILENO, CLI_STDIN_BYTES_MAX, stdin_name);
    if (code != CLI_OK) {
        return code;
    }
    lacuna_status status =
        lacuna_document_open_memory(out, stdin_name, data, length, options, &err);
    if (status != LACUNA_OK) {
        code = cli_report_unread(stdin_name, &err);
    }
    free(data);
    return code;
}

static int take_all(const char *data, size_t length, int (*take)(void *user, const char *name),
                    void *user)
{
    int code = CLI_OK;
    size_t at = 0;
    while (at < length && code == CLI_OK) {
        size_t name = strnlen(data + at, length - at);
        if (at + name == length) {
            cli_complain("the list of files does not end with a NUL; make it with -print0 or -z");
            return CLI_USAGE;
        }
        code = name == 0 ? CLI_OK : take(user, data + at);
        at += name + 1;
    }
    return code;
}

int cli_each_listed(const char *path, int (*take)(void *user, const char *name), void *user)
{
    bool is_stdin = strcmp(path, "-") == 0;
    int descriptor = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return cannot_open(path, errno);
    }
    char *data;
    size_t length;
    int code = cli_read_descriptor(&data, &length, descriptor, LIST_BYTES_MAX, path);
    if (code == CLI_OK) {
        code = take_all(data, length, take, user);
    }
    if (!is_stdin) {
        (void)close(descriptor);
    }
    free(data);
    return code;
}
