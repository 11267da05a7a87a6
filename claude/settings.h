/*
 * settings.h - what a client was told: the options of lacuna_claude.h, read and checked.
 *
 * Ownership: texts live in the options' arena; secrets in it are wiped when the options are freed.
 *   A client copies the settings it needs.
 */
#ifndef LAC_CLAUDE_SETTINGS_H
#define LAC_CLAUDE_SETTINGS_H

#include "claude/http.h"
#include "include/lacuna_claude.h"

enum { LAC_CA_FILES_MAX = 16 };

typedef struct lac_settings {
    const char *provider, *model, *fallback_model, *base_url, *region, *project, *resource;
    const char *api_key, *credential_command, *version, *effort, *geo, *models_file;
    const char *proxy, *client_certificate, *client_key;
    const char *ca_files[LAC_CA_FILES_MAX];
    size_t ca_file_count;
    bool http1;
    uint32_t in_flight, retries, silence_seconds;
    double max_cost;         /* below 0: none */
    lacuna_lookup_fn lookup; /* NULL: nothing to look up */
    void *lookup_user;
} lac_settings;

struct lacuna_claude_options {
    lac_arena arena;
    lac_settings settings;
};

/* The value of an environment variable, NULL when it is not there or empty. */
const char *lac_settings_look_up(const lac_settings *settings, const char *name);

/* What was set, else the variable's value; NULL: neither. */
const char *lac_settings_or(const lac_settings *settings, const char *told, const char *variable);

/* A deep copy whose texts live in `arena`. */
lacuna_status lac_settings_copy(lac_settings *out, const lac_settings *settings, lac_arena *arena,
                                lacuna_error *err);

/* Overwrites the secrets in place. */
void lac_settings_wipe(lac_settings *settings);

#endif
