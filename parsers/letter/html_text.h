/*
 * html_text.h - the text of an HTML mail.
 *
 * Purpose: a letter that was mailed as HTML only. Tags go, paragraphs and table rows become lines,
 *   list items begin with their bullet or number, named and numbered characters are resolved;
 *   scripts, styles and the head are left out. It is no HTML parser and needs none: a letter is
 *   running text.
 * Limits: one pass, no nesting is kept but the counters of LISTS_MOST open lists.
 */
#ifndef LAC_HTML_TEXT_H
#define LAC_HTML_TEXT_H

#include "support/buf.h"

/* `html` is UTF-8. */
lacuna_status lac_html_text(lac_buf *out, lac_span html);

#endif
