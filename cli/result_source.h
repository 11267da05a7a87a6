/*
 * result_source.h - the result a verb works on: read from a file, or made by a check.
 */
#ifndef LACUNA_CLI_RESULT_SOURCE_H
#define LACUNA_CLI_RESULT_SOURCE_H

#include "cli.h"

/* One operand that ends with ".json", or "-", is a result written by `check --format json`;
 * anything else is checked with the options. CLI_OK, or another exit code after complaining. */
int cli_obtain_result(lacuna_result **out, char **operands, int count, lacuna_options *options);

/* Checks paths. */
int cli_check_paths(lacuna_result **out, char **paths, int count, lacuna_options *options);

/* A stored result; "-" is standard input. */
int cli_load_result(lacuna_result **out, const char *path, const lacuna_options *options);

/* Paths below the working directory are shown relative to it, however they were given. */
int cli_set_root(lacuna_options *options);

#endif
