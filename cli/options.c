#include "cli.h"

int cli_set_option(lacuna_options *options, const char *key, const char *value)
{
    lacuna_error err = {0};
    if (lacuna_options_set(options, key, value, &err) == LACUNA_OK) {
        return CLI_OK;
    }
    cli_complain("--%s: %s", key, err.message);
    return err.status == LACUNA_E_NOMEM ? CLI_INTERNAL : CLI_USAGE;
}
