/*
 * json_text.h - finds places in JSON text, for messages and for a quick look at a file's head.
 *
 * Purpose: the JSON library gives values without lines. Here a JSON pointer (RFC 6901) is followed
 *   through the text itself. Nothing is recursive; text that is not JSON gives "not found".
 */
#ifndef LAC_JSON_TEXT_H
#define LAC_JSON_TEXT_H

#include "support/span.h"

#include <stdbool.h>
#include <stdint.h>

/* The text of the value a pointer names ("/items/3/title"); strings with their quotes. A pointer
 * into an object finds the first member of that name. */
bool lac_json_find(lac_span *value, lac_span json, const char *pointer);

/* 1-based line of that value, 0 when it is not found. Steps that are not there are ignored, so the
 * line of the nearest containing value is given for a missing member. */
uint32_t lac_json_line(lac_span json, const char *pointer);

/* Deepest nesting of arrays and objects. */
uint32_t lac_json_depth(lac_span json);

#endif
