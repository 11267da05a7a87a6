/*
 * markdown.h - Markdown to blocks.
 *
 * Purpose: headings (ATX; setext over one line), list items, tables with bars, code fences, HTML
 *   comments (template instructions), front matter, contents lists of local links, paragraphs.
 * Limits: no inline parsing: the text of a block is the file's own. Setext headings over several
 *   lines, headings in block quotes or list items, and HTML headings are body text.
 */
#ifndef LAC_TEXT_MARKDOWN_H
#define LAC_TEXT_MARKDOWN_H

#include "parsers/text/emit.h"

/* `lines` is what the emitter has; heading levels are noted in it. */
lacuna_status lac_markdown_blocks(lac_emit *emit, lac_lines *lines);

#endif
