/*
 * blocks.h - the lines of a flow as blocks of a document.
 *
 * Purpose: a paragraph's lines become one line of the reference text: joined by a blank; a hyphen
 *   at the end of a line stays and joins without one, a soft hyphen goes. Headings keep their typed
 *   number in the text. Running headers and footers follow the body, each once.
 */
#ifndef LAC_PDF_BLOCKS_H
#define LAC_PDF_BLOCKS_H

#include "parsers/document_builder.h"
#include "parsers/pdf/flow.h"

lacuna_status lac_pdf_emit_body(lac_builder *builder, const lac_pdf_flow *flow);
lacuna_status lac_pdf_emit_furniture(lac_builder *builder, const lac_pdf_pages *pages);

#endif
