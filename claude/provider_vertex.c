#include "claude/google.h"
#include "claude/provider.h"
#include "support/error.h"

#include <stdio.h>
#include <stdlib.h>

enum { BODY_BYTES_MAX = 30 * 1000 * 1000, PATH_MAX_BYTES = 1024, HOST_MAX = 256 };

typedef struct vertex {
    lac_provider base;
    const lac_settings *settings;
    lac_http *http;
    lac_token token;
    const char *project, *region;
    char address[HOST_MAX];
} vertex;

static lacuna_status ready(const lac_provider *provider, lacuna_error *err)
{
    const vertex *self = (const vertex *)provider;
    if (self->project == NULL) {
        return lac_fail_remedy(err, LACUNA_E_ARGUMENT, "set project or ANTHROPIC_VERTEX_PROJECT_ID",
                               "no project for Google Vertex AI");
    }
    return LACUNA_OK;
}

/* The model is a part of the path; '@' in it stays as it is. */
static lacuna_status set_path(lac_http_request *request, const vertex *self, lac_arena *arena,
                              lac_endpoint endpoint, const char *model, lacuna_error *err)
{
    char path[PATH_MAX_BYTES];
    bool messages = endpoint == LAC_ENDPOINT_MESSAGES;
    if (strpbrk(model, "/?#%: ") != NULL) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "%.100s is no model of Vertex AI", model);
    }
    int length =
        snprintf(path, sizeof path, "/projects/%s/locations/%s/publishers/anthropic/models/%s:%s",
                 self->project, self->region, messages ? model : "count-tokens",
                 messages ? "streamRawPredict" : "rawPredict");
    if (length < 0 || length >= PATH_MAX_BYTES) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "project or model of Vertex AI are too long");
    }
    return lac_provider_url(request, arena, self->address, path, err);
}

static lacuna_status prepare(lac_http_request *request, lac_provider *provider, lac_arena *arena,
                             lac_endpoint endpoint, const char *model, int64_t now,
                             lacuna_error *err)
{
    vertex *self = (vertex *)provider;
    request->method = "POST";
    lacuna_status status = ready(provider, err);
    if (status == LACUNA_OK) {
        status = set_path(request, self, arena, endpoint, model, err);
    }
    if (status == LACUNA_OK) {
        status = lac_provider_json_headers(request, arena, NULL, err);
    }
    if (status == LACUNA_OK && !lac_token_is_fresh(&self->token, now)) {
        status = lac_google_token(&self->token, self->settings, self->http, now, err);
    }
    return status == LACUNA_OK ? lac_http_add_header(request, arena, "Authorization",
                                                     self->token.authorization, err)
                               : status;
}

static bool forget(lac_provider *provider)
{
    lac_token_wipe(&((vertex *)provider)->token);
    return true;
}

static void free_vertex(lac_provider *provider)
{
    lac_token_wipe(&((vertex *)provider)->token);
    free(provider);
}

static const lac_provider_class VERTEX = {
    .name = "vertex",
    .model_prefix = "",
    .stream_in_body = true,
    .version_in_body = "vertex-2023-10-16",
    .counts_tokens = true,
    .body_bytes_max = BODY_BYTES_MAX,
    .ready = ready,
    .prepare = prepare,
    .forget = forget,
    .free = free_vertex,
};

/* global, us and eu have hosts of their own. */
static int default_address(vertex *self)
{
    const char *region = self->region;
    if (strcmp(region, "global") == 0) {
        return snprintf(self->address, HOST_MAX, "https://aiplatform.googleapis.com/v1");
    }
    if (strcmp(region, "us") == 0 || strcmp(region, "eu") == 0) {
        return snprintf(self->address, HOST_MAX, "https://aiplatform.%s.rep.googleapis.com/v1",
                        region);
    }
    return snprintf(self->address, HOST_MAX, "https://%s-aiplatform.googleapis.com/v1", region);
}

lacuna_status lac_vertex_open(lac_provider **out, const lac_settings *settings, lac_http *http,
                              lacuna_error *err)
{
    *out = NULL;
    vertex *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return lac_fail_nomem(err);
    }
    self->base.type = &VERTEX;
    self->settings = settings;
    self->http = http;
    self->project = lac_settings_or(settings, settings->project, "ANTHROPIC_VERTEX_PROJECT_ID");
    self->region = lac_settings_or(settings, settings->region, "CLOUD_ML_REGION");
    self->region = self->region == NULL ? "global" : self->region;
    const char *told = lac_settings_or(settings, settings->base_url, "ANTHROPIC_VERTEX_BASE_URL");
    int length =
        told != NULL ? snprintf(self->address, HOST_MAX, "%s", told) : default_address(self);
    if (length < 0 || length >= HOST_MAX) {
        free(self);
        return lac_fail(err, LACUNA_E_ARGUMENT, "the address of Vertex AI is too long");
    }
    *out = &self->base;
    return LACUNA_OK;
}
