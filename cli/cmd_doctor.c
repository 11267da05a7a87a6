#include "flags.h"
#include "output.h"
#include "programs.h"
#include "self_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char HELP[] =
    "usage: lacuna doctor [--self-test [--format text|json] [-o FILE]]\n"
    "\n"
    "Prints what this program is made of (libraries, limits, built-in checklists with\n"
    "their digests) and proves that it works here: reads every built-in checklist,\n"
    "runs their test sentences, reads and checks documents made in memory.\n"
    "\n"
    "      --self-test        writes a record of it for a validation file, for a\n"
    "                         person to sign: the program and its digest, the system,\n"
    "                         and each check with what was expected and what came\n"
    "  -f, --format FORMAT    of the record: text (default) or json\n"
    "  -o, --output FILE      write the record there instead of to standard output\n"
    "\n"
    "Examples:\n"
    "  lacuna doctor\n"
    "  lacuna doctor --self-test -o self-test-0.1.0.txt\n"
    "\n"
    "Exit codes: 0 everything works, 1 a check failed, 2 wrong usage, 5 a defect of\n"
    "            lacuna, or out of memory\n";

enum { FLAG_SELF_TEST, FLAG_FORMAT, FLAG_OUTPUT };

typedef struct doctor {
    bool record;
    const char *format, *output; /* of the record; NULL: not given */
} doctor;

static const char *const FORMATS[] = {"text", "json", NULL};

static int on_flag(void *user, int id, const char *value)
{
    doctor *d = user;
    switch (id) {
    case FLAG_SELF_TEST:
        d->record = true;
        return CLI_OK;
    case FLAG_FORMAT:
        return cli_choose(&d->format, "format", value, FORMATS);
    default:
        d->output = value;
        return CLI_OK;
    }
}

static lacuna_status render_about(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    (void)user;
    return lacuna_about("text", write, sink, err);
}

static lacuna_status render_checks(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    return lacuna_self_check(user, write, sink, err);
}

static int print_programs(void)
{
    char path[4096];
    char line[4200];
    bool found = cli_find_program(path, sizeof path, "pdftotext");
    (void)snprintf(line, sizeof line, "pdftotext  %s\n",
                   found ? path : "not installed (poppler-utils): PDF files are not evaluated");
    return cli_print(1, line);
}

static int print_all(void)
{
    uint64_t failures = 0;
    int code = cli_render_stdout(render_about, NULL, false);
    code = code == CLI_OK ? print_programs() : code;
    code = code == CLI_OK ? cli_render_stdout(render_checks, &failures, false) : code;
    return code == CLI_OK && failures > 0 ? CLI_FINDINGS : code;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {{FLAG_SELF_TEST, "self-test", 0, false},
                                     {FLAG_FORMAT, "format", 'f', true},
                                     {FLAG_OUTPUT, "output", 'o', true}};
    doctor d = {.record = false};
    cli_command_line line = {.verb = verb,
                             .flags = flags,
                             .flag_count = sizeof flags / sizeof flags[0],
                             .on_flag = on_flag,
                             .user = &d};
    int code = cli_parse_flags(&line, argc, argv);
    if (code != CLI_OK || line.helped) {
        return code;
    }
    code = cli_expect_operands(&line, 0, 0);
    if (code == CLI_OK && !d.record && (d.format != NULL || d.output != NULL)) {
        cli_complain("doctor: --format and --output are of the record; give --self-test");
        code = CLI_USAGE;
    }
    if (code != CLI_OK) {
        return code;
    }
    return d.record ? cli_self_test(d.format == NULL ? "text" : d.format, d.output) : print_all();
}

const cli_verb CLI_DOCTOR = {"doctor", "print what is built in and prove that it works", HELP, run};
