/*
 * fill_values.h - the values for a template, from JSON.
 *
 * Form: an object, name to value. A value is a text, a number, true or false; an object with
 *   "blocks" (each {"heading", "level"}, {"paragraph"}, {"bullet"}, {"numbered"} or {"table",
 *   "header_rows"}); a list of objects for a repeating section; a list of texts, which are bullets;
 *   another object, whose members are named "outer.inner"; null, which is no value. A text with an
 *   empty line in it is several paragraphs. "$schema" and "schema" are no values.
 * Ownership: everything lives in the arena of the caller.
 * Limits: json_bytes, LAC_VALUES_DEPTH, LAC_VALUES_MAX values.
 */
#ifndef LAC_WRITERS_DOCX_FILL_VALUES_H
#define LAC_WRITERS_DOCX_FILL_VALUES_H

#include "writers/docx/fill.h"

enum { LAC_VALUES_DEPTH = 16, LAC_VALUES_MAX = 4096 };

lacuna_status lac_fill_values_read(const lac_fill_value **out, uint32_t *count, lac_arena *arena,
                                   lac_span json, const lac_limits *limits, lacuna_error *err);

#endif
