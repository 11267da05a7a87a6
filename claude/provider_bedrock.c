#include "claude/aws.h"
#include "claude/provider.h"
#include "support/error.h"

#include <stdio.h>
#include <stdlib.h>

/*
 * The endpoint of Bedrock that speaks the Messages API and server-sent events. The older one, with
 * a path a model and a binary stream, is not needed; an address of bedrock-runtime is signed for
 * that service's name.
 */
#define VERSION "2026-10-21"
#define SERVICE "bedrock-mantle"
#define RUNTIME_SERVICE "bedrock"

enum { BODY_BYTES_MAX = 20 * 1000 * 1000, ADDRESS_MAX = 512 };

typedef struct bedrock {
    lac_provider base;
    const lac_settings *settings;
    lac_aws_source *keys;
    const char *bearer; /* AWS_BEARER_TOKEN_BEDROCK; NULL: requests are signed */
    const char *region; /* NULL: none was told */
    const char *service;
    char address[ADDRESS_MAX]; /* "": needs the region */
} bedrock;

static lacuna_status authorize(lac_http_request *request, bedrock *self, lac_arena *arena,
                               int64_t now, lacuna_error *err)
{
    lac_aws_keys keys;
    if (self->bearer != NULL) {
        char *value = lac_arena_alloc(arena, strlen(self->bearer) + sizeof "Bearer ");
        if (value == NULL) {
            return lac_fail_nomem(err);
        }
        memcpy(value, "Bearer ", sizeof "Bearer " - 1);
        memcpy(value + sizeof "Bearer " - 1, self->bearer, strlen(self->bearer));
        return lac_http_add_header(request, arena, "Authorization", value, err);
    }
    lacuna_status status = lac_aws_keys_get(&keys, self->keys, now, err);
    return status == LACUNA_OK
               ? lac_sigv4_sign(request, arena, &keys, self->region, self->service, now, err)
               : status;
}

static lacuna_status ready(const lac_provider *provider, lacuna_error *err)
{
    const bedrock *self = (const bedrock *)provider;
    return self->region != NULL
               ? LACUNA_OK
               : lac_fail_remedy(err, LACUNA_E_ARGUMENT, "set region or AWS_REGION",
                                 "no region for Amazon Bedrock");
}

static lacuna_status prepare(lac_http_request *request, lac_provider *provider, lac_arena *arena,
                             lac_endpoint endpoint, const char *model, int64_t now,
                             lacuna_error *err)
{
    bedrock *self = (bedrock *)provider;
    (void)model;
    request->method = "POST";
    lacuna_status status = ready(provider, err);
    if (status == LACUNA_OK) {
        status = lac_provider_url(
            request, arena, self->address,
            endpoint == LAC_ENDPOINT_MESSAGES ? "/v1/messages" : "/v1/messages/count_tokens", err);
    }
    if (status == LACUNA_OK) {
        const char *version = self->settings->version;
        status =
            lac_provider_json_headers(request, arena, version == NULL ? VERSION : version, err);
    }
    return status == LACUNA_OK ? authorize(request, self, arena, now, err) : status;
}

static bool forget(lac_provider *provider)
{
    bedrock *self = (bedrock *)provider;
    return self->bearer == NULL && lac_aws_forget(self->keys);
}

static void free_bedrock(lac_provider *provider)
{
    bedrock *self = (bedrock *)provider;
    lac_aws_free(self->keys);
    free(self);
}

static const lac_provider_class BEDROCK = {
    .name = "bedrock",
    .model_prefix = "anthropic.",
    .model_in_body = true,
    .stream_in_body = true,
    .counts_tokens = true,
    .body_bytes_max = BODY_BYTES_MAX,
    .ready = ready,
    .prepare = prepare,
    .forget = forget,
    .free = free_bedrock,
};

static lacuna_status set_address(bedrock *self, lacuna_error *err)
{
    const char *told = lac_settings_or(self->settings, self->settings->base_url,
                                       "ANTHROPIC_BEDROCK_MANTLE_BASE_URL");
    int length = told != NULL ? snprintf(self->address, sizeof self->address, "%s", told)
                 : self->region != NULL
                     ? snprintf(self->address, sizeof self->address,
                                "https://bedrock-mantle.%s.api.aws/anthropic", self->region)
                     : 0;
    self->service = strstr(self->address, "bedrock-runtime") != NULL ? RUNTIME_SERVICE : SERVICE;
    return length >= 0 && length < ADDRESS_MAX
               ? LACUNA_OK
               : lac_fail(err, LACUNA_E_ARGUMENT, "the address of Bedrock is too long");
}

lacuna_status lac_bedrock_open(lac_provider **out, const lac_settings *settings, lac_http *http,
                               lacuna_error *err)
{
    *out = NULL;
    bedrock *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return lac_fail_nomem(err);
    }
    self->base.type = &BEDROCK;
    self->settings = settings;
    self->bearer = lac_settings_or(settings, settings->api_key, "AWS_BEARER_TOKEN_BEDROCK");
    lacuna_status status = lac_aws_open(&self->keys, settings, http, err);
    if (status == LACUNA_OK) {
        self->region = lac_aws_region(self->keys);
        status = set_address(self, err);
    }
    if (status != LACUNA_OK) {
        free_bedrock(&self->base);
        return status;
    }
    *out = &self->base;
    return LACUNA_OK;
}
