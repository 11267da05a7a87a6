/* Checks a document, prints its result as JSON; makes a client of Claude and asks nothing. */
#include <lacuna.h>
#include <lacuna_claude.h>

#include <stdio.h>

static int put(void *user, const void *data, size_t length)
{
    return fwrite(data, 1, length, (FILE *)user) == length ? 0 : 1;
}

int main(int argc, char **argv)
{
    lacuna_error err = {0};
    lacuna_options *options = NULL;
    lacuna_run *run = NULL;
    lacuna_result *result = NULL;
    lacuna_claude_options *claude = NULL;
    lacuna_status status = lacuna_options_new(&options, &err);
    if (status == LACUNA_OK) {
        status = lacuna_options_set(options, "as-of", "2026-01-01", &err);
    }
    if (status == LACUNA_OK) {
        status = lacuna_run_new(&run, options, &err);
    }
    if (status == LACUNA_OK) {
        status = lacuna_run_add(run, argc > 1 ? argv[1] : "", &err);
    }
    if (status == LACUNA_OK) {
        status = lacuna_run_execute(&result, run, &err);
    }
    if (status == LACUNA_OK) {
        status = lacuna_result_render(result, "json", NULL, put, stdout, &err);
    }
    if (status == LACUNA_OK) {
        status = lacuna_claude_options_new(&claude, &err);
    }
    if (status != LACUNA_OK) {
        fprintf(stderr, "%s\n", err.message);
    }
    lacuna_claude_options_free(claude);
    lacuna_result_free(result);
    lacuna_run_free(run);
    lacuna_options_free(options);
    return status == LACUNA_OK ? 0 : 1;
}
