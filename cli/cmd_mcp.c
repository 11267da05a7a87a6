#include "embedded.h"
#include "flags.h"
#include "mcp.h"
#include "programs.h"
#include "service_args.h"

#include <stdlib.h>

static const char HELP[] =
    "usage: lacuna mcp [--root FOLDER]... [flags]\n"
    "\n"
    "A server of the Model Context Protocol on standard input and output, for Claude\n"
    "and other programs that speak it: revision 2026-07-28, and 2025-11-25 and older\n"
    "with initialize. Tools: check, outline, explain, find_evidence, letter,\n"
    "draft_plan, verify_text. Resources: the checklists, their items, and whole\n"
    "results of earlier calls. Prompts: review-document, close-gap, answer-letter.\n"
    "\n"
    "Only documents in the folders allowed are read: those of --root, else those the\n"
    "client names, else the working folder; links that lead out of them are refused.\n"
    "Nothing is written and nothing is sent. Each call is worked on in a process of\n"
    "its own, held to limits. Starting changes nothing.\n"
    "\n"
    "      --root FOLDER      read in this folder; repeatable. Paths of calls are\n"
    "                         relative to the first one\n" CLI_SERVICE_HELP CLI_PDFTOTEXT_HELP "\n"
    "Example, .mcp.json of a project:\n"
    "  {\"mcpServers\": {\"lacuna\": {\"command\": \"lacuna\",\n"
    "                              \"args\": [\"mcp\", \"--root\", \"dossier\"]}}}\n"
    "\n"
    "Exit codes: 0 the client ended it, 2 wrong usage, 3 the client went away, 5 a\n"
    "            defect of lacuna, or out of memory\n";

enum { FLAG_ROOT = CLI_SERVICE_FLAGS };

typedef struct mcp_args {
    cli_service_args service;
    cli_roots roots;
} mcp_args;

static int on_flag(void *user, int id, const char *value)
{
    mcp_args *args = user;
    if (id != FLAG_ROOT) {
        return cli_service_flag(&args->service, id, value);
    }
    if (!cli_roots_add(&args->roots, value)) {
        cli_complain("--root %s: there is no such folder, or there are more than %d", value,
                     CLI_ROOTS_MAX);
        return CLI_USAGE;
    }
    return CLI_OK;
}

static void free_all(cli_mcp *mcp)
{
    cli_line_server_free(mcp->server);
    while (mcp->calls != NULL) {
        cli_mcp_call_end(mcp, mcp->calls);
    }
    for (size_t i = 0; i < CLI_MCP_KEPT_MAX; i++) {
        free(mcp->kept[i].json);
    }
    json_decref(mcp->checklists);
    json_decref(mcp->data);
    cli_roots_free(&mcp->roots);
}

static int serve(const mcp_args *args)
{
    cli_mcp mcp = {.settings = args->service.settings,
                   .roots = args->roots,
                   .roots_are_flags = args->roots.count > 0};
    const cli_line_handler handler = {&mcp, cli_mcp_on_line, cli_mcp_on_progress,
                                      cli_mcp_on_answer};
    size_t length;
    const char *data = cli_embedded_mcp(&length);
    if (!mcp.roots_are_flags && !cli_roots_add(&mcp.roots, ".")) {
        cli_complain("mcp: the working folder cannot be read; give --root FOLDER");
        return CLI_USAGE;
    }
    mcp.data = json_loadb(data, length, 0, NULL);
    mcp.server = cli_line_server_new(&handler, &mcp.settings);
    int code = CLI_INTERNAL;
    if (mcp.data != NULL && mcp.server != NULL) {
        code = cli_line_server_run(mcp.server);
    } else {
        cli_complain("out of memory");
    }
    free_all(&mcp);
    return code;
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    static const cli_flag flags[] = {CLI_SERVICE_FLAG_TABLE, {FLAG_ROOT, "root", 0, true}};
    mcp_args args = {.roots = {.count = 0}};
    cli_service_args_init(&args.service);
    cli_command_line line = {.verb = verb,
                             .flags = flags,
                             .flag_count = sizeof flags / sizeof flags[0],
                             .on_flag = on_flag,
                             .user = &args};
    int code = cli_parse_flags(&line, argc, argv);
    code = code == CLI_OK && !line.helped ? cli_expect_operands(&line, 0, 0) : code;
    code = code == CLI_OK && !line.helped ? cli_service_args_finish(&args.service) : code;
    if (code == CLI_OK && !line.helped) {
        return serve(&args);
    }
    cli_roots_free(&args.roots);
    return code;
}

const cli_verb CLI_MCP = {"mcp", "serve Claude and others by the Model Context Protocol", HELP,
                          run};
