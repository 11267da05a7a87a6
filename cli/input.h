/*
 * input.h - documents and lists of documents from standard input and from files.
 */
#ifndef LACUNA_CLI_INPUT_H
#define LACUNA_CLI_INPUT_H

#include "cli.h"

#include <stddef.h>

/* Standard input has no size to look at first; the library's own limits come after this one. */
#define CLI_STDIN_BYTES_MAX ((size_t)512 << 20)

/* Everything a descriptor gives, at most `max` bytes; free() it. Complains and returns an exit code
 * where that fails; `name` is for the message. */
int cli_read_descriptor(char **data, size_t *length, int descriptor, size_t max, const char *name);

/* A whole file, at most `max` bytes; free() it. Complains and returns an exit code. */
int cli_read_file(char **data, size_t *length, const char *path, size_t max);

/* A document of the command line: a path, or "-" for standard input under `stdin_name`. */
int cli_open_document(lacuna_document **out, const char *path, const char *stdin_name,
                      const lacuna_options *options);

/* Calls `take` for every name of a list separated by NUL; `path` "-" is standard input. */
int cli_each_listed(const char *path, int (*take)(void *user, const char *name), void *user);

#endif
