/*
 * identifiers.h - tells where the text to be sent may identify patients, without repeating it.
 */
#ifndef LACUNA_CLI_IDENTIFIERS_H
#define LACUNA_CLI_IDENTIFIERS_H

#include "cli.h"

/* lacuna_result_identifiers or lacuna_draft_identifiers of what is to be sent. */
typedef lacuna_status (*cli_identifiers_fn)(uint64_t *certain, uint64_t *doubtful,
                                            lacuna_phi_fn take, void *told, void *of,
                                            lacuna_error *err);

/* Kind, place and shape of each on stderr, the first twenty; an exit code where that fails. */
int cli_tell_identifiers(cli_identifiers_fn list, void *of, uint64_t *count);

#endif
