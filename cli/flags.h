/*
 * flags.h - the command line of a verb: flags from a table, everything else is an operand.
 *
 * --name VALUE, --name=VALUE, -n VALUE, -nVALUE; "--" ends the flags; "-" is an operand.
 */
#ifndef LACUNA_CLI_FLAGS_H
#define LACUNA_CLI_FLAGS_H

#include "cli.h"

typedef struct cli_flag {
    int id;
    const char *name;
    char letter; /* 0: none */
    bool has_value;
} cli_flag;

/* Takes one flag; returns CLI_OK, or another exit code after complaining. */
typedef int (*cli_flag_fn)(void *user, int id, const char *value);

typedef struct cli_command_line {
    const cli_verb *verb;
    const cli_flag *flags; /* --help is understood without being listed */
    size_t flag_count;
    cli_flag_fn on_flag;
    void *user;
    char **operands; /* filled in place, at the front of argv */
    int operand_count;
    bool helped; /* --help was asked for and answered */
} cli_command_line;

/* `argv` begins behind the verb. CLI_OK, or CLI_USAGE after naming the flag and the nearest known
 * one. */
int cli_parse_flags(cli_command_line *line, int argc, char **argv);

/* Complains that operands are missing or too many; CLI_OK where their number fits. */
int cli_expect_operands(const cli_command_line *line, int min, int max);

#endif
