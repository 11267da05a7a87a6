#include "model_preview.h"

#include <stdio.h>

static int to_stdout(void *user, const void *data, size_t length)
{
    (void)user;
    return fwrite(data, 1, length, stdout) == length ? 0 : 1;
}

int cli_preview_request(void *user, const lacuna_request *request)
{
    cli_preview *p = user;
    uint64_t tokens;
    if (lacuna_claude_preview(&tokens, p->claude, request, to_stdout, NULL, &p->err) != LACUNA_OK) {
        return 1;
    }
    p->requests++;
    p->tokens += tokens;
    return putchar('\n') == EOF;
}

int cli_preview_end(const cli_preview *preview)
{
    if (fflush(stdout) != 0) {
        cli_complain("the requests could not be written");
        return CLI_INCOMPLETE;
    }
    cli_complain("nothing was sent: %llu requests of about %llu tokens in all",
                 (unsigned long long)preview->requests, (unsigned long long)preview->tokens);
    return CLI_OK;
}
