/*
 * checklists.h - what `lacuna checklists` can do, one function each.
 */
#ifndef LACUNA_CLI_CHECKLISTS_H
#define LACUNA_CLI_CHECKLISTS_H

#include "cli.h"

/* `argv` begins behind the word ("lint"). Each returns an exit code. */
typedef int (*cli_checklists_fn)(const cli_verb *verb, int argc, char **argv);

int cli_checklists_lint(const cli_verb *verb, int argc, char **argv);
int cli_checklists_test(const cli_verb *verb, int argc, char **argv);
int cli_checklists_new(const cli_verb *verb, int argc, char **argv);
int cli_checklists_export(const cli_verb *verb, int argc, char **argv);
int cli_checklists_import(const cli_verb *verb, int argc, char **argv);
int cli_checklists_diff(const cli_verb *verb, int argc, char **argv);

#endif
