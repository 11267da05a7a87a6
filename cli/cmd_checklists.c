#include "catalog.h"
#include "output.h"
#include "verbs.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char HELP[] =
    "usage: lacuna checklists [list] [--format text|json] [--checklist-dir DIR]\n"
    "       lacuna checklists show ID [--format text|json] [--checklist-dir DIR]\n"
    "       lacuna checklists lint FILE... [-q]\n"
    "\n"
    "list prints the checklists there are; show prints the items of one; lint checks\n"
    "checklist files for their authors: format, ids, terms, and every test sentence.\n"
    "checklists/README.md describes the format.\n"
    "\n"
    "  -f, --format FORMAT    text (default) or json\n"
    "  --checklist-dir DIR    add checklists of your own\n"
    "  -q, --quiet            lint: errors only, no warnings\n"
    "\n"
    "Examples:\n"
    "  lacuna checklists\n"
    "  lacuna checklists show informed_consent\n"
    "  lacuna checklists lint checklists/*.json\n"
    "\n"
    "Exit codes: 0 done, 1 lint found errors, 2 wrong usage or no such checklist, 3 a\n"
    "            file could not be read, 5 a defect of lacuna, or out of memory\n";

static lacuna_status show_list(const lacuna_catalog *catalog, const char *name, const char *format,
                               const lacuna_options *options, lacuna_write_fn write, void *sink,
                               lacuna_error *err)
{
    (void)name;
    return lacuna_catalog_list(catalog, format, options, write, sink, err);
}

static lacuna_status show_one(const lacuna_catalog *catalog, const char *name, const char *format,
                              const lacuna_options *options, lacuna_write_fn write, void *sink,
                              lacuna_error *err)
{
    return lacuna_catalog_show(catalog, name, format, options, write, sink, err);
}

typedef struct linting {
    lacuna_options *options;
    const char *path;
    uint64_t problems;
} linting;

static lacuna_status render_lint(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    linting *l = user;
    return lacuna_checklist_lint(&l->problems, l->path, l->options, write, sink, err);
}

static int take_quiet(void *user, int id, const char *value)
{
    linting *l = user;
    (void)id;
    (void)value;
    return cli_set_option(l->options, "detail", "summary");
}

static int lint_files(linting *l, const cli_command_line *line)
{
    int worst = cli_expect_operands(line, 1, INT32_MAX);
    for (int i = 0; i < line->operand_count && worst != CLI_USAGE; i++) {
        l->path = line->operands[i];
        l->problems = 0;
        int code = cli_render_stdout(render_lint, l, false);
        code = code == CLI_USAGE ? CLI_INCOMPLETE : code; /* the file is not there */
        code = code == CLI_OK && l->problems > 0 ? CLI_FINDINGS : code;
        worst = code > worst ? code : worst;
    }
    return worst;
}

static int lint(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {{0, "quiet", 'q', false}};
    lacuna_error err = {0};
    linting l = {NULL, NULL, 0};
    if (lacuna_options_new(&l.options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    cli_command_line line = {
        .verb = verb, .flags = flags, .flag_count = 1, .on_flag = take_quiet, .user = &l};
    int code = cli_parse_flags(&line, argc, argv);
    if (code == CLI_OK && !line.helped) {
        code = lint_files(&l, &line);
    }
    lacuna_options_free(l.options);
    return code;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    static const char *const names[] = {"list", "show", "lint"};
    if (argc == 0 || argv[0][0] == '-') {
        return cli_show_catalog(verb, show_list, 0, 0, argc, argv);
    }
    if (strcmp(argv[0], "list") == 0) {
        return cli_show_catalog(verb, show_list, 0, 0, argc - 1, argv + 1);
    }
    if (strcmp(argv[0], "show") == 0) {
        return cli_show_catalog(verb, show_one, 1, 1, argc - 1, argv + 1);
    }
    if (strcmp(argv[0], "lint") == 0) {
        return lint(verb, argc - 1, argv + 1);
    }
    const char *nearest = lacuna_nearest(argv[0], names, sizeof names / sizeof names[0]);
    cli_complain("checklists can do list, show and lint, not \"%s\"%s%s%s", argv[0],
                 nearest == NULL ? "" : "; did you mean ", nearest == NULL ? "" : nearest,
                 nearest == NULL ? "" : "?");
    return CLI_USAGE;
}

const cli_verb CLI_CHECKLISTS = {"checklists", "list, show and lint checklists", HELP, run};
