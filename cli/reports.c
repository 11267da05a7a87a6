#include "reports.h"

#include <stdio.h>
#include <string.h>

enum { FORMAT_NAMES_SIZE = 256 };

/* ---- flags ---------------------------------------------------------------------------------- */

/* "text, json or csv": for messages. */
static const char *format_names(char *text, size_t size)
{
    size_t count, used = 0;
    const char *const *names = lacuna_result_formats(&count);
    text[0] = '\0';
    for (size_t i = 0; i < count && used < size; i++) {
        const char *parting = i == 0 ? "" : i + 1 == count ? " or " : ", ";
        int length = snprintf(text + used, size - used, "%s%s", parting, names[i]);
        used += length < 0 ? size : (size_t)length;
    }
    return text;
}

/* The format of that name, of `length` bytes; NULL: none. */
static const char *find_format(const char *name, size_t length)
{
    size_t count;
    const char *const *names = lacuna_result_formats(&count);
    for (size_t i = 0; i < count; i++) {
        if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0) {
            return names[i];
        }
    }
    return NULL;
}

int cli_take_format(cli_reports *reports, const char *value)
{
    char names[FORMAT_NAMES_SIZE];
    reports->format = find_format(value, strlen(value));
    if (reports->format == NULL) {
        cli_complain("--format %s: it is %s", value, format_names(names, sizeof names));
        return CLI_USAGE;
    }
    return CLI_OK;
}

int cli_take_output(cli_reports *reports, const char *value)
{
    char names[FORMAT_NAMES_SIZE];
    size_t length = strcspn(value, "=");
    const char *format = find_format(value, length);
    if (format == NULL || value[length] != '=' || value[length + 1] == '\0') {
        cli_complain("--output %s: it is FORMAT=PATH; FORMAT is %s", value,
                     format_names(names, sizeof names));
        return CLI_USAGE;
    }
    if (strcmp(value + length + 1, "-") == 0) {
        cli_complain("--output %s: for standard output it is --format %s", value, format);
        return CLI_USAGE;
    }
    if (reports->output_count == CLI_OUTPUTS_MAX) {
        cli_complain("more than %d times --output", CLI_OUTPUTS_MAX);
        return CLI_USAGE;
    }
    reports->outputs[reports->output_count++] = (cli_report_file){format, value + length + 1};
    return CLI_OK;
}

int cli_take_color(cli_reports *reports, const char *value)
{
    static const char *const words[] = {"auto", "always", "never", NULL};
    const char *word;
    int code = cli_choose(&word, "color", value, words);
    for (int i = 0; code == CLI_OK && words[i] != NULL; i++) {
        reports->color = word == words[i] ? (cli_when)i : reports->color;
    }
    return code;
}

/* ---- writing -------------------------------------------------------------------------------- */

typedef struct report {
    const lacuna_result *result;
    const lacuna_options *options;
    const char *format;
} report;

static lacuna_status render(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const report *r = user;
    return lacuna_result_render(r->result, r->format, r->options, write, sink, err);
}

/* What the text report needs to know about the terminal; files get no colour. */
static int set_appearance(lacuna_options *options, const cli_reports *reports, bool for_stdout)
{
    char width[16];
    bool only_verdict =
        for_stdout && (reports->quiet || (reports->output_count > 0 && reports->format == NULL));
    const char *detail = only_verdict ? "summary" : reports->verbose ? "full" : "normal";
    (void)snprintf(width, sizeof width, "%u", for_stdout ? cli_columns() : 80u);
    bool color = for_stdout && cli_wants_color(reports->color);
    int code = cli_set_option(options, "detail", detail);
    code = code == CLI_OK ? cli_set_option(options, "width", width) : code;
    return code == CLI_OK ? cli_set_option(options, "color", color ? "yes" : "no") : code;
}

static int write_files(const cli_reports *reports, const lacuna_result *result,
                       lacuna_options *options)
{
    int worst = set_appearance(options, reports, false);
    for (size_t i = 0; i < reports->output_count; i++) {
        report r = {result, options, reports->outputs[i].format};
        int code = cli_render_file(reports->outputs[i].path, render, &r);
        worst = code > worst ? code : worst;
    }
    return worst;
}

int cli_write_reports(const cli_reports *reports, const lacuna_result *result,
                      lacuna_options *options)
{
    int written = write_files(reports, result, options);
    int code = set_appearance(options, reports, true);
    report r = {result, options, reports->format == NULL ? "text" : reports->format};
    int shown = code == CLI_OK ? cli_render_stdout(render, &r, false) : code;
    return shown > written ? shown : written;
}
