#include "check_args.h"

#include "limits.h"
#include "programs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FORMAT_NAMES_SIZE = 256 };

enum {
    FLAG_CHECKLIST,
    FLAG_CHECKLIST_DIR,
    FLAG_DOCUMENT_TYPE,
    FLAG_FORMAT,
    FLAG_OUTPUT,
    FLAG_FAIL_ON,
    FLAG_FAIL_ON_NOT_EVALUATED,
    FLAG_AS_OF,
    FLAG_JOBS,
    FLAG_LIMIT,
    FLAG_QUIET,
    FLAG_VERBOSE,
    FLAG_COLOR,
    FLAG_PROGRESS,
    FLAG_EXIT_ZERO,
    FLAG_ALLOW_EMPTY,
    FLAG_FILES0_FROM,
    FLAG_STDIN_FILENAME,
    FLAG_PDFTOTEXT,
    FLAG_SEQUENCE,
    FLAG_PROFILE,
    FLAG_DTD_DIR,
    FLAG_SCHEMA_DIR,
    FLAG_JUDGE,
    FLAG_JUDGE_ALL,
    FLAG_TAILORING,
    FLAG_LETTER,
    FLAG_SUBMISSION,
};

static const cli_flag FLAGS[] = {
    {FLAG_CHECKLIST, "checklist", 'c', true},
    {FLAG_CHECKLIST_DIR, "checklist-dir", 0, true},
    {FLAG_TAILORING, "tailoring", 0, true},
    {FLAG_DOCUMENT_TYPE, "document-type", 't', true},
    {FLAG_FORMAT, "format", 'f', true},
    {FLAG_OUTPUT, "output", 'o', true},
    {FLAG_FAIL_ON, "fail-on", 0, true},
    {FLAG_FAIL_ON_NOT_EVALUATED, "fail-on-not-evaluated", 0, false},
    {FLAG_AS_OF, "as-of", 0, true},
    {FLAG_JOBS, "jobs", 'j', true},
    {FLAG_LIMIT, "limit", 0, true},
    {FLAG_QUIET, "quiet", 'q', false},
    {FLAG_VERBOSE, "verbose", 'v', false},
    {FLAG_COLOR, "color", 0, true},
    {FLAG_PROGRESS, "progress", 0, true},
    {FLAG_EXIT_ZERO, "exit-zero", 0, false},
    {FLAG_ALLOW_EMPTY, "allow-empty", 0, false},
    {FLAG_FILES0_FROM, "files0-from", 0, true},
    {FLAG_STDIN_FILENAME, "stdin-filename", 0, true},
    {FLAG_PDFTOTEXT, "pdftotext", 0, true},
    {FLAG_SEQUENCE, "sequence", 0, true},
    {FLAG_LETTER, "letter", 0, true},
    {FLAG_SUBMISSION, "submission", 0, true},
    {FLAG_PROFILE, "profile", 0, true},
    {FLAG_DTD_DIR, "dtd-dir", 0, true},
    {FLAG_SCHEMA_DIR, "schema-dir", 0, true},
    {FLAG_JUDGE, "judge", 0, false},
    {FLAG_JUDGE_ALL, "judge-all", 0, false},
    CLI_MODEL_FLAGS,
};

/* Position of a word in a list of three; -1 after complaining. */
static int one_of(const char *flag, const char *value, const char *const words[3])
{
    for (int i = 0; i < 3; i++) {
        if (strcmp(words[i], value) == 0) {
            return i;
        }
    }
    cli_complain("--%s %s: it is %s, %s or %s", flag, value, words[0], words[1], words[2]);
    return -1;
}

/* "text, json or csv": for messages. */
static const char *format_names(char *text, size_t size)
{
    size_t count, used = 0;
    const char *const *names = lacuna_result_formats(&count);
    text[0] = '\0';
    for (size_t i = 0; i < count && used < size; i++) {
        const char *parting = i == 0 ? "" : i + 1 == count ? " or " : ", ";
        int length = snprintf(text + used, size - used, "%s%s", parting, names[i]);
        used += length < 0 ? size : (size_t)length;
    }
    return text;
}

/* The format of that name, of `length` bytes; NULL: none. */
static const char *find_format(const char *name, size_t length)
{
    size_t count;
    const char *const *names = lacuna_result_formats(&count);
    for (size_t i = 0; i < count; i++) {
        if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0) {
            return names[i];
        }
    }
    return NULL;
}

static int take_format(cli_check_args *args, const char *value)
{
    char names[FORMAT_NAMES_SIZE];
    args->format = find_format(value, strlen(value));
    if (args->format == NULL) {
        cli_complain("--format %s: it is %s", value, format_names(names, sizeof names));
        return CLI_USAGE;
    }
    return CLI_OK;
}

static int take_output(cli_check_args *args, const char *value)
{
    char names[FORMAT_NAMES_SIZE];
    size_t length = strcspn(value, "=");
    const char *format = find_format(value, length);
    if (format == NULL || value[length] != '=' || value[length + 1] == '\0') {
        cli_complain("--output %s: it is FORMAT=PATH; FORMAT is %s", value,
                     format_names(names, sizeof names));
        return CLI_USAGE;
    }
    if (strcmp(value + length + 1, "-") == 0) {
        cli_complain("--output %s: for standard output it is --format %s", value, format);
        return CLI_USAGE;
    }
    if (args->output_count == CLI_OUTPUTS_MAX) {
        cli_complain("more than %d times --output", CLI_OUTPUTS_MAX);
        return CLI_USAGE;
    }
    args->outputs[args->output_count++] = (cli_report_file){format, value + length + 1};
    return CLI_OK;
}

static int take_color(cli_check_args *args, const char *value)
{
    static const char *const words[] = {"auto", "always", "never"};
    int which = one_of("color", value, words);
    args->color = which < 0 ? CLI_AUTO : (cli_when)which;
    return which < 0 ? CLI_USAGE : CLI_OK;
}

static int take_progress(cli_check_args *args, const char *value)
{
    static const char *const words[] = {"auto", "json", "never"};
    int which = one_of("progress", value, words);
    args->progress = which < 0 ? CLI_PROGRESS_AUTO : (cli_progress)which;
    return which < 0 ? CLI_USAGE : CLI_OK;
}

static int take_switch(cli_check_args *args, int id)
{
    switch (id) {
    case FLAG_QUIET:
        args->quiet = true;
        break;
    case FLAG_VERBOSE:
        args->verbose = true;
        break;
    case FLAG_EXIT_ZERO:
        args->exit_zero = true;
        break;
    case FLAG_ALLOW_EMPTY:
        args->allow_empty = true;
        break;
    case FLAG_JUDGE:
        args->judge = true;
        break;
    case FLAG_JUDGE_ALL:
        args->judge = args->judge_all = true;
        break;
    default:
        return cli_set_option(args->options, "fail-on-not-evaluated", "yes");
    }
    return CLI_OK;
}

static int on_flag(void *user, int id, const char *value)
{
    cli_check_args *args = user;
    switch (id) {
    case FLAG_CHECKLIST:
        return cli_set_option(args->options, "checklist", value);
    case FLAG_CHECKLIST_DIR:
        return cli_set_option(args->options, "checklist-dir", value);
    case FLAG_TAILORING:
        return cli_set_option(args->options, "tailoring", value);
    case FLAG_DOCUMENT_TYPE:
        return cli_set_option(args->options, "document-type", value);
    case FLAG_FAIL_ON:
        return cli_set_option(args->options, "fail-on", value);
    case FLAG_SEQUENCE:
        return cli_set_option(args->options, "sequence", value);
    case FLAG_LETTER:
        return cli_set_option(args->options, "letter", value);
    case FLAG_SUBMISSION:
        return cli_set_option(args->options, "source", value);
    case FLAG_DTD_DIR:
        return cli_set_option(args->options, "dtd-dir", value);
    case FLAG_SCHEMA_DIR:
        return cli_set_option(args->options, "schema-dir", value);
    case FLAG_PROFILE:
        return cli_set_option(args->options, "profile", value);
    case FLAG_AS_OF:
        return cli_set_option(args->options, "as-of", value);
    case FLAG_JOBS:
        return cli_set_option(args->options, "jobs", value);
    case FLAG_LIMIT:
        return cli_set_limit(args->options, value);
    case FLAG_FORMAT:
        return take_format(args, value);
    case FLAG_OUTPUT:
        return take_output(args, value);
    case FLAG_COLOR:
        return take_color(args, value);
    case FLAG_PROGRESS:
        return take_progress(args, value);
    case FLAG_FILES0_FROM:
        args->files_from = value;
        return CLI_OK;
    case FLAG_STDIN_FILENAME:
        args->stdin_name = value;
        return CLI_OK;
    case FLAG_PDFTOTEXT:
        args->pdftotext = value;
        return CLI_OK;
    default:
        return cli_model_has_flag(id) ? cli_model_flag(&args->model, args->options, id, value)
                                      : take_switch(args, id);
    }
}

/* Reproducible builds and their tests set the clock by this variable (seconds since 1970). */
static int take_source_date(lacuna_options *options)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    if (epoch == NULL || epoch[0] == '\0') {
        return CLI_OK;
    }
    char *end;
    long long seconds = strtoll(epoch, &end, 10);
    time_t when = (time_t)seconds;
    struct tm day;
    char date[11];
    if (*end != '\0' || seconds < 0 || gmtime_r(&when, &day) == NULL ||
        strftime(date, sizeof date, "%Y-%m-%d", &day) != 10) {
        cli_complain("SOURCE_DATE_EPOCH is no number of seconds: %s", epoch);
        return CLI_USAGE;
    }
    return cli_set_option(options, "as-of", date);
}

static int settle(cli_check_args *args, const cli_verb *verb)
{
    int dashes = 0;
    for (int i = 0; i < args->path_count; i++) {
        dashes += strcmp(args->paths[i], "-") == 0 ? 1 : 0;
    }
    bool list_on_stdin = args->files_from != NULL && strcmp(args->files_from, "-") == 0;
    if (dashes > 1 || (dashes == 1 && list_on_stdin)) {
        cli_complain("standard input can be read only once");
        return CLI_USAGE;
    }
    if (args->path_count == 0 && args->files_from == NULL) {
        cli_complain("check: name a document or a folder; see: lacuna help %s", verb->name);
        return CLI_USAGE;
    }
    if (args->model.dry_run && !args->judge) {
        cli_complain("--dry-run shows what --judge would send: give both");
        return CLI_USAGE;
    }
    int code = args->judge_all ? cli_set_option(args->options, "judge-all", "yes") : CLI_OK;
    return code == CLI_OK ? cli_set_pdf_reader(args->options, args->pdftotext) : code;
}

int cli_check_args_parse(cli_check_args *args, const cli_verb *verb, int argc, char **argv)
{
    lacuna_error err = {0};
    memset(args, 0, sizeof *args);
    args->stdin_name = "stdin";
    if (lacuna_options_new(&args->options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    cli_command_line line = {.verb = verb,
                             .flags = FLAGS,
                             .flag_count = sizeof FLAGS / sizeof FLAGS[0],
                             .on_flag = on_flag,
                             .user = args};
    int code = take_source_date(args->options);
    if (code == CLI_OK) {
        code = cli_parse_flags(&line, argc, argv);
    }
    args->helped = line.helped;
    args->paths = line.operands;
    args->path_count = line.operand_count;
    return code != CLI_OK || args->helped ? code : settle(args, verb);
}

void cli_check_args_free(cli_check_args *args)
{
    lacuna_options_free(args->options);
    args->options = NULL;
    cli_model_args_free(&args->model);
}
