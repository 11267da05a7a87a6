/* lacuna - finds the gaps in regulatory submissions. */
#include "output.h"
#include "verbs.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static int unknown_verb(const char *name)
{
    const char *nearest = cli_nearest_verb(name);
    if (nearest != NULL) {
        cli_complain("there is no \"%s\"; did you mean %s?", name, nearest);
    } else {
        cli_complain("there is no \"%s\"; see: lacuna help", name);
    }
    return CLI_USAGE;
}

static bool is_one_of(const char *word, const char *a, const char *b)
{
    return strcmp(word, a) == 0 || strcmp(word, b) == 0;
}

int main(int argc, char **argv)
{
    /* A reader that closes its pipe is told by EPIPE, not by death. */
    (void)signal(SIGPIPE, SIG_IGN);
    if (argc < 2) {
        cli_print_overview(2);
        return CLI_USAGE;
    }
    const char *name = argv[1];
    if (is_one_of(name, "--help", "-h")) {
        name = "help";
    } else if (is_one_of(name, "--version", "-V")) {
        name = "version";
    }
    const cli_verb *verb = cli_find_verb(name);
    if (verb == NULL) {
        return unknown_verb(name);
    }
    return verb->run(verb, argc - 2, argv + 2);
}
