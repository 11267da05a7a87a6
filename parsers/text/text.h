/*
 * text.h - plain text and Markdown to document.
 *
 * Purpose: the same model for files that have no markup or little. The reference text is the file
 *   itself (BOM dropped, CR LF as LF, UTF-16 with a BOM converted, malformed bytes replaced), so
 * its lines are the file's lines. Blocks are paragraphs, list items, table cells, headings and
 * entries of contents lists; a paragraph may span lines. The marks of a Markdown heading are part
 * of its block and not of its section's title. LAC_FORMAT_TEXT becomes LAC_FORMAT_MARKDOWN where
 * the text has "# ..." headings on lines of their own. Plain text takes a typed number on a line of
 * its own as a heading, and short lines in capitals with less trust. Limits: text_bytes, blocks
 * (also of lines).
 */
#ifndef LAC_TEXT_H
#define LAC_TEXT_H

#include "parsers/document.h"

lacuna_status lac_text_read(lac_document **out, lac_span bytes, lac_format format,
                            const lac_limits *limits, lacuna_error *err);

#endif
