#include "claude/aws_remote.h"

#include "claude/command.h"
#include "claude/credential_file.h"
#include "claude/http_address.h"
#include "claude/rfc3339.h"
#include "claude/token.h"
#include "support/error.h"
#include "support/json_parse.h"

#include <openssl/crypto.h>
#include <stdlib.h>

enum {
    REPLY_MAX = 64 * 1024,
    TIMEOUT_MS = 10000,
    METADATA_TIMEOUT_MS = 2000,
    FORM_MAX = 64 * 1024
};

/* ---- credentials ---------------------------------------------------------------------------- */

static char *copy_text(lac_span text)
{
    char *copy = calloc(1, text.len + 1);
    if (copy != NULL && text.len > 0) {
        memcpy(copy, text.ptr, text.len);
    }
    return copy;
}

lacuna_status lac_aws_credential_set(lac_aws_credential *out, lac_span id, lac_span secret,
                                     lac_span token, int64_t expires, lacuna_error *err)
{
    *out = (lac_aws_credential){.access_key_id = copy_text(id),
                                .secret_access_key = copy_text(secret),
                                .session_token = token.len == 0 ? NULL : copy_text(token),
                                .expires = expires};
    if (out->access_key_id == NULL || out->secret_access_key == NULL ||
        (token.len > 0 && out->session_token == NULL)) {
        lac_aws_credential_wipe(out);
        return lac_fail_nomem(err);
    }
    return LACUNA_OK;
}

static void wipe_text(char *text)
{
    if (text != NULL) {
        OPENSSL_cleanse(text, strlen(text));
        free(text);
    }
}

void lac_aws_credential_wipe(lac_aws_credential *credential)
{
    wipe_text(credential->access_key_id);
    wipe_text(credential->secret_access_key);
    wipe_text(credential->session_token);
    *credential = (lac_aws_credential){0};
}

static lac_span text_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return lac_span_make(json_is_string(value) ? json_string_value(value) : "",
                         json_string_length(value));
}

lacuna_status lac_aws_credential_read(lac_aws_credential *out, lac_span json, const char *from,
                                      lacuna_error *err)
{
    json_error_t where;
    json_t *tree = NULL;
    if (lac_json_parse(&tree, json, 0, &where) != LACUNA_OK) {
        return lac_fail(err, LACUNA_E_FORMAT, "%s did not print JSON", from);
    }
    lac_span id = text_of(tree, "AccessKeyId"), secret = text_of(tree, "SecretAccessKey");
    lac_span token = text_of(tree, "SessionToken"), until = text_of(tree, "Expiration");
    token = token.len > 0 ? token : text_of(tree, "Token");
    int64_t expires = 0;
    lacuna_status status = LACUNA_OK;
    if (id.len == 0 || secret.len == 0) {
        status = lac_fail(err, LACUNA_E_FORMAT, "%s gave no AccessKeyId and SecretAccessKey", from);
    } else if (until.len > 0 && !lac_rfc3339_read(&expires, until)) {
        status = lac_fail(err, LACUNA_E_FORMAT, "%s gave an Expiration that is no time", from);
    }
    if (status == LACUNA_OK) {
        status = lac_aws_credential_set(out, id, secret, token, expires, err);
    }
    json_decref(tree);
    return status;
}

/* ---- STS ------------------------------------------------------------------------------------ */

/* The text of an element; STS answers in XML whose few elements have no attributes and hold only
 * base64 text and a time, so no parser is needed: what does not look like that is refused. */
static lac_span element(lac_span xml, const char *start, const char *end)
{
    lac_span none = {NULL, 0};
    const char *text = strstr(xml.ptr, start); /* from a buffer: NUL-terminated */
    if (text == NULL) {
        return none;
    }
    text += strlen(start);
    const char *stop = strstr(text, end);
    if (stop == NULL || memchr(text, '<', (size_t)(stop - text)) != NULL ||
        memchr(text, '&', (size_t)(stop - text)) != NULL) {
        return none;
    }
    return lac_span_make(text, (size_t)(stop - text));
}

static lacuna_status read_sts(lac_aws_credential *out, lac_span xml, lacuna_error *err)
{
    int64_t expires;
    lac_span id = element(xml, "<AccessKeyId>", "</AccessKeyId>");
    lac_span secret = element(xml, "<SecretAccessKey>", "</SecretAccessKey>");
    lac_span token = element(xml, "<SessionToken>", "</SessionToken>");
    lac_span until = element(xml, "<Expiration>", "</Expiration>");
    if (id.len == 0 || secret.len == 0 || token.len == 0 || !lac_rfc3339_read(&expires, until)) {
        return lac_fail(err, LACUNA_E_FORMAT, "the reply of AWS STS holds no credentials");
    }
    return lac_aws_credential_set(out, id, secret, token, expires, err);
}

static lacuna_status write_form(lac_buf *form, const lac_settings *settings, lac_span token)
{
    const char *session = lac_settings_look_up(settings, "AWS_ROLE_SESSION_NAME");
    lacuna_status status =
        lac_form_append(form, "Action", lac_span_of("AssumeRoleWithWebIdentity"));
    if (status == LACUNA_OK) {
        status = lac_form_append(form, "Version", lac_span_of("2011-06-15"));
    }
    if (status == LACUNA_OK) {
        status = lac_form_append(form, "RoleArn",
                                 lac_span_of(lac_settings_look_up(settings, "AWS_ROLE_ARN")));
    }
    if (status == LACUNA_OK) {
        status = lac_form_append(form, "RoleSessionName",
                                 lac_span_of(session == NULL ? "lacuna" : session));
    }
    return status == LACUNA_OK ? lac_form_append(form, "WebIdentityToken", token) : status;
}

/* The address of STS; AWS_ENDPOINT_URL_STS is how the AWS tools name another one. */
static lacuna_status sts_url(lac_http_request *request, lac_arena *arena,
                             const lac_settings *settings, const char *region, lacuna_error *err)
{
    lac_buf url;
    const char *told = lac_settings_look_up(settings, "AWS_ENDPOINT_URL_STS");
    lac_buf_init(&url, FORM_MAX);
    lacuna_status status = told != NULL ? lac_buf_append_text(&url, told)
                           : region != NULL
                               ? lac_buf_printf(&url, "https://sts.%s.amazonaws.com/", region)
                               : lac_buf_append_text(&url, "https://sts.amazonaws.com/");
    request->url = status == LACUNA_OK ? lac_arena_copy(arena, lac_buf_span(&url)) : NULL;
    lac_buf_free(&url);
    return request->url == NULL ? lac_fail_nomem(err) : LACUNA_OK;
}

static lacuna_status call_sts(lac_aws_credential *out, const lac_settings *settings, lac_http *http,
                              const char *region, lac_span token, lacuna_error *err)
{
    lac_arena arena;
    lac_buf form, reply;
    uint32_t http_status;
    lac_http_request request = {.method = "POST"};
    lac_arena_init(&arena);
    lac_buf_init(&form, FORM_MAX);
    lac_buf_init(&reply, REPLY_MAX);
    lacuna_status status = write_form(&form, settings, token);
    status = status == LACUNA_OK ? sts_url(&request, &arena, settings, region, err)
                                 : lac_fail(err, status, "the web identity token is too long");
    if (status == LACUNA_OK) {
        status = lac_http_add_header(&request, &arena, "Content-Type",
                                     "application/x-www-form-urlencoded", err);
    }
    if (status == LACUNA_OK) {
        request.body = lac_buf_span(&form);
        status = lac_http_fetch(&http_status, &reply, http, &request, TIMEOUT_MS, err);
    }
    if (status == LACUNA_OK && http_status != 200) {
        status = lac_fail(err, LACUNA_E_IO, "AWS STS refused the web identity: HTTP status %u",
                          http_status);
    }
    if (status == LACUNA_OK) {
        status = read_sts(out, lac_span_of(lac_buf_text(&reply)), err);
    }
    lac_secret_free(&form);
    lac_secret_free(&reply);
    lac_arena_free(&arena);
    return status;
}

lacuna_status lac_aws_web_identity(lac_aws_credential *out, const lac_settings *settings,
                                   lac_http *http, const char *region, lacuna_error *err)
{
    lac_buf token;
    const char *path = lac_settings_look_up(settings, "AWS_WEB_IDENTITY_TOKEN_FILE");
    if (path == NULL || lac_settings_look_up(settings, "AWS_ROLE_ARN") == NULL) {
        return LACUNA_E_NOTFOUND;
    }
    lac_buf_init(&token, LAC_CREDENTIAL_FILE_MAX);
    lacuna_status status = lac_credential_file_read(&token, settings, path, "", err);
    if (status == LACUNA_OK) {
        status = call_sts(out, settings, http, region, lac_span_trim(lac_buf_span(&token)), err);
    }
    lac_secret_free(&token);
    return status;
}

/* ---- containers ----------------------------------------------------------------------------- */

static lacuna_status container_token(lac_http_request *request, lac_arena *arena,
                                     const lac_settings *settings, lacuna_error *err)
{
    lac_buf text;
    const char *token = lac_settings_look_up(settings, "AWS_CONTAINER_AUTHORIZATION_TOKEN");
    const char *path = lac_settings_look_up(settings, "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
    if (path == NULL) {
        return token == NULL ? LACUNA_OK
                             : lac_http_add_header(request, arena, "Authorization", token, err);
    }
    lac_buf_init(&text, LAC_CREDENTIAL_FILE_MAX);
    lacuna_status status = lac_credential_file_read(&text, settings, path, "", err);
    if (status == LACUNA_OK) {
        const char *value = lac_arena_copy(arena, lac_span_trim(lac_buf_span(&text)));
        status = value == NULL ? lac_fail_nomem(err)
                               : lac_http_add_header(request, arena, "Authorization", value, err);
    }
    lac_secret_free(&text);
    return status;
}

static lacuna_status fetch_keys(lac_aws_credential *out, lac_http *http,
                                const lac_http_request *request, uint32_t timeout_ms,
                                const char *from, lacuna_error *err)
{
    lac_buf reply;
    uint32_t http_status;
    lac_buf_init(&reply, REPLY_MAX);
    lacuna_status status = lac_http_fetch(&http_status, &reply, http, request, timeout_ms, err);
    if (status == LACUNA_OK && http_status != 200) {
        status = lac_fail(err, LACUNA_E_IO, "%s answered with HTTP status %u", from, http_status);
    }
    if (status == LACUNA_OK) {
        status = lac_aws_credential_read(out, lac_buf_span(&reply), from, err);
    }
    lac_secret_free(&reply);
    return status;
}

lacuna_status lac_aws_container(lac_aws_credential *out, const lac_settings *settings,
                                lac_http *http, lacuna_error *err)
{
    static const char from[] = "the container's credential service";
    lac_arena arena;
    lac_buf url;
    lac_http_request request = {.method = "GET", .metadata_address = true};
    const char *relative = lac_settings_look_up(settings, "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    const char *full = lac_settings_look_up(settings, "AWS_CONTAINER_CREDENTIALS_FULL_URI");
    if (relative == NULL && full == NULL) {
        return LACUNA_E_NOTFOUND;
    }
    lac_arena_init(&arena);
    lac_buf_init(&url, FORM_MAX);
    lacuna_status status = relative != NULL
                               ? lac_buf_printf(&url, "http://169.254.170.2%s", relative)
                               : lac_buf_append_text(&url, full);
    request.url = lac_buf_text(&url);
    status = status == LACUNA_OK ? container_token(&request, &arena, settings, err)
                                 : lac_fail(err, status, "the container's address is too long");
    if (status == LACUNA_OK) {
        status = fetch_keys(out, http, &request, TIMEOUT_MS, from, err);
    }
    lac_buf_free(&url);
    lac_arena_free(&arena);
    return status;
}

/* ---- instances ------------------------------------------------------------------------------ */

static const char *metadata_base(const lac_settings *settings)
{
    const char *told = lac_settings_look_up(settings, "AWS_EC2_METADATA_SERVICE_ENDPOINT");
    return told == NULL ? "http://169.254.169.254" : told;
}

static lacuna_status metadata_request(lac_http_request *request, lac_arena *arena,
                                      const lac_settings *settings, const char *method,
                                      const char *path, const char *more, lacuna_error *err)
{
    lac_buf url;
    lac_buf_init(&url, FORM_MAX);
    *request = (lac_http_request){.method = method, .metadata_address = true};
    lacuna_status status = lac_buf_printf(&url, "%s%s%s", metadata_base(settings), path, more);
    request->url = status == LACUNA_OK ? lac_arena_copy(arena, lac_buf_span(&url)) : NULL;
    lac_buf_free(&url);
    return request->url == NULL ? lac_fail_nomem(err) : LACUNA_OK;
}

static lacuna_status fetch_text(const char **out, lac_arena *arena, lac_http *http,
                                const lac_http_request *request)
{
    lac_buf reply;
    uint32_t http_status;
    lac_buf_init(&reply, REPLY_MAX);
    lacuna_status status =
        lac_http_fetch(&http_status, &reply, http, request, METADATA_TIMEOUT_MS, NULL);
    if (status == LACUNA_OK && http_status == 200) {
        *out = lac_arena_copy(arena, lac_span_trim(lac_buf_span(&reply)));
    }
    lac_secret_free(&reply);
    /* Not on an instance, or one without a role: no source. */
    return *out == NULL || (*out)[0] == '\0' ? LACUNA_E_NOTFOUND : LACUNA_OK;
}

lacuna_status lac_aws_instance(lac_aws_credential *out, const lac_settings *settings,
                               lac_http *http, lacuna_error *err)
{
    static const char token_header[] = "x-aws-ec2-metadata-token";
    static const char roles[] = "/latest/meta-data/iam/security-credentials/";
    lac_arena arena;
    lac_http_request request;
    const char *token = NULL, *role = NULL;
    const char *off = lac_settings_look_up(settings, "AWS_EC2_METADATA_DISABLED");
    if (off != NULL && strcmp(off, "true") == 0) {
        return LACUNA_E_NOTFOUND;
    }
    lac_arena_init(&arena);
    lacuna_status status =
        metadata_request(&request, &arena, settings, "PUT", "/latest/api/token", "", err);
    if (status == LACUNA_OK) {
        status = lac_http_add_header(&request, &arena, "x-aws-ec2-metadata-token-ttl-seconds",
                                     "21600", err);
    }
    if (status == LACUNA_OK) {
        status = fetch_text(&token, &arena, http, &request);
    }
    if (status == LACUNA_OK) {
        status = metadata_request(&request, &arena, settings, "GET", roles, "", err);
    }
    if (status == LACUNA_OK) {
        status = lac_http_add_header(&request, &arena, token_header, token, err);
    }
    if (status == LACUNA_OK) {
        status = fetch_text(&role, &arena, http, &request);
    }
    if (status == LACUNA_OK) {
        status = metadata_request(&request, &arena, settings, "GET", roles, role, err);
    }
    if (status == LACUNA_OK) {
        status = lac_http_add_header(&request, &arena, token_header, token, err);
    }
    if (status == LACUNA_OK) {
        status =
            fetch_keys(out, http, &request, METADATA_TIMEOUT_MS, "the instance's metadata", err);
    }
    lac_arena_free(&arena);
    return status;
}
