/*
 * check_args.h - the command line of `lacuna check`.
 *
 * Ownership: strings are those of argv; options, outputs and the list of paths belong to the
 *   struct and are freed by cli_check_args_free.
 */
#ifndef LACUNA_CLI_CHECK_ARGS_H
#define LACUNA_CLI_CHECK_ARGS_H

#include "flags.h"
#include "gate_files.h"
#include "model_args.h"
#include "progress.h"
#include "reports.h"

typedef struct cli_check_args {
    lacuna_options *options;
    cli_reports reports;
    const char *pdftotext; /* NULL: what is on the PATH */
    const char *stdin_name;
    const char *files_from; /* --files0-from; NULL: none */
    cli_progress progress;
    cli_model_args model;
    cli_config config;
    bool judge, judge_all;
    bool exit_zero, allow_empty;
    char **paths;
    int path_count;
    bool helped;
} cli_check_args;

/* CLI_OK, or another exit code after complaining. */
int cli_check_args_parse(cli_check_args *args, const cli_verb *verb, int argc, char **argv);
void cli_check_args_free(cli_check_args *args);

#endif
