#include "view.h"

#include "flags.h"
#include "input.h"
#include "limits.h"
#include "output.h"
#include "programs.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { FLAG_FORMAT, FLAG_STDIN_FILENAME, FLAG_LIMIT, FLAG_QUIET, FLAG_PDFTOTEXT };

typedef struct view {
    lacuna_options *options;
    const char *const *formats;
    const char *format;
    const char *stdin_name;
    const char *pdftotext; /* NULL: what is on the PATH */
    bool quiet;
    cli_view_fn show;
    cli_view_submission_fn show_submission; /* NULL: documents only */
    lacuna_document *document;
    lacuna_submission *submission;
} view;

static int on_flag(void *user, int id, const char *value)
{
    view *v = user;
    switch (id) {
    case FLAG_FORMAT:
        return cli_choose(&v->format, "format", value, v->formats);
    case FLAG_STDIN_FILENAME:
        v->stdin_name = value;
        return CLI_OK;
    case FLAG_LIMIT:
        return cli_set_limit(v->options, value);
    case FLAG_PDFTOTEXT:
        v->pdftotext = value;
        return CLI_OK;
    default:
        v->quiet = true;
        return CLI_OK;
    }
}

static lacuna_status render(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const view *v = user;
    return v->show(v->document, v->format, write, sink, err);
}

static void print_notes(const view *v, const char *path)
{
    for (size_t i = 0; i < lacuna_document_note_count(v->document) && !v->quiet; i++) {
        cli_complain("%s: %s", path, lacuna_document_note(v->document, i));
    }
}

static int show_document(view *v, const char *path)
{
    int code = cli_open_document(&v->document, path, v->stdin_name, v->options);
    if (code == CLI_OK) {
        print_notes(v, strcmp(path, "-") == 0 ? v->stdin_name : path);
        code = cli_render_stdout(render, v, true);
    }
    lacuna_document_free(v->document);
    return code;
}

static lacuna_status render_submission(void *user, lacuna_write_fn write, void *sink,
                                       lacuna_error *err)
{
    const view *v = user;
    return v->show_submission(v->submission, v->format, write, sink, err);
}

static void print_submission_notes(const view *v, const char *path)
{
    for (size_t i = 0; i < lacuna_submission_note_count(v->submission) && !v->quiet; i++) {
        const char *file;
        int32_t incomplete;
        const char *text = lacuna_submission_note(v->submission, i, &file, &incomplete);
        if (incomplete != 0) {
            cli_complain("%s%s%s: %s", path, file[0] == '\0' ? "" : ": ", file, text);
        }
    }
}

static int show_submission(view *v, const char *path)
{
    lacuna_error err = {0};
    if (lacuna_submission_open(&v->submission, path, v->options, &err) != LACUNA_OK) {
        return cli_report_unread(path, &err);
    }
    print_submission_notes(v, path);
    int code = cli_render_stdout(render_submission, v, true);
    if (code == CLI_OK && lacuna_submission_incomplete(v->submission) != 0) {
        code = CLI_INCOMPLETE;
    }
    lacuna_submission_free(v->submission);
    return code;
}

/* A folder, or a file that is called a zip file: Word documents are called otherwise. */
static bool is_submission(const view *v, const char *path)
{
    struct stat facts;
    size_t length = strlen(path);
    if (v->show_submission == NULL || strcmp(path, "-") == 0) {
        return false;
    }
    return (stat(path, &facts) == 0 && S_ISDIR(facts.st_mode)) ||
           (length > 4 && strcasecmp(path + length - 4, ".zip") == 0);
}

static int show_path(view *v, const char *path)
{
    return is_submission(v, path) ? show_submission(v, path) : show_document(v, path);
}

int cli_view(const cli_verb *verb, const char *const *formats, cli_view_fn show,
             cli_view_submission_fn submission, int argc, char **argv)
{
    /* --format is last: a verb that has none leaves it out of the table. */
    static const cli_flag flags[] = {{FLAG_STDIN_FILENAME, "stdin-filename", 0, true},
                                     {FLAG_LIMIT, "limit", 0, true},
                                     {FLAG_QUIET, "quiet", 'q', false},
                                     {FLAG_PDFTOTEXT, "pdftotext", 0, true},
                                     {FLAG_FORMAT, "format", 'f', true}};
    lacuna_error err = {0};
    view v = {
        .formats = formats, .show = show, .show_submission = submission, .stdin_name = "stdin"};
    v.format = formats == NULL ? NULL : formats[0];
    if (lacuna_options_new(&v.options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    size_t count = sizeof flags / sizeof flags[0];
    cli_command_line line = {.verb = verb,
                             .flags = flags,
                             .flag_count = formats == NULL ? count - 1 : count,
                             .on_flag = on_flag,
                             .user = &v};
    int code = cli_parse_flags(&line, argc, argv);
    if (code == CLI_OK && !line.helped) {
        code = cli_expect_operands(&line, 1, 1);
        code = code == CLI_OK ? cli_set_pdf_reader(v.options, v.pdftotext) : code;
        code = code == CLI_OK ? show_path(&v, line.operands[0]) : code;
    }
    lacuna_options_free(v.options);
    return code;
}
