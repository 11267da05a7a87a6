/*
 * draft_model.h - a model as drafter: consent, preview, progress, stopping.
 *
 * Purpose: the part of `lacuna draft --model` that is about the model; what check --judge asks for
 *   is asked for here in the same way (model_args.h).
 */
#ifndef LACUNA_CLI_DRAFT_MODEL_H
#define LACUNA_CLI_DRAFT_MODEL_H

#include "model_args.h"
#include "progress.h"

typedef struct cli_draft_run {
    lacuna_draft *draft;
    lacuna_claude *claude; /* NULL: nobody is asked */
    const cli_model_args *model;
    cli_draft_progress progress;
    const char *folder;
} cli_draft_run;

/* Prints what would be sent; an exit code. */
int cli_draft_preview(const cli_draft_run *run);

/* Drafts; complains about what went wrong. CLI_OK: the drafts are made, whatever became of single
 * ones. */
int cli_draft_make(cli_draft_run *run, lacuna_draft_summary *summary);

#endif
