#include "completion.h"

#include <string.h>

const char CLI_LIST_CHECKLISTS[] =
    "lacuna checklists list --format json 2>/dev/null | "
    "sed -n \"s/^      \\\"id\\\": \\\"\\([^\\\"]*\\)\\\",\\$/\\1/p\"";

/* The words that a value of this name may be; tests/property/completion.py holds the program to
 * take each. */
static const struct {
    const char *value, *words;
} KNOWN[] = {
    {"SEVERITY", "critical|major|minor|info|never"},
    {"WHEN", "auto|always|never"},
    {"HOW", "auto|never|json"},
};

static bool is_any(cli_piece piece, const char *const *texts)
{
    for (; *texts != NULL; texts++) {
        if (cli_piece_is(piece, *texts)) {
            return true;
        }
    }
    return false;
}

static const char *known_words(cli_piece value)
{
    for (size_t i = 0; i < sizeof KNOWN / sizeof KNOWN[0]; i++) {
        if (cli_piece_is(value, KNOWN[i].value)) {
            return KNOWN[i].words;
        }
    }
    return NULL;
}

/* Reports are the one thing whose formats are not told by the usage: there are too many. */
static bool is_report_format(const cli_verb *verb, const cli_help_flag *flag)
{
    return cli_piece_is(flag->name, "format") && strcmp(verb->name, "check") == 0;
}

cli_value_kind cli_value_of(const cli_verb *verb, const cli_help_flag *flag)
{
    static const char *const files[] = {"FILE", "PATH", "DIR", "FOLDER", "OUT", NULL};
    if (flag->value.length == 0) {
        return CLI_VALUE_NONE;
    }
    if (cli_piece_is(flag->name, "checklist")) {
        return CLI_VALUE_CHECKLIST;
    }
    if (is_any(flag->value, files)) {
        return CLI_VALUE_FILE;
    }
    bool words = known_words(flag->value) != NULL || is_report_format(verb, flag) ||
                 cli_help_values(verb->help, flag->name).length > 0;
    return words ? CLI_VALUE_WORDS : CLI_VALUE_FREE;
}

static void print_split(FILE *out, cli_piece words, char between)
{
    for (size_t i = 0; i < words.length; i++) {
        (void)fputc(words.text[i] == '|' ? between : words.text[i], out);
    }
}

void cli_print_values(FILE *out, const cli_verb *verb, const cli_help_flag *flag, char between)
{
    const char *known = known_words(flag->value);
    if (known != NULL) {
        print_split(out, (cli_piece){known, strlen(known)}, between);
    } else if (is_report_format(verb, flag)) {
        size_t count;
        const char *const *formats = lacuna_result_formats(&count);
        for (size_t i = 0; i < count; i++) {
            (void)fprintf(out, "%.*s%s", i == 0 ? 0 : 1, &between, formats[i]);
        }
    } else {
        print_split(out, cli_help_values(verb->help, flag->name), between);
    }
}
