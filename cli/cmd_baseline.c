#include "gate_verb.h"
#include "output.h"
#include "result_source.h"

#include <string.h>

static const char HELP[] =
    "usage: lacuna baseline write RESULT|PATH... -o FILE\n"
    "       lacuna baseline prune FILE RESULT|PATH... [-o FILE]\n"
    "\n"
    "A baseline holds the findings a team knows of. `lacuna check --baseline FILE`\n"
    "tells them apart from new ones, and its exit code counts new ones alone. RESULT\n"
    "is a file that `lacuna check --format json` wrote (its name ends with .json);\n"
    "anything else is checked as `lacuna check` would with the flags below.\n"
    "\n"
    "  write                  all findings that are not waived\n"
    "  prune                  take out of FILE what is fixed, and add nothing\n"
    "\n"
    "  -o, --output FILE      where to write; prune: default FILE itself; - is\n"
    "                         standard output\n"
    "  -c, --checklist ID     as for check (repeatable); so are the following\n"
    "  --checklist-dir DIR    checklists of your own\n"
    "  --tailoring FILE       what leaves out, weighs and adds items\n"
    "  --waivers FILE         what they waive does not go into the baseline\n"
    "  --decisions FILE       items a person settled\n"
    "  --document-id PAT=ID   what documents are known as\n"
    "  --as-of YYYY-MM-DD     the day to judge on\n"
    "  --config FILE          another configuration than .lacuna.json\n"
    "  --no-config            none\n"
    "\n"
    "Findings are known by their fingerprint: edits elsewhere, saving again in\n"
    "another word processor and, where the document states an identifier or has an\n"
    "id, renaming do not make them new. Entries of documents that were not looked\n"
    "at are kept by prune.\n"
    "\n"
    "Examples:\n"
    "  lacuna baseline write documents/ -o lacuna-baseline.json\n"
    "  lacuna check documents/ --baseline lacuna-baseline.json\n"
    "  lacuna baseline prune lacuna-baseline.json documents/\n"
    "\n"
    "Exit codes: 0 written, 2 wrong usage or a malformed file, 3 something could not\n"
    "            be read or written (nothing is written then), 5 a defect of lacuna,\n"
    "            or out of memory\n";

enum {
    FLAG_OUTPUT,
    FLAG_CHECKLIST,
    FLAG_CHECKLIST_DIR,
    FLAG_TAILORING,
    FLAG_WAIVERS,
    FLAG_DECISIONS,
    FLAG_DOCUMENT_ID,
    FLAG_AS_OF,
    FLAG_CONFIG,
    FLAG_NO_CONFIG
};

static const cli_flag FLAGS[] = {{FLAG_OUTPUT, "output", 'o', true},
                                 {FLAG_CHECKLIST, "checklist", 'c', true},
                                 {FLAG_CHECKLIST_DIR, "checklist-dir", 0, true},
                                 {FLAG_TAILORING, "tailoring", 0, true},
                                 {FLAG_WAIVERS, "waivers", 0, true},
                                 {FLAG_DECISIONS, "decisions", 0, true},
                                 {FLAG_DOCUMENT_ID, "document-id", 0, true},
                                 {FLAG_AS_OF, "as-of", 0, true},
                                 {FLAG_CONFIG, "config", 0, true},
                                 {FLAG_NO_CONFIG, "no-config", 0, false}};

enum { FLAG_COUNT = sizeof FLAGS / sizeof FLAGS[0] };

typedef struct request {
    cli_gate gate;
    bool prune;
} request;

static int on_flag(void *user, int id, const char *value)
{
    request *r = user;
    return cli_gate_flag(&r->gate, FLAGS, FLAG_COUNT, id, value);
}

static lacuna_status render(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const request *r = user;
    return r->prune ? lacuna_result_baseline_pruned(r->gate.result, write, sink, err)
                    : lacuna_result_baseline(r->gate.result, write, sink, err);
}

static int write_baseline(request *r, char **operands, int count)
{
    int code = cli_obtain_result(&r->gate.result, operands, count, r->gate.options);
    if (code != CLI_OK) {
        return code;
    }
    if (lacuna_result_verdict(r->gate.result) == LACUNA_INCOMPLETE) {
        cli_complain("baseline: something was not read, so what is known is not complete; nothing "
                     "was written");
        return CLI_INCOMPLETE;
    }
    return strcmp(r->gate.output, "-") == 0 ? cli_render_stdout(render, r, false)
                                            : cli_render_file(r->gate.output, render, r);
}

static int execute(void *user, const cli_command_line *line)
{
    request *r = user;
    int code = cli_expect_operands(line, 2, 4096);
    if (code != CLI_OK) {
        return code;
    }
    const char *what = line->operands[0];
    r->prune = strcmp(what, "prune") == 0;
    if (!r->prune && strcmp(what, "write") != 0) {
        cli_complain("baseline %s: it is write or prune", what);
        return CLI_USAGE;
    }
    if (!r->prune && r->gate.output == NULL) {
        cli_complain("baseline write: name the file to write with --output");
        return CLI_USAGE;
    }
    if (r->prune && line->operand_count < 3) {
        cli_complain("baseline prune: name the baseline, then a result or what to check");
        return CLI_USAGE;
    }
    int first = r->prune ? 2 : 1;
    code = cli_config_remember(&r->gate.config, "baseline",
                               ""); /* that of the settings is not meant */
    if (code == CLI_OK) {
        code = cli_config_apply(&r->gate.config, r->gate.options, line->operands + first,
                                line->operand_count - first);
    }
    if (code == CLI_OK && r->prune) {
        code = cli_set_option(r->gate.options, "baseline", line->operands[1]);
        r->gate.output = r->gate.output == NULL ? line->operands[1] : r->gate.output;
    }
    return code == CLI_OK ? write_baseline(r, line->operands + first, line->operand_count - first)
                          : code;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    request r = {.prune = false};
    cli_command_line line = {
        .verb = verb, .flags = FLAGS, .flag_count = FLAG_COUNT, .on_flag = on_flag, .user = &r};
    return cli_gate_run(&r.gate, &line, execute, argc, argv);
}

const cli_verb CLI_BASELINE = {"baseline", "keep the findings that are known", HELP, run};
