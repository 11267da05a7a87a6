/* zsh: _arguments for each verb, with what each flag does. */
#include "completion.h"

#include <string.h>

/* A description inside [...] of a single-quoted specification. */
static void print_about(FILE *out, cli_piece about)
{
    for (size_t i = 0; i < about.length; i++) {
        char c = about.text[i];
        if (c == '\'') {
            (void)fputs("'\\''", out);
        } else if (c == '[' || c == ']' || c == ':' || c == '\\') {
            (void)fprintf(out, "\\%c", c);
        } else {
            (void)fputc(c, out);
        }
    }
}

static void print_value(FILE *out, const cli_verb *verb, const cli_help_flag *flag)
{
    cli_value_kind kind = cli_value_of(verb, flag);
    if (kind == CLI_VALUE_NONE) {
        return;
    }
    (void)fputc(':', out);
    print_about(out, flag->value);
    (void)fputc(':', out);
    if (kind == CLI_VALUE_WORDS) {
        (void)fputc('(', out);
        cli_print_values(out, verb, flag, ' ');
        (void)fputc(')', out);
    } else if (kind == CLI_VALUE_FILE) {
        (void)fputs("_files", out);
    } else {
        (void)fputs(kind == CLI_VALUE_CHECKLIST ? "_lacuna_checklists" : " ", out);
    }
}

static void print_flag(FILE *out, const cli_verb *verb, const cli_help_flag *flag)
{
    (void)fputs(" \\\n                '*'", out);
    if (flag->letter != '\0') {
        (void)fprintf(out, "{-%c,--%.*s}'", flag->letter, (int)flag->name.length, flag->name.text);
    } else {
        (void)fprintf(out, "'--%.*s", (int)flag->name.length, flag->name.text);
    }
    (void)fputc('[', out);
    print_about(out, flag->about);
    (void)fputc(']', out);
    print_value(out, verb, flag);
    (void)fputc('\'', out);
}

static void print_operands(FILE *out, const cli_verb *verb)
{
    const char *at = verb->help;
    cli_piece word;
    bool any = false;
    while (cli_help_next_word(&word, &at, verb->name)) {
        (void)fprintf(out, "%s%.*s", any ? " " : " \\\n                '1: :(", (int)word.length,
                      word.text);
        any = true;
    }
    (void)fputs(any ? ")'" : "", out);
    (void)fputs(" \\\n                '*:file:_files'\n            ;;\n", out);
}

void cli_complete_zsh(FILE *out)
{
    (void)fprintf(out,
                  "#compdef lacuna\n"
                  "# zsh completion of lacuna; put it as _lacuna into a folder of $fpath\n"
                  "_lacuna_checklists() {\n"
                  "    local -a ids\n"
                  "    ids=(${(f)\"$(%s)\"})\n"
                  "    compadd -a ids\n"
                  "}\n"
                  "_lacuna() {\n"
                  "    local context state line\n"
                  "    local -a verbs\n"
                  "    verbs=(\n",
                  CLI_LIST_CHECKLISTS);
    for (size_t i = 0; cli_verb_at(i) != NULL; i++) {
        const cli_verb *verb = cli_verb_at(i);
        (void)fprintf(out, "        '%s:", verb->name);
        print_about(out, (cli_piece){verb->summary, strlen(verb->summary)});
        (void)fputs("'\n", out);
    }
    (void)fputs("    )\n"
                "    _arguments -C '1: :->verb' '*:: :->rest'\n"
                "    case $state in\n"
                "    verb) _describe verb verbs ;;\n"
                "    rest)\n"
                "        case $line[1] in\n",
                out);
    for (size_t i = 0; cli_verb_at(i) != NULL; i++) {
        const cli_verb *verb = cli_verb_at(i);
        const char *at = verb->help;
        cli_help_flag flag;
        (void)fprintf(out, "        %s)\n            _arguments", verb->name);
        while (cli_help_next_flag(&flag, &at)) {
            print_flag(out, verb, &flag);
        }
        print_operands(out, verb);
    }
    (void)fputs("        esac\n"
                "        ;;\n"
                "    esac\n"
                "}\n"
                "if [ \"$funcstack[1]\" = _lacuna ]; then\n"
                "    _lacuna \"$@\"\n"
                "else\n"
                "    compdef _lacuna lacuna\n"
                "fi\n",
                out);
}
