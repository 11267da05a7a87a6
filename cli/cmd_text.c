#include "limits.h"
#include "programs.h"
#include "view.h"

static const char HELP[] =
    "usage: lacuna text FILE\n"
    "\n"
    "Prints the text of a document: UTF-8, one paragraph a line, table cells\n"
    "separated by TAB, fields as their results, tracked changes as if accepted.\n"
    "Quotes in reports are pieces of exactly this text, and line numbers count its\n"
    "lines. FILE - is standard input.\n"
    "\n"
    "  --stdin-filename NAME  name shown for standard input; its ending tells\n"
    "                         Markdown from text\n" CLI_PDFTOTEXT_HELP CLI_LIMIT_HELP
    "  -q, --quiet            do not tell what was left out\n"
    "\n"
    "Examples:\n"
    "  lacuna text protocol.docx | sed -n 120,130p\n"
    "  git config diff.lacuna.textconv 'lacuna text -q'\n"
    "      (with *.docx diff=lacuna in .gitattributes: diffs of Word files)\n"
    "\n"
    "Exit codes: 0 done, 2 wrong usage, 3 the document could not be read, 5 a defect\n"
    "            of lacuna, or out of memory\n";

static lacuna_status show(const lacuna_document *document, const char *format,
                          lacuna_write_fn write, void *sink, lacuna_error *err)
{
    (void)format;
    return lacuna_document_text(document, write, sink, err);
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    return cli_view(verb, NULL, show, NULL, argc, argv);
}

const cli_verb CLI_TEXT = {"text", "print the text of a document, as reports quote it", HELP, run};
