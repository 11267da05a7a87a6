/*
 * formats.h - the formats a report can be rendered in, by name.
 */
#ifndef LAC_WRITERS_FORMATS_H
#define LAC_WRITERS_FORMATS_H

#include "writers/report.h"
#include "writers/text/page.h"

/* "text" first; static storage. */
const char *const *lac_report_formats(size_t *count);

/* LACUNA_E_ARGUMENT for a name that is none of them. The style is for "text". */
lacuna_status lac_report_render(const lac_report *report, const char *format,
                                const lac_text_style *style, lacuna_write_fn write, void *user,
                                lacuna_error *err);

#endif
