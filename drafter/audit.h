/*
 * audit.h - an append-only record of every call of a model and every decision of a person.
 *
 * Purpose: a file of JSON lines, each holding the hash of the one before: an entry that is changed,
 * left out, moved or put in is found. What an unkeyed chain cannot show: entries cut off at the
 * end, and a file that was made anew as a whole. Against the first, reports print the head hash, to
 * be given to lac_audit_verify; against both, entries can carry an HMAC of a key that is kept
 * elsewhere. It supports the audit trail of 21 CFR 11.10(e); it does not make anything compliant.
 * Entry: {"seq", "time" (UTC), "actor", "action", ..., "prev", "hash", "mac"}. hash is the SHA-256
 * of prev and the entry without hash and mac, keys sorted, without white space. No document text,
 * no secrets: digests and ids only. Durability: an entry is written with one write under a lock on
 * the file and synced before it counts. A line cut off by a crash is kept, and named by the next
 * entry ("torn"). Threads: one thread at a time; several processes may append to one file.
 */
#ifndef LAC_DRAFTER_AUDIT_H
#define LAC_DRAFTER_AUDIT_H

#include "include/lacuna.h"
#include "support/hash.h"

#include <jansson.h>

typedef struct lac_audit lac_audit;

typedef struct lac_audit_settings {
    const char *actor;      /* who acts: the account of the system and what the host knows of it */
    lac_span key;           /* of the HMAC; empty: none */
    int64_t (*clock)(void); /* seconds since 1970, UTC; NULL: the system's */
    /* Entries are on the disk (fsync) before append returns; above 0 only when the last time is so
     * many milliseconds ago, and by lac_audit_sync. A program that is killed loses nothing either
     * way; a computer that loses power may lose entries that are not on the disk. */
    uint32_t sync_ms;
} lac_audit_settings;

/* Creates the file (mode 0600) where it is not there. Refuses a symbolic link, what is no
 * regular file, and (LACUNA_E_FORMAT) a log whose last entry was altered. */
lacuna_status lac_audit_open(lac_audit **out, const char *path, const lac_audit_settings *settings,
                             lacuna_error *err);
void lac_audit_close(lac_audit *audit);

/* Appends one entry; `fields` is an object whose members are taken into it (borrowed).
 * LACUNA_E_FORMAT where the end of the file is no entry of ours: it was altered, and nothing is
 * added to it. */
lacuna_status lac_audit_append(lac_audit *audit, const char *action, const json_t *fields,
                               lacuna_error *err);

/* Brings what was appended onto the disk; before a result rests on it. */
lacuna_status lac_audit_sync(lac_audit *audit, lacuna_error *err);

/* Hash of the last entry, as this handle found it or appended it; "" where there is none. */
const char *lac_audit_head(const lac_audit *audit);

typedef enum lac_audit_fault {
    LAC_AUDIT_SOUND,
    LAC_AUDIT_NO_JSON,   /* a line that is no entry */
    LAC_AUDIT_ALTERED,   /* the entry does not have the hash it states */
    LAC_AUDIT_UNLINKED,  /* it does not follow the entry before: left out, put in or moved */
    LAC_AUDIT_MAC_WRONG, /* the key gives another MAC, or there is none */
    LAC_AUDIT_TORN,      /* the last line was cut off: a crash, or an edit */
    LAC_AUDIT_CUT,       /* the head that was to be expected is not in it: entries were cut off */
} lac_audit_fault;

typedef struct lac_audit_report {
    lac_audit_fault fault;
    uint64_t line;    /* where the fault is; 0: none */
    uint64_t entries; /* sound entries before it */
    uint64_t torn;    /* lines cut off by a crash, each named by the next entry */
    char head[65];    /* hash of the last sound entry */
} lac_audit_report;

/* Given each sound entry in turn; an error of its own ends the reading. */
typedef lacuna_status (*lac_audit_visit)(void *user, const json_t *entry, lacuna_error *err);

/* As lac_audit_verify, with every sound entry up to the first fault given to `visit`. */
lacuna_status lac_audit_read(lac_audit_report *report, const char *path, lac_span key,
                             const char *expected, lac_audit_visit visit, void *user,
                             lacuna_error *err);

/* Reads the whole file. `expected` is a head hash printed earlier, NULL: none. */
lacuna_status lac_audit_verify(lac_audit_report *report, const char *path, lac_span key,
                               const char *expected, lacuna_error *err);

/* What a fault means, in a sentence. */
const char *lac_audit_fault_text(lac_audit_fault fault);

#endif
