/*
 * digest.h - MD5 and SHA-256 of streams, several at once, from libcrypto.
 *
 * Purpose: checksums other people wrote into their files. MD5 is fetched with the property
 *   "-fips", so that hosts whose default forbids it can still compare: it identifies, it
 *   protects nothing.
 * Ownership: a digester belongs to one thread at a time; open and close it once a thread.
 */
#ifndef LAC_DIGEST_H
#define LAC_DIGEST_H

#include "include/lacuna.h"
#include "support/span.h"

enum {
    LAC_DIGEST_MD5 = 1u << 0,
    LAC_DIGEST_SHA256 = 1u << 1,
    LAC_DIGEST_HEX = 65, /* room for either, as hex digits with NUL */
};

typedef struct lac_digester lac_digester;

typedef struct lac_digests {
    char md5[LAC_DIGEST_HEX], sha256[LAC_DIGEST_HEX]; /* lower case; "" not asked for */
} lac_digests;

lacuna_status lac_digester_open(lac_digester **out, lacuna_error *err);
void lac_digester_close(lac_digester *digester);

/* Begins anew. `kinds` is a mask of LAC_DIGEST_*. With `crlf`, a LF without a CR before it is taken
 * as CR and LF: what the text was before a transfer changed its line ends. */
lacuna_status lac_digester_begin(lac_digester *digester, unsigned kinds, bool crlf,
                                 lacuna_error *err);
lacuna_status lac_digester_update(lac_digester *digester, const char *data, size_t length,
                                  lacuna_error *err);
lacuna_status lac_digester_end(lac_digests *digests, lac_digester *digester, lacuna_error *err);

#endif
