/*
 * interrupt.h - Ctrl-C and SIGTERM: the first one cancels the run, which then reports what it has,
 * flagged incomplete; a second one, or ten seconds, end the program at once with exit code 3,
 * without leaving a temporary file.
 */
#ifndef LACUNA_CLI_INTERRUPT_H
#define LACUNA_CLI_INTERRUPT_H

#include "cli.h"

/* `run` NULL: nothing to cancel any more; the next signal ends the program. */
void cli_on_interrupt_cancel(lacuna_run *run);

#endif
