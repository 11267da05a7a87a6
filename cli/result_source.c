#include "result_source.h"

#include "input.h"
#include "interrupt.h"
#include "programs.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int cli_set_root(lacuna_options *options)
{
    char here[PATH_MAX]; /* a longer one is shown in full */
    return getcwd(here, sizeof here) == NULL ? CLI_OK : cli_set_option(options, "root", here);
}

/* A file that is no result is a mistake in what was asked for. */
static int refuse(const lacuna_error *err)
{
    int code = cli_report_error(NULL, err);
    return code == CLI_INTERNAL ? code : CLI_USAGE;
}

int cli_load_result(lacuna_result **out, const char *path, const lacuna_options *options)
{
    lacuna_error err = {0};
    *out = NULL;
    if (strcmp(path, "-") != 0) {
        return lacuna_result_load(out, path, options, &err) == LACUNA_OK ? CLI_OK : refuse(&err);
    }
    char *data;
    size_t length;
    int code = cli_read_descriptor(&data, &length, STDIN_FILENO, CLI_STDIN_BYTES_MAX, "stdin");
    if (code != CLI_OK) {
        return code;
    }
    lacuna_status status = lacuna_result_load_memory(out, "stdin", data, length, options, &err);
    free(data);
    return status == LACUNA_OK ? CLI_OK : refuse(&err);
}

static int execute(lacuna_result **out, lacuna_run *run)
{
    lacuna_error err = {0};
    cli_on_interrupt_cancel(run);
    lacuna_status status = lacuna_run_execute(out, run, &err);
    cli_on_interrupt_cancel(NULL);
    return status == LACUNA_OK ? CLI_OK : refuse(&err);
}

int cli_check_paths(lacuna_result **out, char **paths, int count, lacuna_options *options)
{
    lacuna_error err = {0};
    lacuna_run *run;
    int code = cli_set_root(options);
    code = code == CLI_OK ? cli_set_pdf_reader(options, NULL) : code;
    if (code != CLI_OK) {
        return code;
    }
    if (lacuna_run_new(&run, options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    for (int i = 0; i < count && code == CLI_OK; i++) {
        if (lacuna_run_add(run, paths[i], &err) != LACUNA_OK) {
            code = cli_report_error(paths[i], &err);
        }
    }
    code = code == CLI_OK ? execute(out, run) : code;
    lacuna_run_free(run);
    for (size_t i = 0; code == CLI_OK && i < lacuna_result_note_count(*out); i++) {
        cli_complain("%s", lacuna_result_note(*out, i));
    }
    return code;
}

int cli_obtain_result(lacuna_result **out, char **operands, int count, lacuna_options *options)
{
    *out = NULL;
    size_t length = strlen(operands[0]);
    bool stored = strcmp(operands[0], "-") == 0 ||
                  (length > 5 && strcmp(operands[0] + length - 5, ".json") == 0);
    return count == 1 && stored ? cli_load_result(out, operands[0], options)
                                : cli_check_paths(out, operands, count, options);
}
