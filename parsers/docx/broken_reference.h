/*
 * broken_reference.h - what Word prints where a cross-reference has lost its target.
 */
#ifndef LAC_DOCX_BROKEN_REFERENCE_H
#define LAC_DOCX_BROKEN_REFERENCE_H

#include "support/span.h"

bool lac_is_broken_reference(lac_span text);

#endif
