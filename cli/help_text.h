/*
 * help_text.h - the help of a verb, read by the program itself.
 *
 * Purpose: the help text is the one place where flags are listed for people; completion is made
 *   from it, so that the two cannot drift apart. Its form: usage lines, paragraphs, and flags as
 *   "  -x, --name VALUE  what it does", with what it does going on further to the right.
 * Ownership: everything points into the help text, which is constant.
 */
#ifndef LACUNA_CLI_HELP_TEXT_H
#define LACUNA_CLI_HELP_TEXT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct cli_piece {
    const char *text;
    size_t length;
} cli_piece;

typedef struct cli_help_flag {
    char letter;     /* 0: none */
    cli_piece name;  /* without the dashes */
    cli_piece value; /* "FILE"; empty: it takes none */
    cli_piece about; /* the beginning of what it does; may be empty */
} cli_help_flag;

/* The next flag at or behind *at, which moves on; false where there is none. */
bool cli_help_next_flag(cli_help_flag *flag, const char **at);

/* The next word of the usage lines that is to be typed as it is behind the verb: "show" of
 * "lacuna checklists show ID". *at begins at the help text. */
bool cli_help_next_word(cli_piece *word, const char **at, const char *verb);

/* What the usage lines allow as the value of a flag: "text|json"; empty: they do not tell. */
cli_piece cli_help_values(const char *help, cli_piece flag);

bool cli_piece_is(cli_piece piece, const char *text);

#endif
