/*
 * lint_tailoring.h - what is wrong with a tailoring, for its author.
 */
#ifndef LAC_API_LINT_TAILORING_H
#define LAC_API_LINT_TAILORING_H

#include "support/span.h"
#include "writers/output.h"

#include <stdbool.h>

/* Writes one line a message; what lint has to say of the items it changes or adds is part of it.
 * *problems counts errors. */
lacuna_status lac_lint_tailoring(uint64_t *problems, lac_output *output, lac_span json,
                                 const char *path, bool warnings, lacuna_error *err);

#endif
