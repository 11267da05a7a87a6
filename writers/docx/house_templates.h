/*
 * house_templates.h - the Word templates that come with Lacuna (templates/word), by name.
 */
#ifndef LAC_WRITERS_DOCX_HOUSE_TEMPLATES_H
#define LAC_WRITERS_DOCX_HOUSE_TEMPLATES_H

#include "support/span.h"

#include <stdint.h>

/* "protocol"; NULL behind the last. */
const char *lac_house_template_name(size_t index);
/* What it is, in a line. */
const char *lac_house_template_title(size_t index);
/* Its bytes; false: none of that name. */
bool lac_house_template(lac_span *bytes, const char *name);

#endif
