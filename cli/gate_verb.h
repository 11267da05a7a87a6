/*
 * gate_verb.h - what the verbs share that write files of the gate: baseline, waive, decide, config.
 *
 * Purpose: options, configuration and result of one run, and the flags that mean the same in each.
 * Ownership: cli_gate_run makes options, and frees all of it when it returns.
 */
#ifndef LACUNA_CLI_GATE_VERB_H
#define LACUNA_CLI_GATE_VERB_H

#include "flags.h"
#include "gate_files.h"

typedef struct cli_gate {
    lacuna_options *options;
    lacuna_result *result;
    const char *output; /* --output */
    cli_config config;
} cli_gate;

/* A flag of the table that means here what it means in `check`: --config, --no-config, --output,
 * and settings of the library. */
int cli_gate_flag(cli_gate *gate, const cli_flag *flags, size_t count, int id, const char *value);

typedef int (*cli_gate_fn)(void *user, const cli_command_line *line);

/* Parses the line, calls `execute` with line->user, and frees the gate; an exit code. */
int cli_gate_run(cli_gate *gate, cli_command_line *line, cli_gate_fn execute, int argc,
                 char **argv);

#endif
