/*
 * identifiers.h - tells where the text to be sent may identify patients, without repeating it.
 */
#ifndef LACUNA_CLI_IDENTIFIERS_H
#define LACUNA_CLI_IDENTIFIERS_H

#include "cli.h"

/* Kind, place and shape of each on stderr, the first twenty; an exit code where that fails. */
int cli_tell_identifiers(lacuna_result *result, const lacuna_model *model,
                         const lacuna_options *options, uint64_t *count);

#endif
