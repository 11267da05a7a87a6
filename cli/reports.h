/*
 * reports.h - the reports of a result a verb was asked for: --format, --output and how they look.
 *
 * Ownership: strings are those of argv.
 */
#ifndef LACUNA_CLI_REPORTS_H
#define LACUNA_CLI_REPORTS_H

#include "output.h"
#include "terminal.h"

enum { CLI_OUTPUTS_MAX = 16 };

typedef struct cli_report_file {
    const char *format; /* one of lacuna_result_formats */
    const char *path;
} cli_report_file;

typedef struct cli_reports {
    const char *format; /* of stdout; NULL: not asked for */
    cli_report_file outputs[CLI_OUTPUTS_MAX];
    size_t output_count;
    cli_when color;
    bool quiet, verbose;
} cli_reports;

/* Take the value of --format, --output, --color; CLI_OK, or CLI_USAGE after complaining. */
int cli_take_format(cli_reports *reports, const char *value);
int cli_take_output(cli_reports *reports, const char *value);
int cli_take_color(cli_reports *reports, const char *value);

/* Writes all of them; an exit code. Sets width, color and detail of the options. */
int cli_write_reports(const cli_reports *reports, const lacuna_result *result,
                      lacuna_options *options);

#endif
