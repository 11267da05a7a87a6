#include "programs.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A folder that is not absolute would let a document's neighbour be run. */
bool cli_find_program(char *path, size_t size, const char *name)
{
    const char *folders = getenv("PATH");
    while (folders != NULL && folders[0] != '\0') {
        size_t length = strcspn(folders, ":");
        int written = snprintf(path, size, "%.*s/%s", (int)length, folders, name);
        if (folders[0] == '/' && written > 0 && (size_t)written < size && access(path, X_OK) == 0) {
            return true;
        }
        folders += length + (folders[length] == ':' ? 1 : 0);
    }
    return false;
}

int cli_set_pdf_reader(lacuna_options *options, const char *chosen)
{
    char path[PATH_MAX];
    char folder[PATH_MAX];
    if (chosen == NULL) {
        return cli_find_program(path, sizeof path, "pdftotext")
                   ? cli_set_option(options, "pdftotext", path)
                   : CLI_OK;
    }
    if (strcmp(chosen, "none") == 0) {
        return cli_set_option(options, "pdftotext", chosen);
    }
    bool relative = chosen[0] != '/';
    if (relative && getcwd(folder, sizeof folder) == NULL) {
        folder[0] = '\0';
    }
    int written =
        snprintf(path, sizeof path, "%s%s%s", relative ? folder : "", relative ? "/" : "", chosen);
    if (written < 0 || (size_t)written >= sizeof path || access(path, X_OK) != 0) {
        cli_complain("--pdftotext %s: there is no such program", chosen);
        return CLI_USAGE;
    }
    return cli_set_option(options, "pdftotext", path);
}
