/*
 * verbs.h - the verbs there are.
 */
#ifndef LACUNA_CLI_VERBS_H
#define LACUNA_CLI_VERBS_H

#include "cli.h"

#include <stddef.h>

/* NULL: no such verb. */
const cli_verb *cli_find_verb(const char *name);
/* In the order of the overview; NULL behind the last. */
const cli_verb *cli_verb_at(size_t index);
/* NULL: none is near. */
const char *cli_nearest_verb(const char *name);
/* Usage of the whole program, to descriptor 1 or 2; an exit code. */
int cli_print_overview(int descriptor);

#endif
