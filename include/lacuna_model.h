/*
 * lacuna_model.h - how the core asks a language model, whoever carries the question.
 *
 * The core links no network code. A host gives it a lacuna_model: Lacuna's own for Claude
 * (lacuna_claude.h), or one that uses the host's transport. What a model answers is never believed:
 * the core verifies every quote and every number against the text that was sent.
 *
 * Ownership: whoever creates a model keeps it alive while the core uses it. Everything a request
 *   points to belongs to the core and is only read during ask; everything a response points to
 *   belongs to the model and lives until its callback returns.
 * Threads: ask is called from one thread at a time, and calls back from that thread only.
 */
#ifndef LACUNA_MODEL_H
#define LACUNA_MODEL_H

#include <stddef.h>
#include <stdint.h>

#include "lacuna_status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* UTF-8, not terminated. */
typedef struct lacuna_text {
    const char *bytes;
    size_t length;
} lacuna_text;

/* Untrusted material, sent as data. A passage is the smallest thing that can be cited: a paragraph,
 * or a whole table. */
typedef struct lacuna_source {
    lacuna_text title;   /* "3.2.P.8.1 Stability"; cannot be cited */
    lacuna_text context; /* where it comes from; may be empty, cannot be cited */
    const lacuna_text *passages;
    size_t passage_count;
} lacuna_source;

/* One more turn after the first question: what the model had answered, and what is wrong with it.
 */
typedef struct lacuna_turn {
    lacuna_text answer;
    lacuna_text reply;
} lacuna_turn;

typedef struct lacuna_request {
    const char *purpose;       /* "judge", "draft", "respond", for the audit log */
    const char *prompt_id;     /* id and version of the prompt template, for the audit log */
    const char *prompt_digest; /* SHA-256 of the template, hexadecimal */
    lacuna_text system; /* role and policy. Requests with the same system and the same sources
                         * share a cached prefix, so what varies stands in `instruction` */
    const lacuna_source *sources;
    size_t source_count;
    lacuna_text instruction;
    const char *output_schema; /* JSON Schema the answer must follow; NULL: prose */
    int32_t citations;         /* 1: prose that cites passages; excludes output_schema */
    uint32_t max_output_tokens;
    const lacuna_turn *turns;
    size_t turn_count;
} lacuna_request;

/* Passages [first, end) of one source of the request. */
typedef struct lacuna_citation {
    uint32_t source;
    uint32_t first;
    uint32_t end;
    lacuna_text cited; /* what the model says they hold; verified by the core, never believed */
} lacuna_citation;

typedef struct lacuna_answer_block {
    lacuna_text text;
    const lacuna_citation *citations;
    size_t citation_count;
} lacuna_answer_block;

typedef enum lacuna_stop {
    LACUNA_STOP_END = 0,     /* the model had finished */
    LACUNA_STOP_TOKENS = 1,  /* cut off at max_output_tokens */
    LACUNA_STOP_CONTEXT = 2, /* cut off at the end of the context window */
    LACUNA_STOP_REFUSAL = 3, /* the model declined; whatever it had written is no answer */
    LACUNA_STOP_OTHER = 4,   /* an unknown reason: no answer */
} lacuna_stop;

/* Tokens as the provider bills them. */
typedef struct lacuna_usage {
    uint64_t input, output, cache_read, cache_write;
} lacuna_usage;

typedef struct lacuna_response {
    lacuna_stop stop;
    const char *refusal; /* category of a refusal, "" otherwise */
    const lacuna_answer_block *blocks;
    size_t block_count;
    const char *provider; /* "anthropic", "bedrock" ... */
    const char *model_asked;
    const char *model_used; /* as the answer says it; may differ after a fallback */
    const char *request_id;
    const char *request_digest;  /* SHA-256 of the body sent, hexadecimal */
    const char *response_digest; /* SHA-256 of the answer's content */
    lacuna_usage usage;
    double cost; /* US dollars by the model table; below 0: price unknown */
    uint32_t retries;
    int32_t repaired;      /* 1: a repair turn was needed for the schema */
    const char *structure; /* "native", "prompted" or "none": how the schema was asked for */
} lacuna_response;

/* One answer. Exactly one of `response` and `failure` is there. Called once for each request, in
 * the order of completion. Return non-zero to cancel what is still under way: the rest is then
 * answered with LACUNA_E_CANCELLED. */
typedef int (*lacuna_answer_fn)(void *user, size_t index, const lacuna_response *response,
                                const lacuna_error *failure);

/* A model: functions with a state of their own. `size` is sizeof(lacuna_model) of the maker. */
typedef struct lacuna_model {
    size_t size;
    void *state;
    /* Stable name for results and caches: provider and model ("anthropic/claude-opus-5-5"). */
    const char *name;
    /* Asks all requests, several at a time; returns when every one was answered. An error means
     * that none was asked (no credentials, off). The failure of one request is its own answer. */
    lacuna_status (*ask)(void *state, const lacuna_request *requests, size_t count,
                         lacuna_answer_fn answer, void *user, lacuna_error *err);
    /* Input tokens of a request, by the provider where it counts them; may be NULL. */
    lacuna_status (*count_tokens)(void *state, uint64_t *tokens, const lacuna_request *request,
                                  lacuna_error *err);
} lacuna_model;

#ifdef __cplusplus
}
#endif

#endif
