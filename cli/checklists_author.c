/* checklists lint, checklists test, checklists new. */
#include "checklists.h"
#include "flags.h"
#include "output.h"

#include <stdint.h>
#include <stdio.h>

enum { FLAG_QUIET, FLAG_TYPE, FLAG_OUTPUT };

typedef lacuna_status (*examine_fn)(uint64_t *problems, const char *path,
                                    const lacuna_options *options, lacuna_write_fn write,
                                    void *user, lacuna_error *err);

typedef struct examining {
    lacuna_options *options;
    examine_fn examine;
    const char *path;
    uint64_t problems;
} examining;

static lacuna_status render(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    examining *x = user;
    return x->examine(&x->problems, x->path, x->options, write, sink, err);
}

static int take_quiet(void *user, int id, const char *value)
{
    examining *x = user;
    (void)id;
    (void)value;
    return cli_set_option(x->options, "detail", "summary");
}

static int examine_files(examining *x, const cli_command_line *line)
{
    int worst = cli_expect_operands(line, 1, INT32_MAX);
    for (int i = 0; i < line->operand_count && worst != CLI_USAGE; i++) {
        x->path = line->operands[i];
        x->problems = 0;
        int code = cli_render_stdout(render, x, false);
        code = code == CLI_USAGE ? CLI_INCOMPLETE : code; /* the file is not there */
        code = code == CLI_OK && x->problems > 0 ? CLI_FINDINGS : code;
        worst = code > worst ? code : worst;
    }
    return worst;
}

static int examine(const cli_verb *verb, examine_fn fn, int argc, char **argv)
{
    static const cli_flag flags[] = {{FLAG_QUIET, "quiet", 'q', false}};
    lacuna_error err = {0};
    examining x = {.examine = fn};
    if (lacuna_options_new(&x.options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    cli_command_line line = {
        .verb = verb, .flags = flags, .flag_count = 1, .on_flag = take_quiet, .user = &x};
    int code = cli_parse_flags(&line, argc, argv);
    if (code == CLI_OK && !line.helped) {
        code = examine_files(&x, &line);
    }
    lacuna_options_free(x.options);
    return code;
}

int cli_checklists_lint(const cli_verb *verb, int argc, char **argv)
{
    return examine(verb, lacuna_checklist_lint, argc, argv);
}

int cli_checklists_test(const cli_verb *verb, int argc, char **argv)
{
    return examine(verb, lacuna_checklist_test, argc, argv);
}

typedef struct making {
    const char *id, *type, *output;
} making;

static int take_new(void *user, int id, const char *value)
{
    making *m = user;
    if (id == FLAG_TYPE) {
        m->type = value;
    } else {
        m->output = value;
    }
    return CLI_OK;
}

static lacuna_status render_new(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const making *m = user;
    return lacuna_checklist_new(m->id, m->type, write, sink, err);
}

int cli_checklists_new(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {{FLAG_TYPE, "type", 't', true},
                                     {FLAG_OUTPUT, "output", 'o', true}};
    making m = {NULL, NULL, NULL};
    cli_command_line line = {
        .verb = verb, .flags = flags, .flag_count = 2, .on_flag = take_new, .user = &m};
    int code = cli_parse_flags(&line, argc, argv);
    if (code != CLI_OK || line.helped) {
        return code;
    }
    code = cli_expect_operands(&line, 1, 1);
    if (code == CLI_OK && m.type == NULL) {
        cli_complain("new needs --type TYPE: the document type the checklist is for");
        code = CLI_USAGE;
    }
    if (code != CLI_OK) {
        return code;
    }
    m.id = line.operands[0];
    return m.output == NULL ? cli_render_stdout(render_new, &m, false)
                            : cli_render_file(m.output, render_new, &m);
}
