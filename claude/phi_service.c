#include "claude/http.h"
#include "claude/http_address.h"
#include "include/lacuna_claude.h"
#include "support/error.h"
#include "support/json_parse.h"

#include <openssl/crypto.h>
#include <stdlib.h>

enum { TIMEOUT_MS = 120000, REPLY_MAX = 16 << 20, HTTP_OK = 200 };

struct lacuna_phi_service {
    lac_http *http;
    char *url;
    lacuna_recognizer recognizer;
};

/* Kinds of Presidio by the names of lacuna_phi.h. "" is no identifier of 164.514(b)(2), or found
 * better by the built-in recognizers: "two weeks" is a DATE_TIME. */
static const struct {
    const char *entity, *kind;
} ENTITIES[] = {
    {"PERSON", "name"},
    {"LOCATION", "place"},
    {"ADDRESS", "place"},
    {"ZIP", "place"},
    {"DATE", "date"},
    {"DATE_OF_BIRTH", "date"},
    {"DATE_TIME", ""},
    {"AGE", ""},
    {"NRP", ""},
    {"ORGANIZATION", ""},
    {"TITLE", ""},
    {"PHONE_NUMBER", "phone"},
    {"EMAIL_ADDRESS", "email"},
    {"US_SSN", "ssn"},
    {"MEDICAL_RECORD_NUMBER", "medical-record"},
    {"UK_NHS", "medical-record"},
    {"US_MBI", "health-plan"},
    {"US_BANK_NUMBER", "account"},
    {"IBAN_CODE", "account"},
    {"CREDIT_CARD", "account"},
    {"US_DRIVER_LICENSE", "licence"},
    {"US_PASSPORT", "licence"},
    {"MEDICAL_LICENSE", "licence"},
    {"URL", "url"},
    {"IP_ADDRESS", "ip"},
};

static const char *kind_of(const char *entity)
{
    for (size_t i = 0; i < sizeof ENTITIES / sizeof ENTITIES[0]; i++) {
        if (strcmp(entity, ENTITIES[i].entity) == 0) {
            return ENTITIES[i].kind;
        }
    }
    return "code";
}

/* ---- characters to bytes -------------------------------------------------------------------- */

/* Where each character begins, and the end; the caller's. */
static size_t *character_offsets(size_t *count, lac_span text)
{
    size_t *offsets = calloc(text.len + 1, sizeof *offsets);
    *count = 0;
    for (size_t i = 0; offsets != NULL && i < text.len; i++) {
        if (((unsigned char)text.ptr[i] & 0xC0) != 0x80) {
            offsets[(*count)++] = i;
        }
    }
    if (offsets != NULL) {
        offsets[*count] = text.len;
    }
    return offsets;
}

typedef struct telling {
    const size_t *offsets;
    size_t count; /* characters */
    lacuna_phi_found_fn found;
    void *user;
} telling;

static lacuna_status tell(const telling *t, const json_t *one, bool *stopped, lacuna_error *err)
{
    const char *entity = json_string_value(json_object_get(one, "entity_type"));
    const json_t *start = json_object_get(one, "start"), *end = json_object_get(one, "end");
    const json_t *score = json_object_get(one, "score");
    json_int_t first = json_integer_value(start), last = json_integer_value(end);
    if (entity == NULL || !json_is_integer(start) || !json_is_integer(end) || first < 0 ||
        last <= first || (uint64_t)last > t->count) {
        return lac_fail(err, LACUNA_E_FORMAT,
                        "the recognizer of identifiers named a place that is not in the text");
    }
    const char *kind = kind_of(entity);
    *stopped =
        kind[0] != '\0' && t->found(t->user, kind, t->offsets[first], t->offsets[last],
                                    json_is_number(score) ? json_number_value(score) : 1.0) != 0;
    return LACUNA_OK;
}

static lacuna_status read_reply(lac_span reply, lac_span text, lacuna_phi_found_fn found,
                                void *user, lacuna_error *err)
{
    json_t *list = NULL;
    json_error_t where;
    telling t = {.found = found, .user = user};
    bool stopped = false;
    lacuna_status status = lac_json_parse(&list, reply, 0, &where);
    if (status != LACUNA_OK || !json_is_array(list)) {
        json_decref(list);
        return status == LACUNA_E_NOMEM
                   ? lac_fail_nomem(err)
                   : lac_fail(err, LACUNA_E_FORMAT,
                              "the recognizer of identifiers did not answer with a list");
    }
    size_t *offsets = character_offsets(&t.count, text);
    status = offsets == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    t.offsets = offsets;
    for (size_t i = 0; i < json_array_size(list) && status == LACUNA_OK && !stopped; i++) {
        status = tell(&t, json_array_get(list, i), &stopped, err);
    }
    free(offsets);
    json_decref(list);
    return status;
}

/* ---- asking --------------------------------------------------------------------------------- */

static lacuna_status exchange(lac_buf *reply, lacuna_phi_service *service, const char *body,
                              lacuna_error *err)
{
    lac_arena arena;
    uint32_t code = 0;
    lac_http_request request = {.method = "POST", .url = service->url, .body = lac_span_of(body)};
    lac_arena_init(&arena);
    lacuna_status status =
        lac_http_add_header(&request, &arena, "content-type", "application/json", err);
    if (status == LACUNA_OK) {
        status = lac_http_fetch(&code, reply, service->http, &request, TIMEOUT_MS, err);
    }
    if (status == LACUNA_OK && code != HTTP_OK) {
        status = lac_fail(err, LACUNA_E_IO, "the recognizer of identifiers answered with status %u",
                          code);
    }
    lac_arena_free(&arena);
    return status;
}

static lacuna_status find(void *state, const char *text, size_t length, lacuna_phi_found_fn found,
                          void *user, lacuna_error *err)
{
    lac_buf reply;
    json_t *tree = json_pack("{s:s%,s:s}", "text", text, length, "language", "en");
    char *body = tree == NULL ? NULL : json_dumps(tree, JSON_COMPACT);
    json_decref(tree);
    if (body == NULL) {
        return lac_fail_nomem(err);
    }
    lac_buf_init(&reply, REPLY_MAX);
    lacuna_status status = exchange(&reply, state, body, err);
    if (status == LACUNA_OK) {
        status = read_reply(lac_buf_span(&reply), lac_span_make(text, length), found, user, err);
    }
    lac_buf_free(&reply);
    OPENSSL_cleanse(body, strlen(body));
    free(body);
    return status;
}

lacuna_status lacuna_phi_service_open(lacuna_phi_service **out, const char *url, lacuna_error *err)
{
    lac_address_kind kind;
    lac_http_settings settings = {.http1 = true};
    *out = NULL;
    if (lac_http_address(&kind, url, NULL) != LACUNA_OK || kind != LAC_ADDRESS_LOOPBACK) {
        return lac_fail_remedy(err, LACUNA_E_ARGUMENT,
                               "an address like http://127.0.0.1:5002/analyze",
                               "a recognizer of identifiers is asked on this machine only");
    }
    lacuna_phi_service *service = calloc(1, sizeof *service);
    if (service == NULL) {
        return lac_fail_nomem(err);
    }
    service->url = strdup(url);
    lacuna_status status =
        service->url == NULL ? lac_fail_nomem(err) : lac_http_open(&service->http, &settings, err);
    if (status != LACUNA_OK) {
        lacuna_phi_service_close(service);
        return status;
    }
    service->recognizer = (lacuna_recognizer){sizeof service->recognizer, service, find};
    *out = service;
    return LACUNA_OK;
}

void lacuna_phi_service_close(lacuna_phi_service *service)
{
    if (service != NULL) {
        lac_http_close(service->http);
        free(service->url);
        free(service);
    }
}

const lacuna_recognizer *lacuna_phi_service_recognizer(const lacuna_phi_service *service)
{
    return &service->recognizer;
}
