/*
 * template_report.h - what a template holds, and what filling one has left, as reports show it.
 *
 * Ownership: everything is borrowed.
 */
#ifndef LAC_WRITERS_TEMPLATE_REPORT_H
#define LAC_WRITERS_TEMPLATE_REPORT_H

#include "writers/docx/fill.h"
#include "writers/output.h"
#include "writers/text/page.h"

typedef struct lac_template_report {
    const char *path;
    const lac_conventions *profile;
    const lac_placeholder *placeholders;
    size_t count;
    uint64_t instructions, optional; /* texts by what they mean */
} lac_template_report;

/* The JSON is a profile that can be edited and read back (lac_conventions_read). */
lacuna_status lac_json_template(const lac_template_report *report, lacuna_write_fn write,
                                void *user, lacuna_error *err);
lacuna_status lac_text_template(const lac_template_report *report, const lac_text_style *style,
                                lacuna_write_fn write, void *user, lacuna_error *err);

lacuna_status lac_json_filled(const lac_filled *filled, const char *path, lacuna_write_fn write,
                              void *user, lacuna_error *err);
lacuna_status lac_text_filled(const lac_filled *filled, const char *path,
                              const lac_text_style *style, lacuna_write_fn write, void *user,
                              lacuna_error *err);

#endif
