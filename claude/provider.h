/*
 * provider.h - where Claude is reached: Anthropic, Amazon Bedrock, Google Vertex AI, Microsoft
 * Foundry.
 *
 * Purpose: what differs between them and nothing else: address, credentials, fields that move
 * between path, headers and body. The message itself (body.h) and the stream are the same for all.
 * Ownership: a provider owns its state and its credentials, wiped when it is freed. The settings
 * and the http it was opened with outlive it. Threads: one thread at a time.
 */
#ifndef LAC_CLAUDE_PROVIDER_H
#define LAC_CLAUDE_PROVIDER_H

#include "claude/http.h"
#include "claude/settings.h"

typedef enum lac_endpoint {
    LAC_ENDPOINT_MESSAGES, /* a streamed answer */
    LAC_ENDPOINT_COUNT_TOKENS,
} lac_endpoint;

typedef struct lac_provider lac_provider;

typedef struct lac_provider_class {
    const char *name; /* "anthropic" */
    /* In front of a model's own id where the user gave none of the provider's ("anthropic."). */
    const char *model_prefix;
    /* Whether the message body names the model and asks for a stream, or the path does. */
    bool model_in_body, stream_in_body;
    /* Value of "anthropic_version" in the body; NULL: it is a header. */
    const char *version_in_body;
    bool counts_tokens;
    bool takes_geo;
    uint64_t body_bytes_max; /* largest request it takes */
    /* LACUNA_E_ARGUMENT where credentials are missing, with what to set. Runs and opens nothing. */
    lacuna_status (*ready)(const lac_provider *provider, lacuna_error *err);
    /* Fills method, url and headers for one attempt on `request->body`. Called again for every
     * attempt: signatures carry the time and tokens expire. `now` is seconds since 1970, UTC. */
    lacuna_status (*prepare)(lac_http_request *request, lac_provider *provider, lac_arena *arena,
                             lac_endpoint endpoint, const char *model, int64_t now,
                             lacuna_error *err);
    /* After a 401: forgets what was cached, so that the next prepare gets new credentials. False:
     * there is nothing to get anew. */
    bool (*forget)(lac_provider *provider);
    void (*free)(lac_provider *provider);
} lac_provider_class;

/* First member of every provider's own struct. */
struct lac_provider {
    const lac_provider_class *type;
};

/* Credentials are looked for, but may be missing until `ready`: a preview needs none. */
lacuna_status lac_provider_open(lac_provider **out, const lac_settings *settings, lac_http *http,
                                lacuna_error *err);
void lac_provider_free(lac_provider *provider);

/* The one of a name; each has a file of its own. */
lacuna_status lac_anthropic_open(lac_provider **out, const lac_settings *settings, lac_http *http,
                                 lacuna_error *err);
lacuna_status lac_bedrock_open(lac_provider **out, const lac_settings *settings, lac_http *http,
                               lacuna_error *err);
lacuna_status lac_vertex_open(lac_provider **out, const lac_settings *settings, lac_http *http,
                              lacuna_error *err);
lacuna_status lac_foundry_open(lac_provider **out, const lac_settings *settings, lac_http *http,
                               lacuna_error *err);

/* For providers: address + path, and headers every one sends. */
lacuna_status lac_provider_url(lac_http_request *request, lac_arena *arena, const char *base,
                               const char *path, lacuna_error *err);
lacuna_status lac_provider_json_headers(lac_http_request *request, lac_arena *arena,
                                        const char *version, lacuna_error *err);

#endif
