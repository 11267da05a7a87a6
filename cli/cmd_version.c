#include "flags.h"
#include "output.h"

#include <stdio.h>

static const char HELP[] =
    "usage: lacuna version [--json]\n"
    "\n"
    "Prints the version; with --json also the build, the libraries, the limits on\n"
    "inputs and the digest of every built-in checklist.\n"
    "\n"
    "Exit codes: 0 done, 2 wrong usage\n";

static int on_flag(void *user, int id, const char *value)
{
    (void)id;
    (void)value;
    *(bool *)user = true;
    return CLI_OK;
}

static lacuna_status render(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    (void)user;
    return lacuna_about("json", write, sink, err);
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {{0, "json", 0, false}};
    bool json = false;
    cli_command_line line = {
        .verb = verb, .flags = flags, .flag_count = 1, .on_flag = on_flag, .user = &json};
    int code = cli_parse_flags(&line, argc, argv);
    if (code != CLI_OK || line.helped) {
        return code;
    }
    code = cli_expect_operands(&line, 0, 0);
    if (code != CLI_OK) {
        return code;
    }
    if (json) {
        return cli_render_stdout(render, NULL, false);
    }
    char text[64];
    (void)snprintf(text, sizeof text, "lacuna %s\n", lacuna_version());
    return cli_print(1, text);
}

const cli_verb CLI_VERSION = {"version", "print the version, with --json everything built in", HELP,
                              run};
