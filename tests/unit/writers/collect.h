/*
 * collect.h - what a writer wrote, as text.
 */
#ifndef LAC_TEST_COLLECT_H
#define LAC_TEST_COLLECT_H

#include "support/buf.h"

static inline int collect(void *user, const void *data, size_t length)
{
    return lac_buf_append(user, data, length) == LACUNA_OK ? 0 : 1;
}

static inline void collect_init(lac_buf *buf)
{
    lac_buf_init(buf, (size_t)16 << 20);
}

#endif
