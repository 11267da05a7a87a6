/*
 * http.h - requests and replies over libcurl, for the model and for its credentials.
 *
 * Purpose: one place that knows libcurl: TLS 1.2 or newer, https only except to loopback (and the
 *   link-local addresses of cloud metadata, when asked), the user's proxies and extra certificate
 *   authorities, no redirects, capped replies.
 * Ownership: an lac_http owns its settings; a request belongs to its caller, who keeps it until the
 *   exchange is over; a reply's bytes live in the caller's buffer.
 * Threads: one thread at a time.
 * Secrets: header values are never logged, and wiped when an exchange is over.
 */
#ifndef LAC_CLAUDE_HTTP_H
#define LAC_CLAUDE_HTTP_H

#include "include/lacuna.h"
#include "support/arena.h"
#include "support/buf.h"
#include "support/span.h"

#include <curl/curl.h>

typedef struct lac_http lac_http;

/* NULL and 0 are the defaults. Strings are copied. */
typedef struct lac_http_settings {
    const char *proxy;           /* NULL: https_proxy, all_proxy and no_proxy of the environment */
    const char *const *ca_files; /* PEM files trusted besides those of the system */
    size_t ca_file_count;
    const char *client_certificate, *client_key; /* PEM files, for gateways that ask for one */
    bool http1;                                  /* never HTTP/2: some inspecting proxies need it */
    uint32_t connect_timeout_ms;
} lac_http_settings;

lacuna_status lac_http_open(lac_http **out, const lac_http_settings *settings, lacuna_error *err);
void lac_http_close(lac_http *http);

typedef struct lac_http_header {
    const char *name; /* as sent */
    const char *value;
} lac_http_header;

enum { LAC_HTTP_HEADERS_MAX = 48, LAC_HTTP_REPLY_MAX = 64 * 1024 * 1024 };

typedef struct lac_http_request {
    const char *method; /* "POST" */
    const char *url;    /* sent as written: no path normalization */
    lac_http_header headers[LAC_HTTP_HEADERS_MAX];
    uint32_t header_count;
    lac_span body;
    bool metadata_address; /* a cloud metadata service: http to its link-local address is right */
} lac_http_request;

/* Adds a header, its text copied into the arena. A line break in it is LACUNA_E_ARGUMENT. */
lacuna_status lac_http_add_header(lac_http_request *request, lac_arena *arena, const char *name,
                                  const char *value, lacuna_error *err);

/* One exchange, blocking, for tokens and metadata: small bodies, short time. `status` is the HTTP
 * status, also when it is no 2xx; LACUNA_E_IO where there was no reply. */
lacuna_status lac_http_fetch(uint32_t *status, lac_buf *body, lac_http *http,
                             const lac_http_request *request, uint32_t timeout_ms,
                             lacuna_error *err);

/* For streams: a new handle set up for the request, and its header list. The caller adds its write
 * functions and gives both back with lac_http_release. LACUNA_E_ARGUMENT for an address that is
 * refused. */
lacuna_status lac_http_prepare(CURL **handle, struct curl_slist **headers, lac_http *http,
                               const lac_http_request *request, lacuna_error *err);
void lac_http_release(CURL *handle, struct curl_slist *headers);

/* Why an exchange gave no reply, in one line with a remedy; always LACUNA_E_IO. */
lacuna_status lac_http_explain(CURLcode code, const char *url, lacuna_error *err);

#endif
