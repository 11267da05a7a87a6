/*
 * items.h - item results as paragraphs.
 */
#ifndef LAC_TEXT_ITEMS_H
#define LAC_TEXT_ITEMS_H

#include "writers/report.h"
#include "writers/text/page.h"

/* One gap in full: what is asked and where, what is missing, where it was looked, what is nearest,
 * what would satisfy it. */
void lac_text_gap(lac_page *page, const lac_report_document *document,
                  const lac_item_result *result);

/* The leaves of a checklist result that ended in `status`, put together by their reason. */
void lac_text_by_reason(lac_page *page, const lac_checklist_result *list, lac_item_status status);

/* "page 7, line 120": a place in a document; the page where it is known. */
void lac_text_place(lac_page *page, const lac_anchor *anchor);

/* One met item; with its quotes at full detail. */
void lac_text_met(lac_page *page, const lac_report_document *document,
                  const lac_item_result *result);

/* Both votes on every item on which rules and a model differ. */
void lac_text_differing_votes(lac_page *page, const lac_report_document *document,
                              const lac_checklist_result *list);

#endif
