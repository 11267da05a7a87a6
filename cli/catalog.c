#include "catalog.h"

#include "output.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>

enum { FLAG_FORMAT, FLAG_CHECKLIST_DIR };

typedef struct showing {
    lacuna_options *options;
    const char *format;
    lacuna_catalog *catalog;
    const char *name;
    cli_catalog_fn show;
    bool markdown;
} showing;

static int on_flag(void *user, int id, const char *value)
{
    showing *s = user;
    if (id == FLAG_CHECKLIST_DIR) {
        return cli_set_option(s->options, "checklist-dir", value);
    }
    bool known = strcmp(value, "text") == 0 || strcmp(value, "json") == 0 ||
                 (s->markdown && strcmp(value, "markdown") == 0);
    if (!known) {
        cli_complain("--format %s: it is %s", value,
                     s->markdown ? "text, json or markdown" : "text or json");
        return CLI_USAGE;
    }
    s->format = value;
    return CLI_OK;
}

static lacuna_status render(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const showing *s = user;
    return s->show(s->catalog, s->name, s->format, s->options, write, sink, err);
}

static int set_appearance(lacuna_options *options)
{
    char width[16];
    (void)snprintf(width, sizeof width, "%u", cli_columns());
    int code = cli_set_option(options, "width", width);
    return code == CLI_OK
               ? cli_set_option(options, "color", cli_wants_color(CLI_AUTO) ? "yes" : "no")
               : code;
}

static int open_and_show(showing *s)
{
    lacuna_error err = {0};
    int code = set_appearance(s->options);
    if (code != CLI_OK) {
        return code;
    }
    if (lacuna_catalog_open(&s->catalog, s->options, &err) != LACUNA_OK) {
        code = cli_report_error(NULL, &err);
        return code == CLI_INTERNAL ? code : CLI_USAGE;
    }
    code = cli_render_stdout(render, s, false);
    lacuna_catalog_free(s->catalog);
    return code;
}

static int show_catalog(showing s, const cli_verb *verb, int min, int max, int argc, char **argv)
{
    static const cli_flag flags[] = {{FLAG_FORMAT, "format", 'f', true},
                                     {FLAG_CHECKLIST_DIR, "checklist-dir", 0, true}};
    lacuna_error err = {0};
    if (lacuna_options_new(&s.options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    cli_command_line line = {
        .verb = verb, .flags = flags, .flag_count = 2, .on_flag = on_flag, .user = &s};
    int code = cli_parse_flags(&line, argc, argv);
    if (code == CLI_OK && !line.helped) {
        code = cli_expect_operands(&line, min, max);
        s.name = line.operand_count > 0 ? line.operands[0] : NULL;
        code = code == CLI_OK ? open_and_show(&s) : code;
    }
    lacuna_options_free(s.options);
    return code;
}

int cli_show_catalog(const cli_verb *verb, cli_catalog_fn show, int min, int max, int argc,
                     char **argv)
{
    return show_catalog((showing){.format = "text", .show = show}, verb, min, max, argc, argv);
}

int cli_show_page(const cli_verb *verb, cli_catalog_fn show, int argc, char **argv)
{
    return show_catalog((showing){.format = "text", .show = show, .markdown = true}, verb, 1, 1,
                        argc, argv);
}
