/*
 * furniture.h - running headers, running footers and page numbers.
 *
 * Purpose: they interrupt the text on every page and are no part of it. A line is furniture when
 *   the same line stands near the same edge of neighbouring pages, one number in it (the page's)
 *   left out of the comparison where it grows with the pages.
 * Limits: only the outermost lines of a page are looked at, and nothing behind the first two that
 *   do not repeat; a page of a two-page document needs its like on the other one.
 */
#ifndef LAC_PDF_FURNITURE_H
#define LAC_PDF_FURNITURE_H

#include "parsers/pdf/pages.h"

/* Sets `kind` and `repeats` of the lines. */
lacuna_status lac_pdf_mark_furniture(lac_pdf_pages *pages);

#endif
