/*
 * sigv4.h - AWS Signature Version 4 for one request, as a pure function of it, keys and time.
 *
 * Purpose: libcurl before 8.14 signs a path with ':' or '%' as it stands, which every service but
 * S3 refuses; model ids and ARNs hold both. Here the path as sent is percent-encoded once more, the
 *   query is sorted, and the content's digest is a signed header.
 * Source: AWS General Reference, "Signature Version 4 signing process".
 * Secrets: keys that are derived on the way are wiped.
 */
#ifndef LAC_CLAUDE_SIGV4_H
#define LAC_CLAUDE_SIGV4_H

#include "claude/http.h"

typedef struct lac_aws_keys {
    const char *access_key_id;
    const char *secret_access_key;
    const char *session_token; /* NULL: none */
} lac_aws_keys;

/* Adds Host, X-Amz-Date, X-Amz-Content-Sha256, X-Amz-Security-Token (with a session token) and
 * Authorization to the request, whose method, url, body and other headers are final. All headers
 * are signed. `now` is seconds since 1970, UTC. */
lacuna_status lac_sigv4_sign(lac_http_request *request, lac_arena *arena, const lac_aws_keys *keys,
                             const char *region, const char *service, int64_t now,
                             lacuna_error *err);

/* The canonical request and the string to sign, for tests: what is signed before the key comes in.
 * Headers must be complete. */
lacuna_status lac_sigv4_canonical(lac_buf *out, const lac_http_request *request, lacuna_error *err);

#endif
