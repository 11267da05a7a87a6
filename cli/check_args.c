#include "check_args.h"

#include "limits.h"
#include "programs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
    FLAG_BASELINE,
    FLAG_WAIVERS,
    FLAG_DECISIONS,
    FLAG_DOCUMENT_ID,
    FLAG_CONFIG,
    FLAG_NO_CONFIG,
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
    {FLAG_BASELINE, "baseline", 0, true},
    {FLAG_WAIVERS, "waivers", 0, true},
    {FLAG_DECISIONS, "decisions", 0, true},
    {FLAG_DOCUMENT_ID, "document-id", 0, true},
    {FLAG_CONFIG, "config", 0, true},
    {FLAG_NO_CONFIG, "no-config", 0, false},
};

static int take_progress(cli_check_args *args, const char *value)
{
    static const char *const words[] = {"auto", "json", "never", NULL};
    const char *word;
    int code = cli_choose(&word, "progress", value, words);
    for (int i = 0; code == CLI_OK && words[i] != NULL; i++) {
        args->progress = word == words[i] ? (cli_progress)i : args->progress;
    }
    return code;
}

static int take_switch(cli_check_args *args, int id)
{
    switch (id) {
    case FLAG_QUIET:
        args->reports.quiet = true;
        break;
    case FLAG_VERBOSE:
        args->reports.verbose = true;
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
    case FLAG_NO_CONFIG:
        args->config.none = true;
        break;
    default:
        return cli_config_set(&args->config, args->options, "fail-on-not-evaluated", "yes");
    }
    return CLI_OK;
}

static int take_limit(cli_check_args *args, const char *value)
{
    int code = cli_set_limit(args->options, value);
    return code == CLI_OK ? cli_config_remember(&args->config, cli_limit_key(value), value) : code;
}

static int take_claude(cli_check_args *args, const char *value)
{
    int code = cli_model_set(&args->model, value);
    return code == CLI_OK ? cli_config_remember(&args->config, "claude", value) : code;
}

static int on_flag(void *user, int id, const char *value)
{
    cli_check_args *args = user;
    switch (id) {
    case FLAG_CHECKLIST:
        return cli_config_set(&args->config, args->options, "checklist", value);
    case FLAG_CHECKLIST_DIR:
        return cli_config_set(&args->config, args->options, "checklist-dir", value);
    case FLAG_TAILORING:
        return cli_config_set(&args->config, args->options, "tailoring", value);
    case FLAG_BASELINE:
        return cli_config_set(&args->config, args->options, "baseline", value);
    case FLAG_WAIVERS:
        return cli_config_set(&args->config, args->options, "waivers", value);
    case FLAG_DECISIONS:
        return cli_config_set(&args->config, args->options, "decisions", value);
    case FLAG_DOCUMENT_ID:
        return cli_config_set(&args->config, args->options, "document-id", value);
    case FLAG_DOCUMENT_TYPE:
        return cli_config_set(&args->config, args->options, "document-type", value);
    case FLAG_FAIL_ON:
        return cli_config_set(&args->config, args->options, "fail-on", value);
    case FLAG_SEQUENCE:
        return cli_set_option(args->options, "sequence", value);
    case FLAG_LETTER:
        return cli_set_option(args->options, "letter", value);
    case FLAG_SUBMISSION:
        return cli_set_option(args->options, "source", value);
    case FLAG_DTD_DIR:
        return cli_config_set(&args->config, args->options, "dtd-dir", value);
    case FLAG_SCHEMA_DIR:
        return cli_config_set(&args->config, args->options, "schema-dir", value);
    case FLAG_PROFILE:
        return cli_config_set(&args->config, args->options, "profile", value);
    case FLAG_AS_OF:
        return cli_set_option(args->options, "as-of", value);
    case FLAG_JOBS:
        return cli_set_option(args->options, "jobs", value);
    case FLAG_LIMIT:
        return take_limit(args, value);
    case FLAG_FORMAT:
        return cli_take_format(&args->reports, value);
    case FLAG_OUTPUT:
        return cli_take_output(&args->reports, value);
    case FLAG_COLOR:
        return cli_take_color(&args->reports, value);
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
    case CLI_MODEL_CLAUDE:
        return take_claude(args, value);
    case CLI_MODEL_AUDIT_LOG:
        args->model.audit_log = value;
        return cli_config_remember(&args->config, "audit-log", value);
    case FLAG_CONFIG:
        args->config.given = value;
        return CLI_OK;
    default:
        return cli_model_has_flag(id) ? cli_model_flag(&args->model, args->options, id, value)
                                      : take_switch(args, id);
    }
}

static int read_config(cli_check_args *args)
{
    args->config.model = args->judge ? &args->model : NULL;
    int code = cli_config_apply(&args->config, args->options, args->paths, args->path_count);
    const char *log = cli_config_value(&args->config, "audit-log");
    args->model.audit_log = log == NULL ? args->model.audit_log : log;
    return code;
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
    int code = read_config(args);
    if (code != CLI_OK) {
        return code;
    }
    code = args->judge_all ? cli_set_option(args->options, "judge-all", "yes") : CLI_OK;
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
    int code = cli_set_source_date(args->options);
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
    cli_config_free(&args->config);
}
