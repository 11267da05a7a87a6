#include "claude/google.h"

#include "claude/command.h"
#include "claude/credential_file.h"
#include "claude/jwt.h"
#include "support/error.h"
#include "support/json_parse.h"

#define SCOPE "https://www.googleapis.com/auth/cloud-platform"
#define TOKEN_ADDRESS "https://oauth2.googleapis.com/token"
#define GRANT_JWT "urn:ietf:params:oauth:grant-type:jwt-bearer"

#define FILE_REMEDY                                           \
    "check the file of GOOGLE_APPLICATION_CREDENTIALS, else " \
    ".config/gcloud/application_default_credentials.json at home"

enum { FORM_MAX = 64 * 1024 };

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

static lacuna_status post_form(lac_token *token, lac_http *http, const char *url,
                               const lac_buf *form, int64_t now, lacuna_error *err)
{
    lac_arena arena;
    lac_http_request request = {.method = "POST", .url = url, .body = lac_buf_span(form)};
    lac_arena_init(&arena);
    lacuna_status status = lac_http_add_header(&request, &arena, "Content-Type",
                                               "application/x-www-form-urlencoded", err);
    if (status == LACUNA_OK) {
        status = lac_token_fetch(token, http, &request, now, "Google's token service", err);
    }
    lac_arena_free(&arena);
    return status;
}

static lacuna_status form_of_account(lac_buf *form, const json_t *file, int64_t now,
                                     lacuna_error *err)
{
    lac_buf assertion;
    const char *address = text_of(file, "token_uri");
    lac_jwt_claims claims = {.issuer = text_of(file, "client_email"),
                             .scope = SCOPE,
                             .audience = address[0] == '\0' ? TOKEN_ADDRESS : address,
                             .key_id = json_string_value(json_object_get(file, "private_key_id")),
                             .issued = now};
    lac_buf_init(&assertion, FORM_MAX);
    lacuna_status status =
        lac_jwt_write(&assertion, &claims, lac_span_of(text_of(file, "private_key")), err);
    if (status == LACUNA_OK) {
        status = lac_form_append(form, "grant_type", lac_span_of(GRANT_JWT));
        status = status == LACUNA_OK ? lac_form_append(form, "assertion", lac_buf_span(&assertion))
                                     : status;
        status = status == LACUNA_OK ? status : lac_fail_nomem(err);
    }
    lac_secret_free(&assertion);
    return status;
}

static lacuna_status form_of_user(lac_buf *form, const json_t *file, lacuna_error *err)
{
    static const char *const names[] = {"client_id", "client_secret", "refresh_token"};
    lacuna_status status = lac_form_append(form, "grant_type", lac_span_of("refresh_token"));
    for (size_t i = 0; i < sizeof names / sizeof names[0] && status == LACUNA_OK; i++) {
        status = lac_form_append(form, names[i], lac_span_of(text_of(file, names[i])));
    }
    return status == LACUNA_OK ? status : lac_fail_nomem(err);
}

static lacuna_status from_file(lac_token *token, lac_http *http, lac_span json, int64_t now,
                               lacuna_error *err)
{
    json_error_t where;
    json_t *file = NULL;
    lac_buf form;
    if (lac_json_parse(&file, json, 0, &where) != LACUNA_OK) {
        return lac_fail_remedy(err, LACUNA_E_FORMAT, FILE_REMEDY,
                               "Google's credential file is no JSON");
    }
    lac_buf_init(&form, FORM_MAX);
    const char *kind = text_of(file, "type");
    lacuna_status status;
    if (strcmp(kind, "service_account") == 0) {
        status = form_of_account(&form, file, now, err);
    } else if (strcmp(kind, "authorized_user") == 0) {
        status = form_of_user(&form, file, err);
    } else {
        status = lac_fail_remedy(
            err, LACUNA_E_UNSUPPORTED,
            "set credential-command to: gcloud auth application-default print-access-token",
            "credentials of type %.40s are not read", kind);
    }
    const char *address = text_of(file, "token_uri");
    if (status == LACUNA_OK) {
        status =
            post_form(token, http, address[0] == '\0' ? TOKEN_ADDRESS : address, &form, now, err);
    }
    lac_secret_free(&form);
    json_decref(file);
    return status;
}

static lacuna_status from_metadata(lac_token *token, const lac_settings *settings, lac_http *http,
                                   int64_t now, lacuna_error *err)
{
    static const char path[] = "/computeMetadata/v1/instance/service-accounts/default/token";
    lac_arena arena;
    lac_buf url;
    const char *host = lac_settings_look_up(settings, "GCE_METADATA_HOST");
    lac_http_request request = {.method = "GET", .metadata_address = true};
    lac_arena_init(&arena);
    lac_buf_init(&url, FORM_MAX);
    lacuna_status status =
        lac_buf_printf(&url, "http://%s%s", host == NULL ? "169.254.169.254" : host, path);
    request.url = lac_buf_text(&url);
    if (status == LACUNA_OK) {
        status = lac_http_add_header(&request, &arena, "Metadata-Flavor", "Google", err);
    }
    if (status == LACUNA_OK) {
        status = lac_token_fetch(token, http, &request, now, "Google's metadata service", NULL);
    }
    lac_buf_free(&url);
    lac_arena_free(&arena);
    return status == LACUNA_OK
               ? status
               : lac_fail_remedy(err, LACUNA_E_ARGUMENT,
                                 "set GOOGLE_APPLICATION_CREDENTIALS or credential-command",
                                 "no Google Cloud credentials were found");
}

lacuna_status lac_google_token(lac_token *token, const lac_settings *settings, lac_http *http,
                               int64_t now, lacuna_error *err)
{
    lac_buf json;
    if (settings->credential_command != NULL) {
        return lac_token_from_command(token, settings, now, err);
    }
    lac_buf_init(&json, LAC_CREDENTIAL_FILE_MAX);
    lacuna_status status = lac_credential_file_read(
        &json, settings, lac_settings_look_up(settings, "GOOGLE_APPLICATION_CREDENTIALS"),
        ".config/gcloud/application_default_credentials.json", err);
    if (status == LACUNA_OK) {
        status = json.len > 0 ? from_file(token, http, lac_buf_span(&json), now, err)
                              : from_metadata(token, settings, http, now, err);
    }
    lac_secret_free(&json);
    return status;
}
