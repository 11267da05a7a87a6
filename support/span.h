/*
 * span.h - a borrowed piece of text: pointer and length, never NUL-terminated by promise.
 */
#ifndef LAC_SPAN_H
#define LAC_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct lac_span {
    const char *ptr;
    size_t len;
} lac_span;

/* A span over a string literal or other NUL-terminated text. NULL gives the empty span. */
static inline lac_span lac_span_of(const char *text)
{
    return (lac_span){text, text == NULL ? 0 : strlen(text)};
}

static inline lac_span lac_span_make(const char *ptr, size_t len)
{
    return (lac_span){ptr, len};
}

static inline bool lac_span_equal(lac_span a, lac_span b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool lac_span_is(lac_span a, const char *text)
{
    return lac_span_equal(a, lac_span_of(text));
}

/* Without ASCII white space and non-breaking spaces at both ends. */
lac_span lac_span_trim(lac_span span);

/* ASCII case ignored. */
bool lac_span_equal_nocase(lac_span a, lac_span b);
bool lac_span_starts_nocase(lac_span text, const char *prefix);
bool lac_span_ends_nocase(lac_span text, const char *suffix);

#endif
