/* bash: one function, which looks at the verb and at the word before the one that is typed. */
#include "completion.h"

static void print_verbs(FILE *out)
{
    (void)fputs("    local verbs=\"", out);
    for (size_t i = 0; cli_verb_at(i) != NULL; i++) {
        (void)fprintf(out, "%s%s", i == 0 ? "" : " ", cli_verb_at(i)->name);
    }
    (void)fputs("\"\n", out);
}

/* "check:-c|check:--checklist) what to do ;;" for each flag with a value. */
static void print_values(FILE *out, const cli_verb *verb)
{
    const char *at = verb->help;
    cli_help_flag flag;
    while (cli_help_next_flag(&flag, &at)) {
        cli_value_kind kind = cli_value_of(verb, &flag);
        if (kind == CLI_VALUE_NONE) {
            continue;
        }
        (void)fprintf(out, "    %s:--%.*s", verb->name, (int)flag.name.length, flag.name.text);
        if (flag.letter != '\0') {
            (void)fprintf(out, " | %s:-%c", verb->name, flag.letter);
        }
        (void)fputs(") ", out);
        if (kind == CLI_VALUE_WORDS) {
            (void)fputs("COMPREPLY=($(compgen -W \"", out);
            cli_print_values(out, verb, &flag, ' ');
            (void)fputs("\" -- \"$current\")); ", out);
        } else if (kind == CLI_VALUE_CHECKLIST) {
            (void)fprintf(out, "COMPREPLY=($(compgen -W \"$(%s)\" -- \"$current\")); ",
                          CLI_LIST_CHECKLISTS);
        } else if (kind == CLI_VALUE_FREE) {
            (void)fputs("compopt +o default 2>/dev/null; ", out);
        }
        (void)fputs("return ;;\n", out);
    }
}

static void print_flags(FILE *out, const cli_verb *verb)
{
    const char *at = verb->help;
    cli_help_flag flag;
    (void)fprintf(out, "    %s) flags=\"", verb->name);
    while (cli_help_next_flag(&flag, &at)) {
        (void)fprintf(out, "--%.*s ", (int)flag.name.length, flag.name.text);
    }
    (void)fputs("--help\"", out);
    at = verb->help;
    cli_piece word;
    bool any = false;
    while (cli_help_next_word(&word, &at, verb->name)) {
        (void)fprintf(out, "%s%.*s", any ? " " : " words=\"", (int)word.length, word.text);
        any = true;
    }
    (void)fputs(any ? "\" ;;\n" : " ;;\n", out);
}

void cli_complete_bash(FILE *out)
{
    (void)fputs("# bash completion of lacuna; to use it now: source <(lacuna completion bash)\n"
                "_lacuna() {\n"
                "    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                "    local verb=${COMP_WORDS[1]} flags=\"\" words=\"\"\n",
                out);
    print_verbs(out);
    (void)fputs("    COMPREPLY=()\n"
                "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                "        COMPREPLY=($(compgen -W \"$verbs --help --version\" -- \"$current\"))\n"
                "        return\n"
                "    fi\n"
                "    case $verb:$before in\n",
                out);
    for (size_t i = 0; cli_verb_at(i) != NULL; i++) {
        print_values(out, cli_verb_at(i));
    }
    (void)fputs("    esac\n    case $verb in\n", out);
    for (size_t i = 0; cli_verb_at(i) != NULL; i++) {
        print_flags(out, cli_verb_at(i));
    }
    (void)fputs("    esac\n"
                "    if [[ $current == -* ]]; then\n"
                "        COMPREPLY=($(compgen -W \"$flags\" -- \"$current\"))\n"
                "    elif [ \"$verb\" = help ]; then\n"
                "        COMPREPLY=($(compgen -W \"$verbs\" -- \"$current\"))\n"
                "    elif [ \"$COMP_CWORD\" -eq 2 ] && [ -n \"$words\" ]; then\n"
                "        COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
                "    fi\n"
                "}\n"
                "complete -o default -F _lacuna lacuna\n",
                out);
}
