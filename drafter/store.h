/*
 * store.h - a folder of small files named by a digest of what they are about.
 *
 * Purpose: keeps answers that were paid for, so that nothing is asked twice. What is read is
 * believed no more than a model's answer: it goes through the same verification. Files are 0600 in
 * folders of 0700; a file appears whole or not at all, so runs may share a folder and be killed at
 * any time.
 */
#ifndef LAC_DRAFTER_STORE_H
#define LAC_DRAFTER_STORE_H

#include "include/lacuna.h"
#include "support/buf.h"
#include "support/hash.h"

/* Appends the content; *found false where there is none or it cannot be read. Only running out of
 * memory is an error. */
lacuna_status lac_store_get(lac_buf *out, bool *found, const char *folder, const lac_digest *key,
                            lacuna_error *err);

/* Makes the folder where it is not there. */
lacuna_status lac_store_put(const char *folder, const lac_digest *key, lac_span content,
                            lacuna_error *err);

#endif
