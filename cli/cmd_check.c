#include "check_args.h"
#include "input.h"
#include "interrupt.h"
#include "limits.h"
#include "output.h"
#include "programs.h"
#include "result_source.h"
#include "second_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char HELP[] =
    "usage: lacuna check PATH... [options]\n"
    "\n"
    "Checks documents against checklists and reports what is missing, by which rule,\n"
    "and where it was looked for. PATH is a Word document (.docx, .docm, .dotx,\n"
    ".dotm), a PDF, Markdown, plain text, a folder (every such file below it), or -\n"
    "for standard input. The folder of an eCTD sequence or application, or a zip file\n"
    "of one, is checked as a submission: lifecycle, files, names, headings, studies,\n"
    "what the kind of application has to file, and what the documents filed hold.\n"
    "The folder `lacuna respond` made is held to its letter: every question word for\n"
    "word and answered, changes, commitments, numbers, the due date.\n"
    "\n"
    "What to check against:\n"
    "  -c, --checklist ID     this checklist (repeatable); default: those made for\n"
    "                         the type of the document, see `lacuna checklists list`\n"
    "  -t, --document-type T  take documents for this type instead of detecting it;\n"
    "                         those in a submission have that of their place\n"
    "  --checklist-dir DIR    add checklists of your own; one with a known id takes\n"
    "                         its place\n"
    "  --tailoring FILE       leave out, weigh and add items as this file of yours\n"
    "                         says (repeatable); reports tell what was left out\n"
    "  --sequence N           of submissions: look at this sequence only; default: at\n"
    "                         all, and at the current view for what is filed\n"
    "  --letter FILE          of what lacuna respond made: the letter it answers\n"
    "  --submission PATH      likewise: what its answers rest on (repeatable);\n"
    "                         default for both: the paths it was made with\n"
    "  --dtd-dir DIR          also validate the backbones and study tagging files of\n"
    "                         submissions with your copies of their DTDs\n"
    "  --schema-dir DIR       the same for messages of eCTD 4.0 and their schemas.\n"
    "                         Nothing is ever fetched\n"
    "  --profile KEY=VALUE    a fact that no file tells, such as pathway=505b2 or\n"
    "                         ind=commercial (repeatable); a wrong one is answered\n"
    "                         with those there are\n"
    "  --as-of YYYY-MM-DD     the day to judge on; default today (UTC), or\n"
    "                         SOURCE_DATE_EPOCH\n"
    "\n"
    "Reports:\n"
    "  -f, --format FORMAT    on standard output: text (default), json (everything),\n"
    "                         sarif (2.1.0), junit, github (annotations), gitlab\n"
    "                         (code quality), markdown (summary, at most 1 MiB) or\n"
    "                         csv (one line a finding)\n"
    "  -o, --output FMT=PATH  also write a report to a file (repeatable). Without\n"
    "                         --format standard output then gets the verdict line\n"
    "                         only\n"
    "  -q, --quiet            the verdict line only; on standard error nothing but\n"
    "                         errors\n"
    "  -v, --verbose          also quote the evidence for what is met\n"
    "  --color WHEN           auto (default: on a terminal, unless NO_COLOR is set),\n"
    "                         always, never\n"
    "  --progress HOW         auto (default: on a terminal), never, or json (one\n"
    "                         object a line on standard error)\n"
    "\n"
    "Gates:\n"
    "  --fail-on SEVERITY     exit 1 from this severity on: critical, major\n"
    "                         (default), minor, info; or never\n"
    "  --fail-on-not-evaluated\n"
    "                         exit 1 also where an item could not be evaluated\n"
    "  --baseline FILE        findings in it are known: the exit code counts new ones\n"
    "                         alone (`lacuna baseline`)\n"
    "  --waivers FILE         gaps a person accepts, for a time (`lacuna waive`)\n"
    "  --decisions FILE       items a person settled (`lacuna decide`)\n"
    "  --document-id PAT=ID   documents at paths like PAT are known as ID, whatever\n"
    "                         their files are called (repeatable)\n"
    "  --config FILE          settings of the repository; default .lacuna.json above\n"
    "                         the inputs (`lacuna help config`)\n"
    "  --no-config            none\n"
    "  --exit-zero            exit 0 where it would be 1: report, do not gate\n"
    "  --allow-empty          exit 0 where it would be 4: nothing to check is fine\n"
    "\n"
    "Second reader (off by default; the only thing that sends text anywhere):\n"
    "  --judge                ask Claude about the items marked for it, verify every\n"
    "                         quote, keep both votes; where they differ a person has\n"
    "                         to decide. Not for the documents in a submission\n"
    "  --judge-all            the same about every item\n" CLI_MODEL_HELP "\n"
    "Inputs:\n"
    "  -j, --jobs N           documents checked at the same time (default 1); the\n"
    "                         report is the same whatever N\n"
    "  --files0-from FILE     also check the files listed there, separated by NUL;\n"
    "                         - is standard input\n"
    "  --stdin-filename NAME  name shown for standard input; its ending tells\n"
    "                         Markdown from text\n" CLI_PDFTOTEXT_HELP CLI_LIMIT_HELP "\n"
    "Examples:\n"
    "  lacuna check protocol.docx\n"
    "  lacuna check nda123456/ --fail-on critical\n"
    "  lacuna check documents/ -j 4 --output json=result.json -o text=gaps.txt\n"
    "  lacuna check documents/ -o sarif=lacuna.sarif -o junit=lacuna.xml\n"
    "  lacuna check consent.docx --checklist informed_consent --fail-on minor\n"
    "  git ls-files -z '*.docx' | lacuna check --files0-from - --format json\n"
    "\n"
    "Exit codes: 0 complete, nothing at or above --fail-on\n"
    "            1 complete, with such findings, neither known nor waived\n"
    "            2 wrong usage, unknown checklist, malformed checklist, baseline,\n"
    "              waiver or decision\n"
    "            3 incomplete: an input was damaged, encrypted, unreadable or over a\n"
    "              limit, a report could not be written, or the run was interrupted\n"
    "              (Ctrl-C); wins over 1\n"
    "            4 nothing was evaluated\n"
    "            5 a defect of lacuna, or out of memory\n";

/* ---- inputs --------------------------------------------------------------------------------- */

static int add_path(void *user, const char *path)
{
    lacuna_error err = {0};
    if (lacuna_run_add(user, path, &err) == LACUNA_OK) {
        return CLI_OK;
    }
    return cli_report_error(path, &err);
}

static int add_stdin(lacuna_run *run, const char *name)
{
    char *data;
    size_t length;
    int code = cli_read_descriptor(&data, &length, STDIN_FILENO, CLI_STDIN_BYTES_MAX, name);
    if (code != CLI_OK) {
        return code;
    }
    lacuna_error err = {0};
    if (lacuna_run_add_memory(run, name, data, length, &err) != LACUNA_OK) {
        code = cli_report_error(name, &err);
    }
    free(data);
    return code;
}

static int add_inputs(lacuna_run *run, const cli_check_args *args)
{
    int code = CLI_OK;
    for (int i = 0; i < args->path_count && code == CLI_OK; i++) {
        bool is_stdin = strcmp(args->paths[i], "-") == 0;
        code = is_stdin ? add_stdin(run, args->stdin_name) : add_path(run, args->paths[i]);
    }
    if (code == CLI_OK && args->files_from != NULL) {
        code = cli_each_listed(args->files_from, add_path, run);
    }
    return code;
}

/* ---- reports --------------------------------------------------------------------------------- */

static void print_notes(const cli_check_args *args, const lacuna_result *result)
{
    const cli_reports *reports = &args->reports;
    bool told_on_stdout =
        (reports->format == NULL && reports->output_count == 0 && !reports->quiet) ||
        (reports->format != NULL && strcmp(reports->format, "text") == 0);
    /* Why an input was not read is told even to those who want quiet: it is an error. */
    size_t unread = (size_t)lacuna_result_count(result, "unread");
    size_t count = args->reports.quiet ? unread : lacuna_result_note_count(result);
    for (size_t i = 0; i < count && !told_on_stdout; i++) {
        cli_complain("%s", lacuna_result_note(result, i));
    }
}

static int finish(const cli_check_args *args, const lacuna_result *result)
{
    int code = (int)lacuna_result_exit_code(result);
    print_notes(args, result);
    int written = cli_write_reports(&args->reports, result, args->options);
    if (written != CLI_OK) {
        return code == CLI_INTERNAL ? code : written;
    }
    if ((code == CLI_FINDINGS && args->exit_zero) || (code == CLI_NOTHING && args->allow_empty)) {
        return CLI_OK;
    }
    return code;
}

/* ---- the run -------------------------------------------------------------------------------- */

/* A malformed checklist is a mistake in what was asked for, not in the documents. */
static int cannot_run(const lacuna_error *err)
{
    int code = cli_report_error(NULL, err);
    return code == CLI_INTERNAL ? code : CLI_USAGE;
}

/* With --dry-run the requests are the output, and there is no report. */
static int judge_and_finish(cli_check_args *args, lacuna_result *result)
{
    int asked = args->judge ? cli_second_reader(result, &args->model, args->options, args->progress,
                                                args->reports.quiet)
                            : CLI_OK;
    if (args->model.dry_run || (asked != CLI_OK && asked != CLI_INCOMPLETE)) {
        return asked;
    }
    int code = finish(args, result);
    return asked > code ? asked : code;
}

static int execute(cli_check_args *args, lacuna_run *run)
{
    lacuna_error err = {0};
    lacuna_result *result = NULL;
    cli_on_interrupt_cancel(run);
    cli_show_progress(run, args->progress, args->reports.quiet);
    lacuna_status status = lacuna_run_execute(&result, run, &err);
    cli_on_interrupt_cancel(NULL);
    cli_end_progress(args->progress, args->reports.quiet);
    int code = status == LACUNA_OK ? judge_and_finish(args, result) : cannot_run(&err);
    lacuna_result_free(result);
    return code;
}

static int check(cli_check_args *args)
{
    lacuna_error err = {0};
    lacuna_run *run;
    int code = cli_set_root(args->options);
    if (code != CLI_OK) {
        return code;
    }
    if (lacuna_run_new(&run, args->options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    code = add_inputs(run, args);
    if (code == CLI_OK) {
        code = execute(args, run);
    }
    lacuna_run_free(run);
    return code;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    cli_check_args args;
    int code = cli_check_args_parse(&args, verb, argc, argv);
    if (code == CLI_OK && !args.helped) {
        code = check(&args);
    }
    cli_check_args_free(&args);
    return code;
}

const cli_verb CLI_CHECK = {"check", "find the gaps of documents", HELP, run};
