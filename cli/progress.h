/*
 * progress.h - how far a run is, on stderr: one line that is redrawn on a terminal, or one JSON
 * object a line for other programs.
 */
#ifndef LACUNA_CLI_PROGRESS_H
#define LACUNA_CLI_PROGRESS_H

#include "cli.h"

#include <stdint.h>

typedef enum cli_progress { CLI_PROGRESS_AUTO, CLI_PROGRESS_JSON, CLI_PROGRESS_NEVER } cli_progress;

/* Lets the run report its progress; `quiet` turns the redrawn line off. */
void cli_show_progress(lacuna_run *run, cli_progress how, bool quiet);
/* How far a run of drafting is, with the cost so far and the time that is left by what it took. */
typedef struct cli_draft_progress {
    cli_progress how;
    bool quiet;
    double began;   /* seconds of a steady clock; 0: not yet */
    uint64_t first; /* how many were done when it began */
} cli_draft_progress;
void cli_tell_draft_progress(cli_draft_progress *state, uint64_t done, uint64_t total, double cost);

/* Takes the redrawn line away. */
void cli_end_progress(cli_progress how, bool quiet);

#endif
