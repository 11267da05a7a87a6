/*
 * gate_files.h - the configuration of a repository, and the files of its gate.
 *
 * Purpose: .lacuna.json is looked for from each input upward to the root of its repository (where
 *   .git is; without one, in the folder of the input alone). Precedence: flag, environment, file,
 *   default; of a setting that can be repeated the first of these that has it takes all.
 * Environment: LACUNA_CONFIG, LACUNA_FAIL_ON, LACUNA_BASELINE, LACUNA_WAIVERS, LACUNA_DECISIONS.
 */
#ifndef LACUNA_CLI_GATE_FILES_H
#define LACUNA_CLI_GATE_FILES_H

#include "model_args.h"
#include "output.h"

enum { CLI_SETTINGS_MAX = 4096 };

typedef struct cli_setting {
    char *key, *value;
    char *origin; /* "flag", "environment LACUNA_FAIL_ON", ".lacuna.json /fail_on" */
} cli_setting;

typedef struct cli_config {
    const char *given;     /* --config; NULL: looked for */
    bool none;             /* --no-config */
    bool gate_off;         /* waivers, baseline and decisions are not for the options */
    cli_model_args *model; /* takes settings of a model; NULL: they are passed over */
    char *path;            /* of the file; NULL: there is none */
    lacuna_config *file;
    cli_setting *settings; /* in the order they were found */
    size_t count;
} cli_config;

/* A flag: sets the option and remembers that it was given. */
int cli_config_set(cli_config *config, lacuna_options *options, const char *key, const char *value);
/* Remembers a flag that is no option of the library. */
int cli_config_remember(cli_config *config, const char *key, const char *value);

/* Finds and reads the file, and sets what flags did not. CLI_OK, or another exit code after
 * complaining. */
int cli_config_apply(cli_config *config, lacuna_options *options, char **inputs, int count);

/* The value of a setting, NULL: it is not set. */
const char *cli_config_value(const cli_config *config, const char *key);
/* Where a verb writes waivers or decisions: the setting, or the default name. */
const char *cli_config_file(const cli_config *config, const char *key);
void cli_config_free(cli_config *config);

/* Writes such a file as a whole, "-": standard output. */
int cli_write_gate_file(const char *path, cli_render_fn render, void *user);

#endif
