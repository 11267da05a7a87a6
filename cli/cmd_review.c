#include "flags.h"
#include "input.h"
#include "model_args.h"
#include "output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char HELP[] =
    "usage: lacuna review FOLDER [GAP] [--format text|json]\n"
    "       lacuna review FOLDER accept|reject GAP --by NAME --reason TEXT\n"
    "       lacuna review FOLDER edit GAP --text FILE --by NAME --reason TEXT\n"
    "\n"
    "What persons decide about the drafts in a folder of lacuna draft. Nothing is\n"
    "final by itself: without a decision a draft stays a draft. The first form lists\n"
    "the drafts with their state (drafted, accepted, rejected, edited), or shows one\n"
    "with its text, what of it did not hold, and every decision about it.\n"
    "\n"
    "A decision is recorded in the audit log and in FOLDER/review.json, and the next\n"
    "lacuna draft into the folder honours it: rejected drafts are left out, edited\n"
    "ones have the person's text, all tell in their comments who decided. What of an\n"
    "edited text the draft's sources do not say is listed, and kept: the person\n"
    "decides. A decision is about one draft: it does not hold for another, made from\n"
    "other sources.\n"
    "\n"
    "      --by NAME          who decides\n"
    "      --reason TEXT      why\n"
    "      --text FILE        edit: the person's own text, Markdown as in drafts.md;\n"
    "                         - is standard input\n"
    "  -f, --format FORMAT    of the list: text (default) or json\n"
    "  --audit-log FILE       default: audit.jsonl in the state folder\n"
    "  --audit-key-file FILE  sign the entry with the key in FILE (mode 0600)\n"
    "\n"
    "Examples:\n"
    "  lacuna review out/\n"
    "  lacuna review out/ m11.6.7.4\n"
    "  lacuna review out/ reject m11.6.7.4 --by \"A. Berg\" --reason \"see SOP 12\"\n"
    "\n"
    "Exit codes: 0 done, 1 listed, and drafts are without a decision; or recorded,\n"
    "            and parts of an edited text are not in the sources, 2 wrong usage or\n"
    "            no such draft, 3 something could not be read or written, 5 a defect\n"
    "            of lacuna, or out of memory\n";

enum { FLAG_BY, FLAG_REASON, FLAG_TEXT, FLAG_FORMAT, FLAG_AUDIT_LOG, FLAG_AUDIT_KEY };

enum { TEXT_BYTES_MAX = 1 << 20 };

typedef struct reviewing {
    lacuna_options *options;
    cli_model_args record; /* of it only where the audit log is */
    const char *by, *reason, *text, *format;
    const char *gap;
    lacuna_review *review;
} reviewing;

static int on_flag(void *user, int id, const char *value)
{
    static const char *const formats[] = {"text", "json", NULL};
    reviewing *r = user;
    switch (id) {
    case FLAG_BY:
        r->by = value;
        return CLI_OK;
    case FLAG_REASON:
        r->reason = value;
        return CLI_OK;
    case FLAG_TEXT:
        r->text = value;
        return CLI_OK;
    case FLAG_AUDIT_LOG:
        r->record.audit_log = value;
        return CLI_OK;
    case FLAG_AUDIT_KEY:
        return cli_set_option(r->options, "audit-key-file", value);
    default:
        return cli_choose(&r->format, "format", value, formats);
    }
}

static int fail(const char *folder, const lacuna_error *err)
{
    if (err->status == LACUNA_E_NOTFOUND || err->status == LACUNA_E_ARGUMENT) {
        (void)cli_report_error(NULL, err);
        return CLI_USAGE;
    }
    return cli_report_unread(folder, err);
}

/* ---- listing -------------------------------------------------------------------------------- */

static lacuna_status render(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const reviewing *r = user;
    return lacuna_review_render(r->review, r->gap, r->format == NULL ? "text" : r->format, write,
                                sink, err);
}

static int list(reviewing *r, const char *folder, const char *gap)
{
    lacuna_error err = {0};
    if (r->by != NULL || r->reason != NULL || r->text != NULL) {
        cli_complain("review: say accept, reject or edit in front of the gap");
        return CLI_USAGE;
    }
    if (lacuna_review_open(&r->review, folder, r->options, &err) != LACUNA_OK) {
        return fail(folder, &err);
    }
    r->gap = gap;
    int code = cli_render_stdout(render, r, r->format == NULL);
    bool open = lacuna_review_count(r->review, "drafted") > 0;
    return code == CLI_OK && open && gap == NULL ? CLI_FINDINGS : code;
}

/* ---- deciding ------------------------------------------------------------------------------- */

static int read_text(char **data, size_t *length, const char *path)
{
    *data = NULL;
    *length = 0;
    if (path == NULL) {
        return CLI_OK;
    }
    if (strcmp(path, "-") == 0) {
        return cli_read_descriptor(data, length, STDIN_FILENO, TEXT_BYTES_MAX, "standard input");
    }
    return cli_read_file(data, length, path, TEXT_BYTES_MAX);
}

static int record(reviewing *r, const char *folder, const char *state, const char *gap,
                  const char *text, size_t length)
{
    lacuna_error err = {0};
    uint64_t unsupported = 0;
    int code = cli_model_set_audit(&r->record, r->options);
    if (code != CLI_OK) {
        return code;
    }
    if (lacuna_review_open(&r->review, folder, r->options, &err) != LACUNA_OK ||
        lacuna_review_decide(r->review, &unsupported, gap, state, r->by, r->reason, text, length,
                             &err) != LACUNA_OK) {
        return fail(folder, &err);
    }
    r->gap = gap;
    cli_complain("recorded: %s is %s by %s. It holds from the next lacuna draft into %s on", gap,
                 state, r->by, folder);
    if (unsupported == 0) {
        return CLI_OK;
    }
    cli_complain("%llu parts of the text are not in the sources of the draft; they are kept, and "
                 "listed here:",
                 (unsigned long long)unsupported);
    code = cli_render_stdout(render, r, true);
    return code == CLI_OK ? CLI_FINDINGS : code;
}

static int decide(reviewing *r, const char *folder, const char *state, const char *gap)
{
    char *data;
    size_t length;
    bool edits = strcmp(state, "edited") == 0;
    if (r->by == NULL || r->reason == NULL) {
        cli_complain("review: a decision needs --by and --reason");
        return CLI_USAGE;
    }
    if (edits == (r->text == NULL)) {
        cli_complain(edits ? "review edit: name the person's text with --text"
                           : "review: only edit takes --text");
        return CLI_USAGE;
    }
    int code = read_text(&data, &length, r->text);
    code = code == CLI_OK ? record(r, folder, state, gap, edits ? data : NULL, length) : code;
    free(data);
    return code;
}

/* The state a word asks for; NULL: it is none. */
static const char *state_of(const char *word)
{
    return strcmp(word, "accept") == 0   ? "accepted"
           : strcmp(word, "reject") == 0 ? "rejected"
           : strcmp(word, "edit") == 0   ? "edited"
                                         : NULL;
}

static int review(reviewing *r, const cli_command_line *line)
{
    const char *folder = line->operands[0];
    const char *state = line->operand_count > 1 ? state_of(line->operands[1]) : NULL;
    if (state != NULL && line->operand_count < 3) {
        cli_complain("review %s: name the gap", line->operands[1]);
        return CLI_USAGE;
    }
    if (state == NULL && line->operand_count == 3) {
        cli_complain("review: %s is not accept, reject or edit", line->operands[1]);
        return CLI_USAGE;
    }
    return state != NULL ? decide(r, folder, state, line->operands[2])
                         : list(r, folder, line->operand_count > 1 ? line->operands[1] : NULL);
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {
        {FLAG_BY, "by", 0, true},
        {FLAG_REASON, "reason", 0, true},
        {FLAG_TEXT, "text", 0, true},
        {FLAG_FORMAT, "format", 'f', true},
        {FLAG_AUDIT_LOG, "audit-log", 0, true},
        {FLAG_AUDIT_KEY, "audit-key-file", 0, true},
    };
    lacuna_error err = {0};
    reviewing r = {.by = NULL};
    if (lacuna_options_new(&r.options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    cli_command_line line = {.verb = verb,
                             .flags = flags,
                             .flag_count = sizeof flags / sizeof flags[0],
                             .on_flag = on_flag,
                             .user = &r};
    int code = cli_parse_flags(&line, argc, argv);
    if (code == CLI_OK && !line.helped) {
        code = cli_expect_operands(&line, 1, 3);
        code = code == CLI_OK ? review(&r, &line) : code;
    }
    lacuna_review_free(r.review);
    lacuna_options_free(r.options);
    return code;
}

const cli_verb CLI_REVIEW = {"review", "decide about drafts, and list what was decided", HELP, run};
