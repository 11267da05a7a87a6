/*
 * templates.h - what the verbs that take a template share.
 */
#ifndef LACUNA_CLI_TEMPLATES_H
#define LACUNA_CLI_TEMPLATES_H

#include "cli.h"

/* Reads a profile a person has edited; an exit code. */
int cli_use_profile(lacuna_template *template, const char *path);

#endif
