/*
 * write_all.h - all of some bytes into an open file, however the system cuts them.
 */
#ifndef LAC_WRITE_ALL_H
#define LAC_WRITE_ALL_H

#include "support/span.h"

#include <stdbool.h>

/* false: errno tells why, or the file took nothing more. */
bool lac_write_all(int file, lac_span content);

#endif
