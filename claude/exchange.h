/*
 * exchange.h - one attempt at a call: bytes of the network to a message, or to why there is none.
 *
 * Purpose: takes what libcurl hands over. A 2xx reply with an event stream goes through sse.h into
 *   message.h; a 2xx reply with JSON is kept as body (count_tokens); any other reply is an error
 *   whose body is kept as far as ERROR_BODY_MAX.
 * Ownership: an exchange owns its handle, buffers and message until lac_exchange_close.
 */
#ifndef LAC_CLAUDE_EXCHANGE_H
#define LAC_CLAUDE_EXCHANGE_H

#include "claude/http.h"
#include "claude/message.h"

enum { LAC_HEADER_TEXT_MAX = 128 };

typedef struct lac_exchange {
    CURL *handle;
    struct curl_slist *headers;
    const lac_http_request *request; /* borrowed; what was sent */
    lac_sse sse;
    lac_message message;
    lac_buf body;
    lac_api_error error;  /* of a reply that is no 2xx */
    uint32_t http_status; /* 0: no reply */
    bool stream;
    bool begun;       /* a byte of the reply has come */
    int64_t heard_ms; /* when the last byte came, by the caller's clock */
    int64_t (*clock_ms)(void);
    uint64_t received;
    lacuna_status failure; /* of reading; LACUNA_OK while all is well */
    char request_id[LAC_HEADER_TEXT_MAX];
    char retry_after[LAC_HEADER_TEXT_MAX], retry_after_ms[LAC_HEADER_TEXT_MAX];
    char should_retry[LAC_HEADER_TEXT_MAX];
} lac_exchange;

/* Sets up the request, which has to live as long; `clock_ms` is a monotonic clock. */
lacuna_status lac_exchange_open(lac_exchange *exchange, lac_http *http,
                                const lac_http_request *request, int64_t (*clock_ms)(void),
                                lacuna_error *err);
void lac_exchange_close(lac_exchange *exchange);

/* After the transfer has ended with `code`: whether there is a whole answer. LACUNA_E_IO: no reply,
 * an error reply, or one that broke off; LACUNA_E_FORMAT: a reply that is no answer. An answer that
 * is whole counts, however the connection ended. What a service says about an error is passed on
 * unless it repeats something of the document or of a credential: error texts end up in logs. */
lacuna_status lac_exchange_end(lac_exchange *exchange, CURLcode code, const char *url,
                               lacuna_error *err);

#endif
