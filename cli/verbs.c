#include "verbs.h"

#include "output.h"

#include <stdio.h>
#include <string.h>

static const cli_verb *const VERBS[] = {
    &CLI_CHECK,   &CLI_OUTLINE,    &CLI_TEXT,     &CLI_EXPLAIN, &CLI_INVENTORY,  &CLI_LETTER,
    &CLI_RESPOND, &CLI_DIFF,       &CLI_DRAFT,    &CLI_FILL,    &CLI_TEMPLATES,  &CLI_REVIEW,
    &CLI_VERIFY,  &CLI_CHECKLISTS, &CLI_BASELINE, &CLI_WAIVE,   &CLI_DECIDE,     &CLI_CONFIG,
    &CLI_RENDER,  &CLI_AUDIT,      &CLI_WORKER,   &CLI_MCP,     &CLI_COMPLETION, &CLI_DOCTOR,
    &CLI_VERSION, &CLI_HELP,
};

enum { VERB_COUNT = sizeof VERBS / sizeof VERBS[0], OVERVIEW_SIZE = 4096 };

const cli_verb *cli_find_verb(const char *name)
{
    for (size_t i = 0; i < VERB_COUNT; i++) {
        if (strcmp(VERBS[i]->name, name) == 0) {
            return VERBS[i];
        }
    }
    return NULL;
}

const cli_verb *cli_verb_at(size_t index)
{
    return index < VERB_COUNT ? VERBS[index] : NULL;
}

const char *cli_nearest_verb(const char *name)
{
    const char *names[VERB_COUNT];
    for (size_t i = 0; i < VERB_COUNT; i++) {
        names[i] = VERBS[i]->name;
    }
    return lacuna_nearest(name, names, VERB_COUNT);
}

int cli_print_overview(int descriptor)
{
    static const char top[] = "lacuna finds the gaps in regulatory submissions: what a checklist "
                              "asks for and\na document does not mention.\n\n"
                              "usage: lacuna VERB ...\n\n";
    static const char bottom[] =
        "\n"
        "Begin with:  lacuna check protocol.docx\n"
        "More:        lacuna help VERB\n\n"
        "Exit codes: 0 nothing found at or above --fail-on, 1 such findings, 2 wrong\n"
        "            usage, 3 incomplete, 4 nothing evaluated, 5 a defect of lacuna\n";
    char text[OVERVIEW_SIZE];
    int length = snprintf(text, sizeof text, "%s", top);
    for (size_t i = 0; i < VERB_COUNT && length > 0 && (size_t)length < sizeof text; i++) {
        length += snprintf(text + length, sizeof text - (size_t)length, "  %-11s %s\n",
                           VERBS[i]->name, VERBS[i]->summary);
    }
    if (length > 0 && (size_t)length < sizeof text) {
        (void)snprintf(text + length, sizeof text - (size_t)length, "%s", bottom);
    }
    return cli_print(descriptor, text);
}
