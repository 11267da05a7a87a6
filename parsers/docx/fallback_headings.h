/*
 * fallback_headings.h - headings for documents that have none by structure.
 *
 * Rule: such guesses invent more than they find, so they are made only where the whole document has
 *   no structured heading, and are marked LAC_HEADING_FORMATTING (low confidence).
 */
#ifndef LAC_DOCX_FALLBACK_HEADINGS_H
#define LAC_DOCX_FALLBACK_HEADINGS_H

#include "parsers/document_builder.h"

void lac_fallback_headings(lac_builder *builder);

#endif
