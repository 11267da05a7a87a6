/*
 * diff_sides.h - two submissions side by side: what a leaf is called in both.
 *
 * Purpose: applications paired, headings of both numbered alike (same number, same class), leaves
 *   found by their place in the history.
 * Ownership: maps and arrays are freed by lac_sides_free; texts live in the arena given.
 * Invariants: a lac_sides must not be moved once made (maps hash by their address).
 */
#ifndef LAC_ECTD_DIFF_SIDES_H
#define LAC_ECTD_DIFF_SIDES_H

#include "analyzer/ectd/diff.h"
#include "parsers/ectd/map.h"

typedef struct lac_side {
    const lac_submission *submission;
    uint32_t *applications; /* of the submission -> of the diff */
    uint32_t *classes;      /* of each node: equal in both states for the same heading and keys */
    const char **keys;      /* of each placement: its place in the history */
    lac_map places;         /* (application of the diff, key) -> placement */
    lac_map numbers;        /* (application of the diff, name of a sequence) -> sequence */
    uint64_t *highest;      /* number of a sequence by application of the diff, plus 1; 0: none */
} lac_side;

typedef struct lac_sides {
    lac_side side[LAC_DIFF_SIDES];
    lac_diff_application *applications;
    uint32_t application_count;
    lac_map headings; /* (class of the parent, own part) -> class */
    lac_arena *arena;
    lacuna_error *err;
} lac_sides;

lacuna_status lac_sides_make(lac_sides *sides, const lac_submission *from, const lac_submission *to,
                             lac_arena *arena, lacuna_error *err);
void lac_sides_free(lac_sides *sides);

/* The application of the diff that a placement belongs to. */
uint32_t lac_sides_application(const lac_side *side, uint32_t placement);
/* The placement at the same place in the other state; LAC_NONE. */
uint32_t lac_sides_find(const lac_sides *sides, int from, uint32_t placement);
/* Whether the other state holds later sequences than that of the placement, but not this one. */
bool lac_sides_skips(const lac_sides *sides, int from, uint32_t placement);
/* LAC_NONE - 1 for a leaf without a known heading. */
uint32_t lac_sides_class(const lac_side *side, uint32_t placement);

/* MD5 or SHA-256 of the document, in hexadecimal: of its file, else as written; "" not known. */
const char *lac_content_digest(const lac_submission *submission, const lac_placement *placement);
lac_content lac_content_compare(const char *from, const char *to);

#endif
