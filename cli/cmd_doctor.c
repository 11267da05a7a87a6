#include "flags.h"
#include "output.h"

static const char HELP[] =
    "usage: lacuna doctor\n\n"
    "Prints what this program is made of (libraries, limits, built-in checklists with their "
    "digests)\n"
    "and proves that it works here: reads every built-in checklist, runs their test sentences, "
    "reads\n"
    "and checks a document made in memory.\n\n"
    "Exit codes: 0 everything works, 1 a check failed, 2 wrong usage, 5 a defect of lacuna\n";

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
    code = code == CLI_OK ? cli_render_stdout(render_checks, &failures, false) : code;
    return code == CLI_OK && failures > 0 ? CLI_FINDINGS : code;
}

const cli_verb CLI_DOCTOR = {"doctor", "print what is built in and prove that it works", HELP, run};
