#include "service_args.h"

#include "programs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    JOBS_MAX = 256,
    WAITING_MAX = 65536,
    WAITING_A_JOB = 4,
    MEBIBYTE = 1 << 20,
    MEMORY_MIN = 64,
    MEMORY_MAX = 1 << 20,
    MEMORY_USUAL = 2048,
    SECONDS_MAX = 86400,
    SECONDS_USUAL = 120,
};

void cli_service_args_init(cli_service_args *args)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned jobs = processors < 1 ? 1 : (unsigned)processors;
    *args =
        (cli_service_args){.settings = {.jobs = jobs < JOBS_MAX ? jobs : JOBS_MAX,
                                        .limits = {.memory_bytes = (size_t)MEMORY_USUAL * MEBIBYTE,
                                                   .seconds = SECONDS_USUAL}}};
}

static int take_number(size_t *out, const char *flag, const char *value, size_t least, size_t most)
{
    char *end;
    errno = 0;
    unsigned long long number = strtoull(value, &end, 10);
    if (errno != 0 || value[0] < '0' || value[0] > '9' || *end != '\0' || number < least ||
        number > most) {
        cli_complain("--%s %s: it is a number from %zu to %zu", flag, value, least, most);
        return CLI_USAGE;
    }
    *out = (size_t)number;
    return CLI_OK;
}

int cli_service_flag(cli_service_args *args, int id, const char *value)
{
    cli_line_settings *settings = &args->settings;
    size_t number = 1;
    int code = CLI_OK;
    switch (id) {
    case CLI_SERVICE_JOBS:
        code = take_number(&number, "jobs", value, 1, JOBS_MAX);
        settings->jobs = (unsigned)number;
        return code;
    case CLI_SERVICE_WAITING:
        return take_number(&settings->waiting, "waiting", value, 1, WAITING_MAX);
    case CLI_SERVICE_MEMORY:
        code = take_number(&number, "memory", value, MEMORY_MIN, MEMORY_MAX);
        settings->limits.memory_bytes = number * MEBIBYTE;
        return code;
    case CLI_SERVICE_SECONDS:
        code = take_number(&number, "seconds", value, 1, SECONDS_MAX);
        settings->limits.seconds = (unsigned)number;
        return code;
    default:
        args->pdftotext = value;
        return CLI_OK;
    }
}

int cli_service_args_finish(cli_service_args *args)
{
    lacuna_options *options = NULL;
    lacuna_error err = {0};
    if (lacuna_options_new(&options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    /* Told at the start, not with every request. */
    int code = cli_set_pdf_reader(options, args->pdftotext);
    lacuna_options_free(options);
    if (args->pdftotext == NULL &&
        cli_find_program(args->reader, sizeof args->reader, "pdftotext")) {
        args->pdftotext = args->reader;
    }
    args->settings.limits.pdftotext = args->pdftotext;
    if (args->settings.waiting == 0) {
        args->settings.waiting = (size_t)args->settings.jobs * WAITING_A_JOB;
    }
    return code;
}
