#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { USUAL_COLUMNS = 80, FEWEST_COLUMNS = 40, MOST_COLUMNS = 120 };

uint32_t cli_columns(void)
{
    struct winsize size = {0};
    if (isatty(STDOUT_FILENO) != 1 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ||
        size.ws_col == 0) {
        return USUAL_COLUMNS;
    }
    /* Longer lines are hard to read, shorter ones leave no room for words. */
    uint32_t columns = size.ws_col < FEWEST_COLUMNS ? FEWEST_COLUMNS : size.ws_col;
    return columns > MOST_COLUMNS ? MOST_COLUMNS : columns;
}

bool cli_wants_color(cli_when when)
{
    if (when != CLI_AUTO) {
        return when == CLI_ALWAYS;
    }
    const char *no_color = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return (no_color == NULL || no_color[0] == '\0') &&
           (terminal == NULL || strcmp(terminal, "dumb") != 0) && isatty(STDOUT_FILENO) == 1;
}
