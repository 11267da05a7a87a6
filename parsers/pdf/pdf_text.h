/*
 * pdf_text.h - from what `pdftotext -layout` prints to a document.
 *
 * Purpose: the step without the program, so that it can be tested and fuzzed by itself: pages and
 *   lines (pages.h), running headers (furniture.h), one text of all pages (flow.h), headings
 *   (parsers/text, outline.h), blocks (blocks.h).
 * The reference text: one block a line; a table's line is one block, its cells separated by TAB as
 *   far as the layout shows them. Headings are typed numbers in sequence and what the contents list
 *   names; entries of the list have no level, so nothing is said about it being out of date.
 * Limits: text_bytes, blocks, pdf_pages.
 */
#ifndef LAC_PDF_TEXT_H
#define LAC_PDF_TEXT_H

#include "parsers/document.h"

/* `complaint` is what the program said besides ("": nothing); it becomes a note. */
lacuna_status lac_pdf_text_read(lac_document **out, lac_span printed, const char *complaint,
                                const lac_limits *limits, lacuna_error *err);

/* The empty document of a PDF that could not be read for want of a program. */
lacuna_status lac_pdf_without_reader(lac_document **out, const lac_limits *limits,
                                     lacuna_error *err);

#endif
