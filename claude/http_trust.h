/*
 * http_trust.h - certificate authorities of an organization, besides those of the system.
 *
 * Purpose: libcurl's CAINFO replaces the system's store; gateways that inspect TLS need one added.
 * The files are read once, and their certificates put into every connection's store. Ownership: a
 * trust outlives every handle it was applied to. Immutable after loading.
 */
#ifndef LAC_CLAUDE_HTTP_TRUST_H
#define LAC_CLAUDE_HTTP_TRUST_H

#include "include/lacuna.h"

#include <curl/curl.h>
#include <stdbool.h>

typedef struct lac_trust lac_trust;

/* LACUNA_E_FORMAT for a file without a certificate. */
lacuna_status lac_trust_load(lac_trust **out, const char *const *files, size_t count,
                             lacuna_error *err);
void lac_trust_free(lac_trust *trust);

bool lac_trust_apply(lac_trust *trust, CURL *handle);

#endif
