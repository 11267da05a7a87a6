#include "flags.h"
#include "output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char HELP[] =
    "usage: lacuna audit verify FILE [--head HASH] [--audit-key-file FILE]\n"
    "       lacuna audit show FILE [--format text|json] [--audit-key-file FILE]\n"
    "       lacuna audit export FILE --format csv|json [-o OUT]\n"
    "                           [--audit-key-file FILE]\n"
    "\n"
    "The record of every call of a model (check --judge, draft --model) and of every\n"
    "decision of a person (review), one entry a line, each with the hash of the one\n"
    "before. verify reads all of it and tells what was altered, left out, moved or\n"
    "added; show and export print it up to the first such fault, and name the fault\n"
    "on standard error. It holds no document text.\n"
    "\n"
    "What a sound log without a key does not show: entries cut off at its end (give\n"
    "the head hash that a report printed), and a file that was made anew as a whole\n"
    "(sign the entries with a key that is kept elsewhere). It supports an audit trail\n"
    "as 21 CFR 11.10(e) asks for; it makes nothing compliant.\n"
    "\n"
    "      --head HASH        verify: an entry with this hash has to be there\n"
    "      --audit-key-file FILE\n"
    "                         the key the entries were signed with (mode 0600)\n"
    "  -f, --format FORMAT    show: text (default) or json; export: csv or json\n"
    "  -o, --output FILE      export: write to a file, which appears whole or not at\n"
    "                         all\n"
    "\n"
    "Examples:\n"
    "  lacuna audit verify ~/.local/state/lacuna/audit.jsonl\n"
    "  lacuna audit export audit.jsonl --format csv -o audit.csv\n"
    "\n"
    "Exit codes: 0 sound, 1 a fault was found, 2 wrong usage, 3 the file could not be\n"
    "            read or written, 5 a defect of lacuna, or out of memory\n";

enum { FLAG_HEAD, FLAG_KEY, FLAG_FORMAT, FLAG_OUTPUT };

static const cli_flag FLAGS[] = {
    {FLAG_HEAD, "head", 0, true},
    {FLAG_KEY, "audit-key-file", 0, true},
    {FLAG_FORMAT, "format", 'f', true},
    {FLAG_OUTPUT, "output", 'o', true},
};

typedef struct auditing {
    lacuna_options *options;
    const char *path, *head, *format, *output;
    lacuna_audit_report report;
} auditing;

static int on_flag(void *user, int id, const char *value)
{
    auditing *a = user;
    switch (id) {
    case FLAG_HEAD:
        a->head = value;
        return CLI_OK;
    case FLAG_KEY:
        return cli_set_option(a->options, "audit-key-file", value);
    case FLAG_FORMAT:
        a->format = value;
        return CLI_OK;
    default:
        a->output = value;
        return CLI_OK;
    }
}

/* On standard error, and as the exit code. */
static int tell_fault(const auditing *a)
{
    const lacuna_audit_report *r = &a->report;
    if (r->fault == 0) {
        return CLI_OK;
    }
    cli_complain("%s, line %llu: %s", a->path, (unsigned long long)r->line, r->meaning);
    cli_complain("%llu sound entries stand before it", (unsigned long long)r->entries);
    return CLI_FINDINGS;
}

static int verify(auditing *a)
{
    char text[1024];
    lacuna_error err = {0};
    if (a->format != NULL || a->output != NULL) {
        cli_complain("audit verify takes neither --format nor --output");
        return CLI_USAGE;
    }
    lacuna_status status = lacuna_audit_verify(&a->report, a->path, a->head, a->options, &err);
    if (status != LACUNA_OK) {
        return cli_report_error(a->path, &err);
    }
    int code = tell_fault(a);
    if (code != CLI_OK) {
        return code;
    }
    (void)snprintf(text, sizeof text, "sound: %llu entries%s%s\n",
                   (unsigned long long)a->report.entries, a->report.entries == 0 ? "" : ", head ",
                   a->report.head);
    code = cli_print(1, text);
    if (code == CLI_OK && a->report.torn > 0) {
        cli_complain(
            "%llu lines were cut off, by a crash, and are named by the entries behind them",
            (unsigned long long)a->report.torn);
    }
    if (code == CLI_OK && a->report.caveat[0] != '\0') {
        cli_complain("%s", a->report.caveat);
    }
    return code;
}

static lacuna_status render(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    auditing *a = user;
    return lacuna_audit_show(&a->report, a->path, a->format, a->options, write, sink, err);
}

static int show(auditing *a, const char *first, const char *second)
{
    if (a->format == NULL || (strcmp(a->format, first) != 0 && strcmp(a->format, second) != 0)) {
        cli_complain("--format%s%s: it is %s or %s", a->format == NULL ? "" : " ",
                     a->format == NULL ? "" : a->format, first, second);
        return CLI_USAGE;
    }
    if (a->head != NULL) {
        cli_complain("--head belongs to audit verify");
        return CLI_USAGE;
    }
    int code = a->output == NULL ? cli_render_stdout(render, a, false)
                                 : cli_render_file(a->output, render, a);
    return code == CLI_OK ? tell_fault(a) : code;
}

static int act(auditing *a, const char *what)
{
    if (strcmp(what, "verify") == 0) {
        return verify(a);
    }
    if (strcmp(what, "show") == 0) {
        a->format = a->format == NULL ? "text" : a->format;
        return show(a, "text", "json");
    }
    if (strcmp(what, "export") == 0) {
        return show(a, "csv", "json");
    }
    cli_complain("audit %s: it is verify, show or export", what);
    return CLI_USAGE;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    auditing a = {0};
    lacuna_error err = {0};
    if (lacuna_options_new(&a.options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    cli_command_line line = {.verb = verb,
                             .flags = FLAGS,
                             .flag_count = sizeof FLAGS / sizeof FLAGS[0],
                             .on_flag = on_flag,
                             .user = &a};
    int code = cli_parse_flags(&line, argc, argv);
    if (code == CLI_OK && !line.helped) {
        code = cli_expect_operands(&line, 2, 2);
    }
    if (code == CLI_OK && !line.helped) {
        a.path = line.operands[1];
        code = act(&a, line.operands[0]);
    }
    lacuna_options_free(a.options);
    return code;
}

const cli_verb CLI_AUDIT = {"audit", "verify, show, export the record of what a model was asked",
                            HELP, run};
