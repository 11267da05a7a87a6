#include "catalog.h"
#include "checklists.h"

#include <string.h>

static const char HELP[] =
    "usage: lacuna checklists [list] [--format text|json] [--checklist-dir DIR]\n"
    "       lacuna checklists show ID [--format text|json|markdown]\n"
    "                                 [--checklist-dir DIR]\n"
    "       lacuna checklists lint FILE... [-q]\n"
    "       lacuna checklists test FILE... [-q]\n"
    "       lacuna checklists new ID --type TYPE [-o FILE]\n"
    "       lacuna checklists export ID --format csv|xlsx|json [-o FILE]\n"
    "                                   [--checklist-dir DIR]\n"
    "       lacuna checklists import FILE.csv|FILE.xlsx [-o FILE.json] [-q]\n"
    "       lacuna checklists diff A B [--document FILE] [--format text|json] [-v]\n"
    "\n"
    "list prints the checklists there are; show prints the items of one. For authors:\n"
    "new writes a checklist to begin with; lint checks files: format, ids, terms, and\n"
    "every test sentence; test runs the sentences alone and tells which term matched\n"
    "where; export writes one for a spreadsheet, import reads it back, with the row\n"
    "and column of what is wrong. checklists/README.md describes the format.\n"
    "diff tells what B asks that A does not, and what changed; both are ids or files.\n"
    "With a document it tells which items of B the document does not show.\n"
    "\n"
    "  -f, --format FORMAT    text (default) or json; show: or markdown; export:\n"
    "                         csv, xlsx or json\n"
    "  --checklist-dir DIR    add checklists of your own\n"
    "  -t, --type TYPE        new: the document type it is for; diff: that of the\n"
    "                         document\n"
    "  -o, --output FILE      write to a file, which appears whole or not at all\n"
    "  -d, --document FILE    diff: hold this document to both\n"
    "  -v, --verbose          diff: every member that changed, and what is the same\n"
    "  -q, --quiet            errors and failures only\n"
    "\n"
    "Examples:\n"
    "  lacuna checklists\n"
    "  lacuna checklists show informed_consent\n"
    "  lacuna checklists lint checklists/*.json\n"
    "  lacuna checklists export informed_consent --format xlsx -o consent.xlsx\n"
    "  lacuna checklists import consent.xlsx -o informed_consent.json\n"
    "  lacuna checklists diff protocol_e6r2 protocol_e6r3 --document protocol.docx\n"
    "\n"
    "Exit codes: 0 done, 1 lint, test or import found errors, 2 wrong usage or no\n"
    "            such checklist, 3 a file could not be read or written, 5 a defect of\n"
    "            lacuna, or out of memory\n";

static lacuna_status show_list(const lacuna_catalog *catalog, const char *name, const char *format,
                               const lacuna_options *options, lacuna_write_fn write, void *sink,
                               lacuna_error *err)
{
    (void)name;
    return lacuna_catalog_list(catalog, format, options, write, sink, err);
}

static lacuna_status show_one(const lacuna_catalog *catalog, const char *name, const char *format,
                              const lacuna_options *options, lacuna_write_fn write, void *sink,
                              lacuna_error *err)
{
    return lacuna_catalog_show(catalog, name, format, options, write, sink, err);
}

static int list(const cli_verb *verb, int argc, char **argv)
{
    return cli_show_catalog(verb, show_list, 0, 0, argc, argv);
}

static int show(const cli_verb *verb, int argc, char **argv)
{
    return cli_show_page(verb, show_one, argc, argv);
}

static const char *const names[] = {"list", "show",   "lint",   "test",
                                    "new",  "export", "import", "diff"};
static const cli_checklists_fn works[] = {list,
                                          show,
                                          cli_checklists_lint,
                                          cli_checklists_test,
                                          cli_checklists_new,
                                          cli_checklists_export,
                                          cli_checklists_import,
                                          cli_checklists_diff};
enum { WORK_COUNT = sizeof names / sizeof names[0] };

static int run(const cli_verb *verb, int argc, char **argv)
{
    if (argc == 0 || argv[0][0] == '-') {
        return list(verb, argc, argv);
    }
    for (size_t i = 0; i < WORK_COUNT; i++) {
        if (strcmp(argv[0], names[i]) == 0) {
            return works[i](verb, argc - 1, argv + 1);
        }
    }
    const char *nearest = lacuna_nearest(argv[0], names, WORK_COUNT);
    if (nearest != NULL) {
        cli_complain("checklists cannot do \"%s\"; did you mean %s?", argv[0], nearest);
    } else {
        cli_complain("checklists cannot do \"%s\"; see: lacuna help checklists", argv[0]);
    }
    return CLI_USAGE;
}

const cli_verb CLI_CHECKLISTS = {"checklists", "list, show, write and exchange checklists", HELP,
                                 run};
