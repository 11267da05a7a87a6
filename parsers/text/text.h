/*
 * text.h - plain text and Markdown to document.
 *
 * Purpose: the same model for files that have no markup or little: the reference text is the file
 *   itself (BOM dropped, CRLF as LF, malformed bytes replaced), so its lines are the file's lines.
 *   Markdown headings are ATX and setext (outside code fences); plain text takes a typed number on
 *   a line of its own as a heading, and falls back to none.
 */
#ifndef LAC_TEXT_H
#define LAC_TEXT_H

#include "parsers/document.h"

lacuna_status lac_text_read(lac_document **out, lac_span bytes, lac_format format,
                            const lac_limits *limits, lacuna_error *err);

#endif
