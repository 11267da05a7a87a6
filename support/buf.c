#include "support/buf.h"

#include "support/checked.h"
#include "support/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 256 };

void lac_buf_init(lac_buf *buf, size_t max)
{
    *buf = (lac_buf){NULL, 0, 0, max};
}

void lac_buf_free(lac_buf *buf)
{
    free(buf->data);
    lac_buf_init(buf, buf->max);
}

void lac_buf_clear(lac_buf *buf)
{
    buf->len = 0;
    if (buf->data != NULL) {
        buf->data[0] = '\0';
    }
}

/* Room for `extra` more bytes and the closing NUL. */
static lacuna_status reserve(lac_buf *buf, size_t extra)
{
    size_t need;
    if (!lac_add_size(&need, buf->len, extra) || need > buf->max) {
        return LACUNA_E_LIMIT;
    }
    if (need < buf->cap) {
        return LACUNA_OK;
    }
    size_t cap = buf->cap == 0 ? FIRST_CAPACITY : buf->cap;
    while (cap <= need) {
        cap = cap > SIZE_MAX / 2 ? SIZE_MAX : cap * 2;
    }
    char *data = realloc(buf->data, cap);
    if (data == NULL) {
        return LACUNA_E_NOMEM;
    }
    buf->data = data;
    buf->cap = cap;
    return LACUNA_OK;
}

lacuna_status lac_buf_append(lac_buf *buf, const void *data, size_t len)
{
    lacuna_status status = reserve(buf, len);
    if (status != LACUNA_OK) {
        return status;
    }
    if (len > 0) {
        memcpy(buf->data + buf->len, data, len);
    }
    buf->len += len;
    buf->data[buf->len] = '\0';
    return LACUNA_OK;
}

lacuna_status lac_buf_append_span(lac_buf *buf, lac_span text)
{
    return lac_buf_append(buf, text.ptr, text.len);
}

lacuna_status lac_buf_append_text(lac_buf *buf, const char *text)
{
    return lac_buf_append(buf, text, strlen(text));
}

lacuna_status lac_buf_append_char(lac_buf *buf, char c)
{
    return lac_buf_append(buf, &c, 1);
}

lacuna_status lac_buf_append_codepoint(lac_buf *buf, uint32_t codepoint)
{
    char bytes[4];
    return lac_buf_append(buf, bytes, lac_utf8_encode(bytes, codepoint));
}

lacuna_status lac_buf_printf(lac_buf *buf, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    lacuna_status status = LACUNA_E_ARGUMENT;
    if (length >= 0) {
        status = reserve(buf, (size_t)length);
    }
    if (status == LACUNA_OK) {
        (void)vsnprintf(buf->data + buf->len, (size_t)length + 1, format, again);
        buf->len += (size_t)length;
    }
    va_end(again);
    return status;
}

const char *lac_buf_text(const lac_buf *buf)
{
    return buf->data == NULL ? "" : buf->data;
}

char *lac_buf_steal(lac_buf *buf)
{
    if (buf->data == NULL && reserve(buf, 0) != LACUNA_OK) {
        return NULL;
    }
    buf->data[buf->len] = '\0';
    char *data = buf->data;
    lac_buf_init(buf, buf->max);
    return data;
}

lacuna_status lac_grow(void **items, size_t *cap, size_t need, size_t size, size_t max)
{
    if (need <= *cap) {
        return LACUNA_OK;
    }
    if (need > max) {
        return LACUNA_E_LIMIT;
    }
    size_t wanted = *cap == 0 ? 16 : *cap;
    while (wanted < need) {
        wanted = wanted > SIZE_MAX / 2 ? SIZE_MAX : wanted * 2;
    }
    wanted = wanted > max ? max : wanted;
    size_t bytes;
    if (!lac_mul_size(&bytes, wanted, size)) {
        return LACUNA_E_LIMIT;
    }
    char *grown = realloc(*items, bytes);
    if (grown == NULL) {
        return LACUNA_E_NOMEM;
    }
    memset(grown + *cap * size, 0, bytes - *cap * size);
    *items = grown;
    *cap = wanted;
    return LACUNA_OK;
}
