#include "cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void cli_complain(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)fputs("lacuna: ", stderr);
    (void)vfprintf(stderr, format, args);
    (void)fputc('\n', stderr);
    va_end(args);
}

static int exit_code(int32_t status)
{
    switch (status) {
    case LACUNA_OK:
        return CLI_OK;
    case LACUNA_E_ARGUMENT:
    case LACUNA_E_NOTFOUND:
        return CLI_USAGE;
    case LACUNA_E_NOMEM:
    case LACUNA_E_INTERNAL:
        return CLI_INTERNAL;
    default:
        return CLI_INCOMPLETE;
    }
}

static void print_place(const lacuna_error *err)
{
    if (err->place[0] != '\0' && err->line > 0) {
        (void)fprintf(stderr, " (%s, line %u)", err->place, err->line);
    } else if (err->place[0] != '\0') {
        (void)fprintf(stderr, " (%s)", err->place);
    } else if (err->line > 0) {
        (void)fprintf(stderr, " (line %u)", err->line);
    }
}

int cli_report_unread(const char *what, const lacuna_error *err)
{
    int code = cli_report_error(what, err);
    return code == CLI_INTERNAL ? code : CLI_INCOMPLETE;
}

int cli_report_error(const char *what, const lacuna_error *err)
{
    (void)fputs("lacuna: ", stderr);
    if (what != NULL && strstr(err->message, what) == NULL) {
        (void)fprintf(stderr, "%s: ", what);
    }
    (void)fputs(err->message[0] != '\0' ? err->message
                                        : lacuna_status_name((lacuna_status)err->status),
                stderr);
    print_place(err);
    (void)fputc('\n', stderr);
    if (err->remedy[0] != '\0') {
        (void)fprintf(stderr, "        %s\n", err->remedy);
    }
    return exit_code(err->status);
}
