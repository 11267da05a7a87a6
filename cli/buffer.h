/*
 * buffer.h - text that grows up to a limit, for what is put together before it is written.
 *
 * Ownership: the bytes belong to the buffer. Limits: `max`; reaching it, or running out of memory,
 *   sets `failed`, and everything after that is dropped, so a writer looks once, at the end.
 */
#ifndef LACUNA_CLI_BUFFER_H
#define LACUNA_CLI_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

typedef struct cli_buffer {
    char *data; /* not terminated */
    size_t length, capacity, max;
    bool failed;
} cli_buffer;

void cli_buffer_append(cli_buffer *buffer, const void *data, size_t length);
void cli_buffer_text(cli_buffer *buffer, const char *text);
void cli_buffer_number(cli_buffer *buffer, long long number);
/* For lacuna_write_fn: `user` is the buffer. */
int cli_buffer_write(void *user, const void *data, size_t length);
/* Room for `length` more bytes behind the end; NULL: failed. */
char *cli_buffer_room(cli_buffer *buffer, size_t length);
/* Takes bytes off the front. */
void cli_buffer_drop(cli_buffer *buffer, size_t length);
void cli_buffer_free(cli_buffer *buffer);

#endif
