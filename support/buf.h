/*
 * buf.h - a growable byte buffer with a named maximum, and growable arrays.
 *
 * Purpose: every place that grows by input says how far it may grow.
 * Ownership: the buffer owns its bytes until lac_buf_free or lac_buf_steal.
 * Errors: append functions return LACUNA_OK, LACUNA_E_LIMIT or LACUNA_E_NOMEM; after an error the
 * content is what it was before. The bytes are always followed by a NUL that is not counted.
 */
#ifndef LAC_BUF_H
#define LAC_BUF_H

#include "include/lacuna.h"
#include "support/span.h"

typedef struct lac_buf {
    char *data;
    size_t len;
    size_t cap;
    size_t max;
} lac_buf;

void lac_buf_init(lac_buf *buf, size_t max);
void lac_buf_free(lac_buf *buf);
/* Empties it and keeps the memory. */
void lac_buf_clear(lac_buf *buf);

lacuna_status lac_buf_append(lac_buf *buf, const void *data, size_t len);
lacuna_status lac_buf_append_span(lac_buf *buf, lac_span text);
lacuna_status lac_buf_append_text(lac_buf *buf, const char *text);
lacuna_status lac_buf_append_char(lac_buf *buf, char c);
/* The UTF-8 form of a code point; invalid ones become U+FFFD. */
lacuna_status lac_buf_append_codepoint(lac_buf *buf, uint32_t codepoint);
lacuna_status lac_buf_printf(lac_buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Never NULL: an empty buffer gives "". */
const char *lac_buf_text(const lac_buf *buf);
static inline lac_span lac_buf_span(const lac_buf *buf)
{
    return lac_span_make(lac_buf_text(buf), buf->len);
}

/* The bytes, owned by the caller (free()); the buffer is empty afterwards. NULL: out of memory. */
char *lac_buf_steal(lac_buf *buf);

/* Makes room in the array *items for at least `need` elements of `size` bytes, at most `max`.
 * *cap is the present capacity in elements. New memory is zeroed. */
lacuna_status lac_grow(void **items, size_t *cap, size_t need, size_t size, size_t max);

#endif
