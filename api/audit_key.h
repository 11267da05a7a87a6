/*
 * audit_key.h - the key of the audit log's HMAC, read from a file that nobody else can read.
 */
#ifndef LAC_API_AUDIT_KEY_H
#define LAC_API_AUDIT_KEY_H

#include "support/buf.h"

/* The bytes of the file without a line end behind them, 16 to 4,096. Nothing for a NULL path.
 * Refused: a file that others than its owner can read. */
lacuna_status lac_audit_key_read(lac_buf *key, const char *path, lacuna_error *err);
/* Wipes it. */
void lac_audit_key_free(lac_buf *key);

#endif
