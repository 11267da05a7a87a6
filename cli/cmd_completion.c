#include "completion.h"
#include "flags.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>

static const char HELP[] =
    "usage: lacuna completion bash|zsh|fish\n"
    "\n"
    "Prints a script that teaches a shell the verbs and flags of this version, and\n"
    "the checklists there are.\n"
    "\n"
    "Examples:\n"
    "  source <(lacuna completion bash)\n"
    "  lacuna completion zsh > ~/.zfunc/_lacuna\n"
    "  lacuna completion fish > ~/.config/fish/completions/lacuna.fish\n"
    "\n"
    "Exit codes: 0 done, 2 wrong usage, 3 it could not be written, 5 out of memory\n";

static const struct shell {
    const char *name;
    void (*complete)(FILE *out);
} SHELLS[] = {{"bash", cli_complete_bash}, {"zsh", cli_complete_zsh}, {"fish", cli_complete_fish}};

static int on_flag(void *user, int id, const char *value)
{
    (void)user;
    (void)id;
    (void)value;
    return CLI_OK;
}

static int print_script(const struct shell *shell)
{
    char *script = NULL;
    size_t length;
    FILE *out = open_memstream(&script, &length);
    if (out == NULL) {
        cli_complain("out of memory");
        return CLI_INTERNAL;
    }
    shell->complete(out);
    bool whole = ferror(out) == 0;
    whole = fclose(out) == 0 && whole;
    int code = CLI_INTERNAL;
    if (whole) {
        code = cli_print(1, script);
    } else {
        cli_complain("out of memory");
    }
    free(script);
    return code;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    cli_command_line line = {.verb = verb, .on_flag = on_flag};
    int code = cli_parse_flags(&line, argc, argv);
    if (code != CLI_OK || line.helped) {
        return code;
    }
    code = cli_expect_operands(&line, 1, 1);
    for (size_t i = 0; code == CLI_OK && i < sizeof SHELLS / sizeof SHELLS[0]; i++) {
        if (strcmp(SHELLS[i].name, line.operands[0]) == 0) {
            return print_script(&SHELLS[i]);
        }
    }
    if (code == CLI_OK) {
        cli_complain("completion: \"%s\" is none of bash, zsh and fish", line.operands[0]);
    }
    return CLI_USAGE;
}

const cli_verb CLI_COMPLETION = {"completion", "print a script that completes command lines", HELP,
                                 run};
