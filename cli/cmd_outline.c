#include "limits.h"
#include "programs.h"
#include "view.h"

static const char HELP[] =
    "usage: lacuna outline PATH [--format text|json]\n"
    "\n"
    "Prints the headings of a document in order, with the numbers Word would print in\n"
    "front of them. PATH is a Word document (.docx, .docm, .dotx, .dotm), a PDF,\n"
    "Markdown or plain text, told apart by content; - is standard input. Of an eCTD\n"
    "submission (a folder, or a .zip file) it prints the CTD headings with the leaves\n"
    "under them, and what became of each after all sequences.\n"
    "\n"
    "  -f, --format FORMAT    text (default): one heading a line, indented; json:\n"
    "                         with level, number, title, origin of the heading, and\n"
    "                         its place in the document\n"
    "  --stdin-filename NAME  name shown for standard input; its ending tells\n"
    "                         Markdown from text\n" CLI_PDFTOTEXT_HELP CLI_LIMIT_HELP
    "  -q, --quiet            do not tell what was left out\n"
    "\n"
    "Examples:\n"
    "  lacuna outline protocol.docx\n"
    "  lacuna outline --format json report.docx\n"
    "  lacuna outline nda123456/\n"
    "  pandoc -t markdown notes.odt | lacuna outline - --stdin-filename notes.md\n"
    "\n"
    "Exit codes: 0 done, 2 wrong usage, 3 the document could not be read, 5 a defect\n"
    "            of lacuna, or out of memory\n";

static lacuna_status show(const lacuna_document *document, const char *format,
                          lacuna_write_fn write, void *sink, lacuna_error *err)
{
    return lacuna_document_outline(document, format, write, sink, err);
}

static lacuna_status show_submission(const lacuna_submission *submission, const char *format,
                                     lacuna_write_fn write, void *sink, lacuna_error *err)
{
    return lacuna_submission_outline(submission, format, write, sink, err);
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    static const char *const formats[] = {"text", "json", NULL};
    return cli_view(verb, formats, show, show_submission, argc, argv);
}

const cli_verb CLI_OUTLINE = {"outline", "print the headings of a document", HELP, run};
