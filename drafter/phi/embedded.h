/*
 * embedded.h - the data files of the recognizers, templates/phi.
 */
#ifndef LAC_PHI_EMBEDDED_H
#define LAC_PHI_EMBEDDED_H

#include "include/lacuna.h"
#include "support/span.h"

#include <jansson.h>

/* LACUNA_E_INTERNAL where there is no such file, or no JSON in it. Borrowed; lives for ever. */
lacuna_status lac_phi_file(lac_span *data, const char *name, lacuna_error *err);
lacuna_status lac_phi_json(json_t **out, const char *name, lacuna_error *err);

#endif
