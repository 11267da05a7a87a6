#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int cli_set_option(lacuna_options *options, const char *key, const char *value)
{
    lacuna_error err = {0};
    if (lacuna_options_set(options, key, value, &err) == LACUNA_OK) {
        return CLI_OK;
    }
    if (err.remedy[0] == '\0') {
        cli_complain("--%s: %s", key, err.message);
    } else {
        cli_complain("--%s: %s\n        %s", key, err.message, err.remedy);
    }
    return err.status == LACUNA_E_NOMEM ? CLI_INTERNAL : CLI_USAGE;
}

/* "text, json or csv" */
static void list_words(char *out, size_t size, const char *const *words)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; words[i] != NULL && used < size; i++) {
        const char *between = i == 0 ? "" : words[i + 1] == NULL ? " or " : ", ";
        int length = snprintf(out + used, size - used, "%s%s", between, words[i]);
        used += length > 0 ? (size_t)length : 0;
    }
}

int cli_choose(const char **out, const char *flag, const char *value, const char *const *words)
{
    enum { WORDS_SIZE = 256 };
    char list[WORDS_SIZE];
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], value) == 0) {
            *out = words[i];
            return CLI_OK;
        }
    }
    list_words(list, sizeof list, words);
    cli_complain("--%s %s: it is %s", flag, value, list);
    return CLI_USAGE;
}

/* Reproducible builds and their tests set the clock by this variable (seconds since 1970). */
int cli_set_source_date(lacuna_options *options)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    if (epoch == NULL || epoch[0] == '\0') {
        return CLI_OK;
    }
    char *end;
    long long seconds = strtoll(epoch, &end, 10);
    time_t when = (time_t)seconds;
    struct tm day;
    char date[11];
    if (*end != '\0' || seconds < 0 || gmtime_r(&when, &day) == NULL ||
        strftime(date, sizeof date, "%Y-%m-%d", &day) != 10) {
        cli_complain("SOURCE_DATE_EPOCH is no number of seconds: %s", epoch);
        return CLI_USAGE;
    }
    return cli_set_option(options, "as-of", date);
}
