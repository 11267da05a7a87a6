#include "flags.h"

#include "output.h"

#include <string.h>

enum { FLAG_NAMES_MAX = 64 };

static const cli_flag *find_long(const cli_command_line *line, const char *name, size_t length)
{
    for (size_t i = 0; i < line->flag_count; i++) {
        const cli_flag *flag = &line->flags[i];
        if (strlen(flag->name) == length && memcmp(flag->name, name, length) == 0) {
            return flag;
        }
    }
    return NULL;
}

static const cli_flag *find_short(const cli_command_line *line, char letter)
{
    for (size_t i = 0; i < line->flag_count; i++) {
        if (line->flags[i].letter == letter) {
            return &line->flags[i];
        }
    }
    return NULL;
}

static int unknown_flag(const cli_command_line *line, const char *argument)
{
    const char *names[FLAG_NAMES_MAX];
    size_t count = 0;
    names[count++] = "help";
    for (size_t i = 0; i < line->flag_count && count < FLAG_NAMES_MAX; i++) {
        names[count++] = line->flags[i].name;
    }
    char word[FLAG_NAMES_MAX];
    const char *start = argument + strspn(argument, "-");
    size_t length = strcspn(start, "=");
    length = length < sizeof word - 1 ? length : sizeof word - 1;
    memcpy(word, start, length);
    word[length] = '\0';
    const char *nearest = lacuna_nearest(word, names, count);
    if (nearest != NULL) {
        cli_complain("%s does not know the flag %s; did you mean --%s?", line->verb->name, argument,
                     nearest);
    } else {
        cli_complain("%s does not know the flag %s; see: lacuna help %s", line->verb->name,
                     argument, line->verb->name);
    }
    return CLI_USAGE;
}

/* One flag at argv[*at]; moves *at past what it used, except for the flag itself. */
static int take_long(cli_command_line *line, int argc, char **argv, int *at)
{
    const char *argument = argv[*at];
    const char *name = argument + 2;
    size_t length = strcspn(name, "=");
    const char *value = name[length] == '=' ? name + length + 1 : NULL;
    const cli_flag *flag = find_long(line, name, length);
    if (flag == NULL) {
        return unknown_flag(line, argument);
    }
    if (!flag->has_value && value != NULL) {
        cli_complain("--%s takes no value", flag->name);
        return CLI_USAGE;
    }
    if (flag->has_value && value == NULL) {
        if (*at + 1 >= argc) {
            cli_complain("--%s needs a value; see: lacuna help %s", flag->name, line->verb->name);
            return CLI_USAGE;
        }
        value = argv[++*at];
    }
    return line->on_flag(line->user, flag->id, value);
}

static int take_short(cli_command_line *line, int argc, char **argv, int *at)
{
    const char *argument = argv[*at];
    for (const char *letter = argument + 1; *letter != '\0'; letter++) {
        const cli_flag *flag = find_short(line, *letter);
        if (flag == NULL) {
            return unknown_flag(line, argument);
        }
        const char *value = NULL;
        if (flag->has_value) {
            value = letter[1] != '\0' ? letter + 1 : *at + 1 < argc ? argv[++*at] : NULL;
            if (value == NULL) {
                cli_complain("-%c needs a value; see: lacuna help %s", *letter, line->verb->name);
                return CLI_USAGE;
            }
        }
        int code = line->on_flag(line->user, flag->id, value);
        if (code != CLI_OK || flag->has_value) {
            return code;
        }
    }
    return CLI_OK;
}

static bool asks_for_help(const char *argument)
{
    return strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0;
}

int cli_parse_flags(cli_command_line *line, int argc, char **argv)
{
    bool flags_ended = false;
    line->operands = argv;
    line->operand_count = 0;
    for (int at = 0; at < argc; at++) {
        char *argument = argv[at];
        int code = CLI_OK;
        if (flags_ended || argument[0] != '-' || argument[1] == '\0') {
            line->operands[line->operand_count++] = argument;
        } else if (strcmp(argument, "--") == 0) {
            flags_ended = true;
        } else if (asks_for_help(argument)) {
            line->helped = true;
            return cli_print(1, line->verb->help);
        } else {
            code = argument[1] == '-' ? take_long(line, argc, argv, &at)
                                      : take_short(line, argc, argv, &at);
        }
        if (code != CLI_OK) {
            return code;
        }
    }
    return CLI_OK;
}

int cli_expect_operands(const cli_command_line *line, int min, int max)
{
    if (line->operand_count < min) {
        cli_complain("%s: something to work on is missing; see: lacuna help %s", line->verb->name,
                     line->verb->name);
        return CLI_USAGE;
    }
    if (line->operand_count > max) {
        cli_complain("%s: \"%s\" is one argument too many; see: lacuna help %s", line->verb->name,
                     line->operands[max], line->verb->name);
        return CLI_USAGE;
    }
    return CLI_OK;
}
