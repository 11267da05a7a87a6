/*
 * told.h - what the user tells about a submission where its envelopes do not: "pathway=505b2".
 *
 * Purpose: keys and values are data (checklists/profile-facts.json); conditions and rules look
 *   them up by key. A fact that was not told is unknown, never false.
 * Ownership: borrowed texts.
 */
#ifndef LAC_TOLD_H
#define LAC_TOLD_H

#include "include/lacuna.h"

typedef struct lac_told_facts {
    const char *const *texts; /* "key=value", each of them allowed; a later one of a key counts */
    uint32_t count;
} lac_told_facts;

/* The value told for a key; NULL: unknown. `facts` may be NULL. */
const char *lac_told(const lac_told_facts *facts, const char *key);

/* LACUNA_E_ARGUMENT naming the keys, or the values of the key, that there are. */
lacuna_status lac_told_allowed(const char *text, lacuna_error *err);

#endif
