/*
 * json_print.h - a JSON tree as text that persons and programs compare: indented, keys in order.
 */
#ifndef LAC_JSON_PRINT_H
#define LAC_JSON_PRINT_H

#include "support/buf.h"

#include <jansson.h>

/* For json_dump_callback, `user` is a lac_buf. */
int lac_json_append(const char *data, size_t length, void *user);

/* Appends the tree and a line end, and lets go of the tree; NULL: there was no memory for it.
 * LACUNA_E_NOMEM. */
lacuna_status lac_json_print(lac_buf *out, json_t *value, lacuna_error *err);

#endif
