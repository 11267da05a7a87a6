#include "claude/settings.h"

#include "support/buf.h"
#include "support/error.h"

#include <openssl/crypto.h>
#include <stddef.h>
#include <stdlib.h>

enum {
    IN_FLIGHT = 8,
    IN_FLIGHT_MAX = 256,
    RETRIES = 4,
    RETRIES_MAX = 20,
    SILENCE_SECONDS = 300,
    NAMES_MAX = 1024,
};

typedef enum value_kind { TEXT, TEXT_LIST, NUMBER, YES_NO, DOLLARS } value_kind;

typedef struct setting {
    const char *key;
    value_kind kind;
    size_t offset; /* of the member */
    uint32_t least, most;
    const char *words; /* allowed values, each between spaces; NULL: any */
} setting;

#define MEMBER(name) offsetof(lac_settings, name)

static const setting SETTINGS[] = {
    {"provider", TEXT, MEMBER(provider), 0, 0, " anthropic bedrock vertex foundry "},
    {"model", TEXT, MEMBER(model), 0, 0, NULL},
    {"fallback-model", TEXT, MEMBER(fallback_model), 0, 0, NULL},
    {"base-url", TEXT, MEMBER(base_url), 0, 0, NULL},
    {"region", TEXT, MEMBER(region), 0, 0, NULL},
    {"project", TEXT, MEMBER(project), 0, 0, NULL},
    {"resource", TEXT, MEMBER(resource), 0, 0, NULL},
    {"api-key", TEXT, MEMBER(api_key), 0, 0, NULL},
    {"credential-command", TEXT, MEMBER(credential_command), 0, 0, NULL},
    {"version", TEXT, MEMBER(version), 0, 0, NULL},
    {"effort", TEXT, MEMBER(effort), 0, 0, " low medium high xhigh max "},
    {"inference-geo", TEXT, MEMBER(geo), 0, 0, NULL},
    {"models-file", TEXT, MEMBER(models_file), 0, 0, NULL},
    {"proxy", TEXT, MEMBER(proxy), 0, 0, NULL},
    {"client-certificate", TEXT, MEMBER(client_certificate), 0, 0, NULL},
    {"client-key", TEXT, MEMBER(client_key), 0, 0, NULL},
    {"ca-file", TEXT_LIST, MEMBER(ca_files), 0, 0, NULL},
    {"http1", YES_NO, MEMBER(http1), 0, 0, " yes no "},
    {"in-flight", NUMBER, MEMBER(in_flight), 1, IN_FLIGHT_MAX, NULL},
    {"retries", NUMBER, MEMBER(retries), 0, RETRIES_MAX, NULL},
    {"silence-seconds", NUMBER, MEMBER(silence_seconds), 1, 24 * 3600, NULL},
    {"max-cost", DOLLARS, MEMBER(max_cost), 0, 0, NULL},
};

lacuna_status lacuna_claude_options_new(lacuna_claude_options **out, lacuna_error *err)
{
    *out = NULL;
    lacuna_claude_options *options = calloc(1, sizeof *options);
    if (options == NULL) {
        return lac_fail_nomem(err);
    }
    lac_arena_init(&options->arena);
    options->settings = (lac_settings){
        .provider = "anthropic",
        .in_flight = IN_FLIGHT,
        .retries = RETRIES,
        .silence_seconds = SILENCE_SECONDS,
        .max_cost = -1,
    };
    *out = options;
    return LACUNA_OK;
}

void lac_settings_wipe(lac_settings *settings)
{
    if (settings->api_key != NULL) {
        /* The arena's own copy, which nobody else holds. */
        OPENSSL_cleanse((char *)(uintptr_t)settings->api_key, strlen(settings->api_key));
        settings->api_key = NULL;
    }
}

void lacuna_claude_options_free(lacuna_claude_options *options)
{
    if (options != NULL) {
        lac_settings_wipe(&options->settings);
        lac_arena_free(&options->arena);
        free(options);
    }
}

void lacuna_claude_options_lookup(lacuna_claude_options *options, lacuna_lookup_fn lookup,
                                  void *user)
{
    options->settings.lookup = lookup;
    options->settings.lookup_user = user;
}

const char *lac_settings_look_up(const lac_settings *settings, const char *name)
{
    const char *value =
        settings->lookup == NULL ? NULL : settings->lookup(settings->lookup_user, name);
    return value == NULL || value[0] == '\0' ? NULL : value;
}

const char *lac_settings_or(const lac_settings *settings, const char *told, const char *variable)
{
    return told != NULL ? told : lac_settings_look_up(settings, variable);
}

/* ---- setting -------------------------------------------------------------------------------- */

static lacuna_status refuse_key(const char *key, lacuna_error *err)
{
    lac_buf names;
    lac_buf_init(&names, NAMES_MAX);
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < sizeof SETTINGS / sizeof SETTINGS[0] && status == LACUNA_OK; i++) {
        status = lac_buf_printf(&names, "%s%s", i == 0 ? "" : " ", SETTINGS[i].key);
    }
    status = status == LACUNA_OK
                 ? lac_fail_remedy(err, LACUNA_E_ARGUMENT, lac_buf_text(&names),
                                   "there is no setting '%.60s'; there are these:", key)
                 : lac_fail_nomem(err);
    lac_buf_free(&names);
    return status;
}

static const setting *find_setting(const char *key)
{
    for (size_t i = 0; i < sizeof SETTINGS / sizeof SETTINGS[0]; i++) {
        if (strcmp(SETTINGS[i].key, key) == 0) {
            return &SETTINGS[i];
        }
    }
    return NULL;
}

static bool is_word_of(const char *words, const char *value)
{
    size_t length = strlen(value);
    for (const char *at = words; (at = strstr(at, value)) != NULL; at++) {
        if (length > 0 && at > words && at[-1] == ' ' && at[length] == ' ') {
            return true;
        }
    }
    return false;
}

static bool is_one_line(const char *value)
{
    const char *at = value;
    while (*at != '\0' && (unsigned char)*at >= 0x20 && *at != 0x7F) {
        at++;
    }
    return at > value && *at == '\0';
}

/* A value is never repeated in a message: it may be a secret that was put in the wrong place. */
static lacuna_status refuse(const setting *one, lacuna_error *err)
{
    return lac_fail(err, LACUNA_E_ARGUMENT, "%s does not take this value", one->key);
}

static lacuna_status set_number(void *member, const setting *one, const char *value,
                                lacuna_error *err)
{
    char *end;
    unsigned long number = strtoul(value, &end, 10);
    if (value[0] < '0' || value[0] > '9' || *end != '\0' || number < one->least ||
        number > one->most) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "%s takes a number from %u to %u", one->key,
                        one->least, one->most);
    }
    *(uint32_t *)member = (uint32_t)number;
    return LACUNA_OK;
}

static lacuna_status set_dollars(void *member, const setting *one, const char *value,
                                 lacuna_error *err)
{
    char *end;
    double number = strtod(value, &end);
    if (value[0] < '0' || value[0] > '9' || *end != '\0' || !(number >= 0 && number < 1e9)) {
        return refuse(one, err);
    }
    *(double *)member = number;
    return LACUNA_OK;
}

static lacuna_status add_to_list(lac_settings *settings, const char *value, lacuna_error *err)
{
    if (settings->ca_file_count == LAC_CA_FILES_MAX) {
        return lac_fail(err, LACUNA_E_LIMIT, "ca-file can be given %d times", LAC_CA_FILES_MAX);
    }
    settings->ca_files[settings->ca_file_count++] = value;
    return LACUNA_OK;
}

lacuna_status lacuna_claude_options_set(lacuna_claude_options *options, const char *key,
                                        const char *value, lacuna_error *err)
{
    const setting *one = find_setting(key);
    if (one == NULL) {
        return refuse_key(key, err);
    }
    if (one->words != NULL && !is_word_of(one->words, value)) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "%s takes one of%s", one->key, one->words);
    }
    void *member = (char *)&options->settings + one->offset;
    if (one->kind == NUMBER) {
        return set_number(member, one, value, err);
    }
    if (one->kind == DOLLARS) {
        return set_dollars(member, one, value, err);
    }
    if (one->kind == YES_NO) {
        *(bool *)member = value[0] == 'y';
        return LACUNA_OK;
    }
    if (!is_one_line(value)) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "%s takes a text on one line, and not an empty one",
                        one->key);
    }
    const char *copy = lac_arena_copy(&options->arena, lac_span_of(value));
    if (copy == NULL) {
        return lac_fail_nomem(err);
    }
    if (one->kind == TEXT_LIST) {
        return add_to_list(&options->settings, copy, err);
    }
    *(const char **)member = copy;
    return LACUNA_OK;
}

/* ---- copying -------------------------------------------------------------------------------- */

static lacuna_status copy_text(const char **text, lac_arena *arena)
{
    if (*text != NULL) {
        *text = lac_arena_copy(arena, lac_span_of(*text));
        return *text == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    }
    return LACUNA_OK;
}

lacuna_status lac_settings_copy(lac_settings *out, const lac_settings *settings, lac_arena *arena,
                                lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    *out = *settings;
    for (size_t i = 0; i < sizeof SETTINGS / sizeof SETTINGS[0] && status == LACUNA_OK; i++) {
        if (SETTINGS[i].kind == TEXT) {
            status = copy_text((const char **)((char *)out + SETTINGS[i].offset), arena);
        }
    }
    for (size_t i = 0; i < out->ca_file_count && status == LACUNA_OK; i++) {
        status = copy_text(&out->ca_files[i], arena);
    }
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(err);
}
