#include "limits.h"

#include <string.h>

static const struct {
    const char *name, *key;
} LIMITS[] = {
    {"package", "max-package-bytes"},
    {"part", "max-part-bytes"},
    {"total", "max-total-bytes"},
    {"text", "max-text-bytes"},
    {"file", "max-file-bytes"},
    {"pdf", "max-pdf-bytes"},
    {"submission", "max-submission-bytes"},
    {"submission-file", "max-submission-file-bytes"},
    {"submission-files", "max-submission-files"},
    {"leaves", "max-leaves"},
};

const char *cli_limit_key(const char *argument)
{
    size_t length = strcspn(argument, "=");
    for (size_t i = 0; i < sizeof LIMITS / sizeof LIMITS[0]; i++) {
        if (strlen(LIMITS[i].name) == length && memcmp(LIMITS[i].name, argument, length) == 0) {
            return LIMITS[i].key;
        }
    }
    return "";
}

int cli_set_limit(lacuna_options *options, const char *argument)
{
    size_t length = strcspn(argument, "=");
    for (size_t i = 0; i < sizeof LIMITS / sizeof LIMITS[0] && argument[length] == '='; i++) {
        if (strlen(LIMITS[i].name) == length && memcmp(LIMITS[i].name, argument, length) == 0) {
            lacuna_error err = {0};
            if (lacuna_options_set(options, LIMITS[i].key, argument + length + 1, &err) ==
                LACUNA_OK) {
                return CLI_OK;
            }
            cli_complain("--limit %s: %s", argument, err.message);
            return CLI_USAGE;
        }
    }
    cli_complain("--limit %s: it is package, part, total, text, file, pdf, submission, "
                 "submission-file, submission-files or leaves, then =NUMBER",
                 argument);
    return CLI_USAGE;
}
