/*
 * limits.h - --limit NAME=NUMBER, for inputs that are larger than the library takes unasked.
 */
#ifndef LACUNA_CLI_LIMITS_H
#define LACUNA_CLI_LIMITS_H

#include "cli.h"

/* For help texts. */
#define CLI_LIMIT_HELP                                                                  \
    "  --limit NAME=NUMBER    raise or lower a limit on inputs, in bytes: package\n"    \
    "                         (the zip file), part (one part, unpacked), total (all\n"  \
    "                         parts), text (the text of a document), file (a text or\n" \
    "                         Markdown file), pdf (a PDF). Of a submission:\n"          \
    "                         submission (all its files), submission-file (one of\n"    \
    "                         them); submission-files, leaves: how many there are\n"

/* The option it sets; "": none. */
const char *cli_limit_key(const char *argument);
int cli_set_limit(lacuna_options *options, const char *argument);

#endif
