#include "claude/http.h"

#include "claude/http_address.h"
#include "claude/http_trust.h"
#include "support/error.h"

#include <openssl/crypto.h>
#include <stdlib.h>

enum { CONNECT_TIMEOUT_MS = 15000, KEEP_ALIVE_SECONDS = 60, CA_FILES_MAX = 16 };

struct lac_http {
    lac_arena arena;
    lac_http_settings settings;
    lac_trust *trust; /* NULL: only what the system trusts */
};

/* ---- settings ------------------------------------------------------------------------------- */

static lacuna_status copy_text(const char **out, lac_http *http, const char *text)
{
    *out = text == NULL ? NULL : lac_arena_copy(&http->arena, lac_span_of(text));
    return text != NULL && *out == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
}

static lacuna_status copy_settings(lac_http *http, const lac_http_settings *settings)
{
    http->settings = *settings;
    http->settings.ca_files = NULL;
    http->settings.ca_file_count = 0;
    lacuna_status status = copy_text(&http->settings.proxy, http, settings->proxy);
    if (status == LACUNA_OK) {
        status = copy_text(&http->settings.client_certificate, http, settings->client_certificate);
    }
    if (status == LACUNA_OK) {
        status = copy_text(&http->settings.client_key, http, settings->client_key);
    }
    return status;
}

lacuna_status lac_http_open(lac_http **out, const lac_http_settings *settings, lacuna_error *err)
{
    const lac_http_settings defaults = {0};
    *out = NULL;
    settings = settings == NULL ? &defaults : settings;
    if (settings->ca_file_count > CA_FILES_MAX) {
        return lac_fail(err, LACUNA_E_LIMIT, "more than %d files of certificates", CA_FILES_MAX);
    }
    /* Safe to call again; initialization is thread-safe from libcurl 7.84 on. */
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        return lac_fail(err, LACUNA_E_INTERNAL, "libcurl cannot be initialized");
    }
    lac_http *http = calloc(1, sizeof *http);
    if (http == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&http->arena);
    lacuna_status status = copy_settings(http, settings);
    if (status != LACUNA_OK) {
        status = lac_fail_nomem(err);
    }
    if (status == LACUNA_OK && settings->ca_file_count > 0) {
        status = lac_trust_load(&http->trust, settings->ca_files, settings->ca_file_count, err);
    }
    if (status != LACUNA_OK) {
        lac_http_close(http);
        return status;
    }
    *out = http;
    return LACUNA_OK;
}

void lac_http_close(lac_http *http)
{
    if (http != NULL) {
        lac_trust_free(http->trust);
        lac_arena_free(&http->arena);
        free(http);
    }
}

/* ---- requests ------------------------------------------------------------------------------- */

lacuna_status lac_http_add_header(lac_http_request *request, lac_arena *arena, const char *name,
                                  const char *value, lacuna_error *err)
{
    if (strpbrk(name, "\r\n:") != NULL || strpbrk(value, "\r\n") != NULL) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "the header %.60s must be one line", name);
    }
    if (request->header_count == LAC_HTTP_HEADERS_MAX) {
        return lac_fail(err, LACUNA_E_LIMIT, "more than %d headers", LAC_HTTP_HEADERS_MAX);
    }
    lac_http_header *header = &request->headers[request->header_count];
    header->name = lac_arena_copy(arena, lac_span_of(name));
    header->value = lac_arena_copy(arena, lac_span_of(value));
    if (header->name == NULL || header->value == NULL) {
        return lac_fail_nomem(err);
    }
    request->header_count++;
    return LACUNA_OK;
}

static bool append_header(struct curl_slist **list, const char *name, const char *value)
{
    lac_buf line;
    lac_buf_init(&line, 1 << 20);
    /* "Name;" is how libcurl is told to send a header without a value. */
    lacuna_status status = value[0] == '\0' ? lac_buf_printf(&line, "%s;", name)
                                            : lac_buf_printf(&line, "%s: %s", name, value);
    struct curl_slist *longer = NULL;
    if (status == LACUNA_OK) {
        longer = curl_slist_append(*list, line.data);
    }
    if (line.data != NULL) {
        OPENSSL_cleanse(line.data, line.cap);
    }
    lac_buf_free(&line);
    *list = longer == NULL ? *list : longer;
    return longer != NULL;
}

static bool make_header_list(struct curl_slist **list, const lac_http_request *request)
{
    /* 7.88 waits for "100 Continue" above 1 MB, which proxies do not send. */
    struct curl_slist *longer = curl_slist_append(NULL, "Expect:");
    *list = longer;
    bool made = longer != NULL;
    for (uint32_t i = 0; i < request->header_count && made; i++) {
        made = append_header(list, request->headers[i].name, request->headers[i].value);
    }
    return made;
}

static bool set_body(CURL *handle, const lac_http_request *request)
{
    if (strcmp(request->method, "GET") == 0) {
        return curl_easy_setopt(handle, CURLOPT_HTTPGET, 1L) == CURLE_OK;
    }
    bool set = curl_easy_setopt(handle, CURLOPT_POST, 1L) == CURLE_OK &&
               curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                                (curl_off_t)request->body.len) == CURLE_OK &&
               curl_easy_setopt(handle, CURLOPT_POSTFIELDS,
                                request->body.len == 0 ? "" : request->body.ptr) == CURLE_OK;
    if (set && strcmp(request->method, "POST") != 0) {
        set = curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request->method) == CURLE_OK;
    }
    return set;
}

static bool set_transport(CURL *handle, const lac_http *http, lac_address_kind kind)
{
    const lac_http_settings *settings = &http->settings;
    long connect =
        settings->connect_timeout_ms == 0 ? CONNECT_TIMEOUT_MS : (long)settings->connect_timeout_ms;
    bool set =
        curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
        curl_easy_setopt(handle, CURLOPT_PATH_AS_IS, 1L) == CURLE_OK &&
        curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
        curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR,
                         kind == LAC_ADDRESS_TLS ? "https" : "http") == CURLE_OK &&
        curl_easy_setopt(handle, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK &&
        curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, connect) == CURLE_OK &&
        curl_easy_setopt(handle, CURLOPT_TCP_KEEPALIVE, 1L) == CURLE_OK &&
        curl_easy_setopt(handle, CURLOPT_TCP_KEEPIDLE, (long)KEEP_ALIVE_SECONDS) == CURLE_OK &&
        curl_easy_setopt(handle, CURLOPT_HTTP_VERSION,
                         settings->http1 ? (long)CURL_HTTP_VERSION_1_1
                                         : (long)CURL_HTTP_VERSION_2TLS) == CURLE_OK &&
        curl_easy_setopt(handle, CURLOPT_USERAGENT, "lacuna") == CURLE_OK &&
        curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "") == CURLE_OK;
    if (set && kind != LAC_ADDRESS_TLS) {
        set = curl_easy_setopt(handle, CURLOPT_NOPROXY, "*") == CURLE_OK;
    } else if (set && settings->proxy != NULL) {
        set = curl_easy_setopt(handle, CURLOPT_PROXY, settings->proxy) == CURLE_OK &&
              curl_easy_setopt(handle, CURLOPT_PROXYAUTH, (long)CURLAUTH_ANY) == CURLE_OK;
    }
    if (set && settings->client_certificate != NULL) {
        set = curl_easy_setopt(handle, CURLOPT_SSLCERT, settings->client_certificate) == CURLE_OK;
    }
    if (set && settings->client_key != NULL) {
        set = curl_easy_setopt(handle, CURLOPT_SSLKEY, settings->client_key) == CURLE_OK;
    }
    return set && (http->trust == NULL || lac_trust_apply(http->trust, handle));
}

lacuna_status lac_http_prepare(CURL **handle, struct curl_slist **headers, lac_http *http,
                               const lac_http_request *request, lacuna_error *err)
{
    lac_address_kind kind;
    *handle = NULL;
    *headers = NULL;
    lacuna_status status = lac_http_address(&kind, request->url, err);
    if (status != LACUNA_OK) {
        return status;
    }
    if (kind == LAC_ADDRESS_METADATA && !request->metadata_address) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "a model cannot be at a metadata address");
    }
    CURL *made = curl_easy_init();
    if (made == NULL || !make_header_list(headers, request) || !set_transport(made, http, kind) ||
        !set_body(made, request) ||
        curl_easy_setopt(made, CURLOPT_HTTPHEADER, *headers) != CURLE_OK ||
        curl_easy_setopt(made, CURLOPT_URL, request->url) != CURLE_OK) {
        lac_http_release(made, *headers);
        *headers = NULL;
        return lac_fail_nomem(err);
    }
    *handle = made;
    return LACUNA_OK;
}

void lac_http_release(CURL *handle, struct curl_slist *headers)
{
    for (struct curl_slist *line = headers; line != NULL; line = line->next) {
        OPENSSL_cleanse(line->data, strlen(line->data));
    }
    curl_easy_cleanup(handle);
    curl_slist_free_all(headers);
}

/* ---- one exchange --------------------------------------------------------------------------- */

static size_t take_body(char *data, size_t size, size_t count, void *user)
{
    return lac_buf_append(user, data, size * count) == LACUNA_OK ? count : 0;
}

lacuna_status lac_http_explain(CURLcode code, const char *url, lacuna_error *err)
{
    const char *remedy = "";
    if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE) {
        remedy = "if a proxy inspects TLS here, give its certificate with the setting ca-file";
    } else if (code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_CONNECT ||
               code == CURLE_COULDNT_RESOLVE_PROXY) {
        remedy = "check the network, the setting proxy, https_proxy and no_proxy";
    } else if (code == CURLE_SSL_CONNECT_ERROR) {
        remedy = "check that this address speaks TLS, 1.2 or later";
    } else if (code == CURLE_SSL_CERTPROBLEM) {
        remedy = "check the settings client-certificate and client-key";
    }
    const char *host = strstr(url, "://");
    host = host == NULL ? url : host + 3;
    return lac_fail_remedy(err, LACUNA_E_IO, remedy, "%.*s: %s", (int)strcspn(host, "/?"), host,
                           curl_easy_strerror(code));
}

lacuna_status lac_http_fetch(uint32_t *status, lac_buf *body, lac_http *http,
                             const lac_http_request *request, uint32_t timeout_ms,
                             lacuna_error *err)
{
    CURL *handle;
    struct curl_slist *headers;
    long code = 0;
    *status = 0;
    lacuna_status result = lac_http_prepare(&handle, &headers, http, request, err);
    if (result != LACUNA_OK) {
        return result;
    }
    lac_buf_clear(body);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, body);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, (long)timeout_ms);
    CURLcode done = curl_easy_perform(handle);
    if (done != CURLE_OK) {
        result = lac_http_explain(done, request->url, err);
    } else {
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &code);
        *status = (uint32_t)code;
    }
    lac_http_release(handle, headers);
    return result;
}
