#define _XOPEN_SOURCE 700 /* realpath */

#include "gate_files.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char NAME[] = ".lacuna.json";

/* ---- settings ------------------------------------------------------------------------------- */

static char *copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char *to = malloc(size);
    return to == NULL ? NULL : memcpy(to, text, size);
}

static int remember(cli_config *config, const char *key, const char *value, const char *origin)
{
    if (config->settings == NULL) {
        config->settings = calloc(CLI_SETTINGS_MAX, sizeof *config->settings);
    }
    if (config->count == CLI_SETTINGS_MAX) {
        cli_complain("more than %d settings", CLI_SETTINGS_MAX);
        return CLI_USAGE;
    }
    cli_setting setting = {copy(key), copy(value), copy(origin)};
    if (config->settings == NULL || setting.key == NULL || setting.value == NULL ||
        setting.origin == NULL) {
        free(setting.key);
        free(setting.value);
        free(setting.origin);
        cli_complain("out of memory");
        return CLI_INTERNAL;
    }
    config->settings[config->count++] = setting;
    return CLI_OK;
}

int cli_config_remember(cli_config *config, const char *key, const char *value)
{
    return remember(config, key, value, "flag");
}

int cli_config_set(cli_config *config, lacuna_options *options, const char *key, const char *value)
{
    int code = cli_set_option(options, key, value);
    return code == CLI_OK ? cli_config_remember(config, key, value) : code;
}

const char *cli_config_value(const cli_config *config, const char *key)
{
    for (size_t i = 0; i < config->count; i++) {
        if (strcmp(config->settings[i].key, key) == 0) {
            return config->settings[i].value;
        }
    }
    return NULL;
}

const char *cli_config_file(const cli_config *config, const char *key)
{
    const char *set = cli_config_value(config, key);
    return set != NULL                     ? set
           : strcmp(key, "decisions") == 0 ? ".lacuna-decisions.json"
                                           : ".lacuna-waivers.json";
}

void cli_config_free(cli_config *config)
{
    for (size_t i = 0; i < config->count; i++) {
        free(config->settings[i].key);
        free(config->settings[i].value);
        free(config->settings[i].origin);
    }
    free(config->settings);
    free(config->path);
    lacuna_config_free(config->file);
    *config = (cli_config){.path = NULL};
}

/* ---- finding -------------------------------------------------------------------------------- */

static bool exists(const char *folder, const char *name, char path[PATH_MAX])
{
    struct stat info;
    int length = snprintf(path, PATH_MAX, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder, name);
    return length > 0 && length < PATH_MAX && stat(path, &info) == 0;
}

/* The folder itself, or the one a file lies in; "": it is not there. */
static void folder_of(char folder[PATH_MAX], const char *input)
{
    struct stat info;
    char *real = realpath(strcmp(input, "-") == 0 ? "." : input, NULL);
    (void)snprintf(folder, PATH_MAX, "%s", real == NULL ? "" : real);
    free(real);
    if (folder[0] != '\0' && stat(folder, &info) == 0 && !S_ISDIR(info.st_mode)) {
        char *name = strrchr(folder, '/');
        name[name == folder ? 1 : 0] = '\0';
    }
}

/* Upward to the root of the repository; without a repository the first folder alone. */
static bool find(char found[PATH_MAX], const char *input)
{
    char folder[PATH_MAX], git[PATH_MAX], candidate[PATH_MAX];
    bool first = true, any = false;
    folder_of(folder, input);
    found[0] = '\0';
    while (folder[0] != '\0') {
        if (!any && exists(folder, NAME, candidate)) {
            (void)snprintf(found, PATH_MAX, "%s", candidate);
            any = true;
            if (first) {
                return true;
            }
        }
        if (exists(folder, ".git", git)) {
            return any;
        }
        char *name = strrchr(folder, '/');
        if (name == NULL || strcmp(folder, "/") == 0) {
            break;
        }
        name[name == folder ? 1 : 0] = '\0';
        first = false;
    }
    found[0] = '\0'; /* what lies above without a repository is not ours */
    return false;
}

/* Below the working directory it goes by its shorter name. */
static const char *shorten(const char *path)
{
    char here[PATH_MAX];
    size_t length = getcwd(here, sizeof here) == NULL ? 0 : strlen(here);
    bool below = length > 1 && strncmp(path, here, length) == 0 && path[length] == '/';
    return below ? path + length + 1 : path;
}

static int take_found(cli_config *config, const char *path)
{
    if (config->path != NULL && strcmp(config->path, path) == 0) {
        return CLI_OK;
    }
    if (config->path != NULL) {
        cli_complain("the inputs lie under two configurations, %s and %s: check them one after "
                     "the other, or give --config",
                     config->path, path);
        return CLI_USAGE;
    }
    config->path = copy(path);
    return config->path == NULL ? CLI_INTERNAL : CLI_OK;
}

static int look_for(cli_config *config, char **inputs, int count)
{
    char found[PATH_MAX];
    char here[] = ".";
    char *only[] = {here};
    const char *named = getenv("LACUNA_CONFIG");
    if (config->none) {
        return CLI_OK;
    }
    if (config->given != NULL || (named != NULL && named[0] != '\0')) {
        return take_found(config, config->given != NULL ? config->given : named);
    }
    inputs = count == 0 ? only : inputs;
    int code = CLI_OK;
    for (int i = 0; i < (count == 0 ? 1 : count) && code == CLI_OK; i++) {
        if (find(found, inputs[i])) {
            code = take_found(config, shorten(found));
        }
    }
    return code;
}

/* ---- applying ------------------------------------------------------------------------------- */

typedef struct applying {
    cli_config *config;
    lacuna_options *options;
    size_t given; /* settings before the file: flags and environment */
} applying;

/* "pathway=505b2" is told again by "pathway=..." alone. */
static bool same_setting(const cli_setting *known, const char *key, const char *value)
{
    bool single = strcmp(key, "profile") == 0 || strcmp(key, "claude") == 0;
    size_t name = strcspn(value, "=");
    return strcmp(known->key, key) == 0 &&
           (!single || (strncmp(known->value, value, name) == 0 && known->value[name] == '='));
}

static bool was_given(const applying *a, const char *key, const char *value)
{
    for (size_t i = 0; i < a->given; i++) {
        if (same_setting(&a->config->settings[i], key, value)) {
            return true;
        }
    }
    return false;
}

static bool is_gate(const char *key)
{
    return strcmp(key, "waivers") == 0 || strcmp(key, "baseline") == 0 ||
           strcmp(key, "decisions") == 0;
}

static int set_one(applying *a, const char *key, const char *value, const char *origin)
{
    int code = CLI_OK;
    if (was_given(a, key, value)) {
        return CLI_OK;
    }
    if (strcmp(key, "claude") == 0) {
        code = a->config->model == NULL ? CLI_OK : cli_model_set(a->config->model, value);
    } else if (!a->config->gate_off || !is_gate(key)) {
        code = cli_set_option(a->options, key, value);
    }
    return code == CLI_OK ? remember(a->config, key, value, origin) : code;
}

static int take_setting(void *user, const char *key, const char *value, const char *pointer)
{
    applying *a = user;
    char origin[PATH_MAX + 256];
    (void)snprintf(origin, sizeof origin, "%s %s", a->config->path, pointer);
    return set_one(a, key, value, origin);
}

static int take_environment(applying *a)
{
    static const struct {
        const char *name, *key;
    } variables[] = {{"LACUNA_BASELINE", "baseline"},
                     {"LACUNA_DECISIONS", "decisions"},
                     {"LACUNA_FAIL_ON", "fail-on"},
                     {"LACUNA_WAIVERS", "waivers"}};
    int code = CLI_OK;
    for (size_t i = 0; i < sizeof variables / sizeof variables[0] && code == CLI_OK; i++) {
        char origin[64];
        const char *value = getenv(variables[i].name);
        (void)snprintf(origin, sizeof origin, "environment %s", variables[i].name);
        if (value != NULL && value[0] != '\0') {
            code = set_one(a, variables[i].key, value, origin);
        }
    }
    a->given = a->config->count;
    return code;
}

int cli_config_apply(cli_config *config, lacuna_options *options, char **inputs, int count)
{
    lacuna_error err = {0};
    applying a = {config, options, config->count};
    int code = take_environment(&a);
    code = code == CLI_OK ? look_for(config, inputs, count) : code;
    if (code != CLI_OK || config->path == NULL) {
        return code;
    }
    if (lacuna_config_open(&config->file, config->path, &err) != LACUNA_OK) {
        code = cli_report_error(NULL, &err);
        return code == CLI_INTERNAL ? code : CLI_USAGE;
    }
    return lacuna_config_each(config->file, take_setting, &a);
}

/* ---- writing -------------------------------------------------------------------------------- */

typedef struct text {
    char *data;
    size_t length, capacity;
} text;

static int append(void *user, const void *data, size_t length)
{
    text *to = user;
    if (to->length + length > to->capacity) {
        size_t capacity = 2 * (to->length + length);
        char *grown = realloc(to->data, capacity);
        if (grown == NULL) {
            return 1;
        }
        to->data = grown;
        to->capacity = capacity;
    }
    memcpy(to->data + to->length, data, length);
    to->length += length;
    return 0;
}

static lacuna_status pass_on(void *user, lacuna_write_fn write, void *sink, lacuna_error *err)
{
    const text *from = user;
    (void)err;
    return write(sink, from->data, from->length) == 0 ? LACUNA_OK : LACUNA_E_IO;
}

int cli_write_gate_file(const char *path, cli_render_fn render, void *user)
{
    lacuna_error err = {0};
    text made = {NULL, 0, 0};
    int code = CLI_OK;
    if (render(user, append, &made, &err) != LACUNA_OK) {
        code = cli_report_error(NULL, &err); /* nothing is wrong with the file that is written */
        code = err.status == LACUNA_E_FORMAT ? CLI_USAGE : code;
    } else {
        code = strcmp(path, "-") == 0 ? cli_render_stdout(pass_on, &made, false)
                                      : cli_render_file(path, pass_on, &made);
    }
    free(made.data);
    return code;
}
