/*
 * interrupt.h - Ctrl-C and SIGTERM: the first one cancels the run, which then reports what it has,
 * flagged incomplete; a second one, or ten seconds, end the program at once with exit code 3,
 * without leaving a temporary file.
 */
#ifndef LACUNA_CLI_INTERRUPT_H
#define LACUNA_CLI_INTERRUPT_H

#include "cli.h"

#include <lacuna_claude.h>

/* `run` NULL: nothing to cancel any more; the next signal ends the program. */
void cli_on_interrupt_cancel(lacuna_run *run);

/* The same while a model is asked: what was answered is reported. NULL: nothing is asked any more.
 */
void cli_on_interrupt_stop_asking(lacuna_claude *claude);

/* Whether a signal has cancelled something in this program's life. */
bool cli_was_interrupted(void);

#endif
