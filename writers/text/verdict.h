/*
 * verdict.h - the first line of a report.
 */
#ifndef LAC_TEXT_VERDICT_H
#define LAC_TEXT_VERDICT_H

#include "writers/report.h"
#include "writers/text/page.h"

/* "not ready: 3 gaps (0 critical, 1 major, 2 minor), 12 met, 4 not evaluated, ..." */
void lac_text_verdict(lac_page *page, const lac_report *report);

/* "3 gaps", "1 gap": the plural is the singular with an s. */
void lac_text_amount(lac_page *page, lac_ink ink, uint64_t count, const char *singular);

#endif
