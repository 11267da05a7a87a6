/*
 * catalog.h - what the verbs about checklists share.
 */
#ifndef LACUNA_CLI_CATALOG_H
#define LACUNA_CLI_CATALOG_H

#include "flags.h"

typedef lacuna_status (*cli_catalog_fn)(const lacuna_catalog *catalog, const char *name,
                                        const char *format, const lacuna_options *options,
                                        lacuna_write_fn write, void *sink, lacuna_error *err);

/* Parses --format, --checklist-dir and between `min` and `max` (0 or 1) names, opens the catalog
 * and shows. */
int cli_show_catalog(const cli_verb *verb, cli_catalog_fn show, int min, int max, int argc,
                     char **argv);

/* The same with one name, and "markdown" as a third format. */
int cli_show_page(const cli_verb *verb, cli_catalog_fn show, int argc, char **argv);

#endif
