/*
 * layout.h - where a line of a page stands, and whether the next one continues it.
 *
 * Purpose: pdftotext keeps lines, not paragraphs. A line that ends well before the right margin,
 *   although the next line's first word would have fitted, was ended by the author; so was one
 *   before a larger gap, another indent or a list marker. Columns are approximate (letters differ
 * in width), so every comparison leaves room.
 */
#ifndef LAC_PDF_LAYOUT_H
#define LAC_PDF_LAYOUT_H

#include "parsers/pdf/pages.h"

/* What the lines of one page have in common. */
typedef struct lac_pdf_margins {
    uint32_t left, right; /* columns; equal where nothing is known */
    uint32_t pitch;       /* blank lines between two lines of a paragraph: 1 for double spacing */
} lac_pdf_margins;

/* One for each page, in an array of page_count. */
lacuna_status lac_pdf_find_margins(lac_pdf_margins *margins, const lac_pdf_pages *pages);

/* Where the text behind a list marker or a typed heading number begins: an offset into the line. */
size_t lac_pdf_text_offset(lac_span line);

/* Whether a wide gap stands in the line, behind such a marker or number: cells of a table. */
bool lac_pdf_has_columns(lac_span line);

/* A list item that begins with a bullet, which no wrapped line does by chance. */
bool lac_pdf_is_bullet(lac_span line);

/* A paragraph as far as it is read. */
typedef struct lac_pdf_open_block {
    size_t first, last; /* body lines */
    uint32_t blanks;    /* blank lines behind `last`, on its page */
    bool item;          /* it began with a list marker */
} lac_pdf_open_block;

/* Whether a line continues the block; both are running text of the same or the next page. */
bool lac_pdf_continues(const lac_pdf_pages *pages, const lac_pdf_margins *margins,
                       const lac_pdf_open_block *block, size_t line);

#endif
