/*
 * completion.h - what a shell needs to complete a command line of lacuna.
 *
 * Purpose: one script for each shell, made from the list of verbs and their help, so that it knows
 *   what the program knows.
 */
#ifndef LACUNA_CLI_COMPLETION_H
#define LACUNA_CLI_COMPLETION_H

#include "help_text.h"
#include "verbs.h"

#include <stdio.h>

void cli_complete_bash(FILE *out);
void cli_complete_zsh(FILE *out);
void cli_complete_fish(FILE *out);

/* ---- shared by them ---- */

/* What can stand as the value of a flag. */
typedef enum cli_value_kind {
    CLI_VALUE_NONE,
    CLI_VALUE_FILE,      /* or a folder */
    CLI_VALUE_WORDS,     /* some words, to be had from cli_print_values */
    CLI_VALUE_CHECKLIST, /* an id that `lacuna checklists` lists */
    CLI_VALUE_FREE,      /* anything */
} cli_value_kind;

cli_value_kind cli_value_of(const cli_verb *verb, const cli_help_flag *flag);
/* The words, with `between` between them. */
void cli_print_values(FILE *out, const cli_verb *verb, const cli_help_flag *flag, char between);

/* Prints the ids of checklists, one a line, in a shell. */
extern const char CLI_LIST_CHECKLISTS[];

#endif
