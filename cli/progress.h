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
/* Takes the redrawn line away. */
void cli_end_progress(cli_progress how, bool quiet);

#endif
