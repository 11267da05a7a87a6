/*
 * submission_diff.h - what changed between two states of a dossier: placements and findings.
 *
 * Purpose: one place that brings both together, so text, JSON and CSV say the same.
 * Findings are the same when their fingerprints are (writers/fingerprint.h).
 * Ownership: borrows the diff and both reports; its own arrays are freed by
 *   lac_submission_diff_free.
 */
#ifndef LAC_SUBMISSION_DIFF_H
#define LAC_SUBMISSION_DIFF_H

#include "analyzer/ectd/diff.h"
#include "analyzer/ectd/places.h"
#include "writers/report.h"

typedef struct lac_diff_state {
    const char *path;  /* as given */
    const char *until; /* the sequence it ends with, as asked for; NULL: all there are */
    const lac_report *report;
} lac_diff_state;

typedef struct lac_submission_diff {
    const lac_diff *diff;
    lac_diff_state states[LAC_DIFF_SIDES];
    /* of the report of each state, by index: those of the other state left out; in its order */
    uint32_t *findings[LAC_DIFF_SIDES];
    uint32_t finding_count[LAC_DIFF_SIDES]; /* from: fixed; to: new */
    uint32_t unchanged_findings;
    lac_arena arena;
    lac_places places[LAC_DIFF_SIDES];
} lac_submission_diff;

/* Fills the rest from diff and states. */
lacuna_status lac_submission_diff_make(lac_submission_diff *out, lacuna_error *err);
void lac_submission_diff_free(lac_submission_diff *diff);

/* Additions, removals ...: anything but what is unchanged or not known. */
uint32_t lac_submission_diff_changes(const lac_submission_diff *diff);
bool lac_submission_diff_incomplete(const lac_submission_diff *diff);
/* The last sequence of an application in a state; NULL where it is not there. */
const lac_sequence *lac_submission_diff_last(const lac_submission_diff *diff, int side,
                                             const lac_diff_application *application);

/* checklists/schema/diff-1.json. */
lacuna_status lac_json_submission_diff(lac_submission_diff *diff, lacuna_write_fn write, void *user,
                                       lacuna_error *err);
lacuna_status lac_text_submission_diff(lac_submission_diff *diff, lacuna_write_fn write, void *user,
                                       lacuna_error *err);
/* One line a change or finding. Cells that a spreadsheet would take for a formula begin with an
 * apostrophe. */
lacuna_status lac_csv_submission_diff(lac_submission_diff *diff, lacuna_write_fn write, void *user,
                                      lacuna_error *err);

#endif
