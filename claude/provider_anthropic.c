#include "claude/provider.h"

#include "support/error.h"

#include <openssl/crypto.h>
#include <stdlib.h>

/* The version of the Messages API that this program was written against. */
#define VERSION "2026-10-21"
#define ADDRESS "https://api.anthropic.com"

enum { BODY_BYTES_MAX = 32 * 1024 * 1024 };

typedef struct anthropic {
    lac_provider base;
    const char *address, *version;
    char *authorization; /* "Bearer ..." */
    size_t authorization_room;
} anthropic;

static lacuna_status prepare(lac_http_request *request, lac_provider *provider, lac_arena *arena,
                             lac_endpoint endpoint, const char *model, int64_t now,
                             lacuna_error *err)
{
    const anthropic *self = (const anthropic *)provider;
    (void)model, (void)now;
    request->method = "POST";
    lacuna_status status = lac_provider_url(
        request, arena, self->address,
        endpoint == LAC_ENDPOINT_MESSAGES ? "/v1/messages" : "/v1/messages/count_tokens", err);
    if (status == LACUNA_OK) {
        status = lac_provider_json_headers(request, arena, self->version, err);
    }
    if (status == LACUNA_OK) {
        status = lac_http_add_header(request, arena, "Authorization", self->authorization, err);
    }
    return status;
}

static lacuna_status ready(const lac_provider *provider, lacuna_error *err)
{
    const anthropic *self = (const anthropic *)provider;
    return self->authorization != NULL
               ? LACUNA_OK
               : lac_fail_remedy(err, LACUNA_E_ARGUMENT,
                                 "set ANTHROPIC_API_KEY, or choose another provider",
                                 "no key for Anthropic's service");
}

static bool forget(lac_provider *provider)
{
    (void)provider;
    return false; /* a key stays what it is */
}

static void free_anthropic(lac_provider *provider)
{
    anthropic *self = (anthropic *)provider;
    if (self->authorization != NULL) {
        OPENSSL_cleanse(self->authorization, self->authorization_room);
    }
    free(self->authorization);
    free(self);
}

static const lac_provider_class ANTHROPIC = {
    .name = "anthropic",
    .model_prefix = "",
    .model_in_body = true,
    .stream_in_body = true,
    .counts_tokens = true,
    .takes_geo = true,
    .body_bytes_max = BODY_BYTES_MAX,
    .ready = ready,
    .prepare = prepare,
    .forget = forget,
    .free = free_anthropic,
};

static lacuna_status set_authorization(anthropic *self, const char *key, lacuna_error *err)
{
    static const char scheme[] = "Bearer ";
    size_t length = strlen(key);
    self->authorization_room = sizeof scheme + length;
    self->authorization = calloc(1, self->authorization_room);
    if (self->authorization == NULL) {
        return lac_fail_nomem(err);
    }
    memcpy(self->authorization, scheme, sizeof scheme - 1);
    memcpy(self->authorization + sizeof scheme - 1, key, length);
    return LACUNA_OK;
}

lacuna_status lac_anthropic_open(lac_provider **out, const lac_settings *settings, lac_http *http,
                                 lacuna_error *err)
{
    (void)http;
    *out = NULL;
    const char *key = lac_settings_or(settings, settings->api_key, "ANTHROPIC_API_KEY");
    key = lac_settings_or(settings, key, "ANTHROPIC_AUTH_TOKEN");
    const char *address = lac_settings_or(settings, settings->base_url, "ANTHROPIC_BASE_URL");
    anthropic *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return lac_fail_nomem(err);
    }
    *self = (anthropic){
        .base = {&ANTHROPIC},
        .address = address == NULL ? ADDRESS : address,
        .version = settings->version == NULL ? VERSION : settings->version,
    };
    lacuna_status status = key == NULL ? LACUNA_OK : set_authorization(self, key, err);
    if (status != LACUNA_OK) {
        free_anthropic(&self->base);
        return status;
    }
    *out = &self->base;
    return LACUNA_OK;
}
