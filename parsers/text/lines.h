/*
 * lines.h - a decoded text cut into lines, and what single lines look like.
 *
 * Purpose: plain text and Markdown are both read line by line; what a line means is decided on
 *   this table before any block is made.
 * Ownership: lac_lines owns its array; lac_lines_free releases it. The text is borrowed.
 * Limits: as many lines as a document may have blocks.
 */
#ifndef LAC_TEXT_LINES_H
#define LAC_TEXT_LINES_H

#include "parsers/document.h"

/* What a line was found to be. */
typedef enum lac_line_role {
    LAC_LINE_TEXT,
    LAC_LINE_BLANK,
    LAC_LINE_HEADING,
    LAC_LINE_HEADING_REST, /* second line of a heading that was wrapped */
    LAC_LINE_CONTENTS,     /* of a table of contents */
} lac_line_role;

typedef struct lac_line {
    uint32_t start, length; /* without the line end */
    uint32_t indent;        /* leading white space, bytes; text starts at start + indent */
    uint8_t role;           /* lac_line_role */
    uint8_t level;          /* of a heading */
    uint8_t source;         /* lac_heading_source */
} lac_line;

typedef struct lac_lines {
    lac_span text;
    lac_line *items;
    size_t count, cap;
} lac_lines;

lacuna_status lac_lines_split(lac_lines *lines, lac_span text, size_t max);
void lac_lines_free(lac_lines *lines);

/* The line without white space at both ends; empty for an index out of range. */
lac_span lac_line_text(const lac_lines *lines, size_t index);
/* Lines first .. end-1 in one piece, likewise. */
lac_span lac_lines_joined(const lac_lines *lines, size_t first, size_t end);
/* The line as it is. */
lac_span lac_line_whole(const lac_lines *lines, size_t index);
/* True also before the first and behind the last line. */
bool lac_line_blank(const lac_lines *lines, size_t index);

/* Length of a list marker with the white space behind it: "- ", "* ", "+ ", "• ", "1. ", "a) ",
 * "(iv) "; 0: none. */
size_t lac_list_marker(lac_span text);
/* Whether a marker is a bullet, which no running text starts a line with by chance. */
bool lac_list_bullet(lac_span text);

#endif
