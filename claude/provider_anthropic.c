#include "claude/provider.h"
#include "claude/token.h"
#include "support/error.h"

#include <stdlib.h>

/* The version of the Messages API that this program was written against. */
#define VERSION "2026-10-21"
#define ADDRESS "https://api.anthropic.com"

enum { BODY_BYTES_MAX = 32 * 1024 * 1024 };

typedef struct anthropic {
    lac_provider base;
    const lac_settings *settings;
    const char *address, *version;
    lac_token token; /* the key, or what credential-command printed */
} anthropic;

static bool has_command(const anthropic *self)
{
    return self->settings->credential_command != NULL;
}

static lacuna_status prepare(lac_http_request *request, lac_provider *provider, lac_arena *arena,
                             lac_endpoint endpoint, const char *model, int64_t now,
                             lacuna_error *err)
{
    anthropic *self = (anthropic *)provider;
    (void)model;
    request->method = "POST";
    lacuna_status status = lac_provider_url(
        request, arena, self->address,
        endpoint == LAC_ENDPOINT_MESSAGES ? "/v1/messages" : "/v1/messages/count_tokens", err);
    if (status == LACUNA_OK) {
        status = lac_provider_json_headers(request, arena, self->version, err);
    }
    if (status == LACUNA_OK && has_command(self) && !lac_token_is_fresh(&self->token, now)) {
        status = lac_token_from_command(&self->token, self->settings, now, err);
    }
    return status == LACUNA_OK ? lac_http_add_header(request, arena, "Authorization",
                                                     self->token.authorization, err)
                               : status;
}

static lacuna_status ready(const lac_provider *provider, lacuna_error *err)
{
    const anthropic *self = (const anthropic *)provider;
    return self->token.authorization != NULL || has_command(self)
               ? LACUNA_OK
               : lac_fail_remedy(err, LACUNA_E_ARGUMENT,
                                 "set ANTHROPIC_API_KEY or credential-command, or choose another "
                                 "provider",
                                 "no key for Anthropic's service");
}

static bool forget(lac_provider *provider)
{
    anthropic *self = (anthropic *)provider;
    if (!has_command(self)) {
        return false; /* a key stays what it is */
    }
    lac_token_wipe(&self->token);
    return true;
}

static void free_anthropic(lac_provider *provider)
{
    anthropic *self = (anthropic *)provider;
    lac_token_wipe(&self->token);
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

static lacuna_status set_key(anthropic *self, const char *key, lacuna_error *err)
{
    if (key == NULL || has_command(self)) {
        return LACUNA_OK;
    }
    if (strpbrk(key, "\r\n") != NULL) {
        return lac_fail_remedy(err, LACUNA_E_ARGUMENT, "set ANTHROPIC_API_KEY to the key alone",
                               "the key for Anthropic's service holds a line end");
    }
    return lac_token_set(&self->token, lac_span_of(key), 0, err);
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
        .settings = settings,
        .address = address == NULL ? ADDRESS : address,
        .version = settings->version == NULL ? VERSION : settings->version,
    };
    lacuna_status status = set_key(self, key, err);
    if (status != LACUNA_OK) {
        free_anthropic(&self->base);
        return status;
    }
    *out = &self->base;
    return LACUNA_OK;
}
