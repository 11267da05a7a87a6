#include "limits.h"

#include <stdio.h>
#include <string.h>

int cli_set_limit(lacuna_options *options, const char *argument)
{
    static const char *const names[] = {"package", "part", "total", "text", "file", "pdf"};
    size_t length = strcspn(argument, "=");
    for (size_t i = 0; i < sizeof names / sizeof names[0] && argument[length] == '='; i++) {
        if (strlen(names[i]) == length && memcmp(names[i], argument, length) == 0) {
            char key[32];
            lacuna_error err = {0};
            (void)snprintf(key, sizeof key, "max-%s-bytes", names[i]);
            if (lacuna_options_set(options, key, argument + length + 1, &err) == LACUNA_OK) {
                return CLI_OK;
            }
            cli_complain("--limit %s: %s", argument, err.message);
            return CLI_USAGE;
        }
    }
    cli_complain("--limit %s: it is package, part, total, text, file or pdf, then =BYTES", argument);
    return CLI_USAGE;
}
