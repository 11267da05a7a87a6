/*
 * guidance_status.h - what is known of the guidances that checklists rest on, on the day it was
 * looked up.
 *
 * Purpose: checklists/guidance-status.json for `explain` and `checklists show`.
 * Ownership: texts live in the arena.
 */
#ifndef LAC_GUIDANCE_STATUS_H
#define LAC_GUIDANCE_STATUS_H

#include "include/lacuna.h"
#include "support/arena.h"

typedef struct lac_guidance_status {
    const char *title, *version, *status;
    const char *pending;    /* what may replace it; NULL: nothing known */
    const char *confidence; /* "verified", "secondary", "memory" */
    const char *looked_up;  /* "2026-11-22" */
} lac_guidance_status;

/* *found false: no such key. */
lacuna_status lac_guidance_status_find(lac_guidance_status *out, bool *found, lac_arena *arena,
                                       const char *key, lacuna_error *err);

#endif
