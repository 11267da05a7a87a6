/* fish: one line for each verb, and one for each flag of each verb. */
#include "completion.h"

#include <string.h>

static void print_quoted(FILE *out, cli_piece text)
{
    (void)fputc('\'', out);
    for (size_t i = 0; i < text.length; i++) {
        if (text.text[i] == '\'' || text.text[i] == '\\') {
            (void)fputc('\\', out);
        }
        (void)fputc(text.text[i], out);
    }
    (void)fputc('\'', out);
}

static void print_value(FILE *out, const cli_verb *verb, const cli_help_flag *flag)
{
    switch (cli_value_of(verb, flag)) {
    case CLI_VALUE_NONE:
        break;
    case CLI_VALUE_FILE:
        (void)fputs(" -r -F", out);
        break;
    case CLI_VALUE_WORDS:
        (void)fputs(" -x -a '", out);
        cli_print_values(out, verb, flag, ' ');
        (void)fputc('\'', out);
        break;
    case CLI_VALUE_CHECKLIST:
        (void)fputs(" -x -a '(__lacuna_checklists)'", out);
        break;
    case CLI_VALUE_FREE:
        (void)fputs(" -x", out);
        break;
    }
}

static void print_verb(FILE *out, const cli_verb *verb)
{
    const char *at = verb->help;
    cli_help_flag flag;
    (void)fprintf(out, "complete -c lacuna -f -n __fish_use_subcommand -a %s -d ", verb->name);
    print_quoted(out, (cli_piece){verb->summary, strlen(verb->summary)});
    (void)fputc('\n', out);
    while (cli_help_next_flag(&flag, &at)) {
        (void)fprintf(out, "complete -c lacuna -n '__fish_seen_subcommand_from %s' -l %.*s",
                      verb->name, (int)flag.name.length, flag.name.text);
        if (flag.letter != '\0') {
            (void)fprintf(out, " -s %c", flag.letter);
        }
        print_value(out, verb, &flag);
        (void)fputs(" -d ", out);
        print_quoted(out, flag.about);
        (void)fputc('\n', out);
    }
    at = verb->help;
    cli_piece word;
    while (cli_help_next_word(&word, &at, verb->name)) {
        (void)fprintf(out, "complete -c lacuna -n '__fish_seen_subcommand_from %s' -a %.*s\n",
                      verb->name, (int)word.length, word.text);
    }
}

void cli_complete_fish(FILE *out)
{
    (void)fprintf(
        out,
        "# fish completion of lacuna; put it into ~/.config/fish/completions/lacuna.fish\n"
        "function __lacuna_checklists\n"
        "    %s\n"
        "end\n",
        CLI_LIST_CHECKLISTS);
    for (size_t i = 0; cli_verb_at(i) != NULL; i++) {
        print_verb(out, cli_verb_at(i));
    }
}
