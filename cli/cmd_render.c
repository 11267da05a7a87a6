#include "flags.h"
#include "reports.h"
#include "result_source.h"

static const char HELP[] =
    "usage: lacuna render RESULT [--format FORMAT] [--output FMT=PATH ...]\n"
    "\n"
    "Renders a result that `lacuna check --format json` wrote, without checking\n"
    "anything again: the bytes are those the check would have written. RESULT is\n"
    "the file, or - for standard input.\n"
    "\n"
    "  -f, --format FORMAT    on standard output: text (default), json, sarif, junit,\n"
    "                         github, gitlab, markdown or csv\n"
    "  -o, --output FMT=PATH  also write a report to a file (repeatable). Without\n"
    "                         --format standard output then gets the verdict line\n"
    "                         only\n"
    "  -q, --quiet            the verdict line only\n"
    "  -v, --verbose          also quote the evidence for what is met\n"
    "  --color WHEN           auto (default), always, never\n"
    "\n"
    "Examples:\n"
    "  lacuna check documents/ -o json=result.json\n"
    "  lacuna render result.json -o sarif=lacuna.sarif -o junit=lacuna.xml\n"
    "  lacuna render result.json --format markdown >> \"$GITHUB_STEP_SUMMARY\"\n"
    "\n"
    "Exit codes: 0 rendered, whatever the result says; 2 wrong usage, or no result;\n"
    "            3 a report could not be written; 5 a defect of lacuna, or out of\n"
    "            memory\n";

enum { FLAG_FORMAT, FLAG_OUTPUT, FLAG_QUIET, FLAG_VERBOSE, FLAG_COLOR };

static int on_flag(void *user, int id, const char *value)
{
    cli_reports *reports = user;
    switch (id) {
    case FLAG_FORMAT:
        return cli_take_format(reports, value);
    case FLAG_OUTPUT:
        return cli_take_output(reports, value);
    case FLAG_COLOR:
        return cli_take_color(reports, value);
    case FLAG_QUIET:
        reports->quiet = true;
        return CLI_OK;
    default:
        reports->verbose = true;
        return CLI_OK;
    }
}

static int render(const cli_reports *reports, const char *path)
{
    lacuna_error err = {0};
    lacuna_options *options;
    lacuna_result *result = NULL;
    if (lacuna_options_new(&options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    int code = cli_load_result(&result, path, options);
    code = code == CLI_OK ? cli_write_reports(reports, result, options) : code;
    lacuna_result_free(result);
    lacuna_options_free(options);
    return code;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {{FLAG_FORMAT, "format", 'f', true},
                                     {FLAG_OUTPUT, "output", 'o', true},
                                     {FLAG_QUIET, "quiet", 'q', false},
                                     {FLAG_VERBOSE, "verbose", 'v', false},
                                     {FLAG_COLOR, "color", 0, true}};
    cli_reports reports = {.format = NULL};
    cli_command_line line = {.verb = verb,
                             .flags = flags,
                             .flag_count = sizeof flags / sizeof flags[0],
                             .on_flag = on_flag,
                             .user = &reports};
    int code = cli_parse_flags(&line, argc, argv);
    if (code == CLI_OK && !line.helped) {
        code = cli_expect_operands(&line, 1, 1);
        code = code == CLI_OK ? render(&reports, line.operands[0]) : code;
    }
    return code;
}

const cli_verb CLI_RENDER = {"render", "make other reports of a result", HELP, run};
