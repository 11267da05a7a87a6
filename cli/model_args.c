#include "model_args.h"

#include "harden.h"
#include "state_folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEY_MAX = 64, ACTOR_MAX = 128 };

/* getenv() in the shape the library asks for. */
static const char *look_up(void *user, const char *name)
{
    (void)user;
    return getenv(name);
}

static int prepare(cli_model_args *args)
{
    lacuna_error err = {0};
    if (args->claude == NULL && lacuna_claude_options_new(&args->claude, &err) != LACUNA_OK) {
        return cli_report_error(NULL, &err);
    }
    lacuna_claude_options_lookup(args->claude, look_up, NULL);
    return CLI_OK;
}

static int set(cli_model_args *args, const char *key, const char *value)
{
    lacuna_error err = {0};
    if (lacuna_claude_options_set(args->claude, key, value, &err) == LACUNA_OK) {
        return CLI_OK;
    }
    (void)cli_report_error("--claude", &err);
    return CLI_USAGE;
}

int cli_model_set(cli_model_args *args, const char *key_and_value)
{
    char key[KEY_MAX];
    size_t length = strcspn(key_and_value, "=");
    if (key_and_value[length] == '\0' || length >= sizeof key) {
        cli_complain("--claude takes KEY=VALUE");
        return CLI_USAGE;
    }
    memcpy(key, key_and_value, length);
    key[length] = '\0';
    if (strcmp(key, "api-key") == 0) {
        cli_complain("--claude api-key: not on the command line, where others can read it; set "
                     "ANTHROPIC_API_KEY");
        return CLI_USAGE;
    }
    int code = prepare(args);
    args->provider_named = args->provider_named || strcmp(key, "provider") == 0;
    return code == CLI_OK ? set(args, key, key_and_value + length + 1) : code;
}

static int set_cost(cli_model_args *args, const char *dollars)
{
    lacuna_error err = {0};
    int code = prepare(args);
    if (code == CLI_OK &&
        lacuna_claude_options_set(args->claude, "max-cost", dollars, &err) != LACUNA_OK) {
        cli_complain("--max-cost %s: it is a number of US dollars", dollars);
        code = CLI_USAGE;
    }
    return code;
}

bool cli_model_has_flag(int id)
{
    return id >= CLI_MODEL_CLAUDE && id <= CLI_MODEL_PHI_SERVICE;
}

static int set_switch(cli_model_args *args, lacuna_options *options, int id)
{
    switch (id) {
    case CLI_MODEL_DRY_RUN:
        args->dry_run = true;
        return CLI_OK;
    case CLI_MODEL_NO_CACHE:
        args->no_cache = true;
        return CLI_OK;
    case CLI_MODEL_PSEUDONYMIZE:
        args->pseudonymize = true;
        return CLI_OK;
    case CLI_MODEL_ALLOW_PHI:
        args->allow_phi = true;
        return CLI_OK;
    default:
        return cli_set_option(options, "require-deid", "yes");
    }
}

int cli_model_flag(cli_model_args *args, lacuna_options *options, int id, const char *value)
{
    switch (id) {
    case CLI_MODEL_CLAUDE:
        return cli_model_set(args, value);
    case CLI_MODEL_MAX_COST:
        return set_cost(args, value);
    case CLI_MODEL_AUDIT_LOG:
        args->audit_log = value;
        return CLI_OK;
    case CLI_MODEL_AUDIT_KEY_FILE:
        return cli_set_option(options, "audit-key-file", value);
    case CLI_MODEL_PSEUDONYM_MAP:
        args->pseudonym_map = true;
        return cli_set_option(options, "pseudonym-map", value);
    case CLI_MODEL_PHI_SERVICE:
        args->phi_url = value;
        return CLI_OK;
    default:
        return set_switch(args, options, id);
    }
}

/* The environment names what the command line did not. */
static int take_environment(cli_model_args *args)
{
    static const struct {
        const char *variable, *key;
    } known[] = {
        {"LACUNA_CREDENTIAL_COMMAND", "credential-command"},
        {"SSL_CERT_FILE", "ca-file"},
        {"CURL_CA_BUNDLE", "ca-file"},
        {"REQUESTS_CA_BUNDLE", "ca-file"},
        {"NODE_EXTRA_CA_CERTS", "ca-file"},
    };
    int code = CLI_OK;
    const char *provider = getenv("LACUNA_PROVIDER");
    if (!args->provider_named && provider != NULL && provider[0] != '\0') {
        args->provider_named = true;
        code = set(args, "provider", provider);
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0] && code == CLI_OK; i++) {
        const char *value = getenv(known[i].variable);
        if (value != NULL && value[0] != '\0') {
            code = set(args, known[i].key, value);
        }
    }
    return code;
}

/* Who acts: the account, by number and, where the system knows it, by name. */
static int set_actor(lacuna_options *options)
{
    char actor[ACTOR_MAX];
    const char *name = getenv("LOGNAME");
    (void)snprintf(actor, sizeof actor, "uid %ld%s%.80s", (long)getuid(), name == NULL ? "" : " ",
                   name == NULL ? "" : name);
    return cli_set_option(options, "audit-actor", actor);
}

int cli_model_set_audit(const cli_model_args *args, lacuna_options *options)
{
    char path[CLI_STATE_PATH_MAX];
    int code = set_actor(options);
    if (code == CLI_OK && args->audit_log != NULL) {
        return cli_set_option(options, "audit-log", args->audit_log);
    }
    code = code == CLI_OK ? cli_state_path(path, "audit.jsonl", true) : code;
    return code == CLI_OK ? cli_set_option(options, "audit-log", path) : code;
}

static int set_state(const cli_model_args *args, lacuna_options *options)
{
    char path[CLI_STATE_PATH_MAX];
    int code = CLI_OK;
    if (!args->no_cache) {
        code = cli_state_path(path, "answers", !args->dry_run);
        code = code == CLI_OK ? cli_set_option(options, "judge-store", path) : code;
    }
    return code != CLI_OK || args->dry_run ? code : cli_model_set_audit(args, options);
}

static int set_identifiers(cli_model_args *args, lacuna_options *options)
{
    lacuna_error err = {0};
    if (args->pseudonymize && args->allow_phi) {
        cli_complain("--pseudonymize and --allow-phi exclude each other");
        return CLI_USAGE;
    }
    if (args->pseudonym_map && !args->pseudonymize) {
        cli_complain("--pseudonym-map writes what pseudonyms stand for: it needs --pseudonymize");
        return CLI_USAGE;
    }
    if (args->phi_url != NULL) {
        if (lacuna_phi_service_open(&args->phi_service, args->phi_url, &err) != LACUNA_OK) {
            return cli_report_error("--phi-service", &err);
        }
        lacuna_options_recognizer(options, lacuna_phi_service_recognizer(args->phi_service));
    }
    return cli_set_option(options, "identifiers",
                          args->pseudonymize ? "pseudonyms"
                          : args->allow_phi  ? "allow"
                                             : "refuse");
}

int cli_model_open(lacuna_claude **out, cli_model_args *args, lacuna_options *options)
{
    lacuna_error err = {0};
    *out = NULL;
    cli_keep_memory_private(); /* before a key is read */
    int code = prepare(args);
    if (code == CLI_OK) {
        code = take_environment(args);
    }
    if (code == CLI_OK && !args->provider_named) {
        cli_complain("nothing leaves this machine unless it is turned on: name the service with "
                     "--claude provider=anthropic (bedrock, vertex, foundry) or LACUNA_PROVIDER");
        code = CLI_USAGE;
    }
    if (code == CLI_OK) {
        code = set_state(args, options);
    }
    if (code == CLI_OK) {
        code = set_identifiers(args, options);
    }
    if (code == CLI_OK && lacuna_claude_open(out, args->claude, &err) != LACUNA_OK) {
        code = cli_report_error(NULL, &err);
    }
    return code;
}

void cli_model_args_free(cli_model_args *args)
{
    lacuna_claude_options_free(args->claude);
    lacuna_phi_service_close(args->phi_service);
    args->phi_service = NULL;
    args->claude = NULL;
}
