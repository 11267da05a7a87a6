#include "flags.h"
#include "limits.h"
#include "output.h"
#include "programs.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char HELP[] =
    "usage: lacuna diff PATH PATH [--format text|json|csv]\n"
    "       lacuna diff PATH --from SEQUENCE [--to SEQUENCE]\n"
    "\n"
    "Tells what changed between two states of an eCTD dossier: which leaves were\n"
    "added, appended, replaced, moved to another heading, given another title, or\n"
    "removed, and which findings of `lacuna check` are new or fixed. PATH is the\n"
    "folder or zip file of an application: all its sequences; or the folder of one\n"
    "of its sequences: the application up to and including it.\n"
    "\n"
    "  --from SEQUENCE        the first state ends with this sequence: the name of\n"
    "                         its folder, or its number\n"
    "  --to SEQUENCE          the same for the second state\n"
    "  -f, --format FORMAT    text (default), json, or csv (one line a change)\n"
    "  --exit-code            exit with 1 where a leaf or a finding differs\n"
    "  --as-of DATE           as if today were YYYY-MM-DD\n"
    "  --profile KEY=VALUE    a fact that no file tells, as for check; repeatable\n"
    "  -j, --jobs N           checksums computed at the same time; default: one for\n"
    "                         each processor. The result is the same whatever "
    "N\n" CLI_PDFTOTEXT_HELP CLI_LIMIT_HELP
    "  -q, --quiet            do not tell on standard error that something was not\n"
    "                         read\n"
    "\n"
    "A leaf that changes something in a sequence that was not supplied is told as\n"
    "unresolvable and not counted as a change.\n"
    "\n"
    "Examples:\n"
    "  lacuna diff nda123456/ --from 0001 --to 0003\n"
    "  lacuna diff nda123456/0001 nda123456/0003\n"
    "  lacuna diff delivered.zip nda123456/ --format json\n"
    "\n"
    "Exit codes: 0 compared, 1 with --exit-code: something differs, 2 wrong usage,\n"
    "            3 something could not be read, 5 a defect of lacuna, or out of\n"
    "            memory\n";

enum {
    FLAG_FROM,
    FLAG_TO,
    FLAG_FORMAT,
    FLAG_EXIT_CODE,
    FLAG_AS_OF,
    FLAG_PROFILE,
    FLAG_JOBS,
    FLAG_PDFTOTEXT,
    FLAG_LIMIT,
    FLAG_QUIET
};

typedef struct comparison {
    lacuna_options *options;
    const char *format, *from, *to, *pdftotext;
    bool exit_code, quiet;
    lacuna_diff *diff;
} comparison;

static const char *const FORMATS[] = {"text", "json", "csv", NULL};

static int on_flag(void *user, int id, const char *value)
{
    comparison *c = user;
    switch (id) {
    case FLAG_FROM:
        c->from = value;
        return CLI_OK;
    case FLAG_TO:
        c->to = value;
        return CLI_OK;
    case FLAG_FORMAT:
        return cli_choose(&c->format, "format", value, FORMATS);
    case FLAG_EXIT_CODE:
        c->exit_code = true;
        return CLI_OK;
    case FLAG_AS_OF:
        return cli_set_option(c->options, "as-of", value);
    case FLAG_PROFILE:
        return cli_set_option(c->options, "profile", value);
    case FLAG_JOBS:
        return cli_set_option(c->options, "jobs", value);
    case FLAG_PDFTOTEXT:
        c->pdftotext = value;
        return CLI_OK;
    case FLAG_LIMIT:
        return cli_set_limit(c->options, value);
    default:
        c->quiet = true;
        return CLI_OK;
    }
}

static lacuna_status render(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const comparison *c = user;
    return lacuna_diff_render(c->diff, c->format, write, sink, err);
}

static int exit_code(const comparison *c)
{
    if (lacuna_diff_incomplete(c->diff) != 0) {
        if (!c->quiet) {
            cli_complain("diff: something was not read; the report names it");
        }
        return CLI_INCOMPLETE;
    }
    bool differs = lacuna_diff_count(c->diff, "changes") > 0 ||
                   lacuna_diff_count(c->diff, "new-findings") > 0 ||
                   lacuna_diff_count(c->diff, "fixed-findings") > 0;
    return c->exit_code && differs ? CLI_FINDINGS : CLI_OK;
}

static int show(comparison *c, const char *from, const char *to)
{
    lacuna_error err = {0};
    lacuna_status status = lacuna_diff_open(&c->diff, from, c->from, to, c->to, c->options, &err);
    if (status != LACUNA_OK) {
        return status == LACUNA_E_NOTFOUND ? cli_report_error(NULL, &err)
                                           : cli_report_unread(NULL, &err);
    }
    int code = cli_render_stdout(render, c, true);
    code = code == CLI_OK ? exit_code(c) : code;
    lacuna_diff_free(c->diff);
    return code;
}

static int compare(comparison *c, const cli_command_line *line)
{
    int code = cli_expect_operands(line, 1, 2);
    if (code == CLI_OK && line->operand_count == 1 && c->from == NULL) {
        cli_complain("diff: it takes two paths, or one with --from SEQUENCE");
        code = CLI_USAGE;
    }
    if (code == CLI_OK) {
        code = cli_set_pdf_reader(c->options, c->pdftotext);
    }
    return code == CLI_OK ? show(c, line->operands[0], line->operands[line->operand_count - 1])
                          : code;
}

static int use_all_processors(lacuna_options *options)
{
    enum { MOST = 16 };
    char text[16];
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    (void)snprintf(text, sizeof text, "%ld",
                   processors < 1 ? 1 : (processors > MOST ? MOST : processors));
    return cli_set_option(options, "jobs", text);
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {
        {FLAG_FROM, "from", 0, true},       {FLAG_TO, "to", 0, true},
        {FLAG_FORMAT, "format", 'f', true}, {FLAG_EXIT_CODE, "exit-code", 0, false},
        {FLAG_AS_OF, "as-of", 0, true},     {FLAG_PROFILE, "profile", 0, true},
        {FLAG_JOBS, "jobs", 'j', true},     {FLAG_PDFTOTEXT, "pdftotext", 0, true},
        {FLAG_LIMIT, "limit", 0, true},     {FLAG_QUIET, "quiet", 'q', false}};
    lacuna_error err = {0};
    comparison c = {.format = "text"};
    if (lacuna_options_new(&c.options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    cli_command_line line = {.verb = verb,
                             .flags = flags,
                             .flag_count = sizeof flags / sizeof flags[0],
                             .on_flag = on_flag,
                             .user = &c};
    int code = use_all_processors(c.options);
    if (code == CLI_OK) {
        code = cli_parse_flags(&line, argc, argv);
    }
    if (code == CLI_OK && !line.helped) {
        code = compare(&c, &line);
    }
    lacuna_options_free(c.options);
    return code;
}

const cli_verb CLI_DIFF = {"diff", "tell what changed between two states of a submission", HELP,
                           run};
