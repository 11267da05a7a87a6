#include "claude/azure.h"
#include "claude/provider.h"
#include "support/error.h"

#include <stdio.h>
#include <stdlib.h>

#define VERSION "2026-10-21"

enum { BODY_BYTES_MAX = 32 * 1000 * 1000, ADDRESS_MAX = 512 };

typedef struct foundry {
    lac_provider base;
    const lac_settings *settings;
    lac_http *http;
    lac_token token;
    const char *key;           /* NULL: tokens of Entra */
    char address[ADDRESS_MAX]; /* "": needs the resource */
} foundry;

static lacuna_status ready(const lac_provider *provider, lacuna_error *err)
{
    const foundry *self = (const foundry *)provider;
    return self->address[0] != '\0' ? LACUNA_OK
                                    : lac_fail_remedy(err, LACUNA_E_ARGUMENT,
                                                      "set resource or ANTHROPIC_FOUNDRY_RESOURCE",
                                                      "no resource for Microsoft Foundry");
}

static lacuna_status authorize(lac_http_request *request, foundry *self, lac_arena *arena,
                               int64_t now, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    if (self->key != NULL) {
        return lac_http_add_header(request, arena, "x-api-key", self->key, err);
    }
    if (!lac_token_is_fresh(&self->token, now)) {
        status = lac_azure_token(&self->token, self->settings, self->http, now, err);
    }
    return status == LACUNA_OK ? lac_http_add_header(request, arena, "Authorization",
                                                     self->token.authorization, err)
                               : status;
}

static lacuna_status prepare(lac_http_request *request, lac_provider *provider, lac_arena *arena,
                             lac_endpoint endpoint, const char *model, int64_t now,
                             lacuna_error *err)
{
    foundry *self = (foundry *)provider;
    const char *version = self->settings->version;
    (void)model;
    request->method = "POST";
    lacuna_status status = ready(provider, err);
    if (status == LACUNA_OK) {
        status = lac_provider_url(
            request, arena, self->address,
            endpoint == LAC_ENDPOINT_MESSAGES ? "/v1/messages" : "/v1/messages/count_tokens", err);
    }
    if (status == LACUNA_OK) {
        status =
            lac_provider_json_headers(request, arena, version == NULL ? VERSION : version, err);
    }
    return status == LACUNA_OK ? authorize(request, self, arena, now, err) : status;
}

static bool forget(lac_provider *provider)
{
    foundry *self = (foundry *)provider;
    lac_token_wipe(&self->token);
    return self->key == NULL;
}

static void free_foundry(lac_provider *provider)
{
    lac_token_wipe(&((foundry *)provider)->token);
    free(provider);
}

static const lac_provider_class FOUNDRY = {
    .name = "foundry",
    .model_prefix = "",
    .model_in_body = true, /* the name of the deployment */
    .stream_in_body = true,
    .counts_tokens = true,
    .body_bytes_max = BODY_BYTES_MAX,
    .ready = ready,
    .prepare = prepare,
    .forget = forget,
    .free = free_foundry,
};

lacuna_status lac_foundry_open(lac_provider **out, const lac_settings *settings, lac_http *http,
                               lacuna_error *err)
{
    *out = NULL;
    foundry *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return lac_fail_nomem(err);
    }
    self->base.type = &FOUNDRY;
    self->settings = settings;
    self->http = http;
    self->key = lac_settings_or(settings, settings->api_key, "ANTHROPIC_FOUNDRY_API_KEY");
    const char *told = lac_settings_or(settings, settings->base_url, "ANTHROPIC_FOUNDRY_BASE_URL");
    const char *resource =
        lac_settings_or(settings, settings->resource, "ANTHROPIC_FOUNDRY_RESOURCE");
    int length = told != NULL ? snprintf(self->address, ADDRESS_MAX, "%s", told)
                 : resource != NULL
                     ? snprintf(self->address, ADDRESS_MAX,
                                "https://%s.services.ai.azure.com/anthropic", resource)
                     : 0;
    if (length < 0 || length >= ADDRESS_MAX) {
        free(self);
        return lac_fail(err, LACUNA_E_ARGUMENT, "the address of Foundry is too long");
    }
    *out = &self->base;
    return LACUNA_OK;
}
