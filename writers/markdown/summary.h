/*
 * summary.h - the result as Markdown, for the summary of a CI step or a comment.
 *
 * The most severe findings come first. Limits: LAC_MARKDOWN_BYTES, what GitHub takes for one step;
 * where it is reached, a note tells how many findings are not shown.
 */
#ifndef LAC_MARKDOWN_SUMMARY_H
#define LAC_MARKDOWN_SUMMARY_H

#include "writers/report.h"

enum { LAC_MARKDOWN_BYTES = 1 << 20 };

lacuna_status lac_markdown(const lac_report *report, lacuna_write_fn write, void *user,
                           lacuna_error *err);

#endif
