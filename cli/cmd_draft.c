#include "flags.h"
#include "input.h"
#include "limits.h"
#include "output.h"
#include "programs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char HELP[] =
    "usage: lacuna draft DOCUMENT.docx (--gap ID... | --all-missing) -o FOLDER\n"
    "              [--source PATH...] [--plan] [--use-plan FILE] [--checklist ID]\n"
    "\n"
    "Drafts what a Word document lacks, from the sources: their passages word for\n"
    "word, each with where it stands, and [DATA NEEDED: ...] for what no source says.\n"
    "Nothing is sent anywhere, and the document itself is never changed. FOLDER gets\n"
    "  NAME.marked.docx   the drafts as tracked insertions, a comment at each\n"
    "  NAME.clean.docx    the same without tracking and comments\n"
    "  drafts.md          the drafts alone\n"
    "  plan.json          gap, place, sources and instructions of each\n"
    "\n"
    "  -g, --gap ID           draft this gap (repeatable): an item of a checklist as\n"
    "                         reports show it in brackets\n"
    "  --all-missing          draft everything that is missing\n"
    "  -s, --source PATH      a document or a folder to take passages from\n"
    "                         (repeatable); the document itself is always one\n"
    "  --plan                 write plan.json only, to be edited\n"
    "  --use-plan FILE        draft by a plan that was edited\n"
    "  -c, --checklist ID     find the gaps by this checklist (repeatable)\n"
    "  -t, --document-type T  take the document for this type\n"
    "  --checklist-dir DIR    add checklists of your own\n"
    "  --as-of YYYY-MM-DD     the day to judge on, and the date of the revisions\n"
    "  -o, --output FOLDER    where the results go; made where it is not there\n" CLI_LIMIT_HELP
    "\n"
    "Examples:\n"
    "  lacuna draft protocol.docx --all-missing --source sources/ -o out/\n"
    "  lacuna draft protocol.docx --gap m11.6.7.4 --plan -o out/\n"
    "\n"
    "Exit codes: 0 done, 1 done, and something is left for a person to supply or to\n"
    "            place, 2 wrong usage or no such gap, 3 something could not be read\n"
    "            or written, 5 a defect of lacuna, or out of memory\n";

enum {
    FLAG_GAP,
    FLAG_ALL,
    FLAG_SOURCE,
    FLAG_PLAN,
    FLAG_USE_PLAN,
    FLAG_CHECKLIST,
    FLAG_TYPE,
    FLAG_CHECKLIST_DIR,
    FLAG_AS_OF,
    FLAG_OUTPUT,
    FLAG_LIMIT,
};

enum { LIST_MAX = 256, PATH_ROOM = 4096, PLAN_BYTES_MAX = 64 * 1024 * 1024 };

typedef struct drafting {
    lacuna_options *options;
    const char *gaps[LIST_MAX], *sources[LIST_MAX];
    size_t gap_count, source_count;
    const char *folder, *use_plan;
    bool all, plan_only;
    lacuna_draft *draft;
    const char *copy; /* of the document that is written now */
    uint64_t placed;
} drafting;

static int add_to(const char **list, size_t *count, const char *flag, const char *value)
{
    if (*count == LIST_MAX) {
        cli_complain("more than %d times --%s", LIST_MAX, flag);
        return CLI_USAGE;
    }
    list[(*count)++] = value;
    return CLI_OK;
}

static int on_flag(void *user, int id, const char *value)
{
    drafting *d = user;
    switch (id) {
    case FLAG_GAP:
        return add_to(d->gaps, &d->gap_count, "gap", value);
    case FLAG_SOURCE:
        return add_to(d->sources, &d->source_count, "source", value);
    case FLAG_ALL:
        d->all = true;
        return CLI_OK;
    case FLAG_PLAN:
        d->plan_only = true;
        return CLI_OK;
    case FLAG_USE_PLAN:
        d->use_plan = value;
        return CLI_OK;
    case FLAG_OUTPUT:
        d->folder = value;
        return CLI_OK;
    case FLAG_CHECKLIST:
        return cli_set_option(d->options, "checklist", value);
    case FLAG_TYPE:
        return cli_set_option(d->options, "document-type", value);
    case FLAG_CHECKLIST_DIR:
        return cli_set_option(d->options, "checklist-dir", value);
    case FLAG_AS_OF:
        return cli_set_option(d->options, "as-of", value);
    default:
        return cli_set_limit(d->options, value);
    }
}

/* ---- files ---------------------------------------------------------------------------------- */

static lacuna_status render_plan(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const drafting *d = user;
    return lacuna_draft_plan(d->draft, write, sink, err);
}

static lacuna_status render_text(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const drafting *d = user;
    return lacuna_draft_text(d->draft, write, sink, err);
}

static lacuna_status render_document(void *user, lacuna_write_fn write, void *sink,
                                     lacuna_error *err)
{
    drafting *d = user;
    return lacuna_draft_write(d->draft, d->copy, &d->placed, write, sink, err);
}

/* FOLDER/stem.ending; the stem of a path is its name without the last ending. */
static int write_file(drafting *d, const char *path, const char *ending, cli_render_fn render)
{
    char out[PATH_ROOM];
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    int stem = (int)(dot == NULL ? strlen(name) : (size_t)(dot - name));
    int length = snprintf(out, sizeof out, "%s/%.*s%s", d->folder, stem, name, ending);
    if (length < 0 || length >= PATH_ROOM) {
        cli_complain("%s: the path is too long", d->folder);
        return CLI_USAGE;
    }
    return cli_render_file(out, render, d);
}

static int write_copy(drafting *d, const char *path, const char *copy, const char *ending)
{
    d->copy = copy;
    return write_file(d, path, ending, render_document);
}

static int read_plan(drafting *d)
{
    char *data;
    size_t length;
    lacuna_error err = {0};
    int file = open(d->use_plan, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        cli_complain("%s: cannot be read: %s", d->use_plan, strerror(errno));
        return CLI_INCOMPLETE;
    }
    int code = cli_read_descriptor(&data, &length, file, PLAN_BYTES_MAX, d->use_plan);
    (void)close(file);
    if (code != CLI_OK) {
        return code;
    }
    if (lacuna_draft_use_plan(d->draft, data, length, &err) != LACUNA_OK) {
        code = cli_report_error(d->use_plan, &err);
        code = code == CLI_INTERNAL ? code : CLI_USAGE;
    }
    free(data);
    return code;
}

/* ---- drafting ------------------------------------------------------------------------------- */

static int tell(const drafting *d, const lacuna_draft_summary *summary)
{
    char text[512];
    int length = snprintf(
        text, sizeof text,
        "%llu of %llu drafts placed, from %llu sections and tables; %llu facts are still needed\n"
        "every draft is marked DRAFT and has to be reviewed by a person: %s\n",
        (unsigned long long)d->placed, (unsigned long long)summary->gaps,
        (unsigned long long)summary->sources, (unsigned long long)summary->needed, d->folder);
    int code = length > 0 && (size_t)length < sizeof text ? cli_print(1, text) : CLI_INTERNAL;
    bool open = summary->needed > 0 || d->placed < summary->gaps;
    return code == CLI_OK && open ? CLI_FINDINGS : code;
}

static int write_results(drafting *d, const char *path)
{
    lacuna_error err = {0};
    lacuna_draft_summary summary;
    if (lacuna_draft_make(d->draft, &summary, &err) != LACUNA_OK) {
        return cli_report_error(path, &err);
    }
    int code = write_file(d, "drafts", ".md", render_text);
    if (code == CLI_OK && summary.gaps > 0) {
        code = write_copy(d, path, "clean", ".clean.docx");
        code = code == CLI_OK ? write_copy(d, path, "marked", ".marked.docx") : code;
    }
    return code == CLI_OK ? tell(d, &summary) : code;
}

static int make_folder(const char *folder)
{
    if (mkdir(folder, 0700) == 0 || errno == EEXIST) {
        return CLI_OK;
    }
    cli_complain("%s: the folder cannot be made: %s", folder, strerror(errno));
    return CLI_INCOMPLETE;
}

static int draft(drafting *d, const char *path)
{
    lacuna_error err = {0};
    int code = make_folder(d->folder);
    if (code != CLI_OK) {
        return code;
    }
    lacuna_status status = lacuna_draft_open(&d->draft, path, d->sources, d->source_count, d->gaps,
                                             d->gap_count, d->options, &err);
    if (status != LACUNA_OK) {
        return status == LACUNA_E_NOTFOUND || status == LACUNA_E_ARGUMENT
                   ? cli_report_error(NULL, &err)
                   : cli_report_unread(path, &err);
    }
    code = d->use_plan == NULL ? CLI_OK : read_plan(d);
    if (code == CLI_OK) {
        code = write_file(d, "plan", ".json", render_plan);
    }
    if (code == CLI_OK && !d->plan_only) {
        code = write_results(d, path);
    }
    lacuna_draft_free(d->draft);
    return code;
}

static int check_usage(const drafting *d)
{
    if (d->all == (d->gap_count > 0)) {
        cli_complain("draft: name gaps with --gap, or take --all-missing");
        return CLI_USAGE;
    }
    if (d->folder == NULL) {
        cli_complain("draft: say with --output where the drafts are to go");
        return CLI_USAGE;
    }
    return CLI_OK;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {
        {FLAG_GAP, "gap", 'g', true},
        {FLAG_ALL, "all-missing", 0, false},
        {FLAG_SOURCE, "source", 's', true},
        {FLAG_PLAN, "plan", 0, false},
        {FLAG_USE_PLAN, "use-plan", 0, true},
        {FLAG_CHECKLIST, "checklist", 'c', true},
        {FLAG_TYPE, "document-type", 't', true},
        {FLAG_CHECKLIST_DIR, "checklist-dir", 0, true},
        {FLAG_AS_OF, "as-of", 0, true},
        {FLAG_OUTPUT, "output", 'o', true},
        {FLAG_LIMIT, "limit", 0, true},
    };
    lacuna_error err = {0};
    static drafting d; /* large; one a program */
    if (lacuna_options_new(&d.options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    cli_command_line line = {.verb = verb,
                             .flags = flags,
                             .flag_count = sizeof flags / sizeof flags[0],
                             .on_flag = on_flag,
                             .user = &d};
    int code = cli_parse_flags(&line, argc, argv);
    if (code == CLI_OK && !line.helped) {
        code = cli_expect_operands(&line, 1, 1);
        code = code == CLI_OK ? check_usage(&d) : code;
        code = code == CLI_OK ? cli_set_pdf_reader(d.options, NULL) : code;
        code = code == CLI_OK ? draft(&d, line.operands[0]) : code;
    }
    lacuna_options_free(d.options);
    return code;
}

const cli_verb CLI_DRAFT = {"draft", "draft what a document lacks, from sources", HELP, run};
