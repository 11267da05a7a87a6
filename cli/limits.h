/*
 * limits.h - --limit NAME=BYTES, for inputs that are larger than the library takes unasked.
 */
#ifndef LACUNA_CLI_LIMITS_H
#define LACUNA_CLI_LIMITS_H

#include "cli.h"

/* For help texts. */
#define CLI_LIMIT_HELP                                                                \
    "  --limit NAME=BYTES     raise or lower a limit on inputs: package (the zip\n"   \
    "                         file), part (one part, unpacked), total (all parts),\n" \
    "                         text (the text of a document), file (a text or\n"       \
    "                         Markdown file), pdf (a PDF)\n"

int cli_set_limit(lacuna_options *options, const char *argument);

#endif
