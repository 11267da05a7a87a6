/*
 * markdown_lines.h - what single lines of Markdown are (CommonMark 0.30, GitHub's tables).
 */
#ifndef LAC_TEXT_MARKDOWN_LINES_H
#define LAC_TEXT_MARKDOWN_LINES_H

#include "parsers/text/lines.h"

/* "## Title ##": the level 1..6 (0: no heading) and the text between the marks. */
uint8_t lac_markdown_atx(lac_span line, lac_span *title);

/* The underline of a heading: 1 for "===", 2 for "---" (three at least), else 0. */
uint8_t lac_markdown_underline(lac_span line);

/* "***", "- - -". */
bool lac_markdown_break(lac_span line);

/* The length of an opening code fence and its character; 0: none. */
size_t lac_markdown_fence(lac_span line, char *mark);
/* Whether a line closes a fence of this length and character. */
bool lac_markdown_fence_end(lac_span line, size_t length, char mark);

/* "| --- | :-: |", the second line of a table. */
bool lac_markdown_delimiter(lac_span line);

/* The cells of a table row: moves *rest behind the next cell and gives it without white space.
 * False at the end of the row. */
bool lac_markdown_cell(lac_span *cell, lac_span *rest);
/* Removes the bars at both ends of a row. */
lac_span lac_markdown_row(lac_span line);
bool lac_markdown_has_bar(lac_span line);

/* Text without emphasis around all of it, trailing {attributes} and a leading <a ...></a>. */
lac_span lac_markdown_plain_title(lac_span title);
/* Whether all of the text is bold. */
bool lac_markdown_all_bold(lac_span text);

/* "[6.4 Design](#design)": the text of a link into the same document; empty: none. */
lac_span lac_markdown_local_link(lac_span text);

/* Whether text without a telling name is Markdown: ATX headings on lines of their own, one
 * at the top or two different ones. */
bool lac_markdown_likely(const lac_lines *lines);

#endif
