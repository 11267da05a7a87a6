#include "gate_verb.h"

#include "result_source.h"

#include <string.h>

int cli_gate_flag(cli_gate *gate, const cli_flag *flags, size_t count, int id, const char *value)
{
    const char *name = "";
    for (size_t i = 0; i < count; i++) {
        name = flags[i].id == id ? flags[i].name : name;
    }
    if (strcmp(name, "config") == 0) {
        gate->config.given = value;
        return CLI_OK;
    }
    if (strcmp(name, "no-config") == 0) {
        gate->config.none = true;
        return CLI_OK;
    }
    if (strcmp(name, "output") == 0) {
        gate->output = value;
        return CLI_OK;
    }
    return cli_config_set(&gate->config, gate->options, name, value);
}

int cli_gate_run(cli_gate *gate, cli_command_line *line, cli_gate_fn execute, int argc, char **argv)
{
    lacuna_error err = {0};
    if (lacuna_options_new(&gate->options, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    int code = cli_set_source_date(gate->options);
    code = code == CLI_OK ? cli_parse_flags(line, argc, argv) : code;
    if (code == CLI_OK && !line->helped) {
        code = execute(line->user, line);
    }
    lacuna_result_free(gate->result);
    lacuna_options_free(gate->options);
    cli_config_free(&gate->config);
    return code;
}
