/*
 * contents.h - tables of contents in text without markup.
 *
 * Purpose: an entry looks like a heading, so entries must be known before headings are looked for.
 *   A dotted leader with a page number marks an entry by itself; a mere gap ("6.4 Design    23")
 *   needs a run of at least three with pages that never fall, under a "Contents" line or with typed
 *   numbers - table rows look like that too. A single space (a converter's tab) needs five numbered
 *   entries, some of them like "6.4".
 */
#ifndef LAC_TEXT_CONTENTS_H
#define LAC_TEXT_CONTENTS_H

#include "parsers/text/lines.h"

/* Sets the role of the lines that belong to a table of contents, its title included. */
void lac_mark_contents(lac_lines *lines);

/* Number and title of an entry, without leader and page; empty for the title line of the table and
 * for a line that an entry was broken at. */
lac_span lac_contents_entry(lac_span line);

/* "Contents", "Table of contents", "List of tables" ... */
bool lac_contents_title(lac_span text);

#endif
