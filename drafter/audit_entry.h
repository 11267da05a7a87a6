/*
 * audit_entry.h - the form of one entry of the audit log: its canonical bytes, hash and MAC.
 */
#ifndef LAC_DRAFTER_AUDIT_ENTRY_H
#define LAC_DRAFTER_AUDIT_ENTRY_H

#include "include/lacuna.h"
#include "support/hash.h"

#include <jansson.h>

/* What the first entry follows. */
#define LAC_AUDIT_START "0000000000000000000000000000000000000000000000000000000000000000"

/* Sets "prev", "hash" and, with a key, "mac". */
lacuna_status lac_audit_seal(json_t *entry, const char *prev, lac_span key, lacuna_error *err);

/* Whether "hash" is that of the entry. */
lacuna_status lac_audit_check_hash(bool *right, const json_t *entry, lacuna_error *err);
/* Whether "mac" is that of its hash under the key; compared in constant time. */
bool lac_audit_check_mac(const json_t *entry, lac_span key);

#endif
