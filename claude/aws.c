#include "claude/aws.h"

#include "claude/aws_remote.h"
#include "claude/command.h"
#include "claude/credential_file.h"
#include "claude/ini.h"
#include "support/error.h"

#include <stdlib.h>

enum { COMMAND_TIMEOUT_MS = 120000, EARLY_SECONDS = 300 };

struct lac_aws_source {
    const lac_settings *settings;
    lac_http *http;
    lac_arena arena; /* region and other texts that stay */
    lac_aws_credential now_used;
    const char *region;
};

/* ---- opening -------------------------------------------------------------------------------- */

static const char *profile_of(const lac_settings *settings)
{
    const char *profile = lac_settings_look_up(settings, "AWS_PROFILE");
    return profile == NULL ? "default" : profile;
}

/* The text of ~/.aws/<name>, or of the file a variable names. No file is no error. */
static lacuna_status read_aws_file(lac_buf *text, const lac_settings *settings,
                                   const char *variable, const char *name, lacuna_error *err)
{
    return lac_credential_file_read(text, settings, lac_settings_look_up(settings, variable), name,
                                    err);
}

/* In "config" a profile's section is called "profile NAME", but for the default one. */
static bool find_in_config(lac_span *value, lac_span text, const char *profile, const char *key)
{
    char section[128] = "profile ";
    size_t room = sizeof section - strlen(section) - 1;
    if (strcmp(profile, "default") == 0) {
        return lac_ini_find(value, text, "default", key);
    }
    if (strlen(profile) > room) {
        return false;
    }
    memcpy(section + strlen(section), profile, strlen(profile) + 1);
    return lac_ini_find(value, text, section, key);
}

static lacuna_status find_region(lac_aws_source *source, lacuna_error *err)
{
    lac_buf text;
    lac_span value;
    const lac_settings *settings = source->settings;
    const char *told = settings->region;
    told = told != NULL ? told : lac_settings_look_up(settings, "AWS_REGION");
    told = told != NULL ? told : lac_settings_look_up(settings, "AWS_DEFAULT_REGION");
    if (told != NULL) {
        source->region = told;
        return LACUNA_OK;
    }
    lac_buf_init(&text, LAC_CREDENTIAL_FILE_MAX);
    lacuna_status status = read_aws_file(&text, settings, "AWS_CONFIG_FILE", ".aws/config", err);
    if (status == LACUNA_OK &&
        find_in_config(&value, lac_buf_span(&text), profile_of(settings), "region")) {
        source->region = lac_arena_copy(&source->arena, value);
        status = source->region == NULL ? lac_fail_nomem(err) : LACUNA_OK;
    }
    lac_secret_free(&text);
    return status;
}

lacuna_status lac_aws_open(lac_aws_source **out, const lac_settings *settings, lac_http *http,
                           lacuna_error *err)
{
    *out = NULL;
    lac_aws_source *source = calloc(1, sizeof *source);
    if (source == NULL) {
        return lac_fail_nomem(err);
    }
    source->settings = settings;
    source->http = http;
    lac_arena_init(&source->arena);
    lacuna_status status = find_region(source, err);
    if (status != LACUNA_OK) {
        lac_aws_free(source);
        return status;
    }
    *out = source;
    return LACUNA_OK;
}

void lac_aws_free(lac_aws_source *source)
{
    if (source != NULL) {
        lac_aws_credential_wipe(&source->now_used);
        lac_arena_free(&source->arena);
        free(source);
    }
}

const char *lac_aws_region(lac_aws_source *source)
{
    return source->region;
}

/* ---- sources -------------------------------------------------------------------------------- */

static lacuna_status from_environment(lac_aws_credential *out, lac_aws_source *source,
                                      lacuna_error *err)
{
    const lac_settings *settings = source->settings;
    const char *id = lac_settings_look_up(settings, "AWS_ACCESS_KEY_ID");
    const char *secret = lac_settings_look_up(settings, "AWS_SECRET_ACCESS_KEY");
    const char *token = lac_settings_look_up(settings, "AWS_SESSION_TOKEN");
    if (id == NULL || secret == NULL) {
        return LACUNA_E_NOTFOUND;
    }
    return lac_aws_credential_set(out, lac_span_of(id), lac_span_of(secret), lac_span_of(token), 0,
                                  err);
}

static lacuna_status from_command(lac_aws_credential *out, const char *line, const char *setting,
                                  lacuna_error *err)
{
    lac_buf text;
    lac_buf_init(&text, LAC_COMMAND_OUTPUT_MAX);
    lacuna_status status = lac_command_run(&text, line, setting, COMMAND_TIMEOUT_MS, err);
    if (status == LACUNA_OK) {
        status = lac_aws_credential_read(out, lac_buf_span(&text), setting, err);
    }
    lac_secret_free(&text);
    return status;
}

static lacuna_status static_keys(lac_aws_credential *out, lac_span text, const char *section,
                                 lacuna_error *err)
{
    lac_span id, secret, token = {NULL, 0};
    if (!lac_ini_find(&id, text, section, "aws_access_key_id") ||
        !lac_ini_find(&secret, text, section, "aws_secret_access_key")) {
        return LACUNA_E_NOTFOUND;
    }
    (void)lac_ini_find(&token, text, section, "aws_session_token");
    return lac_aws_credential_set(out, id, secret, token, 0, err);
}

static lacuna_status from_process(lac_aws_credential *out, lac_span config, const char *profile,
                                  lacuna_error *err)
{
    lac_span line;
    lac_arena arena;
    if (!find_in_config(&line, config, profile, "credential_process")) {
        return LACUNA_E_NOTFOUND;
    }
    lac_arena_init(&arena);
    const char *copy = lac_arena_copy(&arena, line);
    lacuna_status status =
        copy == NULL ? lac_fail_nomem(err) : from_command(out, copy, "credential_process", err);
    lac_arena_free(&arena);
    return status;
}

static lacuna_status from_profile(lac_aws_credential *out, lac_aws_source *source,
                                  lacuna_error *err)
{
    lac_buf keys, config;
    const lac_settings *settings = source->settings;
    const char *profile = profile_of(settings);
    lac_buf_init(&keys, LAC_CREDENTIAL_FILE_MAX);
    lac_buf_init(&config, LAC_CREDENTIAL_FILE_MAX);
    lacuna_status status =
        read_aws_file(&keys, settings, "AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials", err);
    if (status == LACUNA_OK) {
        status = read_aws_file(&config, settings, "AWS_CONFIG_FILE", ".aws/config", err);
    }
    if (status == LACUNA_OK) {
        status = static_keys(out, lac_buf_span(&keys), profile, err);
    }
    if (status == LACUNA_E_NOTFOUND) {
        status = from_process(out, lac_buf_span(&config), profile, err);
    }
    lac_secret_free(&keys);
    lac_secret_free(&config);
    return status;
}

static lacuna_status from_setting(lac_aws_credential *out, lac_aws_source *source,
                                  lacuna_error *err)
{
    const char *line = source->settings->credential_command;
    return line == NULL ? LACUNA_E_NOTFOUND : from_command(out, line, "credential-command", err);
}

static lacuna_status from_web_identity(lac_aws_credential *out, lac_aws_source *source,
                                       lacuna_error *err)
{
    return lac_aws_web_identity(out, source->settings, source->http, source->region, err);
}

static lacuna_status from_container(lac_aws_credential *out, lac_aws_source *source,
                                    lacuna_error *err)
{
    return lac_aws_container(out, source->settings, source->http, err);
}

static lacuna_status from_instance(lac_aws_credential *out, lac_aws_source *source,
                                   lacuna_error *err)
{
    return lac_aws_instance(out, source->settings, source->http, err);
}

/* ---- keys ----------------------------------------------------------------------------------- */

static bool is_fresh(const lac_aws_credential *credential, int64_t now)
{
    return credential->access_key_id != NULL &&
           (credential->expires == 0 || credential->expires - EARLY_SECONDS > now);
}

/* The first source that has keys; one that is there but fails ends the search, since keys of
 * another account are worse than none. */
static lacuna_status search(lac_aws_credential *out, lac_aws_source *source, lacuna_error *err)
{
    static lacuna_status (*const places[])(lac_aws_credential *, lac_aws_source *,
                                           lacuna_error *) = {
        from_setting,      from_environment, from_profile,
        from_web_identity, from_container,   from_instance,
    };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        lacuna_status status = places[i](out, source, err);
        if (status != LACUNA_E_NOTFOUND) {
            return status;
        }
    }
    return lac_fail_remedy(err, LACUNA_E_ARGUMENT,
                           "set AWS_ACCESS_KEY_ID, AWS_PROFILE or credential-command",
                           "no AWS credentials were found");
}

lacuna_status lac_aws_keys_get(lac_aws_keys *keys, lac_aws_source *source, int64_t now,
                               lacuna_error *err)
{
    if (!is_fresh(&source->now_used, now)) {
        lac_aws_credential_wipe(&source->now_used);
        lacuna_status status = search(&source->now_used, source, err);
        if (status != LACUNA_OK) {
            return status;
        }
    }
    *keys = (lac_aws_keys){source->now_used.access_key_id, source->now_used.secret_access_key,
                           source->now_used.session_token};
    return LACUNA_OK;
}

bool lac_aws_forget(lac_aws_source *source)
{
    bool renewable = source->now_used.expires != 0;
    lac_aws_credential_wipe(&source->now_used);
    return renewable;
}
