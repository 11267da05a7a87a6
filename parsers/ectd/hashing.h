/*
 * hashing.h - digests of many files of a package, in several threads.
 *
 * Purpose: large files first, so that no thread is left with one at the end.
 * Limits: one thread where the package cannot be shared (a zip file).
 */
#ifndef LAC_ECTD_HASHING_H
#define LAC_ECTD_HASHING_H

#include "parsers/package/package.h"
#include "support/digest.h"

enum { LAC_HASH_THREADS_MAX = 64 };

/* What to do with file i of the package, and what came out. */
typedef struct lac_hash_task {
    unsigned kinds; /* mask of LAC_DIGEST_*; 0: leave it alone */
    lac_digests digests;
    bool has_nul; /* it is no text */
    lacuna_status status;
    lacuna_error *why; /* NULL, or the caller's to free */
} lac_hash_task;

lacuna_status lac_hash_files(lac_hash_task *tasks, uint32_t count, lac_package *package,
                             uint32_t threads, lacuna_error *err);

/* One file as if its lines ended in CRLF. */
lacuna_status lac_hash_crlf(lac_digests *digests, lac_package *package, uint32_t file,
                            unsigned kinds, lacuna_error *err);

#endif
