/*
 * ini.h - one value out of a file of sections and keys, as the AWS tools write them.
 */
#ifndef LAC_CLAUDE_INI_H
#define LAC_CLAUDE_INI_H

#include "support/span.h"

/* The value of `key` in [section]; the last one wins. False where there is none. Comments begin
 * with '#' or ';' at the start of a line; values are trimmed. */
bool lac_ini_find(lac_span *value, lac_span text, const char *section, const char *key);

#endif
