/*
 * templates.h - what the verbs that take a template share.
 */
#ifndef LACUNA_CLI_TEMPLATES_H
#define LACUNA_CLI_TEMPLATES_H

#include "cli.h"

/* Reads a profile a person has edited; an exit code. */
int cli_use_profile(lacuna_template *template, const char *path);
/* Drafts go into a template; `values` and `profile` are files, or NULL. */
int cli_use_template(lacuna_draft *draft, const char *path, const char *values,
                     const char *profile);

enum { CLI_VALUES_BYTES_MAX = 64 * 1024 * 1024 };

#endif
