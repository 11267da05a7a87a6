/*
 * provider.h - where Claude is reached: Anthropic, Amazon Bedrock, Google Vertex AI, Microsoft
 * Foundry.
 *
 * Purpose: what differs between them and nothing else: address, credentials, fields that move
 * between path, headers and body. The message itself (claude/body.c) and the stream are the same
 * for all. Ownership: a provider owns its state and its credentials, wiped when it is freed.
 * Threads: one thread at a time.
 */
#ifndef LAC_CLAUDE_PROVIDER_H
#define LAC_CLAUDE_PROVIDER_H

#include "claude/http.h"

typedef enum lac_endpoint {
    LAC_ENDPOINT_MESSAGES, /* a streamed answer */
    LAC_ENDPOINT_COUNT_TOKENS,
} lac_endpoint;

typedef struct lac_provider lac_provider;

typedef struct lac_provider_class {
    const char *name; /* "anthropic" */
    /* Whether the message body names the model and asks for a stream, or the path does. */
    bool model_in_body, stream_in_body;
    /* Value of "anthropic_version" in the body; NULL: it is a header. */
    const char *version_in_body;
    bool counts_tokens;
    uint64_t body_bytes_max; /* largest request it takes */
    /* Fills method, url and headers for one attempt on `body`. Called again for every attempt:
     * signatures carry the time and tokens expire. `now` is seconds since 1970, UTC. */
    lacuna_status (*prepare)(lac_http_request *request, lac_provider *provider, lac_arena *arena,
                             lac_endpoint endpoint, const char *model, lac_span body, int64_t now,
                             lacuna_error *err);
    /* After a 401: forgets what was cached, so that the next prepare gets new credentials. */
    void (*forget)(lac_provider *provider);
    void (*free)(lac_provider *provider);
} lac_provider_class;

/* First member of every provider's own struct. */
struct lac_provider {
    const lac_provider_class *type;
};

#endif
