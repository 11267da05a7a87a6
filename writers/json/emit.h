/*
 * emit.h - writes JSON, indented by two, as it comes; nothing is built in memory.
 *
 * Purpose: canonical output. Callers give the members of an object in byte order of their keys, so
 *   the same result gives the same bytes; the unit tests check that they do.
 * Text: malformed UTF-8 becomes U+FFFD, controls are escaped. Numbers never depend on the locale.
 * Limits: LAC_JSON_DEPTH levels; deeper is a defect and makes the output fail.
 */
#ifndef LAC_JSON_EMIT_H
#define LAC_JSON_EMIT_H

#include "writers/output.h"

#include <stdbool.h>

enum { LAC_JSON_DEPTH = 32 };

typedef struct lac_json {
    lac_output *output;
    uint32_t depth;
    uint32_t filled; /* bit n: the container at depth n has a member already */
} lac_json;

void lac_json_init(lac_json *json, lac_output *output);
/* Ends the text with a line end. */
void lac_json_end(lac_json *json);

/* `key` is NULL inside an array and at the top. */
void lac_json_object(lac_json *json, const char *key);
void lac_json_object_end(lac_json *json);
void lac_json_array(lac_json *json, const char *key);
void lac_json_array_end(lac_json *json);

void lac_json_span(lac_json *json, const char *key, lac_span text);
/* NULL is written as null. */
void lac_json_text(lac_json *json, const char *key, const char *text);
void lac_json_uint(lac_json *json, const char *key, uint64_t value);
/* 0..1 with two decimals. */
void lac_json_fraction(lac_json *json, const char *key, double value);
void lac_json_bool(lac_json *json, const char *key, bool value);
void lac_json_null(lac_json *json, const char *key);
void lac_json_texts(lac_json *json, const char *key, const char *const *texts, uint32_t count);

#endif
