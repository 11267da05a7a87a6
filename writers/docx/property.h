/*
 * property.h - a custom property of a document, as whoever writes one asks for it.
 */
#ifndef LAC_WRITERS_DOCX_PROPERTY_H
#define LAC_WRITERS_DOCX_PROPERTY_H

#include "support/span.h"

typedef struct lac_property {
    const char *name; /* letters and digits */
    lac_span value;   /* any text */
} lac_property;

#endif
