#include "flags.h"
#include "output.h"
#include "programs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char HELP[] =
    "usage: lacuna doctor\n"
    "\n"
    "Prints what this program is made of (libraries, limits, built-in checklists with\n"
    "their digests) and proves that it works here: reads every built-in checklist,\n"
    "runs their test sentences, reads and checks documents made in memory.\n"
    "\n"
    "Exit codes: 0 everything works, 1 a check failed, 2 wrong usage, 5 a defect of\n"
    "            lacuna, or out of memory\n";

static int no_flag(void *user, int id, const char *value)
{
    (void)user;
    (void)id;
    (void)value;
    return CLI_OK;
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

static int run(const cli_verb *verb, int argc, char **argv)
{
    cli_command_line line = {.verb = verb, .on_flag = no_flag};
    int code = cli_parse_flags(&line, argc, argv);
    if (code != CLI_OK || line.helped) {
        return code;
    }
    code = cli_expect_operands(&line, 0, 0);
    uint64_t failures = 0;
    code = code == CLI_OK ? cli_render_stdout(render_about, NULL, false) : code;
    code = code == CLI_OK ? print_programs() : code;
    code = code == CLI_OK ? cli_render_stdout(render_checks, &failures, false) : code;
    return code == CLI_OK && failures > 0 ? CLI_FINDINGS : code;
}

const cli_verb CLI_DOCTOR = {"doctor", "print what is built in and prove that it works", HELP, run};
