#include "catalog.h"

static const char HELP[] =
    "usage: lacuna explain ITEM [--format text|json] [--checklist-dir DIR]\n"
    "\n"
    "Prints one checklist item: what is asked, where it is asked and how far that\n"
    "source was read, when it applies, which headings and words are looked for, and\n"
    "its test sentences. ITEM is an id as reports show it in brackets, or\n"
    "CHECKLIST/ITEM where two checklists use one id. Rules about the document itself\n"
    "(docx/tracked-changes) are explained too.\n"
    "\n"
    "  -f, --format FORMAT    text (default) or json\n"
    "  --checklist-dir DIR    add checklists of your own\n"
    "\n"
    "Example:\n"
    "  lacuna explain e6r2.6.4.8\n"
    "\n"
    "Exit codes: 0 done, 2 wrong usage or no such item, 5 a defect of lacuna, or out\n"
    "            of memory\n";

static lacuna_status show(const lacuna_catalog *catalog, const char *name, const char *format,
                          const lacuna_options *options, lacuna_write_fn write, void *sink,
                          lacuna_error *err)
{
    return lacuna_catalog_explain(catalog, name, format, options, write, sink, err);
}

static int run(const cli_verb *verb, int argc, char **argv)
{
    return cli_show_catalog(verb, show, 1, 1, argc, argv);
}

const cli_verb CLI_EXPLAIN = {"explain", "print what one checklist item asks for and why", HELP,
                              run};
