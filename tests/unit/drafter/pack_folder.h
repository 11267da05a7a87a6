/*
 * pack_folder.h - a folder of its own for the tests of a program, with a checklist in it.
 */
#ifndef LAC_TEST_PACK_FOLDER_H
#define LAC_TEST_PACK_FOLDER_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/lacuna-packs-XXXXXX";

/* Non-zero on failure, as a setup of cmocka. */
static int make_folder(const char *name, const char *pack)
{
    char path[128];
    if (mkdtemp(folder) == NULL) {
        return 1;
    }
    snprintf(path, sizeof path, "%s/%s.json", folder, name);
    FILE *file = fopen(path, "w");
    return file == NULL || fputs(pack, file) < 0 || fclose(file) != 0;
}

static int remove_folder(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

#endif
