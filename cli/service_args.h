/*
 * service_args.h - the flags that `lacuna worker` and `lacuna mcp` share.
 */
#ifndef LACUNA_CLI_SERVICE_ARGS_H
#define LACUNA_CLI_SERVICE_ARGS_H

#include "line_server.h"

#include <limits.h>

/* Flags of a verb begin behind these. */
enum {
    CLI_SERVICE_JOBS,
    CLI_SERVICE_WAITING,
    CLI_SERVICE_MEMORY,
    CLI_SERVICE_SECONDS,
    CLI_SERVICE_PDFTOTEXT,
    CLI_SERVICE_FLAGS
};

#define CLI_SERVICE_FLAG_TABLE                                                              \
    {CLI_SERVICE_JOBS, "jobs", 'j', true}, {CLI_SERVICE_WAITING, "waiting", 0, true},       \
        {CLI_SERVICE_MEMORY, "memory", 0, true}, {CLI_SERVICE_SECONDS, "seconds", 0, true}, \
    {                                                                                       \
        CLI_SERVICE_PDFTOTEXT, "pdftotext", 0, true                                         \
    }

#define CLI_SERVICE_HELP                                                                 \
    "  -j, --jobs N           processes at a time, 1 to 256 (default: processors)\n"     \
    "      --waiting N        requests read ahead, 1 to 65536 (default: 4 a process);\n" \
    "                         beyond that no more is read: the client has to wait\n"     \
    "      --memory MIB       address space of a process, 64 to 1048576; default 2048\n" \
    "      --seconds N        processor time of a request, 1 to 86400; default 120.\n"   \
    "                         After twice as long by the clock it is stopped\n"

typedef struct cli_service_args {
    cli_line_settings settings;
    const char *pdftotext; /* as the flag; NULL: what is on the PATH */
    char reader[PATH_MAX];
} cli_service_args;

void cli_service_args_init(cli_service_args *args);
/* Takes one of the flags above. */
int cli_service_flag(cli_service_args *args, int id, const char *value);
/* Completes the settings; complains where the reader of PDF files is not there. */
int cli_service_args_finish(cli_service_args *args);

#endif
