/*
 * cli.h - what the verbs of the command line share.
 *
 * Purpose: one verb, one cmd_*.c; each gets its arguments and returns an exit code. Of the library
 *   the command line uses include/lacuna.h and nothing else.
 */
#ifndef LACUNA_CLI_H
#define LACUNA_CLI_H

#include <lacuna.h>

#include <stdbool.h>

/* The exit codes, the same for every verb. Never reused for something else. */
enum {
    CLI_OK = 0,         /* done; nothing at or above --fail-on */
    CLI_FINDINGS = 1,   /* done; such findings, or problems in a checklist */
    CLI_USAGE = 2,      /* the command line, a checklist or a name in it is wrong */
    CLI_INCOMPLETE = 3, /* an input was not read, an output not written, or interrupted */
    CLI_NOTHING = 4,    /* nothing was evaluated */
    CLI_INTERNAL = 5,   /* a defect of Lacuna, or out of memory */
};

typedef struct cli_verb {
    const char *name;
    const char *summary; /* one line for `lacuna help` */
    const char *help;    /* what `lacuna help VERB` prints */
    int (*run)(const struct cli_verb *verb, int argc, char **argv);
} cli_verb;

extern const cli_verb CLI_AUDIT;
extern const cli_verb CLI_BASELINE;
extern const cli_verb CLI_CHECK;
extern const cli_verb CLI_CHECKLISTS;
extern const cli_verb CLI_COMPLETION;
extern const cli_verb CLI_CONFIG;
extern const cli_verb CLI_DECIDE;
extern const cli_verb CLI_DIFF;
extern const cli_verb CLI_DOCTOR;
extern const cli_verb CLI_DRAFT;
extern const cli_verb CLI_EXPLAIN;
extern const cli_verb CLI_FILL;
extern const cli_verb CLI_HELP;
extern const cli_verb CLI_INVENTORY;
extern const cli_verb CLI_LETTER;
extern const cli_verb CLI_MCP;
extern const cli_verb CLI_OUTLINE;
extern const cli_verb CLI_RENDER;
extern const cli_verb CLI_RESPOND;
extern const cli_verb CLI_REVIEW;
extern const cli_verb CLI_TEMPLATES;
extern const cli_verb CLI_TEXT;
extern const cli_verb CLI_VERIFY;
extern const cli_verb CLI_VERSION;
extern const cli_verb CLI_WAIVE;
extern const cli_verb CLI_WORKER;

/* Sets an option of the library; complains about a value it does not take. */
int cli_set_option(lacuna_options *options, const char *key, const char *value);

/* SOURCE_DATE_EPOCH as the day to judge on, before flags are read. */
int cli_set_source_date(lacuna_options *options);

/* A flag whose value is one of some words (ended by NULL): *out is that word. Complains with all of
 * them where it is none. */
int cli_choose(const char **out, const char *flag, const char *value, const char *const *words);

/* "lacuna: ..." on stderr. */
void cli_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A library error with its place and remedy; `what` (a path, may be NULL) goes in front. Returns
 * the exit code that fits. */
int cli_report_error(const char *what, const lacuna_error *err);
/* The same about an input: whatever is wrong with it, it was not read. */
int cli_report_unread(const char *what, const lacuna_error *err);

#endif
