#define _GNU_SOURCE /* memmem() */
#include "claude/exchange.h"

#include "support/error.h"

#include <stdio.h>

enum {
    ERROR_BODY_MAX = 64 * 1024,
    REPEATED_TEXT = 24,  /* bytes of the body in a row that no error message has by chance */
    REPEATED_SECRET = 8, /* the same for headers */
};

/* ---- headers -------------------------------------------------------------------------------- */

static bool is_header(lac_span line, const char *name, lac_span *value)
{
    size_t length = strlen(name);
    if (line.len <= length || line.ptr[length] != ':' || !lac_span_starts_nocase(line, name)) {
        return false;
    }
    *value = lac_span_trim(lac_span_make(line.ptr + length + 1, line.len - length - 1));
    return true;
}

/* What is too long to be right is left out. */
static void keep(char out[LAC_HEADER_TEXT_MAX], lac_span value)
{
    size_t length = value.len < LAC_HEADER_TEXT_MAX ? value.len : 0;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)value.ptr[i];
        out[i] = c > 0x20 && c < 0x7F ? (char)c : ' ';
    }
    out[length] = '\0';
}

static void take_content_type(lac_exchange *exchange, lac_span value)
{
    exchange->stream = lac_span_starts_nocase(value, "text/event-stream");
}

static size_t take_header(char *data, size_t size, size_t count, void *user)
{
    lac_exchange *exchange = user;
    lac_span line = lac_span_make(data, size * count);
    lac_span value;
    /* Names of the same thing at different services. */
    static const char *const ids[] = {"request-id", "x-amzn-requestid", "apim-request-id"};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        if (is_header(line, ids[i], &value)) {
            keep(exchange->request_id, value);
        }
    }
    if (is_header(line, "content-type", &value)) {
        take_content_type(exchange, value);
    } else if (is_header(line, "retry-after", &value)) {
        keep(exchange->retry_after, value);
    } else if (is_header(line, "retry-after-ms", &value)) {
        keep(exchange->retry_after_ms, value);
    } else if (is_header(line, "x-should-retry", &value)) {
        keep(exchange->should_retry, value);
    }
    return count;
}

/* ---- body ----------------------------------------------------------------------------------- */

static bool is_success(uint32_t status)
{
    return status >= 200 && status < 300;
}

static void begin(lac_exchange *exchange)
{
    long status = 0;
    if (!exchange->begun) {
        exchange->begun = true;
        curl_easy_getinfo(exchange->handle, CURLINFO_RESPONSE_CODE, &status);
        exchange->http_status = (uint32_t)status;
    }
}

static lacuna_status take_bytes(lac_exchange *exchange, lac_span bytes)
{
    if (is_success(exchange->http_status) && exchange->stream) {
        return lac_sse_feed(&exchange->sse, bytes);
    }
    if (!is_success(exchange->http_status) &&
        bytes.len > ERROR_BODY_MAX - (exchange->body.len < ERROR_BODY_MAX ? exchange->body.len
                                                                          : ERROR_BODY_MAX)) {
        bytes.len = ERROR_BODY_MAX - exchange->body.len; /* enough to say what is wrong */
    }
    return lac_buf_append_span(&exchange->body, bytes);
}

static size_t take_body(char *data, size_t size, size_t count, void *user)
{
    lac_exchange *exchange = user;
    size_t length = size * count;
    begin(exchange);
    exchange->heard_ms = exchange->clock_ms();
    exchange->received += length;
    exchange->failure = exchange->received > LAC_HTTP_REPLY_MAX
                            ? LACUNA_E_LIMIT
                            : take_bytes(exchange, lac_span_make(data, length));
    return exchange->failure == LACUNA_OK ? length : 0;
}

/* ---- life ----------------------------------------------------------------------------------- */

lacuna_status lac_exchange_open(lac_exchange *exchange, lac_http *http,
                                const lac_http_request *request, int64_t (*clock_ms)(void),
                                lacuna_error *err)
{
    *exchange = (lac_exchange){.request = request, .clock_ms = clock_ms, .heard_ms = clock_ms()};
    lac_message_init(&exchange->message);
    lac_sse_init(&exchange->sse, lac_message_event, &exchange->message);
    lac_buf_init(&exchange->body, LAC_HTTP_REPLY_MAX);
    lacuna_status status =
        lac_http_prepare(&exchange->handle, &exchange->headers, http, request, err);
    if (status != LACUNA_OK) {
        lac_exchange_close(exchange);
        return status;
    }
    curl_easy_setopt(exchange->handle, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(exchange->handle, CURLOPT_HEADERDATA, exchange);
    curl_easy_setopt(exchange->handle, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(exchange->handle, CURLOPT_WRITEDATA, exchange);
    return LACUNA_OK;
}

void lac_exchange_close(lac_exchange *exchange)
{
    lac_http_release(exchange->handle, exchange->headers);
    lac_sse_free(&exchange->sse);
    lac_message_free(&exchange->message);
    lac_buf_free(&exchange->body);
    *exchange = (lac_exchange){0};
}

/* ---- what an error may say ------------------------------------------------------------------ */

static bool repeats(const char *words, lac_span sent, size_t least)
{
    size_t length = strlen(words);
    for (size_t at = 0; at + least <= length; at++) {
        if (sent.len > 0 && memmem(sent.ptr, sent.len, words + at, least) != NULL) {
            return true;
        }
    }
    return false;
}

static bool is_credential(const char *name)
{
    lac_span span = lac_span_of(name);
    return lac_span_equal_nocase(span, lac_span_of("authorization")) ||
           lac_span_equal_nocase(span, lac_span_of("x-api-key")) ||
           lac_span_equal_nocase(span, lac_span_of("x-amz-security-token"));
}

static void withhold(lac_api_error *error, const lac_http_request *request)
{
    bool found = repeats(error->message, request->body, REPEATED_TEXT);
    for (uint32_t i = 0; i < request->header_count && !found; i++) {
        const lac_http_header *header = &request->headers[i];
        found = is_credential(header->name) &&
                repeats(error->message, lac_span_of(header->value), REPEATED_SECRET);
    }
    if (found) {
        (void)snprintf(error->message, sizeof error->message,
                       "(not shown: it repeats what was sent)");
    }
}

static const char *remedy_of(uint32_t http_status)
{
    switch (http_status) {
    case 401:
        return "check the key or token, and that it belongs to this service";
    case 402:
        return "look at the billing of the account";
    case 403:
        return "ask who administers the account whether it may use this model";
    case 404:
        return "check the settings model, base-url, region, project and resource";
    case 413:
        return "a gateway in between may take less than the service";
    default:
        return "";
    }
}

static lacuna_status explain_reply(lac_exchange *exchange, const char *url, lacuna_error *err)
{
    const char *host = strstr(url, "://");
    host = host == NULL ? url : host + 3;
    int length = (int)strcspn(host, "/?");
    if (!lac_api_error_read(&exchange->error, lac_buf_span(&exchange->body))) {
        return lac_fail_remedy(err, LACUNA_E_IO, remedy_of(exchange->http_status),
                               "%.*s answered with HTTP status %u", length, host,
                               exchange->http_status);
    }
    withhold(&exchange->error, exchange->request);
    return lac_fail_remedy(err, LACUNA_E_IO, remedy_of(exchange->http_status),
                           "%.*s answered with HTTP status %u, %s: %s", length, host,
                           exchange->http_status, exchange->error.type, exchange->error.message);
}

lacuna_status lac_exchange_end(lac_exchange *exchange, CURLcode code, const char *url,
                               lacuna_error *err)
{
    begin(exchange);
    withhold(&exchange->message.error, exchange->request);
    if (exchange->stream && exchange->message.complete && is_success(exchange->http_status) &&
        exchange->failure == LACUNA_OK) {
        return lac_message_finish(&exchange->message, err); /* and was paid for */
    }
    if (exchange->failure != LACUNA_OK) {
        return lac_fail(err, exchange->failure == LACUNA_E_NOMEM ? LACUNA_E_NOMEM : LACUNA_E_FORMAT,
                        "the reply of the model's service is no stream of a message");
    }
    if (exchange->http_status != 0 && !is_success(exchange->http_status)) {
        return explain_reply(exchange, url, err);
    }
    if (code != CURLE_OK) {
        return lac_http_explain(code, url, err);
    }
    return exchange->stream ? lac_message_finish(&exchange->message, err) : LACUNA_OK;
}
