/*
 * terminal.h - what the person's terminal can show.
 */
#ifndef LACUNA_CLI_TERMINAL_H
#define LACUNA_CLI_TERMINAL_H

#include "cli.h"

#include <stdint.h>

typedef enum cli_when { CLI_AUTO, CLI_ALWAYS, CLI_NEVER } cli_when;

/* Columns of the terminal behind stdout; 80 where it is none. */
uint32_t cli_columns(void);

/* --color before NO_COLOR (non-empty: no colour) before whether stdout is a terminal. */
bool cli_wants_color(cli_when when);

#endif
