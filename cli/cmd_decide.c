#include "gate_verb.h"
#include "output.h"
#include "result_source.h"

#include <stdio.h>
#include <unistd.h>

static const char HELP[] =
    "usage: lacuna decide ITEM --document PATH --status STATUS --at PLACE\n"
    "                     --reason TEXT --by NAME [options]\n"
    "\n"
    "Settles an item by a person's word, where the rules were wrong, could not tell,\n"
    "or two votes differ: that is no waiver, it says how it is. The decision goes\n"
    "into a file that is reviewed like code, and is bound to the digest of the\n"
    "checklist and to the text of the section: when either is changed it is void,\n"
    "and a check says so.\n"
    "\n"
    "  --document PATH        the document; a file of its own, not in a submission\n"
    "  --status STATUS        met, partial, missing, contradicts, not-applicable\n"
    "  --at PLACE             where it shows: number or title of a heading as `lacuna\n"
    "                         outline` shows it, line:N of `lacuna text`, or document\n"
    "                         for all of it (a gap shows nowhere else)\n"
    "  --reason TEXT          why\n"
    "  --by NAME              who decides\n"
    "  -o, --output FILE      the file of decisions; default that of the\n"
    "                         configuration, or .lacuna-decisions.json; - is standard\n"
    "                         output\n"
    "  --as-of YYYY-MM-DD     the day; default today (UTC)\n"
    "  --audit-log FILE       also record it there; default: that of the\n"
    "                         configuration, or nowhere\n"
    "  --audit-key-file FILE  sign the record\n"
    "  -c, --checklist ID     what to check against (repeatable)\n"
    "  --checklist-dir DIR    checklists of your own\n"
    "  --config FILE          another configuration than .lacuna.json\n"
    "  --no-config            none\n"
    "\n"
    "Example:\n"
    "  lacuna decide m11.6.7.4 --document protocol.docx --status met --at 6.7 \\\n"
    "        --reason \"It is in the pharmacy manual cited here\" --by \"R. Lead\"\n"
    "\n"
    "Exit codes: 0 written, 2 no such item or place, or wrong usage, 3 a file could\n"
    "            not be read or written, 5 a defect of lacuna, or out of memory\n";

enum {
    FLAG_DOCUMENT,
    FLAG_STATUS,
    FLAG_AT,
    FLAG_REASON,
    FLAG_BY,
    FLAG_OUTPUT,
    FLAG_AS_OF,
    FLAG_AUDIT_LOG,
    FLAG_AUDIT_KEY_FILE,
    FLAG_CHECKLIST,
    FLAG_CHECKLIST_DIR,
    FLAG_CONFIG,
    FLAG_NO_CONFIG
};

static const cli_flag FLAGS[] = {{FLAG_DOCUMENT, "document", 0, true},
                                 {FLAG_STATUS, "status", 0, true},
                                 {FLAG_AT, "at", 0, true},
                                 {FLAG_REASON, "reason", 0, true},
                                 {FLAG_BY, "by", 0, true},
                                 {FLAG_OUTPUT, "output", 'o', true},
                                 {FLAG_AS_OF, "as-of", 0, true},
                                 {FLAG_AUDIT_LOG, "audit-log", 0, true},
                                 {FLAG_AUDIT_KEY_FILE, "audit-key-file", 0, true},
                                 {FLAG_CHECKLIST, "checklist", 'c', true},
                                 {FLAG_CHECKLIST_DIR, "checklist-dir", 0, true},
                                 {FLAG_CONFIG, "config", 0, true},
                                 {FLAG_NO_CONFIG, "no-config", 0, false}};

enum { FLAG_COUNT = sizeof FLAGS / sizeof FLAGS[0] };

typedef struct request {
    cli_gate gate;
    lacuna_decision_text text;
    const char *item;
    char *document;
} request;

static int on_flag(void *user, int id, const char *value)
{
    request *r = user;
    switch (id) {
    case FLAG_DOCUMENT:
        r->document = (char *)value; /* of argv, and not written to */
        return CLI_OK;
    case FLAG_STATUS:
        r->text.status = value;
        return CLI_OK;
    case FLAG_AT:
        r->text.at = value;
        return CLI_OK;
    case FLAG_REASON:
        r->text.reason = value;
        return CLI_OK;
    case FLAG_BY:
        r->text.by = value;
        return CLI_OK;
    default:
        return cli_gate_flag(&r->gate, FLAGS, FLAG_COUNT, id, value);
    }
}

static lacuna_status render(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const request *r = user;
    return lacuna_result_decide(r->gate.result, r->item, &r->text, r->gate.output, write, sink,
                                err);
}

/* As the audit log is to name who ran the program; who decided is told by --by. */
static int name_actor(lacuna_options *options)
{
    char actor[64];
    (void)snprintf(actor, sizeof actor, "uid %lu", (unsigned long)getuid());
    return cli_set_option(options, "audit-actor", actor);
}

static int execute(void *user, const cli_command_line *line)
{
    request *r = user;
    int code = cli_expect_operands(line, 1, 1);
    if (code == CLI_OK && r->document == NULL) {
        cli_complain("decide: name the document with --document");
        code = CLI_USAGE;
    }
    code =
        code == CLI_OK ? cli_config_apply(&r->gate.config, r->gate.options, &r->document, 1) : code;
    code = code == CLI_OK ? name_actor(r->gate.options) : code;
    if (code != CLI_OK) {
        return code;
    }
    r->item = line->operands[0];
    r->gate.output =
        r->gate.output != NULL ? r->gate.output : cli_config_file(&r->gate.config, "decisions");
    code = cli_check_paths(&r->gate.result, &r->document, 1, r->gate.options);
    return code == CLI_OK ? cli_write_gate_file(r->gate.output, render, r) : code;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    request r = {.gate.config.gate_off = true};
    cli_command_line line = {
        .verb = verb, .flags = FLAGS, .flag_count = FLAG_COUNT, .on_flag = on_flag, .user = &r};
    return cli_gate_run(&r.gate, &line, execute, argc, argv);
}

const cli_verb CLI_DECIDE = {"decide", "settle an item by a person's word", HELP, run};
