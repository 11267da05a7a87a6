#include "templates.h"

#include "input.h"

#include <stdlib.h>

int cli_use_profile(lacuna_template *template, const char *path)
{
    char *data;
    size_t length;
    lacuna_error err = {0};
    int code = cli_read_file(&data, &length, path, CLI_VALUES_BYTES_MAX);
    if (code != CLI_OK) {
        return code;
    }
    if (lacuna_template_use_profile(template, data, length, &err) != LACUNA_OK) {
        code = cli_report_error(path, &err);
        code = code == CLI_INTERNAL ? code : CLI_USAGE;
    }
    free(data);
    return code;
}

/* NULL is no file, and no text. */
static int read_optional(char **data, size_t *length, const char *path)
{
    *data = NULL;
    *length = 0;
    return path == NULL ? CLI_OK : cli_read_file(data, length, path, CLI_VALUES_BYTES_MAX);
}

int cli_use_template(lacuna_draft *draft, const char *path, const char *values, const char *profile)
{
    char *value_text, *profile_text = NULL;
    size_t value_length, profile_length = 0;
    lacuna_error err = {0};
    int code = read_optional(&value_text, &value_length, values);
    if (code == CLI_OK) {
        code = read_optional(&profile_text, &profile_length, profile);
    }
    if (code == CLI_OK &&
        lacuna_draft_use_template(draft, path, value_text, value_length, profile_text,
                                  profile_length, &err) != LACUNA_OK) {
        bool wrong = err.status == LACUNA_E_FORMAT || err.status == LACUNA_E_ARGUMENT;
        code = cli_report_unread(path, &err);
        code = wrong ? CLI_USAGE : code;
    }
    free(value_text);
    free(profile_text);
    return code;
}
