#include "flags.h"
#include "input.h"
#include "limits.h"
#include "output.h"
#include "programs.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char HELP[] =
    "usage: lacuna respond LETTER --submission PATH... -o FOLDER [--plan]\n"
    "              [--use-plan FILE] [--template FILE.docx]\n"
    "\n"
    "Drafts the answer to an agency's letter from the submission it is about: each\n"
    "question word for word, passages of the sources word for word with where they\n"
    "stand, and [DATA NEEDED: ...] for what a person has to supply. A person edits\n"
    "the plan (short answer, changes, where they are filed, attachments, commitments\n"
    "with owner and date) and runs it again. Nothing is sent anywhere. FOLDER gets\n"
    "  plan.json          per query: sources, and what a person supplies\n"
    "  response.docx      the answers; response.md the same to read\n"
    "  cover-letter.docx  with the words this kind of letter requires\n"
    "  tracker.xlsx       one row a query, and the duties; tracker.csv the same\n"
    "  commitments.csv    what is promised, by whom and until when\n"
    "  manifest.json      makes it a package: `lacuna check FOLDER`\n"
    "\n"
    "  -s, --submission PATH  the submission the letter is about, a document or a\n"
    "                         folder that the answer rests on (repeatable)\n"
    "  --plan                 write plan.json only, to be edited\n"
    "  --use-plan FILE        answer by a plan that was edited\n"
    "  --template FILE        write response.docx into this Word template of yours,\n"
    "                         at {{responses}} or behind its text; default: that of\n"
    "                         `lacuna templates export response`\n"
    "  --cover-template FILE  the same for cover-letter.docx\n"
    "  --allow-incomplete     answer a letter of which text is missing; every file\n"
    "                         then says so\n"
    "  --force                overwrite files that somebody has changed\n"
    "  --as-of YYYY-MM-DD     the day that counts as today\n"
    "  -o, --output FOLDER    where the package goes; made where it is not "
    "there\n" CLI_PDFTOTEXT_HELP CLI_LIMIT_HELP "\n"
    "Examples:\n"
    "  lacuna respond letter.pdf --submission nda123456/ --plan -o answer/\n"
    "  lacuna respond letter.pdf -s nda123456/ --use-plan answer/plan.json -o answer/\n"
    "  lacuna check answer/\n"
    "\n"
    "Exit codes: 0 done, 1 done, and something is left for a person to supply,\n"
    "            2 wrong usage, a plan that does not fit, or files that would be\n"
    "            overwritten, 3 the letter is incomplete, or something could not be\n"
    "            read or written, 4 the letter asks for nothing, 5 a defect of\n"
    "            lacuna, or out of memory\n";

enum {
    FLAG_SUBMISSION,
    FLAG_PLAN,
    FLAG_USE_PLAN,
    FLAG_TEMPLATE,
    FLAG_COVER_TEMPLATE,
    FLAG_ALLOW_INCOMPLETE,
    FLAG_FORCE,
    FLAG_AS_OF,
    FLAG_OUTPUT,
    FLAG_PDFTOTEXT,
    FLAG_LIMIT,
};

enum { LIST_MAX = 256, PLAN_BYTES_MAX = 64 * 1024 * 1024 };

typedef struct answering {
    lacuna_options *options;
    const char *submissions[LIST_MAX];
    size_t submission_count;
    const char *folder, *use_plan, *template, *cover_template, *pdftotext;
    bool plan_only, allow_incomplete, force;
    lacuna_letter *letter;
    lacuna_reply *response;
    const char *file; /* that is written now */
} answering;

static int on_flag(void *user, int id, const char *value)
{
    answering *a = user;
    switch (id) {
    case FLAG_SUBMISSION:
        if (a->submission_count == LIST_MAX) {
            cli_complain("more than %d times --submission", LIST_MAX);
            return CLI_USAGE;
        }
        a->submissions[a->submission_count++] = value;
        return CLI_OK;
    case FLAG_PLAN:
        a->plan_only = true;
        return CLI_OK;
    case FLAG_USE_PLAN:
        a->use_plan = value;
        return CLI_OK;
    case FLAG_TEMPLATE:
        a->template = value;
        return CLI_OK;
    case FLAG_COVER_TEMPLATE:
        a->cover_template = value;
        return CLI_OK;
    case FLAG_ALLOW_INCOMPLETE:
        a->allow_incomplete = true;
        return CLI_OK;
    case FLAG_FORCE:
        a->force = true;
        return CLI_OK;
    case FLAG_OUTPUT:
        a->folder = value;
        return CLI_OK;
    case FLAG_PDFTOTEXT:
        a->pdftotext = value;
        return CLI_OK;
    case FLAG_AS_OF:
        return cli_set_option(a->options, "as-of", value);
    default:
        return cli_set_limit(a->options, value);
    }
}

/* ---- files ---------------------------------------------------------------------------------- */

static lacuna_status render(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const answering *a = user;
    return lacuna_reply_write(a->response, a->file, write, sink, err);
}

static bool is_written(const answering *a, const char *name)
{
    return !a->plan_only || strcmp(name, "plan.json") == 0;
}

/* Says which files somebody has changed; nothing is written then. */
static int refuse_changed(const answering *a)
{
    size_t count;
    const char *const *files = lacuna_reply_files(&count);
    int code = CLI_OK;
    for (size_t i = 0; i < count && !a->force; i++) {
        lacuna_error err = {0};
        int32_t changed = 0;
        if (!is_written(a, files[i])) {
            continue;
        }
        if (lacuna_reply_changed(&changed, a->response, a->folder, files[i], &err) != LACUNA_OK) {
            return cli_report_error(a->folder, &err);
        }
        if (changed != 0) {
            cli_complain("%s/%s: somebody has changed it, and it would be overwritten", a->folder,
                         files[i]);
            code = CLI_USAGE;
        }
    }
    if (code != CLI_OK) {
        cli_complain("nothing was written: answer by the changed plan with --use-plan, write to "
                     "another folder, or overwrite with --force");
    }
    return code;
}

static int write_files(answering *a)
{
    size_t count;
    const char *const *files = lacuna_reply_files(&count);
    int code = CLI_OK;
    for (size_t i = 0; i < count && code == CLI_OK; i++) {
        char path[PATH_MAX];
        if (!is_written(a, files[i])) {
            continue;
        }
        int length = snprintf(path, sizeof path, "%s/%s", a->folder, files[i]);
        if (length < 0 || length >= PATH_MAX) {
            cli_complain("%s: the path is too long", a->folder);
            return CLI_USAGE;
        }
        a->file = files[i];
        code = cli_render_file(path, render, a);
    }
    return code;
}

static int make_folder(const char *folder)
{
    if (mkdir(folder, 0700) == 0 || errno == EEXIST) {
        return CLI_OK;
    }
    cli_complain("%s: the folder cannot be made: %s", folder, strerror(errno));
    return CLI_INCOMPLETE;
}

/* ---- plan and templates --------------------------------------------------------------------- */

static int read_plan(const answering *a)
{
    char *data;
    size_t length;
    lacuna_error err = {0};
    int code = cli_read_file(&data, &length, a->use_plan, PLAN_BYTES_MAX);
    if (code != CLI_OK) {
        return code;
    }
    if (lacuna_reply_use_plan(a->response, data, length, &err) != LACUNA_OK) {
        code = cli_report_error(a->use_plan, &err);
        code = code == CLI_INTERNAL ? code : CLI_USAGE;
    }
    free(data);
    return code;
}

static int read_template(const answering *a, const char *name, const char *path)
{
    lacuna_error err = {0};
    return path == NULL || lacuna_reply_template(a->response, name, path, &err) == LACUNA_OK
               ? CLI_OK
               : cli_report_unread(path, &err);
}

/* ---- the answer ----------------------------------------------------------------------------- */

static int tell(const answering *a)
{
    char text[2048];
    lacuna_reply *r = a->response;
    const char *place = lacuna_reply_placement(r, "response.docx");
    const char *cover = lacuna_reply_placement(r, "cover-letter.docx");
    unsigned long long needed = lacuna_reply_count(r, "needed");
    int length = snprintf(text, sizeof text,
                          "%llu answers from %llu sections and tables, %llu commitments; %llu "
                          "facts are still needed\n"
                          "cites: %llu found, %llu ambiguous, %llu not found, %llu not looked at\n"
                          "response.docx may be filed under %s\n"
                          "cover-letter.docx may be filed under %s\n"
                          "every answer is a draft and has to be reviewed by a person: %s\n",
                          (unsigned long long)lacuna_reply_count(r, "queries"),
                          (unsigned long long)lacuna_reply_count(r, "sources"),
                          (unsigned long long)lacuna_reply_count(r, "commitments"), needed,
                          (unsigned long long)lacuna_reply_count(r, "found"),
                          (unsigned long long)lacuna_reply_count(r, "ambiguous"),
                          (unsigned long long)lacuna_reply_count(r, "not-found"),
                          (unsigned long long)lacuna_reply_count(r, "not-looked-at"),
                          place == NULL ? "" : place, cover == NULL ? "" : cover, a->folder);
    int code = length > 0 && (size_t)length < sizeof text ? cli_print(1, text) : CLI_INTERNAL;
    return code == CLI_OK && needed > 0 ? CLI_FINDINGS : code;
}

static int write_package(answering *a)
{
    int code = a->use_plan == NULL ? CLI_OK : read_plan(a);
    code = code == CLI_OK ? read_template(a, "response.docx", a->template) : code;
    code = code == CLI_OK ? read_template(a, "cover-letter.docx", a->cover_template) : code;
    code = code == CLI_OK ? make_folder(a->folder) : code;
    code = code == CLI_OK ? refuse_changed(a) : code;
    code = code == CLI_OK ? write_files(a) : code;
    return code == CLI_OK && !a->plan_only ? tell(a) : code;
}

static int open_response(answering *a, const char *path)
{
    lacuna_error err = {0};
    lacuna_status status =
        lacuna_reply_open(&a->response, a->letter, a->allow_incomplete ? 1 : 0, a->options, &err);
    if (status == LACUNA_OK) {
        return CLI_OK;
    }
    int code =
        status == LACUNA_E_FORMAT ? cli_report_unread(path, &err) : cli_report_error(path, &err);
    return status == LACUNA_E_NOTFOUND ? CLI_NOTHING : code;
}

static int respond(answering *a, const char *path)
{
    lacuna_error err = {0};
    if (lacuna_letter_open(&a->letter, path, a->options, &err) != LACUNA_OK) {
        return cli_report_unread(path, &err);
    }
    if (lacuna_letter_resolve(a->letter, a->submissions, a->submission_count, a->options, &err) !=
        LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    size_t unread = lacuna_letter_unread_count(a->letter);
    for (size_t i = 0; i < unread; i++) {
        cli_complain("%s", lacuna_letter_unread(a->letter, i));
    }
    int code = open_response(a, path);
    code = code == CLI_OK ? write_package(a) : code;
    bool partly = unread > 0 || lacuna_letter_incomplete(a->letter) != 0;
    return partly && (code == CLI_OK || code == CLI_FINDINGS) ? CLI_INCOMPLETE : code;
}

static int check_usage(const answering *a)
{
    if (a->submission_count == 0) {
        cli_complain("respond: name the submission the letter is about with --submission");
        return CLI_USAGE;
    }
    if (a->folder == NULL) {
        cli_complain("respond: say with --output where the package is to go");
        return CLI_USAGE;
    }
    return CLI_OK;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {
        {FLAG_SUBMISSION, "submission", 's', true},
        {FLAG_PLAN, "plan", 0, false},
        {FLAG_USE_PLAN, "use-plan", 0, true},
        {FLAG_TEMPLATE, "template", 0, true},
        {FLAG_COVER_TEMPLATE, "cover-template", 0, true},
        {FLAG_ALLOW_INCOMPLETE, "allow-incomplete", 0, false},
        {FLAG_FORCE, "force", 0, false},
        {FLAG_AS_OF, "as-of", 0, true},
        {FLAG_OUTPUT, "output", 'o', true},
        {FLAG_PDFTOTEXT, "pdftotext", 0, true},
        {FLAG_LIMIT, "limit", 0, true},
    };
    lacuna_error err = {0};
    answering a = {.submission_count = 0};
    if (lacuna_options_new(&a.options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    cli_command_line line = {.verb = verb,
                             .flags = flags,
                             .flag_count = sizeof flags / sizeof flags[0],
                             .on_flag = on_flag,
                             .user = &a};
    int code = cli_parse_flags(&line, argc, argv);
    if (code == CLI_OK && !line.helped) {
        code = cli_expect_operands(&line, 1, 1);
        code = code == CLI_OK ? check_usage(&a) : code;
        code = code == CLI_OK ? cli_set_pdf_reader(a.options, a.pdftotext) : code;
        code = code == CLI_OK ? respond(&a, line.operands[0]) : code;
    }
    lacuna_reply_free(a.response);
    lacuna_letter_free(a.letter);
    lacuna_options_free(a.options);
    return code;
}

const cli_verb CLI_RESPOND = {"respond", "draft the answer to an agency's letter", HELP, run};
