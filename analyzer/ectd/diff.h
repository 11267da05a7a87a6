/*
 * diff.h - what changed between two states of a dossier: leaves and contexts of use.
 *
 * Purpose: a state is a submission after its last sequence. Leaves of both states are brought
 *   together by their place in the history (application, sequence, backbone, id), by the lifecycle
 *   (what superseded what), and where neither helps by content or title under the same heading.
 * Compared are the documents that are current in a state; content by the checksums of the files,
 *   else by those written in the backbone.
 * Not known is not changed: a leaf of a sequence that the other state skips, and a reference into a
 *   sequence that was not supplied, are counted and listed apart.
 * Ownership: the diff borrows both submissions; its own arrays live in its arena.
 * Determinism: changes are in the order of applications, of the CTD tree, of titles and ids.
 *   Compared the other way round, additions become removals and the rest keeps its kind.
 */
#ifndef LAC_ECTD_DIFF_H
#define LAC_ECTD_DIFF_H

#include "parsers/submission.h"

#include "support/arena.h"

typedef enum lac_change_kind {
    LAC_CHANGE_ADDED,
    LAC_CHANGE_APPENDED, /* added to a document that stays */
    LAC_CHANGE_REPLACED, /* by another content */
    LAC_CHANGE_MOVED,    /* same content under another heading, or other attributes of one */
    LAC_CHANGE_RENAMED,  /* same content and heading, other title */
    LAC_CHANGE_REMOVED,
    LAC_CHANGE_UNRESOLVABLE, /* changes a leaf of a sequence that was not supplied: no change */
    LAC_CHANGE_COUNT,
} lac_change_kind;

/* Why two leaves are held to be the same document. */
typedef enum lac_pairing {
    LAC_PAIRING_NONE, /* there is only one */
    LAC_PAIRING_ID,
    LAC_PAIRING_LIFECYCLE, /* one superseded the other */
    LAC_PAIRING_CONTENT,
    LAC_PAIRING_TITLE, /* under the same heading */
    LAC_PAIRING_COUNT,
} lac_pairing;

typedef enum lac_content {
    LAC_CONTENT_UNKNOWN, /* a file or checksum is missing */
    LAC_CONTENT_SAME,
    LAC_CONTENT_CHANGED,
    LAC_CONTENT_COUNT,
} lac_content;

enum { LAC_DIFF_FROM, LAC_DIFF_TO, LAC_DIFF_SIDES };

typedef struct lac_change {
    lac_change_kind kind;
    lac_pairing match;
    lac_content content;
    bool title, heading;           /* differ */
    uint32_t application;          /* index into the applications of the diff */
    uint32_t leaf[LAC_DIFF_SIDES]; /* placements of each state; LAC_NONE */
    uint32_t ended_by;             /* removed: placement of the later state; LAC_NONE: not told */
} lac_change;

/* An application of one or of both states. */
typedef struct lac_diff_application {
    uint32_t index[LAC_DIFF_SIDES]; /* in its submission; LAC_NONE: not in this state */
    const char *id;
    uint32_t unchanged;
    /* Current leaves of sequences that the other state does not hold though it holds later ones. */
    uint32_t not_supplied[LAC_DIFF_SIDES];
} lac_diff_application;

typedef struct lac_diff {
    lac_arena arena;
    const lac_submission *side[LAC_DIFF_SIDES];
    const lac_diff_application *applications;
    uint32_t application_count;
    const lac_change *changes;
    uint32_t count;
    uint32_t counts[LAC_CHANGE_COUNT];
    uint32_t unchanged;
    uint32_t not_supplied[LAC_DIFF_SIDES];
    uint32_t current[LAC_DIFF_SIDES]; /* leaves compared */
} lac_diff;

lacuna_status lac_diff_make(lac_diff **out, const lac_submission *from, const lac_submission *to,
                            lacuna_error *err);
void lac_diff_free(lac_diff *diff);

/* Words for reports; static. */
const char *lac_change_name(lac_change_kind kind);
const char *lac_pairing_name(lac_pairing match);
const char *lac_content_name(lac_content content);

#endif
