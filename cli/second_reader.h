/*
 * second_reader.h - `lacuna check --judge`: a model as the second reader of a finished check.
 */
#ifndef LACUNA_CLI_SECOND_READER_H
#define LACUNA_CLI_SECOND_READER_H

#include "model_args.h"
#include "progress.h"

/* Asks, or with --dry-run prints what would be asked. CLI_OK, CLI_INCOMPLETE where a question got
 * no answer, or another code after complaining. */
int cli_second_reader(lacuna_result *result, cli_model_args *args, lacuna_options *options,
                      cli_progress progress, bool quiet);

#endif
