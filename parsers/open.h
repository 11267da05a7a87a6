/*
 * open.h - from a source to a document: looks at the bytes, picks the parser.
 *
 * The name decides only between plain text and Markdown; everything else is decided by content, so
 * a PDF renamed to .docx gets the message about PDF. Text or a PDF under the name of a Word
 * document is refused: it is what is left of a failed download, or a mistake that Word will stumble
 * over too.
 */
#ifndef LAC_OPEN_H
#define LAC_OPEN_H

#include "parsers/document.h"
#include "parsers/package/package.h"
#include "parsers/pdf/pdf.h"

typedef struct lac_open_options {
    const lac_limits *limits;
    const lac_pdf_options *pdf; /* NULL: a PDF is refused as another kind of file */
} lac_open_options;

lacuna_status lac_document_open_with(lac_document **out, const lac_source *source,
                                     const lac_open_options *options, lacuna_error *err);

/* The same without PDF. */
lacuna_status lac_document_open(lac_document **out, const lac_source *source,
                                const lac_limits *limits, lacuna_error *err);

/* Whether its name ends as a Word document's does (.docx, .docm, .dotx, .dotm; any case). */
bool lac_named_word(const lac_source *source);

#endif
