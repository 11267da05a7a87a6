#include "flags.h"
#include "output.h"
#include "verbs.h"

static const char HELP[] = "usage: lacuna help [VERB]\n\n"
                           "Prints what lacuna can do, or everything about one verb.\n";

static int on_flag(void *user, int id, const char *value)
{
    (void)user;
    (void)id;
    (void)value;
    return CLI_OK;
}

static int help_on(const char *name)
{
    const cli_verb *verb = cli_find_verb(name);
    if (verb != NULL) {
        return cli_print(1, verb->help);
    }
    const char *nearest = cli_nearest_verb(name);
    if (nearest == NULL) {
        cli_complain("there is no \"%s\"; see: lacuna help", name);
    } else {
        cli_complain("there is no \"%s\"; did you mean %s?", name, nearest);
    }
    return CLI_USAGE;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    cli_command_line line = {.verb = verb, .on_flag = on_flag};
    int code = cli_parse_flags(&line, argc, argv);
    if (code != CLI_OK || line.helped) {
        return code;
    }
    code = cli_expect_operands(&line, 0, 1);
    if (code != CLI_OK) {
        return code;
    }
    return line.operand_count == 0 ? cli_print_overview(1) : help_on(line.operands[0]);
}

const cli_verb CLI_HELP = {"help", "print this, or everything about one verb", HELP, run};
