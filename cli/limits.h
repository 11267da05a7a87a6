/*
 * limits.h - --limit NAME=BYTES, for inputs that are larger than the library takes unasked.
 */
#ifndef LACUNA_CLI_LIMITS_H
#define LACUNA_CLI_LIMITS_H

#include "cli.h"

/* For help texts. */
#define CLI_LIMIT_HELP                                                                         \
    "  --limit NAME=BYTES     raise or lower a limit on inputs: package (the zip file), part " \
    "(one\n"                                                                                   \
    "                         part, unpacked), total (all parts), text (the text of a "        \
    "document),\n"                                                                             \
    "                         file (a text or Markdown file)\n"

int cli_set_limit(lacuna_options *options, const char *argument);

#endif
