#include "help_text.h"

#include <string.h>

static const char *next_line(const char *at)
{
    const char *end = strchr(at, '\n');
    return end == NULL ? at + strlen(at) : end + 1;
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

static cli_piece take_name(const char *at)
{
    size_t length = 0;
    while (is_name_char(at[length])) {
        length++;
    }
    return (cli_piece){at, length};
}

bool cli_piece_is(cli_piece piece, const char *text)
{
    return strlen(text) == piece.length && memcmp(piece.text, text, piece.length) == 0;
}

/* ---- flags ---------------------------------------------------------------------------------- */

/* What fits a line of a menu: the first clause, without a remark in brackets. */
static cli_piece first_clause(const char *text)
{
    size_t length = strcspn(text, ";\n");
    for (size_t i = 1; i < length; i++) {
        bool sentence = text[i] == '.' && (text[i + 1] == ' ' || text[i + 1] == '\n');
        if (sentence || (text[i] == '(' && text[i - 1] == ' ')) {
            length = text[i] == '(' ? i - 1 : i;
        }
    }
    return (cli_piece){text, length};
}

/* "-x, --name VALUE  about" behind the indent. */
static bool read_flag(cli_help_flag *flag, const char *at)
{
    *flag = (cli_help_flag){.letter = 0};
    if (at[0] == '-' && is_name_char(at[1]) && strncmp(at + 2, ", ", 2) == 0) {
        flag->letter = at[1];
        at += 4;
    }
    if (strncmp(at, "--", 2) != 0) {
        return false;
    }
    flag->name = take_name(at + 2);
    at = flag->name.text + flag->name.length;
    if (at[0] == ' ' && at[1] != ' ') {
        flag->value = (cli_piece){at + 1, strcspn(at + 1, " \n")};
        at = flag->value.text + flag->value.length;
    }
    at += strspn(at, " ");
    if (*at == '\n') {
        at++;
        at += strspn(at, " ");
    }
    flag->about = first_clause(at);
    return flag->name.length > 0;
}

bool cli_help_next_flag(cli_help_flag *flag, const char **at)
{
    enum { DEEPEST = 6 }; /* further to the right it is what another flag does */
    while (**at != '\0' && strncmp(*at, "Example", 7) != 0) { /* those hold flags too */
        const char *line = *at;
        size_t indent = strspn(line, " ");
        *at = next_line(line);
        if (indent >= 2 && indent <= DEEPEST && read_flag(flag, line + indent)) {
            return true;
        }
    }
    return false;
}

/* ---- usage ---------------------------------------------------------------------------------- */

bool cli_help_next_word(cli_piece *word, const char **at, const char *verb)
{
    static const char start[] = "lacuna ";
    size_t verb_length = strlen(verb);
    while (**at != '\0' && **at != '\n') { /* the usage ends with an empty line */
        const char *line = *at;
        *at = next_line(line);
        line += strspn(line, " ");
        line += strncmp(line, "usage: ", 7) == 0 ? 7 : 0;
        if (strncmp(line, start, sizeof start - 1) != 0) {
            continue;
        }
        line += sizeof start - 1;
        if (strncmp(line, verb, verb_length) != 0 || line[verb_length] != ' ') {
            continue;
        }
        line += verb_length + 1;
        line += *line == '[' ? 1 : 0;
        *word = take_name(line);
        if (word->length > 0 && word->text[0] != '-') {
            return true;
        }
    }
    return false;
}

cli_piece cli_help_values(const char *help, cli_piece flag)
{
    const char *end = strstr(help, "\n\n");
    for (const char *at = strstr(help, "--"); at != NULL && (end == NULL || at < end);
         at = strstr(at + 2, "--")) {
        cli_piece name = take_name(at + 2);
        if (name.length != flag.length || memcmp(name.text, flag.text, flag.length) != 0 ||
            name.text[name.length] != ' ') {
            continue;
        }
        const char *value = name.text + name.length + 1;
        size_t length = strspn(value, "abcdefghijklmnopqrstuvwxyz0123456789-|");
        if (length > 0 && memchr(value, '|', length) != NULL) {
            return (cli_piece){value, length};
        }
    }
    return (cli_piece){"", 0};
}
