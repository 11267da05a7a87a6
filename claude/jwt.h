/*
 * jwt.h - a signed assertion for Google's token service (RFC 7519, RFC 7523; RS256 of RFC 7518).
 */
#ifndef LAC_CLAUDE_JWT_H
#define LAC_CLAUDE_JWT_H

#include "include/lacuna.h"
#include "support/buf.h"

typedef struct lac_jwt_claims {
    const char *issuer, *scope, *audience, *key_id; /* key_id NULL: left out */
    int64_t issued;                                 /* seconds since 1970; good for an hour */
} lac_jwt_claims;

/* Appends header.claims.signature. LACUNA_E_FORMAT where the key is no RSA private key in PEM. */
lacuna_status lac_jwt_write(lac_buf *out, const lac_jwt_claims *claims, lac_span private_key,
                            lacuna_error *err);

#endif
