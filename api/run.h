/*
 * run.h - the handles of a run and of its result.
 *
 * Ownership: executing moves inputs, registry and options from the run into the result, so the
 *   result stands alone and may outlive the run.
 */
#ifndef LAC_API_RUN_H
#define LAC_API_RUN_H

#include "api/check.h"
#include "api/gate.h"
#include "api/options.h"

#include <stdatomic.h>

struct lacuna_run {
    lacuna_options *options; /* NULL: executed */
    lac_inputs inputs;
    atomic_bool cancelled;
    lacuna_progress_fn progress;
    void *progress_user;
};

struct lacuna_result {
    lacuna_options *options;
    lac_inputs inputs;
    lac_registry *registry;
    lac_checked *checked; /* one an input */
    size_t checked_count;
    lac_report_document *documents;
    lac_report report;
    lac_gate gate;
    const char **notes; /* in the arena of the inputs */
    size_t note_count;
};

/* Counts, verdict and notes, after everything was checked. */
lacuna_status lac_result_settle(lacuna_result *result, bool cancelled, lacuna_error *err);

/* The notes of a derived report. */
lacuna_status lac_result_tell(lacuna_result *result, lacuna_error *err);

#endif
