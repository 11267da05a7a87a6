/* checklists export, checklists import. */
#include "checklists.h"
#include "flags.h"
#include "output.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FLAG_FORMAT, FLAG_OUTPUT, FLAG_CHECKLIST_DIR, FLAG_QUIET };

typedef struct exchanging {
    lacuna_options *options;
    const char *format, *output;
    const char *name; /* the checklist, or the file to read */
    lacuna_catalog *catalog;
    char *text; /* what was imported */
    size_t length, capacity;
} exchanging;

static int on_flag(void *user, int id, const char *value)
{
    exchanging *x = user;
    switch (id) {
    case FLAG_FORMAT:
        x->format = value;
        break;
    case FLAG_OUTPUT:
        x->output = value;
        break;
    case FLAG_CHECKLIST_DIR:
        return cli_set_option(x->options, "checklist-dir", value);
    default:
        return cli_set_option(x->options, "detail", "summary");
    }
    return CLI_OK;
}

static bool to_stdout(const exchanging *x)
{
    return x->output == NULL || strcmp(x->output, "-") == 0;
}

/* ---- export --------------------------------------------------------------------------------- */

static lacuna_status render_export(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const exchanging *x = user;
    return lacuna_catalog_export(x->catalog, x->name, x->format, write, sink, err);
}

static int check_format(const exchanging *x)
{
    static const char *const formats[] = {"csv", "xlsx", "json"};
    for (size_t i = 0; x->format != NULL && i < sizeof formats / sizeof formats[0]; i++) {
        if (strcmp(x->format, formats[i]) == 0) {
            return CLI_OK;
        }
    }
    if (x->format == NULL) {
        cli_complain("export needs --format csv, xlsx or json");
    } else {
        cli_complain("--format %s: it is csv, xlsx or json", x->format);
    }
    return CLI_USAGE;
}

static int export_one(exchanging *x)
{
    lacuna_error err = {0};
    int code = check_format(x);
    if (code != CLI_OK) {
        return code;
    }
    if (strcmp(x->format, "xlsx") == 0 && to_stdout(x) && isatty(STDOUT_FILENO) == 1) {
        cli_complain("a workbook is not for a terminal: give -o FILE.xlsx");
        return CLI_USAGE;
    }
    if (lacuna_catalog_open(&x->catalog, x->options, &err) != LACUNA_OK) {
        code = cli_report_error(NULL, &err);
        return code == CLI_INTERNAL ? code : CLI_USAGE;
    }
    code = to_stdout(x) ? cli_render_stdout(render_export, x, false)
                        : cli_render_file(x->output, render_export, x);
    lacuna_catalog_free(x->catalog);
    return code;
}

/* ---- import --------------------------------------------------------------------------------- */

static int keep(void *user, const void *data, size_t length)
{
    exchanging *x = user;
    if (length > SIZE_MAX / 4 - x->length) {
        return 1;
    }
    if (x->length + length > x->capacity) {
        size_t capacity = (x->length + length) * 2;
        char *grown = realloc(x->text, capacity);
        if (grown == NULL) {
            return 1;
        }
        x->text = grown;
        x->capacity = capacity;
    }
    memcpy(x->text + x->length, data, length);
    x->length += length;
    return 0;
}

static lacuna_status render_text(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const exchanging *x = user;
    (void)err;
    return write(sink, x->text, x->length) == 0 ? LACUNA_OK : LACUNA_E_IO;
}

/* The file name the id has to agree with. */
static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static int import_one(exchanging *x)
{
    lacuna_error err = {0};
    uint64_t problems = 0;
    int messages = STDERR_FILENO;
    const char *name = to_stdout(x) ? NULL : base_name(x->output);
    lacuna_status status = lacuna_checklist_import(&problems, x->name, name, x->options,
                                                   cli_write_descriptor, &messages, keep, x, &err);
    if (status != LACUNA_OK) {
        return cli_report_unread(x->name, &err);
    }
    if (problems > 0) {
        cli_complain("%s: nothing was written", x->name);
        return CLI_FINDINGS;
    }
    return to_stdout(x) ? cli_render_stdout(render_text, x, false)
                        : cli_render_file(x->output, render_text, x);
}

/* ---- both ----------------------------------------------------------------------------------- */

static int exchange(const cli_verb *verb, const cli_flag *flags, size_t flag_count,
                    int (*work)(exchanging *), int argc, char **argv)
{
    lacuna_error err = {0};
    exchanging x = {.format = NULL};
    if (lacuna_options_new(&x.options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    cli_command_line line = {
        .verb = verb, .flags = flags, .flag_count = flag_count, .on_flag = on_flag, .user = &x};
    int code = cli_parse_flags(&line, argc, argv);
    if (code == CLI_OK && !line.helped) {
        code = cli_expect_operands(&line, 1, 1);
        x.name = line.operand_count > 0 ? line.operands[0] : NULL;
        code = code == CLI_OK ? work(&x) : code;
    }
    free(x.text);
    lacuna_options_free(x.options);
    return code;
}

int cli_checklists_export(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {{FLAG_FORMAT, "format", 'f', true},
                                     {FLAG_OUTPUT, "output", 'o', true},
                                     {FLAG_CHECKLIST_DIR, "checklist-dir", 0, true}};
    return exchange(verb, flags, 3, export_one, argc, argv);
}

int cli_checklists_import(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {{FLAG_OUTPUT, "output", 'o', true},
                                     {FLAG_QUIET, "quiet", 'q', false}};
    return exchange(verb, flags, 2, import_one, argc, argv);
}
