#include "flags.h"
#include "input.h"
#include "limits.h"
#include "output.h"
#include "templates.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char HELP[] =
    "usage: lacuna templates [list]\n"
    "       lacuna templates export NAME -o FILE.docx\n"
    "       lacuna templates profile TEMPLATE [--format text|json] [-v]\n"
    "                                [--template-profile FILE]\n"
    "\n"
    "list tells the Word templates that come with lacuna; export writes one, to be\n"
    "made one's own. profile tells the conventions of a template (.docx, .dotx, or a\n"
    "name of the list): which brackets, colours, styles and hidden text are\n"
    "placeholder, instruction or optional text, each with the counts and examples it\n"
    "was guessed by, and every placeholder with where it is and what it asks. Guesses\n"
    "can be wrong: save the JSON, correct \"meaning\", and give it to lacuna fill or\n"
    "lacuna draft with --template-profile.\n"
    "\n"
    "  -o, --output FILE         where to write; appears whole or not at all\n"
    "  -f, --format FORMAT       text (default) or json\n"
    "  -v, --verbose             also what was counted and means nothing\n"
    "  --template-profile FILE   show the placeholders by these conventions\n" CLI_LIMIT_HELP "\n"
    "Examples:\n"
    "  lacuna templates export protocol -o protocol.docx\n"
    "  lacuna templates profile house.dotx --format json -o house.json\n"
    "\n"
    "Exit codes: 0 done, 2 wrong usage, profile or name, 3 something could not be\n"
    "            read or written, 5 a defect of lacuna, or out of memory\n";

enum { FLAG_OUTPUT, FLAG_FORMAT, FLAG_VERBOSE, FLAG_PROFILE, FLAG_LIMIT };

static const char *const FORMATS[] = {"text", "json", NULL};

typedef struct showing {
    lacuna_options *options;
    const char *output, *format, *profile;
    lacuna_template *template;
} showing;

static int on_flag(void *user, int id, const char *value)
{
    showing *s = user;
    switch (id) {
    case FLAG_OUTPUT:
        s->output = value;
        return CLI_OK;
    case FLAG_FORMAT:
        return cli_choose(&s->format, "format", value, FORMATS);
    case FLAG_VERBOSE:
        return cli_set_option(s->options, "detail", "full");
    case FLAG_PROFILE:
        s->profile = value;
        return CLI_OK;
    default:
        return cli_set_limit(s->options, value);
    }
}

static lacuna_status render_profile(void *user, lacuna_write_fn write, void *sink,
                                    lacuna_error *err)
{
    const showing *s = user;
    return lacuna_template_profile(s->template, s->format, write, sink, err);
}

static lacuna_status render_bytes(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const showing *s = user;
    return lacuna_template_bytes(s->template, write, sink, err);
}

/* ---- works ----------------------------------------------------------------------------------- */

static int list(void)
{
    const char *name, *title;
    int code = CLI_OK;
    for (size_t i = 0; code == CLI_OK && (name = lacuna_template_builtin(i, &title)) != NULL; i++) {
        char line[256];
        (void)snprintf(line, sizeof line, "%-10s  %s\n", name, title);
        code = cli_print(STDOUT_FILENO, line);
    }
    return code;
}

static int open_template(showing *s, const char *path)
{
    lacuna_error err = {0};
    if (lacuna_template_open(&s->template, path, s->options, &err) != LACUNA_OK) {
        return cli_report_unread(path, &err);
    }
    return s->profile == NULL ? CLI_OK : cli_use_profile(s->template, s->profile);
}

static int profile(showing *s, const char *path)
{
    int code = open_template(s, path);
    if (code == CLI_OK) {
        code = s->output == NULL ? cli_render_stdout(render_profile, s, true)
                                 : cli_render_file(s->output, render_profile, s);
    }
    return code;
}

static int export_one(showing *s, const char *name)
{
    const char *known, *title;
    for (size_t i = 0; (known = lacuna_template_builtin(i, &title)) != NULL; i++) {
        if (strcmp(known, name) == 0) {
            break;
        }
    }
    if (known == NULL) {
        cli_complain("there is no template \"%s\"; see: lacuna templates", name);
        return CLI_USAGE;
    }
    if (s->output == NULL) {
        cli_complain("templates export: say with --output where the template is to go");
        return CLI_USAGE;
    }
    int code = open_template(s, name);
    return code == CLI_OK ? cli_render_file(s->output, render_bytes, s) : code;
}

static int work(showing *s, const cli_command_line *line)
{
    static const char *const names[] = {"list", "export", "profile"};
    const char *wanted = line->operand_count == 0 ? "list" : line->operands[0];
    if (strcmp(wanted, "list") == 0 && line->operand_count <= 1) {
        return list();
    }
    bool is_export = strcmp(wanted, "export") == 0;
    if (is_export || strcmp(wanted, "profile") == 0) {
        int code = cli_expect_operands(line, 2, 2);
        return code != CLI_OK ? code
               : is_export    ? export_one(s, line->operands[1])
                              : profile(s, line->operands[1]);
    }
    const char *nearest = lacuna_nearest(wanted, names, sizeof names / sizeof names[0]);
    if (nearest != NULL) {
        cli_complain("templates cannot do \"%s\"; did you mean %s?", wanted, nearest);
    } else {
        cli_complain("templates cannot do \"%s\"; see: lacuna help templates", wanted);
    }
    return CLI_USAGE;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {
        {FLAG_OUTPUT, "output", 'o', true},    {FLAG_FORMAT, "format", 'f', true},
        {FLAG_VERBOSE, "verbose", 'v', false}, {FLAG_PROFILE, "template-profile", 0, true},
        {FLAG_LIMIT, "limit", 0, true},
    };
    lacuna_error err = {0};
    showing s = {.format = "text"};
    if (lacuna_options_new(&s.options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    cli_command_line line = {.verb = verb,
                             .flags = flags,
                             .flag_count = sizeof flags / sizeof flags[0],
                             .on_flag = on_flag,
                             .user = &s};
    int code = cli_parse_flags(&line, argc, argv);
    if (code == CLI_OK && !line.helped) {
        code = work(&s, &line);
    }
    lacuna_template_free(s.template);
    lacuna_options_free(s.options);
    return code;
}

const cli_verb CLI_TEMPLATES = {"templates", "list, export and understand Word templates", HELP,
                                run};
