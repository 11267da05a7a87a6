/*
 * open.h - from a source to a document: looks at the bytes, picks the parser.
 *
 * The name decides only between plain text and Markdown; everything else is decided by content, so
 * a PDF renamed to .docx gets the message about PDF. Text under the name of a Word document is
 * refused: it is what is left of a failed download.
 */
#ifndef LAC_OPEN_H
#define LAC_OPEN_H

#include "parsers/document.h"
#include "parsers/package/package.h"

lacuna_status lac_document_open(lac_document **out, const lac_source *source,
                                const lac_limits *limits, lacuna_error *err);

#endif
