#include "flags.h"
#include "limits.h"
#include "output.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char HELP[] =
    "usage: lacuna inventory PATH [--format text|json|csv]\n"
    "\n"
    "Tells what an eCTD submission holds after all its sequences: applications,\n"
    "regulatory activities, sequences, leaves, operations, references to earlier\n"
    "content, checksums, studies, missing sequence numbers and equal files. PATH is\n"
    "the folder of a sequence, of an application, of several applications, or a zip\n"
    "file of one. eCTD 3.2.2 and 4.0 are told apart by content.\n"
    "\n"
    "  -f, --format FORMAT    text (default), json, or csv (one line a sequence)\n"
    "  -j, --jobs N           checksums computed at the same time; default: one for\n"
    "                         each processor. The result is the same whatever N\n" CLI_LIMIT_HELP
    "  -q, --quiet            do not tell on standard error what was noticed\n"
    "\n"
    "Examples:\n"
    "  lacuna inventory nda123456/\n"
    "  lacuna inventory nda123456/0003 --format json\n"
    "  lacuna inventory submission.zip --format csv > sequences.csv\n"
    "\n"
    "Exit codes: 0 done, 2 wrong usage, 3 something could not be read, 5 a defect of\n"
    "            lacuna, or out of memory\n";

enum { FLAG_FORMAT, FLAG_JOBS, FLAG_LIMIT, FLAG_QUIET };

typedef struct inventory {
    lacuna_options *options;
    const char *format;
    bool quiet;
    lacuna_submission *submission;
} inventory;

static const char *const FORMATS[] = {"text", "json", "csv", NULL};

static int on_flag(void *user, int id, const char *value)
{
    inventory *v = user;
    switch (id) {
    case FLAG_FORMAT:
        return cli_choose(&v->format, "format", value, FORMATS);
    case FLAG_JOBS:
        return cli_set_option(v->options, "jobs", value);
    case FLAG_LIMIT:
        return cli_set_limit(v->options, value);
    default:
        v->quiet = true;
        return CLI_OK;
    }
}

static lacuna_status render(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const inventory *v = user;
    return lacuna_submission_inventory(v->submission, v->format, write, sink, err);
}

/* What was not read is always told; the rest is in the report as well. */
static void print_notes(const inventory *v, const char *path)
{
    for (size_t i = 0; i < lacuna_submission_note_count(v->submission); i++) {
        const char *file;
        int32_t incomplete;
        const char *text = lacuna_submission_note(v->submission, i, &file, &incomplete);
        if (incomplete != 0 && !v->quiet) {
            cli_complain("%s%s%s: %s", path, file[0] == '\0' ? "" : ": ", file, text);
        }
    }
}

static int show(inventory *v, const char *path)
{
    lacuna_error err = {0};
    if (lacuna_submission_open(&v->submission, path, v->options, &err) != LACUNA_OK) {
        return cli_report_unread(path, &err);
    }
    print_notes(v, path);
    int code = cli_render_stdout(render, v, true);
    if (code == CLI_OK && lacuna_submission_incomplete(v->submission) != 0) {
        code = CLI_INCOMPLETE;
    }
    lacuna_submission_free(v->submission);
    return code;
}

static int use_all_processors(lacuna_options *options)
{
    enum { MOST = 16 };
    char text[16];
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    (void)snprintf(text, sizeof text, "%ld",
                   processors < 1 ? 1 : (processors > MOST ? MOST : processors));
    return cli_set_option(options, "jobs", text);
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {{FLAG_FORMAT, "format", 'f', true},
                                     {FLAG_JOBS, "jobs", 'j', true},
                                     {FLAG_LIMIT, "limit", 0, true},
                                     {FLAG_QUIET, "quiet", 'q', false}};
    lacuna_error err = {0};
    inventory v = {.format = "text"};
    if (lacuna_options_new(&v.options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    cli_command_line line = {.verb = verb,
                             .flags = flags,
                             .flag_count = sizeof flags / sizeof flags[0],
                             .on_flag = on_flag,
                             .user = &v};
    int code = use_all_processors(v.options);
    if (code == CLI_OK) {
        code = cli_parse_flags(&line, argc, argv);
    }
    if (code == CLI_OK && !line.helped) {
        code = cli_expect_operands(&line, 1, 1);
        code = code == CLI_OK ? show(&v, line.operands[0]) : code;
    }
    lacuna_options_free(v.options);
    return code;
}

const cli_verb CLI_INVENTORY = {"inventory", "tell what an eCTD submission holds", HELP, run};
