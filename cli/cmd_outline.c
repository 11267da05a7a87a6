#include "limits.h"
#include "view.h"

static const char HELP[] =
    "usage: lacuna outline FILE [--format text|json]\n\n"
    "Prints the headings of a document in order, with the numbers Word would print in front of "
    "them.\n"
    "FILE is a Word document (.docx, .docm, .dotx, .dotm), Markdown or plain text, told apart by\n"
    "content; - is standard input.\n\n"
    "  --format text|json     text: one heading a line, indented; json: with level, number, "
    "title,\n"
    "                         where the heading comes from, and its place in the document\n"
    "  --stdin-filename NAME  name shown for standard input; its ending tells Markdown from "
    "text\n" CLI_LIMIT_HELP "  -q, --quiet            do not tell what was left out\n\n"
    "Examples:\n"
    "  lacuna outline protocol.docx\n"
    "  lacuna outline --format json report.docx\n"
    "  pandoc -t markdown notes.odt | lacuna outline - --stdin-filename notes.md\n\n"
    "Exit codes: 0 done, 2 wrong usage, 3 the document could not be read, 5 a defect of lacuna\n";

static lacuna_status show(const lacuna_document *document, const char *format,
                          lacuna_write_fn write, void *sink, lacuna_error *err)
{
    return lacuna_document_outline(document, format, write, sink, err);
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    static const char *const formats[] = {"text", "json", NULL};
    return cli_view(verb, formats, show, argc, argv);
}

const cli_verb CLI_OUTLINE = {"outline", "print the headings of a document", HELP, run};
