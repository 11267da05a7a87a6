/*
 * view.h - what is filed under which heading: the current view of an application, or one sequence.
 *
 * Purpose: finds the documents under a heading without walking all placements; tells the copies of
 *   a repeated heading (a substance with its manufacturer) apart.
 * Invariants: deletions, superseded leaves, study tagging files and backbones are not in it; one
 *   sequence shows what it brings, whatever became of it later.
 */
#ifndef LAC_ECTD_VIEW_H
#define LAC_ECTD_VIEW_H

#include "parsers/submission.h"

#include "support/arena.h"

/* A placement with its heading. */
typedef struct lac_filed {
    const char *heading;
    uint32_t placement, node;
} lac_filed;

typedef struct lac_view {
    const lac_submission *submission;
    const lac_filed *items; /* by heading without regard to case, then as they stand */
    uint32_t count;
    const uint32_t *instances; /* nodes with keys that something is filed under */
    uint32_t instance_count;
    uint32_t *stamps; /* per node, for lac_view_lacking */
    uint32_t stamp;
} lac_view;

lacuna_status lac_view_make(lac_view *out, const lac_submission *submission, uint32_t application,
                            uint32_t sequence, lac_arena *arena, lacuna_error *err);

/* What is filed under a heading and below it: items[first .. first + count). */
uint32_t lac_view_find(uint32_t *first, const lac_view *view, const char *heading);

/* What is filed directly under the nearest heading above that has anything; 0 where none has.
 * Modules themselves ("3") are not looked at. */
uint32_t lac_view_above(uint32_t *first, const lac_view *view, const char *heading);

/* A repeated heading above `heading` that has nothing filed under it there, though other copies do;
 * LAC_NONE: every copy has. Copies in which something stands on a heading in between are not
 * counted: it may be in there. */
uint32_t lac_view_lacking(lac_view *view, const char *heading);

#endif
