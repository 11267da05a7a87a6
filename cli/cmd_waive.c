#include "gate_verb.h"
#include "output.h"
#include "result_source.h"

static const char HELP[] =
    "usage: lacuna waive FINGERPRINT|ITEM RESULT|PATH... [options]\n"
    "\n"
    "Writes a waiver for a finding into the file of waivers: that a person accepts a\n"
    "gap, for a reason and for a time. The finding is named by its fingerprint (its\n"
    "first 8 digits or more) or by the item or rule. RESULT is a file that `lacuna\n"
    "check --format json` wrote; anything else is checked.\n"
    "\n"
    "  --document DOCUMENT    where several documents have such a finding: the path\n"
    "                         or identity of one\n"
    "  --reason TEXT          why the gap is accepted\n"
    "  --approver NAME        who accepts it\n"
    "  --expires YYYY-MM-DD   last day\n"
    "  -o, --output FILE      the file of waivers; default that of the configuration,\n"
    "                         or .lacuna-waivers.json; - is standard output\n"
    "  --as-of YYYY-MM-DD     the day it is created; default today (UTC)\n"
    "  -c, --checklist ID     what to check PATH against (repeatable)\n"
    "  --checklist-dir DIR    checklists of your own\n"
    "  --config FILE          another configuration than .lacuna.json\n"
    "  --no-config            none\n"
    "\n"
    "What is left out is written as TODO, and a check refuses the file until a\n"
    "person has written it. A waiver is bound to the digest of the checklist. One\n"
    "that is unused, expired or for another version of the checklist is a finding.\n"
    "\n"
    "Examples:\n"
    "  lacuna waive 5da45ba6 result.json --reason \"In the SAP, section 3\" \\\n"
    "        --approver \"R. Lead\" --expires 2027-01-31\n"
    "  lacuna waive m11.6.7.4 protocol.docx\n"
    "\n"
    "Exit codes: 0 written, 2 no such finding, several, or wrong usage, 3 a file\n"
    "            could not be read or written, 5 a defect of lacuna, or out of memory\n";

enum {
    FLAG_DOCUMENT,
    FLAG_REASON,
    FLAG_APPROVER,
    FLAG_EXPIRES,
    FLAG_OUTPUT,
    FLAG_AS_OF,
    FLAG_CHECKLIST,
    FLAG_CHECKLIST_DIR,
    FLAG_CONFIG,
    FLAG_NO_CONFIG
};

static const cli_flag FLAGS[] = {
    {FLAG_DOCUMENT, "document", 0, true},     {FLAG_REASON, "reason", 0, true},
    {FLAG_APPROVER, "approver", 0, true},     {FLAG_EXPIRES, "expires", 0, true},
    {FLAG_OUTPUT, "output", 'o', true},       {FLAG_AS_OF, "as-of", 0, true},
    {FLAG_CHECKLIST, "checklist", 'c', true}, {FLAG_CHECKLIST_DIR, "checklist-dir", 0, true},
    {FLAG_CONFIG, "config", 0, true},         {FLAG_NO_CONFIG, "no-config", 0, false}};

enum { FLAG_COUNT = sizeof FLAGS / sizeof FLAGS[0] };

typedef struct request {
    cli_gate gate;
    lacuna_waiver_text text;
    const char *what, *document;
} request;

static int on_flag(void *user, int id, const char *value)
{
    request *r = user;
    switch (id) {
    case FLAG_DOCUMENT:
        r->document = value;
        return CLI_OK;
    case FLAG_REASON:
        r->text.justification = value;
        return CLI_OK;
    case FLAG_APPROVER:
        r->text.approver = value;
        return CLI_OK;
    case FLAG_EXPIRES:
        r->text.expires = value;
        return CLI_OK;
    default:
        return cli_gate_flag(&r->gate, FLAGS, FLAG_COUNT, id, value);
    }
}

static lacuna_status render(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const request *r = user;
    return lacuna_result_waive(r->gate.result, r->what, r->document, &r->text, r->gate.output,
                               write, sink, err);
}

static int execute(void *user, const cli_command_line *line)
{
    request *r = user;
    int code = cli_expect_operands(line, 2, 4096);
    if (code == CLI_OK) {
        code = cli_config_apply(&r->gate.config, r->gate.options, line->operands + 1,
                                line->operand_count - 1);
    }
    if (code != CLI_OK) {
        return code;
    }
    r->what = line->operands[0];
    r->gate.output =
        r->gate.output != NULL ? r->gate.output : cli_config_file(&r->gate.config, "waivers");
    /* Without the waivers that are there: one that is expired is what is to be written anew. */
    code = cli_obtain_result(&r->gate.result, line->operands + 1, line->operand_count - 1,
                             r->gate.options);
    return code == CLI_OK ? cli_write_gate_file(r->gate.output, render, r) : code;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    request r = {.gate.config.gate_off = true};
    cli_command_line line = {
        .verb = verb, .flags = FLAGS, .flag_count = FLAG_COUNT, .on_flag = on_flag, .user = &r};
    return cli_gate_run(&r.gate, &line, execute, argc, argv);
}

const cli_verb CLI_WAIVE = {"waive", "accept a gap, for a reason and a time", HELP, run};
