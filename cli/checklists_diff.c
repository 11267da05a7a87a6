/* checklists diff. */
#include "checklists.h"
#include "flags.h"
#include "output.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>

enum { FLAG_FORMAT, FLAG_DOCUMENT, FLAG_CHECKLIST_DIR, FLAG_VERBOSE, FLAG_TYPE, FLAG_OUTPUT };

typedef struct comparing {
    lacuna_options *options;
    const char *a, *b, *document, *format, *output;
} comparing;

static int on_flag(void *user, int id, const char *value)
{
    comparing *c = user;
    switch (id) {
    case FLAG_FORMAT:
        c->format = value;
        break;
    case FLAG_DOCUMENT:
        c->document = value;
        break;
    case FLAG_OUTPUT:
        c->output = value;
        break;
    case FLAG_TYPE:
        return cli_set_option(c->options, "document-type", value);
    case FLAG_VERBOSE:
        return cli_set_option(c->options, "detail", "full");
    default:
        return cli_set_option(c->options, "checklist-dir", value);
    }
    return CLI_OK;
}

static lacuna_status render(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const comparing *c = user;
    return lacuna_checklist_diff(c->a, c->b, c->document, c->format, c->options, write, sink, err);
}

static int compare(comparing *c, const cli_command_line *line)
{
    char width[16];
    int code = cli_expect_operands(line, 2, 2);
    if (code == CLI_OK && strcmp(c->format, "text") != 0 && strcmp(c->format, "json") != 0) {
        cli_complain("--format %s: it is text or json", c->format);
        code = CLI_USAGE;
    }
    (void)snprintf(width, sizeof width, "%u", cli_columns());
    code = code == CLI_OK ? cli_set_option(c->options, "width", width) : code;
    if (code != CLI_OK) {
        return code;
    }
    c->a = line->operands[0];
    c->b = line->operands[1];
    return c->output == NULL ? cli_render_stdout(render, c, true)
                             : cli_render_file(c->output, render, c);
}

int cli_checklists_diff(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {
        {FLAG_FORMAT, "format", 'f', true},    {FLAG_DOCUMENT, "document", 'd', true},
        {FLAG_TYPE, "type", 't', true},        {FLAG_CHECKLIST_DIR, "checklist-dir", 0, true},
        {FLAG_VERBOSE, "verbose", 'v', false}, {FLAG_OUTPUT, "output", 'o', true},
    };
    lacuna_error err = {0};
    comparing c = {.format = "text"};
    if (lacuna_options_new(&c.options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    cli_command_line line = {.verb = verb,
                             .flags = flags,
                             .flag_count = sizeof flags / sizeof flags[0],
                             .on_flag = on_flag,
                             .user = &c};
    int code = cli_parse_flags(&line, argc, argv);
    if (code == CLI_OK && !line.helped) {
        code = compare(&c, &line);
    }
    lacuna_options_free(c.options);
    return code;
}
