#include "claude/provider.h"

#include "support/error.h"

lacuna_status lac_provider_open(lac_provider **out, const lac_settings *settings, lac_http *http,
                                lacuna_error *err)
{
    static const struct {
        const char *name;
        lacuna_status (*open)(lac_provider **, const lac_settings *, lac_http *, lacuna_error *);
    } known[] = {
        {"anthropic", lac_anthropic_open},
        {"bedrock", lac_bedrock_open},
        {"vertex", lac_vertex_open},
        {"foundry", lac_foundry_open},
    };
    *out = NULL;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(known[i].name, settings->provider) == 0) {
            return known[i].open(out, settings, http, err);
        }
    }
    return lac_fail(err, LACUNA_E_ARGUMENT, "there is no provider %.60s", settings->provider);
}

void lac_provider_free(lac_provider *provider)
{
    if (provider != NULL) {
        provider->type->free(provider);
    }
}

lacuna_status lac_provider_url(lac_http_request *request, lac_arena *arena, const char *base,
                               const char *path, lacuna_error *err)
{
    size_t length = strlen(base);
    while (length > 0 && base[length - 1] == '/') {
        length--;
    }
    char *url = lac_arena_alloc(arena, length + strlen(path) + 1);
    if (url == NULL) {
        return lac_fail_nomem(err);
    }
    memcpy(url, base, length);
    memcpy(url + length, path, strlen(path));
    request->url = url;
    return LACUNA_OK;
}

lacuna_status lac_provider_json_headers(lac_http_request *request, lac_arena *arena,
                                        const char *version, lacuna_error *err)
{
    lacuna_status status =
        lac_http_add_header(request, arena, "Content-Type", "application/json", err);
    if (status == LACUNA_OK) {
        status = lac_http_add_header(request, arena, "Accept", "application/json", err);
    }
    if (status == LACUNA_OK && version != NULL) {
        status = lac_http_add_header(request, arena, "anthropic-version", version, err);
    }
    return status;
}
