#include "flags.h"
#include "input.h"
#include "limits.h"
#include "output.h"
#include "programs.h"

#include <stdlib.h>
#include <string.h>

static const char HELP[] =
    "usage: lacuna verify TEXT --against PATH... [--format text|json]\n"
    "\n"
    "Holds what a text states against the documents it rests on: numbers with their\n"
    "units, percentages, n/N, ranges, confidence intervals, p values, dates,\n"
    "frequencies, identifiers, references, and quotes. Each claim is supported by a\n"
    "passage that speaks of the same thing, or in conflict with one, unsupported, or\n"
    "for a person to read. Spelling does not matter (1,234 and 1234, mcg and\n"
    "micrograms); nothing is converted and there is no tolerance. No model is asked.\n"
    "\n"
    "TEXT is a document, - is standard input. PATH is a document, a folder of\n"
    "documents, or a submission, of which the current documents are read.\n"
    "\n"
    "  -a, --against PATH     what the text rests on; repeatable\n"
    "  -f, --format FORMAT    text (default) or json\n"
    "  -v, --verbose          tell what is supported as well, and by what\n"
    "  --stdin-filename NAME  name shown for standard input; its ending tells\n"
    "                         Markdown from text\n" CLI_PDFTOTEXT_HELP CLI_LIMIT_HELP
    "  -q, --quiet            do not tell on standard error that something was not\n"
    "                         read\n"
    "\n"
    "In the text: [report.docx \302\2476.4] is a citation: what stands in front of it has to\n"
    "be in that section. {{calc: 12/48*100 = 25.0 %}} is a computed value: 12 and 48\n"
    "have to be stated by a source, and the result is computed again.\n"
    "\n"
    "Supported does not mean true: it means that a source says so, by its words.\n"
    "\n"
    "Examples:\n"
    "  lacuna verify summary.docx --against study-report.docx\n"
    "  lacuna verify answer.md -a nda123456/ --format json\n"
    "\n"
    "Exit codes: 0 every claim is supported, 1 some are not, 2 wrong usage, 3\n"
    "            something could not be read, 5 a defect of lacuna, or out of memory\n";

enum {
    FLAG_AGAINST,
    FLAG_FORMAT,
    FLAG_VERBOSE,
    FLAG_STDIN_FILENAME,
    FLAG_PDFTOTEXT,
    FLAG_LIMIT,
    FLAG_QUIET
};

typedef struct verification {
    lacuna_options *options;
    const char **against; /* room for every argument */
    size_t count;
    const char *format, *stdin_name, *pdftotext;
    bool quiet;
    lacuna_document *text;
    lacuna_verification *made;
} verification;

static const char *const FORMATS[] = {"text", "json", NULL};

static int on_flag(void *user, int id, const char *value)
{
    verification *v = user;
    switch (id) {
    case FLAG_AGAINST:
        v->against[v->count++] = value;
        return CLI_OK;
    case FLAG_FORMAT:
        return cli_choose(&v->format, "format", value, FORMATS);
    case FLAG_VERBOSE:
        return cli_set_option(v->options, "detail", "full");
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

static lacuna_status render(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const verification *v = user;
    return lacuna_verification_render(v->made, v->format, write, sink, err);
}

static int show(verification *v, const char *path)
{
    lacuna_error err = {0};
    int code = cli_open_document(&v->text, path, v->stdin_name, v->options);
    if (code != CLI_OK) {
        return code;
    }
    if (lacuna_verify(&v->made, v->text, v->against, v->count, v->options, &err) != LACUNA_OK) {
        code = cli_report_error(NULL, &err);
    }
    if (code == CLI_OK) {
        code = cli_render_stdout(render, v, true);
        code = code == CLI_OK ? (int)lacuna_verification_exit_code(v->made) : code;
    }
    if (code == CLI_INCOMPLETE && v->made != NULL && !v->quiet) {
        cli_complain("verify: something was not read; the report names it");
    }
    lacuna_verification_free(v->made);
    lacuna_document_free(v->text);
    return code;
}

static int verify(verification *v, const cli_command_line *line)
{
    int code = cli_expect_operands(line, 1, 1);
    if (code == CLI_OK && v->count == 0) {
        cli_complain("verify: --against PATH is missing: what the text rests on");
        code = CLI_USAGE;
    }
    if (code == CLI_OK) {
        code = cli_set_pdf_reader(v->options, v->pdftotext);
    }
    return code == CLI_OK ? show(v, line->operands[0]) : code;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {
        {FLAG_AGAINST, "against", 'a', true},   {FLAG_FORMAT, "format", 'f', true},
        {FLAG_VERBOSE, "verbose", 'v', false},  {FLAG_STDIN_FILENAME, "stdin-filename", 0, true},
        {FLAG_PDFTOTEXT, "pdftotext", 0, true}, {FLAG_LIMIT, "limit", 0, true},
        {FLAG_QUIET, "quiet", 'q', false}};
    lacuna_error err = {0};
    verification v = {.format = "text", .stdin_name = "stdin"};
    v.against = calloc((size_t)argc + 1, sizeof *v.against);
    if (v.against == NULL) {
        cli_complain("out of memory");
        return CLI_INTERNAL;
    }
    if (lacuna_options_new(&v.options, &err) != LACUNA_OK) {
        free(v.against);
        return cli_report_error(NULL, &err);
    }
    cli_command_line line = {.verb = verb,
                             .flags = flags,
                             .flag_count = sizeof flags / sizeof flags[0],
                             .on_flag = on_flag,
                             .user = &v};
    int code = cli_parse_flags(&line, argc, argv);
    if (code == CLI_OK && !line.helped) {
        code = verify(&v, &line);
    }
    lacuna_options_free(v.options);
    free(v.against);
    return code;
}

const cli_verb CLI_VERIFY = {"verify", "hold what a text states against its sources", HELP, run};
