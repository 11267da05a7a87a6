/*
 * report.h - the gap report for a person at a terminal.
 *
 * The first line is the verdict with all counts, never wrapped, so `head -n 1` tells it. Then the
 * documents: what each was taken for and checked against, its gaps by severity, what is partly
 * addressed, what was not evaluated or does not apply and why, and findings about the document
 * itself. The last lines say what was not checked.
 */
#ifndef LAC_TEXT_REPORT_H
#define LAC_TEXT_REPORT_H

#include "writers/report.h"
#include "writers/text/page.h"

lacuna_status lac_text_report(const lac_report *report, const lac_text_style *style,
                              lacuna_write_fn write, void *user, lacuna_error *err);

#endif
