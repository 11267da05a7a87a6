#include "claude/token.h"

#include "claude/command.h"
#include "claude/rfc3339.h"
#include "support/error.h"
#include "support/json_parse.h"

#include <openssl/crypto.h>
#include <stdlib.h>

enum {
    EARLY_SECONDS = 300,
    COMMAND_SECONDS = 1800, /* a token of a command that does not say how long it is good */
    COMMAND_TIMEOUT_MS = 120000,
    REPLY_MAX = 64 * 1024,
    TIMEOUT_MS = 10000,
};

bool lac_token_is_fresh(const lac_token *token, int64_t now)
{
    return token->authorization != NULL && token->expires - EARLY_SECONDS > now;
}

void lac_token_wipe(lac_token *token)
{
    if (token->authorization != NULL) {
        OPENSSL_cleanse(token->authorization, token->room);
        free(token->authorization);
    }
    *token = (lac_token){0};
}

lacuna_status lac_token_set(lac_token *token, lac_span text, int64_t expires, lacuna_error *err)
{
    static const char scheme[] = "Bearer ";
    lac_token_wipe(token);
    token->room = sizeof scheme + text.len;
    token->authorization = calloc(1, token->room);
    if (token->authorization == NULL) {
        return lac_fail_nomem(err);
    }
    memcpy(token->authorization, scheme, sizeof scheme - 1);
    memcpy(token->authorization + sizeof scheme - 1, text.ptr, text.len);
    token->expires = expires;
    return LACUNA_OK;
}

/* ---- replies -------------------------------------------------------------------------------- */

static lac_span text_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return lac_span_make(json_is_string(value) ? json_string_value(value) : "",
                         json_string_length(value));
}

/* Azure's metadata service writes the seconds as a string. */
static int64_t seconds_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_string(value)) {
        return strtoll(json_string_value(value), NULL, 10);
    }
    return json_is_integer(value) ? json_integer_value(value) : 0;
}

lacuna_status lac_token_read(lac_token *token, lac_span json, int64_t now, const char *from,
                             lacuna_error *err)
{
    json_error_t where;
    json_t *tree = NULL;
    lacuna_status status = lac_json_parse(&tree, json, 0, &where);
    lac_span text = text_of(tree, "access_token");
    int64_t seconds = seconds_of(tree, "expires_in");
    if (status == LACUNA_E_NOMEM) {
        status = lac_fail_nomem(err);
    } else if (status != LACUNA_OK || text.len == 0) {
        status = lac_fail(err, LACUNA_E_FORMAT, "%s gave no access_token", from);
    } else {
        status = lac_token_set(token, text, now + (seconds > 0 ? seconds : COMMAND_SECONDS), err);
    }
    json_decref(tree);
    return status;
}

lacuna_status lac_token_fetch(lac_token *token, lac_http *http, const lac_http_request *request,
                              int64_t now, const char *from, lacuna_error *err)
{
    lac_buf reply;
    uint32_t http_status;
    lac_buf_init(&reply, REPLY_MAX);
    lacuna_status status = lac_http_fetch(&http_status, &reply, http, request, TIMEOUT_MS, err);
    if (status == LACUNA_OK && http_status != 200) {
        status = lac_fail(err, LACUNA_E_IO, "%s answered with HTTP status %u", from, http_status);
    }
    if (status == LACUNA_OK) {
        status = lac_token_read(token, lac_buf_span(&reply), now, from, err);
    }
    lac_secret_free(&reply);
    return status;
}

/* ---- commands ------------------------------------------------------------------------------- */

static lacuna_status read_printed_json(lac_token *token, lac_span json, int64_t now,
                                       lacuna_error *err)
{
    static const char *const names[] = {"access_token", "accessToken", "token"};
    static const char *const ends[] = {"expiration", "token_expiry", "expiry"};
    json_error_t where;
    json_t *tree = NULL;
    lac_span text = {NULL, 0};
    int64_t expires = now + COMMAND_SECONDS;
    lacuna_status status = lac_json_parse(&tree, json, 0, &where);
    for (size_t i = 0; i < sizeof names / sizeof names[0] && text.len == 0; i++) {
        text = text_of(tree, names[i]);
    }
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        int64_t until;
        if (lac_rfc3339_read(&until, text_of(tree, ends[i]))) {
            expires = until;
        }
    }
    int64_t seconds = seconds_of(tree, "expires_in");
    if (seconds > 0) {
        expires = now + seconds;
    }
    if (seconds_of(tree, "expires_on") > now) {
        expires = seconds_of(tree, "expires_on");
    }
    status =
        status == LACUNA_OK && text.len > 0
            ? lac_token_set(token, text, expires, err)
            : lac_fail(err, LACUNA_E_FORMAT, "credential-command printed JSON without a token");
    json_decref(tree);
    return status;
}

lacuna_status lac_token_from_command(lac_token *token, const lac_settings *settings, int64_t now,
                                     lacuna_error *err)
{
    lac_buf printed;
    lac_buf_init(&printed, LAC_COMMAND_OUTPUT_MAX);
    lacuna_status status = lac_command_run(&printed, settings->credential_command,
                                           "credential-command", COMMAND_TIMEOUT_MS, err);
    lac_span text = lac_span_trim(lac_buf_span(&printed));
    if (status == LACUNA_OK && text.len > 0 && text.ptr[0] == '{') {
        status = read_printed_json(token, text, now, err);
    } else if (status == LACUNA_OK && (text.len == 0 || memchr(text.ptr, '\n', text.len) != NULL)) {
        status =
            lac_fail(err, LACUNA_E_FORMAT, "credential-command has to print one line, or JSON");
    } else if (status == LACUNA_OK) {
        status = lac_token_set(token, text, now + COMMAND_SECONDS, err);
    }
    lac_secret_free(&printed);
    return status;
}

/* ---- forms ---------------------------------------------------------------------------------- */

lacuna_status lac_form_append(lac_buf *form, const char *name, lac_span value)
{
    lacuna_status status = lac_buf_printf(form, "%s%s=", form->len == 0 ? "" : "&", name);
    for (size_t i = 0; i < value.len && status == LACUNA_OK; i++) {
        unsigned char c = (unsigned char)value.ptr[i];
        bool kept = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
                    (c != 0 && strchr("-_.~", c) != NULL);
        status = kept ? lac_buf_append_char(form, (char)c) : lac_buf_printf(form, "%%%02X", c);
    }
    return status;
}
