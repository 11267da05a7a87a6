/*
 * output.h - buffered output through the caller's write function.
 *
 * Purpose: renderers write freely and ask once, at the end, whether everything arrived.
 * Ownership: lives on the caller's stack; holds no memory of its own.
 * Errors: the first failure is kept, everything after it is dropped; lac_output_finish reports it.
 */
#ifndef LAC_OUTPUT_H
#define LAC_OUTPUT_H

#include "include/lacuna.h"
#include "support/span.h"

#include <stdint.h>

typedef struct lac_output {
    lacuna_write_fn write;
    void *user;
    lacuna_status status;
    size_t used;
    char buffer[16 * 1024];
} lac_output;

void lac_output_init(lac_output *output, lacuna_write_fn write, void *user);

void lac_output_bytes(lac_output *output, const char *data, size_t length);
void lac_output_span(lac_output *output, lac_span text);
void lac_output_text(lac_output *output, const char *text);
void lac_output_char(lac_output *output, char c);
void lac_output_uint(lac_output *output, uint64_t value);

/* Writes what is still buffered; LACUNA_E_IO when any write was refused. */
lacuna_status lac_output_finish(lac_output *output, lacuna_error *err);

#endif
