#include "state_folder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool folder_path(char path[CLI_STATE_PATH_MAX])
{
    const char *own = getenv("LACUNA_STATE");
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    int length = -1;
    if (own != NULL && own[0] != '\0') {
        length = snprintf(path, CLI_STATE_PATH_MAX, "%s", own);
    } else if (state != NULL && state[0] == '/') {
        length = snprintf(path, CLI_STATE_PATH_MAX, "%s/lacuna", state);
    } else if (home != NULL && home[0] != '\0') {
        length = snprintf(path, CLI_STATE_PATH_MAX, "%s/.local/state/lacuna", home);
    }
    return length > 0 && length < CLI_STATE_PATH_MAX;
}

/* mkdir -p, every new folder for its owner alone. */
static bool make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/');; slash = strchr(slash + 1, '/')) {
        if (slash != NULL) {
            *slash = '\0';
        }
        bool made = mkdir(path, 0700) == 0 || errno == EEXIST;
        if (slash != NULL) {
            *slash = '/';
        }
        if (!made || slash == NULL) {
            return made;
        }
    }
}

int cli_state_path(char path[CLI_STATE_PATH_MAX], const char *name, bool make)
{
    if (!folder_path(path)) {
        cli_complain("there is no folder to keep answers and the audit log in: set LACUNA_STATE");
        return CLI_USAGE;
    }
    if (make && !make_folders(path)) {
        cli_complain("%s: the folder cannot be made: %s. Set LACUNA_STATE to one of your own", path,
                     strerror(errno));
        return CLI_INCOMPLETE;
    }
    size_t length = strlen(path);
    int added = snprintf(path + length, CLI_STATE_PATH_MAX - length, "/%s", name);
    if (added < 0 || (size_t)added >= CLI_STATE_PATH_MAX - length) {
        cli_complain("LACUNA_STATE is too long");
        return CLI_USAGE;
    }
    return CLI_OK;
}
