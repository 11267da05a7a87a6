/*
 * aws_remote.h - AWS keys that a service hands out: STS for a web identity, the endpoint of a
 * container, the metadata of an instance; and the form they come in.
 *
 * Each function is LACUNA_E_NOTFOUND where its source is not there, so that the next can be tried.
 */
#ifndef LAC_CLAUDE_AWS_REMOTE_H
#define LAC_CLAUDE_AWS_REMOTE_H

#include "claude/settings.h"

/* Texts are allocated singly, so that they can be wiped. */
typedef struct lac_aws_credential {
    char *access_key_id, *secret_access_key, *session_token; /* token NULL: none */
    int64_t expires;                                         /* seconds since 1970, UTC; 0: never */
} lac_aws_credential;

/* An empty token is none. */
lacuna_status lac_aws_credential_set(lac_aws_credential *out, lac_span id, lac_span secret,
                                     lac_span token, int64_t expires, lacuna_error *err);
void lac_aws_credential_wipe(lac_aws_credential *credential);

/* {"AccessKeyId", "SecretAccessKey", "SessionToken" or "Token", "Expiration"}; `from` is named in
 * errors. */
lacuna_status lac_aws_credential_read(lac_aws_credential *out, lac_span json, const char *from,
                                      lacuna_error *err);

lacuna_status lac_aws_web_identity(lac_aws_credential *out, const lac_settings *settings,
                                   lac_http *http, const char *region, lacuna_error *err);
lacuna_status lac_aws_container(lac_aws_credential *out, const lac_settings *settings,
                                lac_http *http, lacuna_error *err);
lacuna_status lac_aws_instance(lac_aws_credential *out, const lac_settings *settings,
                               lac_http *http, lacuna_error *err);

#endif
