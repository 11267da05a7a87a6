/*
 * json_parse.h - JSON text to a tree, with the one failure jansson does not report.
 *
 * Purpose: when its token buffer cannot grow, jansson 2.14 drops the byte and goes on, so a string
 *   may come out shorter and all seems well. The bytes of all strings are counted in text and tree;
 *   where they disagree, memory ran out. Not caught: where the dropped byte is the closing quote,
 *   jansson reads on behind its buffer.
 * Ownership: the tree belongs to the caller (json_decref).
 * Limits: recursion is as deep as the tree; callers bound that before (lac_json_depth).
 */
#ifndef LAC_JSON_PARSE_H
#define LAC_JSON_PARSE_H

#include "include/lacuna.h"
#include "support/span.h"

#include <jansson.h>

/* As json_loadb, objects with a key twice refused. LACUNA_OK, LACUNA_E_NOMEM, or LACUNA_E_FORMAT
 * with `where` filled. `flags`: 0 or JSON_DECODE_ANY. */
lacuna_status lac_json_parse(json_t **out, lac_span json, size_t flags, json_error_t *where);

#endif
