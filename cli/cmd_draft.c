#include "draft_model.h"
#include "flags.h"
#include "input.h"
#include "limits.h"
#include "output.h"
#include "programs.h"
#include "templates.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char HELP[] =
    "usage: lacuna draft DOCUMENT.docx (--gap ID... | --all-missing) -o FOLDER\n"
    "              [--source PATH...] [--plan] [--use-plan FILE] [--checklist ID]\n"
    "              [--model --claude provider=NAME ...]\n"
    "              [--template TEMPLATE [--values FILE] [--template-profile FILE]]\n"
    "\n"
    "Drafts what a Word document lacks, from the sources: their passages word for\n"
    "word, each with where it stands, and [DATA NEEDED: ...] for what no source says.\n"
    "Nothing is sent anywhere without --model, and the document itself is never\n"
    "changed. FOLDER gets\n"
    "  NAME.marked.docx   the drafts as tracked insertions, a comment at each\n"
    "  NAME.clean.docx    the same without tracking and comments\n"
    "  drafts.md          the drafts alone\n"
    "  plan.json          gap, place, sources and instructions of each\n"
    "  report.json        what came of each gap, and what did not hold\n"
    "  steps/             one file a gap; an interrupted run goes on from there. An\n"
    "                     answer of a model that is there is used, also without\n"
    "                     --model; --no-cache has it asked for anew\n"
    "What persons decide with lacuna review holds in the next run: rejected drafts\n"
    "are left out, edited ones have the person's text.\n"
    "\n"
    "  -g, --gap ID           draft this gap (repeatable): an item of a checklist as\n"
    "                         reports show it in brackets\n"
    "  --all-missing          draft everything that is missing\n"
    "  -s, --source PATH      a document or a folder to take passages from\n"
    "                         (repeatable); the document itself is always one\n"
    "  --plan                 write plan.json only, to be edited\n"
    "  --use-plan FILE        draft by a plan that was edited\n"
    "  --template TEMPLATE    write the drafts into a Word template instead, under\n"
    "                         its headings; .docx, .dotx, or a name of lacuna\n"
    "                         templates\n"
    "  --values FILE          values for its other placeholders (lacuna help fill)\n"
    "  --template-profile FILE\n"
    "                         its conventions (lacuna help templates)\n"
    "  -c, --checklist ID     find the gaps by this checklist (repeatable)\n"
    "  -t, --document-type T  take the document for this type\n"
    "  --checklist-dir DIR    add checklists of your own\n"
    "  --as-of YYYY-MM-DD     the day to judge on, and the date of the revisions\n"
    "  -o, --output FOLDER    where the results go; made where it is not there\n"
    "  --progress HOW         auto (default: a bar on a terminal), never, or json\n"
    "                         (one object a line on standard error)\n"
    "  -q, --quiet            no bar, and of the report the sums only\n" CLI_LIMIT_HELP "\n"
    "Written by a model (off by default; only then anything is sent):\n"
    "  --model                have Claude write each draft from the plan's sources,\n"
    "                         in prose that cites them. Every statement is then held\n"
    "                         against what it cites, by code: what does not hold is\n"
    "                         taken out, becomes [DATA NEEDED: ...] and is reported.\n"
    "                         Where it declines or does not answer, the draft is\n"
    "                         assembled from the sources as without it\n" CLI_MODEL_HELP "\n"
    "Examples:\n"
    "  lacuna draft protocol.docx --all-missing --source sources/ -o out/\n"
    "  lacuna draft protocol.docx --gap m11.6.7.4 --plan -o out/\n"
    "  lacuna draft protocol.docx --all-missing -s sources/ -o out/ --model \\\n"
    "               --claude provider=anthropic --max-cost 5\n"
    "\n"
    "Exit codes: 0 done, 1 done, and something is left for a person to supply, to\n"
    "            place or to look at, 2 wrong usage, no such gap, or identifiers of\n"
    "            patients that may not be sent, 3 something could not be read or\n"
    "            written, the model did not answer every gap, or the run was\n"
    "            interrupted (run it again), 5 a defect of lacuna, or out of memory\n";

enum {
    FLAG_GAP,
    FLAG_ALL,
    FLAG_SOURCE,
    FLAG_PLAN,
    FLAG_USE_PLAN,
    FLAG_CHECKLIST,
    FLAG_TYPE,
    FLAG_CHECKLIST_DIR,
    FLAG_TEMPLATE,
    FLAG_VALUES,
    FLAG_PROFILE,
    FLAG_AS_OF,
    FLAG_OUTPUT,
    FLAG_LIMIT,
    FLAG_MODEL,
    FLAG_PROGRESS,
    FLAG_QUIET,
};

enum { LIST_MAX = 256, PATH_ROOM = 4096, PLAN_BYTES_MAX = 64 * 1024 * 1024 };

typedef struct drafting {
    lacuna_options *options;
    const char *gaps[LIST_MAX], *sources[LIST_MAX];
    size_t gap_count, source_count;
    const char *folder, *use_plan, *template, *values, *profile;
    bool all, plan_only, ask, quiet;
    cli_model_args model;
    cli_progress progress;
    lacuna_claude *claude;
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

static int set_progress(drafting *d, const char *value)
{
    static const char *const words[] = {"auto", "json", "never", NULL};
    const char *word;
    int code = cli_choose(&word, "progress", value, words);
    if (code == CLI_OK) {
        d->progress = strcmp(word, "json") == 0    ? CLI_PROGRESS_JSON
                      : strcmp(word, "never") == 0 ? CLI_PROGRESS_NEVER
                                                   : CLI_PROGRESS_AUTO;
    }
    return code;
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
    case FLAG_TEMPLATE:
        d->template = value;
        return CLI_OK;
    case FLAG_VALUES:
        d->values = value;
        return CLI_OK;
    case FLAG_PROFILE:
        d->profile = value;
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
    case FLAG_MODEL:
        d->ask = true;
        return CLI_OK;
    case FLAG_QUIET:
        d->quiet = true;
        return CLI_OK;
    case FLAG_PROGRESS:
        return set_progress(d, value);
    default:
        return cli_model_has_flag(id) ? cli_model_flag(&d->model, d->options, id, value)
                                      : cli_set_limit(d->options, value);
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

static lacuna_status render_report(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const drafting *d = user;
    return lacuna_draft_report(d->draft, "json", write, sink, err);
}

static lacuna_status render_told(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const drafting *d = user;
    return lacuna_draft_report(d->draft, "text", write, sink, err);
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
    int code = cli_read_file(&data, &length, d->use_plan, PLAN_BYTES_MAX);
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

static int say(const char *text, int length, size_t room)
{
    return length > 0 && (size_t)length < room ? cli_print(1, text) : CLI_INTERNAL;
}

static int tell_model(const drafting *d, const lacuna_draft_summary *s)
{
    char text[512], price[32] = "a price that is not known";
    if (!d->ask && s->written == 0) {
        return CLI_OK;
    }
    if (s->cost >= 0) {
        (void)snprintf(price, sizeof price, "$%.4f", s->cost);
    }
    int length = snprintf(text, sizeof text,
                          "%llu written by the model (%llu answered now for %s, %llu kept), "
                          "%llu declined, %llu cut off, %llu not answered; %llu statements did not "
                          "hold and were taken out\n",
                          (unsigned long long)s->written, (unsigned long long)s->asked, price,
                          (unsigned long long)s->kept, (unsigned long long)s->declined,
                          (unsigned long long)s->cut_off, (unsigned long long)s->failed,
                          (unsigned long long)s->findings);
    return say(text, length, sizeof text);
}

static int tell_persons(const lacuna_draft_summary *s)
{
    char text[512];
    if (s->accepted + s->rejected + s->edited + s->outdated == 0) {
        return CLI_OK;
    }
    int length = snprintf(text, sizeof text,
                          "decided by persons: %llu accepted, %llu edited, %llu rejected and left "
                          "out; %llu decisions were about another draft\n",
                          (unsigned long long)s->accepted, (unsigned long long)s->edited,
                          (unsigned long long)s->rejected, (unsigned long long)s->outdated);
    return say(text, length, sizeof text);
}

static int tell(drafting *d, const lacuna_draft_summary *s)
{
    char text[512];
    int code = d->quiet ? CLI_OK : cli_render_stdout(render_told, d, true);
    int length = snprintf(
        text, sizeof text,
        "%llu of %llu drafts placed, from %llu sections and tables; %llu facts are still needed\n"
        "every draft is marked DRAFT and has to be reviewed by a person: %s\n",
        (unsigned long long)d->placed, (unsigned long long)s->gaps, (unsigned long long)s->sources,
        (unsigned long long)s->needed, d->folder);
    code = code == CLI_OK ? tell_model(d, s) : code;
    code = code == CLI_OK ? tell_persons(s) : code;
    code = code == CLI_OK ? say(text, length, sizeof text) : code;
    if (code == CLI_OK && s->failed > 0) {
        cli_complain(
            "%llu gaps got no answer and are assembled instead: %s. Run it again: what was "
            "answered is kept and not asked again",
            (unsigned long long)s->failed, s->first_failure);
        return CLI_INCOMPLETE;
    }
    bool open =
        s->needed + s->findings + s->declined + s->cut_off + s->outdated > 0 || d->placed < s->gaps;
    return code == CLI_OK && open ? CLI_FINDINGS : code;
}

static int write_results(drafting *d, const char *path)
{
    lacuna_draft_summary summary = {0};
    cli_draft_run run = {.draft = d->draft,
                         .claude = d->claude,
                         .model = &d->model,
                         .progress = {.how = d->progress, .quiet = d->quiet},
                         .folder = d->folder};
    if (d->model.dry_run) {
        return cli_draft_preview(&run);
    }
    int code = cli_draft_make(&run, &summary);
    code = code == CLI_OK ? write_file(d, "drafts", ".md", render_text) : code;
    code = code == CLI_OK ? write_file(d, "report", ".json", render_report) : code;
    if (code == CLI_OK && summary.gaps + summary.rejected > 0) {
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

static int fail_open(const char *path, const lacuna_error *err)
{
    return err->status == LACUNA_E_NOTFOUND || err->status == LACUNA_E_ARGUMENT
               ? cli_report_error(NULL, err)
               : cli_report_unread(path, err);
}

/* The model before the document: its settings are options of the draft. */
static int open_draft(drafting *d, const char *path)
{
    lacuna_error err = {0};
    int code = d->ask ? cli_model_open(&d->claude, &d->model, d->options) : CLI_OK;
    if (code == CLI_OK && lacuna_draft_open(&d->draft, path, d->sources, d->source_count, d->gaps,
                                            d->gap_count, d->options, &err) != LACUNA_OK) {
        return fail_open(path, &err);
    }
    if (code == CLI_OK && d->claude != NULL) {
        lacuna_draft_set_model(d->draft, lacuna_claude_model(d->claude));
    }
    return code;
}

static int keep_steps(drafting *d)
{
    lacuna_error err = {0};
    return lacuna_draft_keep(d->draft, d->folder, d->model.no_cache, &err) == LACUNA_OK
               ? CLI_OK
               : cli_report_error(NULL, &err);
}

static int draft(drafting *d, const char *path)
{
    int code = make_folder(d->folder);
    code = code == CLI_OK ? open_draft(d, path) : code;
    if (code == CLI_OK && d->template != NULL) {
        code = cli_use_template(d->draft, d->template, d->values, d->profile);
    }
    if (code == CLI_OK && d->use_plan != NULL) {
        code = read_plan(d);
    }
    if (code == CLI_OK) {
        code = write_file(d, "plan", ".json", render_plan);
    }
    if (code == CLI_OK && !d->plan_only) {
        code = keep_steps(d);
        code = code == CLI_OK ? write_results(d, path) : code;
    }
    lacuna_draft_free(d->draft);
    lacuna_claude_close(d->claude);
    return code;
}

static int check_usage(const drafting *d)
{
    if (d->all == (d->gap_count > 0)) {
        cli_complain("draft: name gaps with --gap, or take --all-missing");
        return CLI_USAGE;
    }
    if (d->template == NULL && (d->values != NULL || d->profile != NULL)) {
        cli_complain("draft: --values and --template-profile are for --template");
        return CLI_USAGE;
    }
    if (d->folder == NULL) {
        cli_complain("draft: say with --output where the drafts are to go");
        return CLI_USAGE;
    }
    if (!d->ask && (d->model.claude != NULL || d->model.dry_run)) {
        cli_complain("draft: --claude, --max-cost and --dry-run are about --model: give it too");
        return CLI_USAGE;
    }
    if (d->ask && d->plan_only) {
        cli_complain("draft: --plan asks nobody: leave --model to the run that drafts");
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
        {FLAG_TEMPLATE, "template", 0, true},
        {FLAG_VALUES, "values", 0, true},
        {FLAG_PROFILE, "template-profile", 0, true},
        {FLAG_AS_OF, "as-of", 0, true},
        {FLAG_OUTPUT, "output", 'o', true},
        {FLAG_LIMIT, "limit", 0, true},
        {FLAG_MODEL, "model", 0, false},
        {FLAG_PROGRESS, "progress", 0, true},
        {FLAG_QUIET, "quiet", 'q', false},
        CLI_MODEL_FLAGS,
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
    cli_model_args_free(&d.model);
    return code;
}

const cli_verb CLI_DRAFT = {"draft", "draft what a document lacks, from sources", HELP, run};
