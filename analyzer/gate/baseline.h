/*
 * baseline.h - the findings a team knows of, so that a gate fails for new ones alone.
 *
 * Purpose: the loaded form of a file lacuna.baseline/1 (checklists/schema/baseline-1.json).
 * Findings are the same when their fingerprints are. An entry that no finding has is fixed, where
 * its document was read and held to its checklist again; else nothing is known about it. Ownership:
 * one arena; immutable after load.
 */
#ifndef LAC_GATE_BASELINE_H
#define LAC_GATE_BASELINE_H

#include "support/arena.h"
#include "support/hash.h"
#include "support/limits.h"

#include <stdint.h>

typedef struct lac_baseline_entry {
    const char *fingerprint, *rule;
    const char *checklist; /* NULL: a rule that fires freely */
    const char *document;  /* identity (identity.h) */
    const char *severity, *message;
} lac_baseline_entry;

typedef struct lac_baseline {
    lac_arena arena;
    const char *name; /* of the file */
    lac_digest digest;
    lac_baseline_entry *entries; /* by fingerprint */
    uint32_t count;
} lac_baseline;

enum { LAC_BASELINE_ENTRIES = 1 << 20 };

/* Errors carry a JSON pointer, a line and a remedy. */
lacuna_status lac_baseline_load(lac_baseline **out, lac_span json, const char *name,
                                lacuna_error *err);
void lac_baseline_free(lac_baseline *baseline);

/* Index of the entry, UINT32_MAX: none. */
uint32_t lac_baseline_find(const lac_baseline *baseline, const char *fingerprint);

#endif
