/*
 * lacuna_claude.h - Claude as the model of Lacuna: on Anthropic's own service, Amazon Bedrock,
 * Google Vertex AI or Microsoft Foundry.
 *
 * Include lacuna.h's conventions: out-parameters first, caller-owned errors, handles of one thread.
 * Nothing is sent when a handle is made, only by asking. The library reads no environment of its
 * own accord: the host hands it a function that looks names up.
 */
#ifndef LACUNA_CLAUDE_H
#define LACUNA_CLAUDE_H

#include "lacuna.h"
#include "lacuna_model.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Settings as text.
 *
 *   provider            anthropic (default), bedrock, vertex, foundry
 *   model               id as the provider names it; default by the table of models
 *   fallback-model      asked once where the model declines; default none
 *   base-url            address instead of the provider's own; https, or http to this machine
 *   region, project     of bedrock and vertex
 *   resource            of foundry
 *   api-key             a secret; wiped when the settings are freed
 *   credential-command  a program line that prints a token or keys, run without a shell
 *   version             value of anthropic-version; default that of the provider
 *   effort              low, medium, high, xhigh or max; default the model's own
 *   inference-geo       where the provider may compute, as it names it
 *   models-file         a table of models instead of the built-in one
 *   in-flight           calls at the same time, 1 to 256; default 8
 *   retries             attempts after the first, 0 to 20; default 4
 *   silence-seconds     how long an answer may send nothing; default 300
 *   max-cost            US dollars; no call is begun that could pass it
 *   proxy               instead of that of the environment
 *   ca-file             PEM file of authorities to trust too; repeatable
 *   client-certificate, client-key
 *                       PEM files for a gateway that asks for them
 *   http1               yes or no (default) */
typedef struct lacuna_claude_options lacuna_claude_options;

LACUNA_API lacuna_status lacuna_claude_options_new(lacuna_claude_options **out, lacuna_error *err);
LACUNA_API void lacuna_claude_options_free(lacuna_claude_options *options);
LACUNA_API lacuna_status lacuna_claude_options_set(lacuna_claude_options *options, const char *key,
                                                   const char *value, lacuna_error *err);

/* Value of a name, or NULL; getenv has this shape but for `user`. Asked for the variables that the
 * official clients read (ANTHROPIC_API_KEY, AWS_PROFILE ...), and only for settings that were not
 * set. Must answer as long as the options and what was opened with them live. */
typedef const char *(*lacuna_lookup_fn)(void *user, const char *name);
LACUNA_API void lacuna_claude_options_lookup(lacuna_claude_options *options,
                                             lacuna_lookup_fn lookup, void *user);

/* A client with its connections and credentials. One thread at a time. */
typedef struct lacuna_claude lacuna_claude;

/* LACUNA_E_ARGUMENT where a setting or a credential is missing, with what to set. Runs no command
 * and opens no connection. */
LACUNA_API lacuna_status lacuna_claude_open(lacuna_claude **out,
                                            const lacuna_claude_options *options,
                                            lacuna_error *err);
LACUNA_API void lacuna_claude_close(lacuna_claude *claude);

/* The model to hand to the core; lives as long as the client. */
LACUNA_API const lacuna_model *lacuna_claude_model(lacuna_claude *claude);

/* Makes an ask under way end soon; from any thread and from a signal handler. */
LACUNA_API void lacuna_claude_cancel(lacuna_claude *claude);

/* The exact body that a request would send, and an estimate of its input tokens, made here:
 * nothing is sent and no credential is needed. `tokens` may be NULL. */
LACUNA_API lacuna_status lacuna_claude_preview(uint64_t *tokens, lacuna_claude *claude,
                                               const lacuna_request *request, lacuna_write_fn write,
                                               void *user, lacuna_error *err);

/* A recognizer of identifiers that runs on this machine and speaks as Presidio's analyzer does:
 * POST {"text", "language"} answered by [{"entity_type", "start", "end", "score"}], offsets in
 * characters. */
typedef struct lacuna_phi_service lacuna_phi_service;

/* LACUNA_E_ARGUMENT for an address that is not http to this machine. Opens no connection. */
LACUNA_API lacuna_status lacuna_phi_service_open(lacuna_phi_service **out, const char *url,
                                                 lacuna_error *err);
LACUNA_API void lacuna_phi_service_close(lacuna_phi_service *service);
/* For lacuna_options_recognizer; lives as long as the service. */
LACUNA_API const lacuna_recognizer *
lacuna_phi_service_recognizer(const lacuna_phi_service *service);

/* US dollars spent through this client, by the table of models. */
LACUNA_API double lacuna_claude_spent(const lacuna_claude *claude);

#ifdef __cplusplus
}
#endif

#endif
