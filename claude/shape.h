/*
 * shape.h - whether a JSON value has the shape a JSON Schema asks for.
 *
 * Purpose: a model's answer is validated by us whoever promised the shape. Covers what our own
 * schemas use: type, enum, const, properties, required, additionalProperties: false, items,
 * minItems, anyOf. Any other keyword that constrains is LACUNA_E_ARGUMENT: a rule that is not
 *   understood must not pass.
 *   The case of an enum value is not guaranteed by the services: where it differs, the value is set
 * to the schema's spelling. Limits: nesting of LAC_SHAPE_DEPTH_MAX.
 */
#ifndef LAC_CLAUDE_SHAPE_H
#define LAC_CLAUDE_SHAPE_H

#include "include/lacuna.h"
#include "support/span.h"

#include <jansson.h>

enum { LAC_SHAPE_DEPTH_MAX = 32 };

/* LACUNA_OK, or LACUNA_E_FORMAT with the place (a JSON pointer) and what is wrong there, in words a
 * model can act on. */
lacuna_status lac_shape_check(json_t *value, const json_t *schema, lacuna_error *err);

/* The first JSON object in an answer: code fences and talk around it are left out. `text` is what
 * the object's span is in; false: there is none. */
bool lac_shape_find_object(lac_span *object, lac_span text);

#endif
