/*
 * state_folder.h - the one folder that Lacuna keeps things in between runs.
 *
 * LACUNA_STATE, else XDG_STATE_HOME/lacuna, else HOME/.local/state/lacuna; made with mode 0700.
 * Never beside the input: what is kept there comes from confidential documents.
 */
#ifndef LACUNA_CLI_STATE_FOLDER_H
#define LACUNA_CLI_STATE_FOLDER_H

#include "cli.h"

#include <stdbool.h>

enum { CLI_STATE_PATH_MAX = 4096 };

/* The path of a name in it; `make`: makes the folder where it is not there. */
int cli_state_path(char path[CLI_STATE_PATH_MAX], const char *name, bool make);

#endif
