#include "claude/sigv4.h"

#include "support/error.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { CANONICAL_MAX = 1 << 20, KEY_BYTES = SHA256_DIGEST_LENGTH, KEY_HEX = 2 * KEY_BYTES + 1 };

typedef struct stamp {
    char date[9];  /* 20261124 */
    char time[17]; /* 20261124T120000Z */
} stamp;

/* ---- digests -------------------------------------------------------------------------------- */

static void to_hex(char hex[KEY_HEX], const unsigned char bytes[KEY_BYTES])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < KEY_BYTES; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[KEY_HEX - 1] = '\0';
}

static lacuna_status sha256_hex(char hex[KEY_HEX], lac_span data, lacuna_error *err)
{
    unsigned char digest[KEY_BYTES];
    if (EVP_Digest(data.len == 0 ? "" : data.ptr, data.len, digest, NULL, EVP_sha256(), NULL) !=
        1) {
        return lac_fail(err, LACUNA_E_INTERNAL, "libcrypto has no SHA-256");
    }
    to_hex(hex, digest);
    return LACUNA_OK;
}

static lacuna_status hmac(unsigned char out[KEY_BYTES], lac_span key, const char *text,
                          lacuna_error *err)
{
    unsigned length = 0;
    if (HMAC(EVP_sha256(), key.ptr, (int)key.len, (const unsigned char *)text, strlen(text), out,
             &length) == NULL) {
        return lac_fail(err, LACUNA_E_INTERNAL, "libcrypto has no HMAC with SHA-256");
    }
    return LACUNA_OK;
}

/* ---- the canonical request ------------------------------------------------------------------ */

static bool is_unreserved(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '~';
}

/* '%' of an escape that is there already is escaped again: the rule of all services but S3. */
static lacuna_status append_segment(lac_buf *out, lac_span segment)
{
    lacuna_status status = lac_buf_append_char(out, '/');
    for (size_t i = 0; i < segment.len && status == LACUNA_OK; i++) {
        char c = segment.ptr[i];
        status = is_unreserved(c) ? lac_buf_append_char(out, c)
                                  : lac_buf_printf(out, "%%%02X", (unsigned char)c);
    }
    return status;
}

static void drop_segment(lac_buf *out, size_t begin)
{
    while (out->len > begin && out->data[--out->len] != '/') {
    }
    if (out->data != NULL) {
        out->data[out->len] = '\0';
    }
}

/* Segments that are empty or ".", and what ".." takes back, are left out; services but S3 do the
 * same before they compare. */
static lacuna_status append_path(lac_buf *out, lac_span path)
{
    size_t begin = out->len;
    bool ends_in_slash = path.len > 0 && path.ptr[path.len - 1] == '/';
    lacuna_status status = LACUNA_OK;
    while (path.len > 0 && status == LACUNA_OK) {
        const char *slash = memchr(path.ptr, '/', path.len);
        lac_span segment =
            lac_span_make(path.ptr, slash == NULL ? path.len : (size_t)(slash - path.ptr));
        size_t taken = slash == NULL ? segment.len : segment.len + 1;
        path = lac_span_make(path.ptr + taken, path.len - taken);
        if (lac_span_is(segment, "..")) {
            drop_segment(out, begin);
        } else if (segment.len > 0 && !lac_span_is(segment, ".")) {
            status = append_segment(out, segment);
        }
    }
    bool bare = out->len == begin;
    return status == LACUNA_OK && (bare || ends_in_slash) ? lac_buf_append_char(out, '/') : status;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A part of the query, escapes undone and made anew, so that each has one spelling. */
static lacuna_status append_query_part(lac_buf *out, lac_span part)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < part.len && status == LACUNA_OK; i++) {
        char c = part.ptr[i];
        if (c == '%' && part.len - i > 2 && hex_value(part.ptr[i + 1]) >= 0 &&
            hex_value(part.ptr[i + 2]) >= 0) {
            c = (char)(hex_value(part.ptr[i + 1]) * 16 + hex_value(part.ptr[i + 2]));
            i += 2;
        }
        status = is_unreserved(c) ? lac_buf_append_char(out, c)
                                  : lac_buf_printf(out, "%%%02X", (unsigned char)c);
    }
    return status;
}

enum { QUERY_PAIRS_MAX = 64 };

static int compare_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static lacuna_status canonical_pair(char **out, lac_span pair)
{
    lac_buf text;
    const char *equals = memchr(pair.ptr, '=', pair.len);
    lac_span name =
        lac_span_make(pair.ptr, equals == NULL ? pair.len : (size_t)(equals - pair.ptr));
    lac_buf_init(&text, CANONICAL_MAX);
    lacuna_status status = append_query_part(&text, name);
    if (status == LACUNA_OK) {
        status = lac_buf_append_char(&text, '=');
    }
    if (status == LACUNA_OK && equals != NULL) {
        status = append_query_part(&text, lac_span_make(equals + 1, pair.len - name.len - 1));
    }
    if (status == LACUNA_OK) {
        *out = lac_buf_steal(&text);
        status = *out == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    }
    lac_buf_free(&text);
    return status;
}

static lacuna_status append_query(lac_buf *out, lac_span query)
{
    char *pairs[QUERY_PAIRS_MAX] = {NULL};
    size_t count = 0;
    lacuna_status status = LACUNA_OK;
    while (query.len > 0 && status == LACUNA_OK) {
        const char *next = memchr(query.ptr, '&', query.len);
        lac_span pair =
            lac_span_make(query.ptr, next == NULL ? query.len : (size_t)(next - query.ptr));
        size_t taken = next == NULL ? pair.len : pair.len + 1;
        query = lac_span_make(query.ptr + taken, query.len - taken);
        if (pair.len > 0) {
            status =
                count < QUERY_PAIRS_MAX ? canonical_pair(&pairs[count++], pair) : LACUNA_E_LIMIT;
        }
    }
    if (status == LACUNA_OK) {
        qsort(pairs, count, sizeof pairs[0], compare_text);
    }
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = lac_buf_printf(out, "%s%s", i == 0 ? "" : "&", pairs[i]);
    }
    for (size_t i = 0; i < count; i++) {
        free(pairs[i]);
    }
    return status;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static lacuna_status append_lower(lac_buf *out, const char *name)
{
    lacuna_status status = LACUNA_OK;
    for (; *name != '\0' && status == LACUNA_OK; name++) {
        status = lac_buf_append_char(out, lower(*name));
    }
    return status;
}

/* Without outer white space, runs of spaces as one. */
static lacuna_status append_value(lac_buf *out, const char *value)
{
    lac_span text = lac_span_trim(lac_span_of(value));
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < text.len && status == LACUNA_OK; i++) {
        if (text.ptr[i] != ' ' || text.ptr[i - 1] != ' ') {
            status = lac_buf_append_char(out, text.ptr[i]);
        }
    }
    return status;
}

static int compare_names(const char *a, const char *b)
{
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++, b++;
    }
    return (unsigned char)lower(*a) - (unsigned char)lower(*b);
}

static int compare_headers(const void *a, const void *b)
{
    return compare_names(((const lac_http_header *)a)->name, ((const lac_http_header *)b)->name);
}

static void sorted_headers(lac_http_header *out, const lac_http_request *request)
{
    memcpy(out, request->headers, request->header_count * sizeof *out);
    qsort(out, request->header_count, sizeof *out, compare_headers);
}

static lacuna_status append_signed_names(lac_buf *out, const lac_http_request *request)
{
    lac_http_header headers[LAC_HTTP_HEADERS_MAX];
    lacuna_status status = LACUNA_OK;
    sorted_headers(headers, request);
    for (uint32_t i = 0; i < request->header_count && status == LACUNA_OK; i++) {
        status = i == 0 ? LACUNA_OK : lac_buf_append_char(out, ';');
        if (status == LACUNA_OK) {
            status = append_lower(out, headers[i].name);
        }
    }
    return status;
}

static lacuna_status append_headers(lac_buf *out, const lac_http_request *request)
{
    lac_http_header headers[LAC_HTTP_HEADERS_MAX];
    lacuna_status status = LACUNA_OK;
    sorted_headers(headers, request);
    for (uint32_t i = 0; i < request->header_count && status == LACUNA_OK; i++) {
        status = append_lower(out, headers[i].name);
        if (status == LACUNA_OK) {
            status = lac_buf_append_char(out, ':');
        }
        if (status == LACUNA_OK) {
            status = append_value(out, headers[i].value);
        }
        if (status == LACUNA_OK) {
            status = lac_buf_append_char(out, '\n');
        }
    }
    return status;
}

/* The url without scheme, taken apart. */
static bool split_url(lac_span *host, lac_span *path, lac_span *query, const char *url)
{
    const char *begin = strstr(url, "://");
    if (begin == NULL) {
        return false;
    }
    begin += 3;
    size_t length = strcspn(begin, "/?");
    *host = lac_span_make(begin, length);
    *path = lac_span_make(begin + length, strcspn(begin + length, "?"));
    *query = lac_span_of(path->ptr[path->len] == '?' ? path->ptr + path->len + 1 : "");
    return host->len > 0;
}

static const char *header_value(const lac_http_request *request, const char *name)
{
    for (uint32_t i = 0; i < request->header_count; i++) {
        if (compare_names(request->headers[i].name, name) == 0) {
            return request->headers[i].value;
        }
    }
    return "";
}

static lacuna_status write_canonical(lac_buf *out, const lac_http_request *request, lac_span path,
                                     lac_span query)
{
    lacuna_status status = lac_buf_printf(out, "%s\n", request->method);
    if (status == LACUNA_OK) {
        status = append_path(out, path);
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_char(out, '\n');
    }
    if (status == LACUNA_OK) {
        status = append_query(out, query);
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_char(out, '\n');
    }
    if (status == LACUNA_OK) {
        status = append_headers(out, request);
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_char(out, '\n');
    }
    if (status == LACUNA_OK) {
        status = append_signed_names(out, request);
    }
    return status == LACUNA_OK
               ? lac_buf_printf(out, "\n%s", header_value(request, "x-amz-content-sha256"))
               : status;
}

lacuna_status lac_sigv4_canonical(lac_buf *out, const lac_http_request *request, lacuna_error *err)
{
    lac_span host, path, query;
    if (!split_url(&host, &path, &query, request->url)) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "%.200s is not an address", request->url);
    }
    lacuna_status status = write_canonical(out, request, path, query);
    return status == LACUNA_OK ? status : lac_fail(err, status, "the request cannot be signed");
}

/* ---- the signature -------------------------------------------------------------------------- */

static bool make_stamp(stamp *out, int64_t now)
{
    time_t seconds = (time_t)now;
    struct tm parts;
    return gmtime_r(&seconds, &parts) != NULL &&
           strftime(out->date, sizeof out->date, "%Y%m%d", &parts) > 0 &&
           strftime(out->time, sizeof out->time, "%Y%m%dT%H%M%SZ", &parts) > 0;
}

static lacuna_status signing_key(unsigned char key[KEY_BYTES], const char *secret, const char *date,
                                 const char *region, const char *service, lacuna_error *err)
{
    lac_buf first;
    lac_buf_init(&first, CANONICAL_MAX);
    lacuna_status status = lac_buf_printf(&first, "AWS4%s", secret);
    if (status == LACUNA_OK) {
        status = hmac(key, lac_buf_span(&first), date, err);
    }
    const char *const steps[] = {region, service, "aws4_request"};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && status == LACUNA_OK; i++) {
        unsigned char next[KEY_BYTES];
        status = hmac(next, lac_span_make((const char *)key, KEY_BYTES), steps[i], err);
        memcpy(key, next, KEY_BYTES);
        OPENSSL_cleanse(next, sizeof next);
    }
    if (first.data != NULL) {
        OPENSSL_cleanse(first.data, first.cap);
    }
    lac_buf_free(&first);
    return status;
}

static lacuna_status add_headers(lac_http_request *request, lac_arena *arena,
                                 const lac_aws_keys *keys, const stamp *when, lacuna_error *err)
{
    char digest[KEY_HEX];
    lac_span host, path, query;
    if (!split_url(&host, &path, &query, request->url)) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "%.200s is not an address", request->url);
    }
    char *host_text = lac_arena_copy(arena, host);
    if (host_text == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = sha256_hex(digest, request->body, err);
    if (status == LACUNA_OK) {
        status = lac_http_add_header(request, arena, "Host", host_text, err);
    }
    if (status == LACUNA_OK) {
        status = lac_http_add_header(request, arena, "X-Amz-Date", when->time, err);
    }
    if (status == LACUNA_OK) {
        status = lac_http_add_header(request, arena, "X-Amz-Content-Sha256", digest, err);
    }
    if (status == LACUNA_OK && keys->session_token != NULL) {
        status =
            lac_http_add_header(request, arena, "X-Amz-Security-Token", keys->session_token, err);
    }
    return status;
}

static lacuna_status signature(char hex[KEY_HEX], lac_span canonical, const lac_aws_keys *keys,
                               const stamp *when, const char *region, const char *service,
                               lacuna_error *err)
{
    char digest[KEY_HEX];
    unsigned char key[KEY_BYTES], mac[KEY_BYTES];
    lac_buf text;
    lac_buf_init(&text, CANONICAL_MAX);
    lacuna_status status = sha256_hex(digest, canonical, err);
    if (status == LACUNA_OK) {
        status = lac_buf_printf(&text, "AWS4-HMAC-SHA256\n%s\n%s/%s/%s/aws4_request\n%s",
                                when->time, when->date, region, service, digest);
    }
    if (status == LACUNA_OK) {
        status = signing_key(key, keys->secret_access_key, when->date, region, service, err);
    }
    if (status == LACUNA_OK) {
        status = hmac(mac, lac_span_make((const char *)key, KEY_BYTES), lac_buf_text(&text), err);
        OPENSSL_cleanse(key, sizeof key);
    }
    if (status == LACUNA_OK) {
        to_hex(hex, mac);
    }
    lac_buf_free(&text);
    return status;
}

static lacuna_status add_authorization(lac_http_request *request, lac_arena *arena,
                                       const lac_aws_keys *keys, const stamp *when,
                                       const char *region, const char *service, const char *hex,
                                       lacuna_error *err)
{
    lac_buf value;
    lac_buf_init(&value, CANONICAL_MAX);
    lacuna_status status = lac_buf_printf(
        &value,
        "AWS4-HMAC-SHA256 Credential=%s/%s/%s/%s/aws4_request, SignedHeaders=", keys->access_key_id,
        when->date, region, service);
    if (status == LACUNA_OK) {
        status = append_signed_names(&value, request);
    }
    if (status == LACUNA_OK) {
        status = lac_buf_printf(&value, ", Signature=%s", hex);
    }
    status = status == LACUNA_OK
                 ? lac_http_add_header(request, arena, "Authorization", lac_buf_text(&value), err)
                 : lac_fail_nomem(err);
    lac_buf_free(&value);
    return status;
}

lacuna_status lac_sigv4_sign(lac_http_request *request, lac_arena *arena, const lac_aws_keys *keys,
                             const char *region, const char *service, int64_t now,
                             lacuna_error *err)
{
    stamp when;
    char hex[KEY_HEX];
    lac_buf canonical;
    lac_buf_init(&canonical, CANONICAL_MAX);
    lacuna_status status = make_stamp(&when, now)
                               ? add_headers(request, arena, keys, &when, err)
                               : lac_fail(err, LACUNA_E_ARGUMENT, "not a time that can be signed");
    if (status == LACUNA_OK) {
        status = lac_sigv4_canonical(&canonical, request, err);
    }
    if (status == LACUNA_OK) {
        status = signature(hex, lac_buf_span(&canonical), keys, &when, region, service, err);
    }
    if (status == LACUNA_OK) {
        status = add_authorization(request, arena, keys, &when, region, service, hex, err);
    }
    lac_buf_free(&canonical);
    return status;
}
