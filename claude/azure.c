#include "claude/azure.h"

#include "claude/command.h"
#include "support/error.h"

#define RESOURCE "https://ai.azure.com"

enum { FORM_MAX = 64 * 1024 };

static lacuna_status write_form(lac_buf *form, const char *client, const char *secret)
{
    lacuna_status status = lac_form_append(form, "grant_type", lac_span_of("client_credentials"));
    if (status == LACUNA_OK) {
        status = lac_form_append(form, "client_id", lac_span_of(client));
    }
    if (status == LACUNA_OK) {
        status = lac_form_append(form, "client_secret", lac_span_of(secret));
    }
    return status == LACUNA_OK ? lac_form_append(form, "scope", lac_span_of(RESOURCE "/.default"))
                               : status;
}

static lacuna_status from_secret(lac_token *token, const lac_settings *settings, lac_http *http,
                                 int64_t now, lacuna_error *err)
{
    lac_arena arena;
    lac_buf form, url;
    const char *tenant = lac_settings_look_up(settings, "AZURE_TENANT_ID");
    const char *client = lac_settings_look_up(settings, "AZURE_CLIENT_ID");
    const char *secret = lac_settings_look_up(settings, "AZURE_CLIENT_SECRET");
    const char *host = lac_settings_look_up(settings, "AZURE_AUTHORITY_HOST");
    lac_http_request request = {.method = "POST"};
    if (tenant == NULL || client == NULL || secret == NULL) {
        return LACUNA_E_NOTFOUND;
    }
    lac_arena_init(&arena);
    lac_buf_init(&form, FORM_MAX);
    lac_buf_init(&url, FORM_MAX);
    lacuna_status status =
        lac_buf_printf(&url, "%s/%s/oauth2/v2.0/token",
                       host == NULL ? "https://login.microsoftonline.com" : host, tenant);
    if (status == LACUNA_OK) {
        status = write_form(&form, client, secret);
    }
    request.url = lac_buf_text(&url);
    request.body = lac_buf_span(&form);
    status = status == LACUNA_OK ? lac_http_add_header(&request, &arena, "Content-Type",
                                                       "application/x-www-form-urlencoded", err)
                                 : lac_fail_nomem(err);
    if (status == LACUNA_OK) {
        status = lac_token_fetch(token, http, &request, now, "Microsoft Entra", err);
    }
    lac_secret_free(&form);
    lac_buf_free(&url);
    lac_arena_free(&arena);
    return status;
}

static lacuna_status from_identity(lac_token *token, const lac_settings *settings, lac_http *http,
                                   int64_t now, lacuna_error *err)
{
    lac_arena arena;
    lac_buf url;
    const char *host = lac_settings_look_up(settings, "AZURE_POD_IDENTITY_AUTHORITY_HOST");
    lac_http_request request = {.method = "GET", .metadata_address = true};
    lac_arena_init(&arena);
    lac_buf_init(&url, FORM_MAX);
    lacuna_status status = lac_buf_printf(
        &url, "%s/metadata/identity/oauth2/token?api-version=2018-02-01&resource=" RESOURCE,
        host == NULL ? "http://169.254.169.254" : host);
    request.url = lac_buf_text(&url);
    if (status == LACUNA_OK) {
        status = lac_http_add_header(&request, &arena, "Metadata", "true", err);
    }
    if (status == LACUNA_OK) {
        status = lac_token_fetch(token, http, &request, now, "Azure's metadata service", NULL);
    }
    lac_buf_free(&url);
    lac_arena_free(&arena);
    return status == LACUNA_OK
               ? status
               : lac_fail_remedy(
                     err, LACUNA_E_ARGUMENT,
                     "set ANTHROPIC_FOUNDRY_API_KEY, AZURE_CLIENT_ID with its tenant and "
                     "secret, or credential-command",
                     "no credentials for Microsoft Foundry were found");
}

lacuna_status lac_azure_token(lac_token *token, const lac_settings *settings, lac_http *http,
                              int64_t now, lacuna_error *err)
{
    if (settings->credential_command != NULL) {
        return lac_token_from_command(token, settings, now, err);
    }
    lacuna_status status = from_secret(token, settings, http, now, err);
    return status == LACUNA_E_NOTFOUND ? from_identity(token, settings, http, now, err) : status;
}
