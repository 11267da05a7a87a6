/*
 * outline.h - headings that a contents list of the document names.
 *
 * Purpose: a PDF has no marks for headings. Its own contents list tells which lines are some: a
 *   block that equals an entry is a heading, with or without a number; and where the list is long,
 *   a single number or a line in capitals that it does not name is none.
 */
#ifndef LAC_PDF_OUTLINE_H
#define LAC_PDF_OUTLINE_H

#include "parsers/pdf/flow.h"

/* After lac_plain_headings has looked at the lines. */
lacuna_status lac_pdf_agree_with_contents(lac_pdf_flow *flow);

#endif
