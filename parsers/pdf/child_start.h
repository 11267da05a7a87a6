/*
 * child_start.h - the far side of child.h: what runs between fork and exec.
 *
 * Purpose: two processes. The keeper is a copy of ours that waits for the program and tells how it
 *   ended; the program runs in a process group of its own.
 * Invariants: behind the fork only async-signal-safe calls are made: other threads of the host may
 *   have held any lock.
 */
#ifndef LAC_PDF_CHILD_START_H
#define LAC_PDF_CHILD_START_H

#include "parsers/pdf/child.h"

#include <sys/types.h>

/* What the keeper says, in this order: STARTED, then FAILED or ENDED. */
typedef enum lac_child_event {
    LAC_CHILD_STARTED, /* value: process id of the program, which leads its group */
    LAC_CHILD_FAILED,  /* value: errno of what kept it from starting */
    LAC_CHILD_ENDED,   /* value: status as waitpid gives it */
} lac_child_event;

typedef struct lac_child_message {
    int32_t event;
    int32_t value;
} lac_child_message;

/* Ends the program is given as standard input, output and error, and the one the keeper talks on.
 * All above 9, so that none is overwritten while they are put in place. */
typedef struct lac_child_ends {
    int input, output, errors, talk;
} lac_child_ends;

/* Forks the keeper; returns its process id, or -1 with errno set. */
pid_t lac_child_start(const lac_child_command *command, const lac_child_ends *ends);

#endif
