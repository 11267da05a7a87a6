#include "support/span.h"

#include <strings.h>

/* Length of the white space at the start of s: ASCII, or the non-breaking space C2 A0. */
static size_t space_at(lac_span s)
{
    if (s.len == 0) {
        return 0;
    }
    if (strchr(" \t\r\n\f\v", s.ptr[0]) != NULL && s.ptr[0] != '\0') {
        return 1;
    }
    return s.len >= 2 && memcmp(s.ptr, "\xC2\xA0", 2) == 0 ? 2 : 0;
}

static size_t space_before_end(lac_span s)
{
    if (s.len >= 2 && memcmp(s.ptr + s.len - 2, "\xC2\xA0", 2) == 0) {
        return 2;
    }
    return s.len > 0 ? space_at((lac_span){s.ptr + s.len - 1, 1}) : 0;
}

lac_span lac_span_trim(lac_span span)
{
    for (size_t n = space_at(span); n > 0; n = space_at(span)) {
        span.ptr += n;
        span.len -= n;
    }
    for (size_t n = space_before_end(span); n > 0; n = space_before_end(span)) {
        span.len -= n;
    }
    return span;
}

bool lac_span_equal_nocase(lac_span a, lac_span b)
{
    return a.len == b.len && (a.len == 0 || strncasecmp(a.ptr, b.ptr, a.len) == 0);
}

bool lac_span_starts_nocase(lac_span text, const char *prefix)
{
    size_t length = strlen(prefix);
    return text.len >= length && (length == 0 || strncasecmp(text.ptr, prefix, length) == 0);
}

bool lac_span_ends_nocase(lac_span text, const char *suffix)
{
    size_t length = strlen(suffix);
    return text.len >= length &&
           (length == 0 || strncasecmp(text.ptr + text.len - length, suffix, length) == 0);
}
