/*
 * verbs.h - the verbs there are.
 */
#ifndef LACUNA_CLI_VERBS_H
#define LACUNA_CLI_VERBS_H

#include "cli.h"

/* NULL: no such verb. */
const cli_verb *cli_find_verb(const char *name);
/* NULL: none is near. */
const char *cli_nearest_verb(const char *name);
/* Usage of the whole program, to descriptor 1 or 2; an exit code. */
int cli_print_overview(int descriptor);

#endif
