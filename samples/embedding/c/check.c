/* Checks a document with liblacuna and prints the result as JSON. C99.
 *
 *   cc check.c $(pkg-config --cflags --libs lacuna) -o check
 *   ./check protocol.docx [key=value]...        keys as in lacuna.h, "options"
 */
#include <lacuna.h>

#include <stdio.h>
#include <string.h>

static int put(void *user, const void *data, size_t length)
{
    return fwrite(data, 1, length, (FILE *)user) == length ? 0 : 1;
}

/* "as-of=2026-01-01" */
static lacuna_status set(lacuna_options *options, const char *argument, lacuna_error *err)
{
    char key[64];
    size_t length = strcspn(argument, "=");
    if (length >= sizeof key || argument[length] == '\0') {
        return LACUNA_E_ARGUMENT;
    }
    memcpy(key, argument, length);
    key[length] = '\0';
    return lacuna_options_set(options, key, argument + length + 1, err);
}

static lacuna_status check(const char *path, const lacuna_options *options, int *code,
                           lacuna_error *err)
{
    lacuna_run *run = NULL;
    lacuna_result *result = NULL;
    lacuna_status status = lacuna_run_new(&run, options, err);
    if (status == LACUNA_OK) {
        status = lacuna_run_add(run, path, err);
    }
    if (status == LACUNA_OK) {
        status = lacuna_run_execute(&result, run, err);
    }
    if (status == LACUNA_OK) {
        *code = (int)lacuna_result_exit_code(result);
        status = lacuna_result_render(result, "json", NULL, put, stdout, err);
    }
    lacuna_result_free(result);
    lacuna_run_free(run);
    return status;
}

int main(int argc, char **argv)
{
    lacuna_error err = {0};
    lacuna_options *options = NULL;
    int code = 0;
    int i;
    lacuna_status status = lacuna_options_new(&options, &err);
    for (i = 2; i < argc && status == LACUNA_OK; i++) {
        status = set(options, argv[i], &err);
    }
    if (status == LACUNA_OK && argc > 1) {
        status = check(argv[1], options, &code, &err);
    }
    if (status != LACUNA_OK) {
        fprintf(stderr, "%s: %s\n", lacuna_status_name(status), err.message);
        code = 5;
    }
    lacuna_options_free(options);
    return code;
}
