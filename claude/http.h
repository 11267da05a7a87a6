/*
 * http.h - requests and replies over libcurl, for the model and for its credentials.
 *
 * Purpose: one place that knows libcurl: TLS 1.2 or newer, https only except to loopback (and the
 *   link-local addresses of cloud metadata, when asked), the user's proxies and extra certificate
 *   authorities, no redirects, capped replies.
 * Ownership: an lac_http owns its connections; a request belongs to its caller; a reply's bytes
 * live in the caller's buffer. Threads: one thread at a time. Secrets: header values are never
 * logged and are wiped when a request is freed.
 */
#ifndef LAC_CLAUDE_HTTP_H
#define LAC_CLAUDE_HTTP_H

#include "include/lacuna.h"
#include "support/arena.h"
#include "support/buf.h"
#include "support/span.h"

typedef struct lac_http lac_http;

typedef struct lac_http_header {
    const char *name; /* as sent */
    const char *value;
} lac_http_header;

enum { LAC_HTTP_HEADERS_MAX = 48 };

typedef struct lac_http_request {
    const char *method; /* "POST" */
    const char *url;    /* sent as written: no path normalization */
    lac_http_header headers[LAC_HTTP_HEADERS_MAX];
    uint32_t header_count;
    lac_span body;
    bool metadata_address; /* a cloud metadata service: http to its link-local address is right */
} lac_http_request;

/* Adds a header, its text copied into the arena. */
lacuna_status lac_http_add_header(lac_http_request *request, lac_arena *arena, const char *name,
                                  const char *value, lacuna_error *err);

/* One exchange, blocking, for tokens and metadata: small bodies, short time. `status` is the HTTP
 * status, also when it is no 2xx; LACUNA_E_IO where there was no reply. */
lacuna_status lac_http_fetch(uint32_t *status, lac_buf *body, lac_http *http,
                             const lac_http_request *request, uint32_t timeout_ms,
                             lacuna_error *err);

#endif
