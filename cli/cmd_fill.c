#include "flags.h"
#include "input.h"
#include "limits.h"
#include "output.h"
#include "templates.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char HELP[] =
    "usage: lacuna fill TEMPLATE --values FILE -o OUT.docx [--marked]\n"
    "              [--remove-instructions] [--template-profile FILE]\n"
    "\n"
    "Fills a Word template (.docx or .dotx, or one of ours by its name) with values:\n"
    "{{tokens}}, bracket placeholders, content controls by tag or title, MERGEFIELD\n"
    "and DOCPROPERTY fields. What no value touches stays byte for byte as it was, and\n"
    "the template itself is never changed. What stays unfilled is listed.\n"
    "\n"
    "  --values FILE             the values, JSON; - is standard input\n"
    "  -o, --output FILE         the document; it appears whole or not at all\n"
    "  --marked                  as tracked changes, for review\n"
    "  --remove-instructions     take out what is instruction text by the template's\n"
    "                            conventions (lacuna templates profile tells which)\n"
    "  --template-profile FILE   the conventions as a person has confirmed them,\n"
    "                            instead of guessing\n"
    "  -f, --format FORMAT       of what is told: text (default) or json\n"
    "  --as-of YYYY-MM-DD        the date of the tracked changes\n" CLI_LIMIT_HELP "\n"
    "Values: {\"applicant\": \"ACME\", \"sites\": [{\"name\": \"Oslo\"}], \"responses\":\n"
    "{\"blocks\": [{\"heading\": \"Query 1\", \"level\": 2}, {\"paragraph\": \"...\"},\n"
    "{\"bullet\": \"...\"}, {\"numbered\": \"...\"}, {\"table\": [[\"a\", \"b\"], [\"1\", "
    "\"2\"]],\n"
    "\"header_rows\": 1}]}}. A list of objects repeats a repeating section. Blocks go\n"
    "where a place is a paragraph of its own. Case, blanks and punctuation of names\n"
    "do not matter: letter_date fills {{Letter date}} and [Letter date].\n"
    "\n"
    "Examples:\n"
    "  lacuna fill house-protocol.dotx --values trial.json -o protocol.docx\n"
    "  lacuna fill response --values answer.json -o response.docx --marked\n"
    "\n"
    "Exit codes: 0 everything filled, 1 something is left or a value was not used, 2\n"
    "            wrong usage, values or profile, 3 something could not be read or\n"
    "            written, 5 a defect of lacuna, or out of memory\n";

enum {
    FLAG_VALUES,
    FLAG_OUTPUT,
    FLAG_MARKED,
    FLAG_REMOVE,
    FLAG_PROFILE,
    FLAG_FORMAT,
    FLAG_AS_OF,
    FLAG_LIMIT,
};

static const char *const FORMATS[] = {"text", "json", NULL};

typedef struct filling {
    lacuna_options *options;
    const char *values_path, *output, *profile, *format, *template_path;
    bool marked, remove;
    lacuna_template *template;
    char *values;
    size_t length;
    lacuna_fill_summary summary;
} filling;

static int on_flag(void *user, int id, const char *value)
{
    filling *f = user;
    switch (id) {
    case FLAG_VALUES:
        f->values_path = value;
        return CLI_OK;
    case FLAG_OUTPUT:
        f->output = value;
        return CLI_OK;
    case FLAG_MARKED:
        f->marked = true;
        return CLI_OK;
    case FLAG_REMOVE:
        f->remove = true;
        return CLI_OK;
    case FLAG_PROFILE:
        f->profile = value;
        return CLI_OK;
    case FLAG_FORMAT:
        return cli_choose(&f->format, "format", value, FORMATS);
    case FLAG_AS_OF:
        return cli_set_option(f->options, "as-of", value);
    default:
        return cli_set_limit(f->options, value);
    }
}

/* ---- rendering ------------------------------------------------------------------------------- */

static lacuna_status render(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    filling *f = user;
    return lacuna_template_fill(f->template, f->values, f->length, f->marked ? "marked" : "clean",
                                f->remove, &f->summary, write, sink, err);
}

static lacuna_status render_report(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const filling *f = user;
    return lacuna_template_report(f->template, f->format, write, sink, err);
}

/* ---- work ------------------------------------------------------------------------------------ */

static bool is_same_file(const char *left, const char *right)
{
    struct stat a, b;
    return stat(left, &a) == 0 && stat(right, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

static int check_usage(const filling *f)
{
    if (f->values_path == NULL) {
        cli_complain("fill: say with --values where the values are");
        return CLI_USAGE;
    }
    if (f->output == NULL) {
        cli_complain("fill: say with --output where the document is to go");
        return CLI_USAGE;
    }
    if (is_same_file(f->template_path, f->output)) {
        cli_complain("fill: %s is the template; it is never written over", f->output);
        return CLI_USAGE;
    }
    return CLI_OK;
}

static int read_values(filling *f)
{
    bool is_stdin = strcmp(f->values_path, "-") == 0;
    const char *name = is_stdin ? "stdin" : f->values_path;
    lacuna_error err = {0};
    int code = is_stdin ? cli_read_descriptor(&f->values, &f->length, 0, CLI_VALUES_BYTES_MAX, name)
                        : cli_read_file(&f->values, &f->length, name, CLI_VALUES_BYTES_MAX);
    if (code == CLI_OK &&
        lacuna_template_check_values(f->template, f->values, f->length, &err) != LACUNA_OK) {
        code = cli_report_error(name, &err);
        code = code == CLI_INTERNAL ? code : CLI_USAGE;
    }
    return code;
}

static int fill(filling *f)
{
    lacuna_error err = {0};
    if (lacuna_template_open(&f->template, f->template_path, f->options, &err) != LACUNA_OK) {
        return cli_report_unread(f->template_path, &err);
    }
    int code = f->profile == NULL ? CLI_OK : cli_use_profile(f->template, f->profile);
    code = code == CLI_OK ? read_values(f) : code;
    if (code == CLI_OK) {
        code = cli_render_file(f->output, render, f);
    }
    code = code == CLI_OK ? cli_render_stdout(render_report, f, true) : code;
    bool open = f->summary.unfilled > 0 || f->summary.unused > 0;
    lacuna_template_free(f->template);
    free(f->values);
    return code == CLI_OK && open ? CLI_FINDINGS : code;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {
        {FLAG_VALUES, "values", 0, true},
        {FLAG_OUTPUT, "output", 'o', true},
        {FLAG_MARKED, "marked", 0, false},
        {FLAG_REMOVE, "remove-instructions", 0, false},
        {FLAG_PROFILE, "template-profile", 0, true},
        {FLAG_FORMAT, "format", 'f', true},
        {FLAG_AS_OF, "as-of", 0, true},
        {FLAG_LIMIT, "limit", 0, true},
    };
    lacuna_error err = {0};
    filling f = {.format = "text"};
    if (lacuna_options_new(&f.options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    cli_command_line line = {.verb = verb,
                             .flags = flags,
                             .flag_count = sizeof flags / sizeof flags[0],
                             .on_flag = on_flag,
                             .user = &f};
    int code = cli_parse_flags(&line, argc, argv);
    if (code == CLI_OK && !line.helped) {
        code = cli_expect_operands(&line, 1, 1);
        f.template_path = code == CLI_OK ? line.operands[0] : NULL;
        code = code == CLI_OK ? check_usage(&f) : code;
        code = code == CLI_OK ? fill(&f) : code;
    }
    lacuna_options_free(f.options);
    return code;
}

const cli_verb CLI_FILL = {"fill", "fill a Word template with values", HELP, run};
