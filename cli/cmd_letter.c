#include "flags.h"
#include "input.h"
#include "limits.h"
#include "output.h"
#include "programs.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char HELP[] =
    "usage: lacuna letter FILE [--format text|json|csv|xlsx] [-o FILE]\n"
    "\n"
    "Takes an agency's letter apart: the queries a sponsor answers one by one, with\n"
    "the number the letter gives them, discipline, what is asked for and what they\n"
    "cite; the agency's boilerplate apart from them; dates and clocks with their\n"
    "citation; and the duties the letter imposes on the answer. FILE is plain text\n"
    "(also what pdftotext -layout prints), a Word document, an e-mail (.eml), a PDF,\n"
    "or the JSON in which openFDA publishes complete response letters; - is standard\n"
    "input. A letter of which pages are missing is never shown as complete.\n"
    "\n"
    "  -f, --format FORMAT    text (default); json; or the tracker, one row a query,\n"
    "                         with empty columns for owner, dates and state: csv or\n"
    "                         xlsx\n"
    "  -o, --output FILE      write there instead of to standard output\n"
    "  -s, --submission PATH  look up what the queries cite in this submission,\n"
    "                         document or folder (repeatable): leaf, section, line\n"
    "      --as-of DATE       YYYY-MM-DD: the day that counts as today\n"
    "  --stdin-filename NAME  name shown for standard input\n" CLI_PDFTOTEXT_HELP CLI_LIMIT_HELP
    "  -q, --quiet            do not tell on standard error what is missing\n"
    "\n"
    "Examples:\n"
    "  lacuna letter complete-response.pdf\n"
    "  lacuna letter information-request.eml --format json\n"
    "  lacuna letter letter.pdf --submission nda123456/\n"
    "  lacuna letter letter.txt --format xlsx -o tracker.xlsx\n"
    "\n"
    "Exit codes: 0 done, 2 wrong usage, 3 the letter is incomplete, or it or\n"
    "            something of the submission could not be read, 4 no request was\n"
    "            found, 5 a defect of lacuna, or out of memory\n";

enum {
    FLAG_FORMAT,
    FLAG_OUTPUT,
    FLAG_SUBMISSION,
    FLAG_AS_OF,
    FLAG_STDIN_FILENAME,
    FLAG_PDFTOTEXT,
    FLAG_LIMIT,
    FLAG_QUIET,
};

enum { SUBMISSIONS_MAX = 256 };

typedef struct letter_view {
    const char *submissions[SUBMISSIONS_MAX];
    size_t submission_count;
    lacuna_options *options;
    const char *format, *output;
    const char *stdin_name, *pdftotext;
    bool quiet;
    lacuna_letter *letter;
} letter_view;

static const char *const FORMATS[] = {"text", "json", "csv", "xlsx", NULL};

static int on_flag(void *user, int id, const char *value)
{
    letter_view *v = user;
    switch (id) {
    case FLAG_FORMAT:
        return cli_choose(&v->format, "format", value, FORMATS);
    case FLAG_OUTPUT:
        v->output = value;
        return CLI_OK;
    case FLAG_SUBMISSION:
        if (v->submission_count == SUBMISSIONS_MAX) {
            cli_complain("more than %d times --submission", SUBMISSIONS_MAX);
            return CLI_USAGE;
        }
        v->submissions[v->submission_count++] = value;
        return CLI_OK;
    case FLAG_AS_OF:
        return cli_set_option(v->options, "as-of", value);
    case FLAG_STDIN_FILENAME:
        v->stdin_name = value;
        return CLI_OK;
    case FLAG_PDFTOTEXT:
        v->pdftotext = value;
        return CLI_OK;
    case FLAG_LIMIT:
        return cli_set_limit(v->options, value);
    default:
        v->quiet = true;
        return CLI_OK;
    }
}

static int open_stdin(letter_view *v)
{
    char *data = NULL;
    size_t length = 0;
    lacuna_error err = {0};
    int code =
        cli_read_descriptor(&data, &length, STDIN_FILENO, CLI_STDIN_BYTES_MAX, v->stdin_name);
    if (code == CLI_OK && lacuna_letter_open_memory(&v->letter, v->stdin_name, data, length,
                                                    v->options, &err) != LACUNA_OK) {
        code = cli_report_unread(v->stdin_name, &err);
    }
    free(data);
    return code;
}

static int open_letter(letter_view *v, const char *path)
{
    lacuna_error err = {0};
    if (strcmp(path, "-") == 0) {
        return open_stdin(v);
    }
    return lacuna_letter_open(&v->letter, path, v->options, &err) == LACUNA_OK
               ? CLI_OK
               : cli_report_unread(path, &err);
}

static lacuna_status render(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const letter_view *v = user;
    return lacuna_letter_render(v->letter, v->format, v->options, write, sink, err);
}

static int write_report(letter_view *v)
{
    bool workbook = strcmp(v->format, "xlsx") == 0;
    if (v->output != NULL) {
        return cli_render_file(v->output, render, v);
    }
    if (workbook && isatty(STDOUT_FILENO) == 1) {
        cli_complain("a workbook is not for a terminal: give -o FILE.xlsx");
        return CLI_USAGE;
    }
    return cli_render_stdout(render, v, !workbook);
}

static void print_notes(const letter_view *v, const char *path)
{
    for (size_t i = 0; i < lacuna_letter_note_count(v->letter) && !v->quiet; i++) {
        cli_complain("%s: %s", path, lacuna_letter_note(v->letter, i));
    }
}

/* Looks the cites up; what could not be read is told even to those who want quiet. */
static int resolve(const letter_view *v)
{
    lacuna_error err = {0};
    if (v->submission_count == 0) {
        return CLI_OK;
    }
    if (lacuna_letter_resolve(v->letter, v->submissions, v->submission_count, v->options, &err) !=
        LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    size_t count = lacuna_letter_unread_count(v->letter);
    for (size_t i = 0; i < count; i++) {
        cli_complain("%s", lacuna_letter_unread(v->letter, i));
    }
    return count == 0 ? CLI_OK : CLI_INCOMPLETE;
}

static int show(letter_view *v, const char *path)
{
    int code = open_letter(v, path);
    if (code != CLI_OK) {
        return code;
    }
    int looked_up = resolve(v);
    if (looked_up != CLI_OK && looked_up != CLI_INCOMPLETE) {
        lacuna_letter_free(v->letter);
        return looked_up;
    }
    print_notes(v, strcmp(path, "-") == 0 ? v->stdin_name : path);
    code = write_report(v);
    if (code == CLI_OK && (lacuna_letter_incomplete(v->letter) != 0 || looked_up != CLI_OK)) {
        code = CLI_INCOMPLETE;
    } else if (code == CLI_OK && lacuna_letter_count(v->letter, "queries") == 0) {
        code = CLI_NOTHING;
    }
    lacuna_letter_free(v->letter);
    return code;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {{FLAG_FORMAT, "format", 'f', true},
                                     {FLAG_OUTPUT, "output", 'o', true},
                                     {FLAG_SUBMISSION, "submission", 's', true},
                                     {FLAG_AS_OF, "as-of", 0, true},
                                     {FLAG_STDIN_FILENAME, "stdin-filename", 0, true},
                                     {FLAG_PDFTOTEXT, "pdftotext", 0, true},
                                     {FLAG_LIMIT, "limit", 0, true},
                                     {FLAG_QUIET, "quiet", 'q', false}};
    lacuna_error err = {0};
    letter_view v = {.format = "text", .stdin_name = "stdin"};
    if (lacuna_options_new(&v.options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    cli_command_line line = {.verb = verb,
                             .flags = flags,
                             .flag_count = sizeof flags / sizeof flags[0],
                             .on_flag = on_flag,
                             .user = &v};
    int code = cli_parse_flags(&line, argc, argv);
    if (code == CLI_OK && !line.helped) {
        code = cli_expect_operands(&line, 1, 1);
        code = code == CLI_OK ? cli_set_pdf_reader(v.options, v.pdftotext) : code;
        code = code == CLI_OK ? show(&v, line.operands[0]) : code;
    }
    lacuna_options_free(v.options);
    return code;
}

const cli_verb CLI_LETTER = {"letter", "take an agency's letter apart into its queries", HELP, run};
