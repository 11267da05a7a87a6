#include "identifiers.h"

#include <stdio.h>

enum { SHOWN_MAX = 20 };

static int tell_place(void *user, const lacuna_phi_place *place)
{
    uint64_t *told = user;
    if ((*told)++ < SHOWN_MAX) {
        (void)fprintf(stderr, "        %s, line %u: %s %s(%s)\n", place->path, place->line,
                      place->kind, place->certain != 0 ? "" : "in doubt ", place->shape);
    }
    return 0;
}

int cli_tell_identifiers(cli_identifiers_fn list, void *of, uint64_t *count)
{
    lacuna_error err = {0};
    uint64_t certain, doubtful, told = 0;
    if (list(&certain, &doubtful, tell_place, &told, of, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    if (told > SHOWN_MAX) {
        (void)fprintf(stderr, "        and %llu more\n", (unsigned long long)(told - SHOWN_MAX));
    }
    if (told > 0) {
        cli_complain("%llu places may identify patients, %llu more are in doubt; recognizers miss "
                     "some",
                     (unsigned long long)certain, (unsigned long long)doubtful);
    }
    *count = told;
    return CLI_OK;
}
