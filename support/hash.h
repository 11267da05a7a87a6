/*
 * hash.h - SHA-256 (libcrypto) for identity, and a fast non-cryptographic hash for tables.
 */
#ifndef LAC_HASH_H
#define LAC_HASH_H

#include "include/lacuna.h"
#include "support/span.h"

#include <stdint.h>

typedef struct lac_digest {
    char hex[65]; /* 64 lower-case digits and NUL */
} lac_digest;

lacuna_status lac_sha256(lac_digest *digest, lac_span data, lacuna_error *err);
/* Of a file, read in pieces. */
lacuna_status lac_sha256_file(lac_digest *digest, const char *path, lacuna_error *err);

/* FNV-1a, 64 bit. Tables keyed by hostile text must cap their probes: it is not keyed. */
uint64_t lac_hash(lac_span text);

#endif
