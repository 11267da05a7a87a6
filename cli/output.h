/*
 * output.h - where reports go: stdout, or a file that appears whole or not at all.
 *
 * A reader that goes away (EPIPE) is no error: the rest is dropped quietly. A file is written
 * beside its place under a temporary name, synced and renamed; cli_output_abandon removes what is
 * unfinished and may be called from a signal handler.
 */
#ifndef LACUNA_CLI_OUTPUT_H
#define LACUNA_CLI_OUTPUT_H

#include "cli.h"

#include <stddef.h>

/* Renders something through a write function. */
typedef lacuna_status (*cli_render_fn)(void *user, lacuna_write_fn write, void *sink,
                                       lacuna_error *err);

/* Writes a constant text to descriptor 1 or 2; an exit code. */
int cli_print(int descriptor, const char *text);

/* To stdout. Where stdout is a terminal and `raw` is set, control characters of a document are
 * shown as U+FFFD, so a document cannot drive the terminal. Returns an exit code. */
int cli_render_stdout(cli_render_fn render, void *user, bool raw);

/* To a file; complains and returns CLI_INCOMPLETE where it cannot be written. */
int cli_render_file(const char *path, cli_render_fn render, void *user);

/* For lacuna_write_fn: `user` points to the descriptor. */
int cli_write_descriptor(void *user, const void *data, size_t length);

void cli_output_abandon(void);

#endif
