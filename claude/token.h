/*
 * token.h - a bearer token that was got somewhere, and until when it is good.
 *
 * Ownership: owns its text, wiped when it is replaced or freed.
 */
#ifndef LAC_CLAUDE_TOKEN_H
#define LAC_CLAUDE_TOKEN_H

#include "claude/settings.h"

typedef struct lac_token {
    char *authorization; /* "Bearer ..."; NULL: none yet */
    size_t room;
    int64_t expires; /* seconds since 1970, UTC; 0: not known */
} lac_token;

/* With five minutes to spare; one whose end is not known is taken to be good for `unknown_seconds`
 * after it was got, which its maker has put into `expires`. */
bool lac_token_is_fresh(const lac_token *token, int64_t now);

lacuna_status lac_token_set(lac_token *token, lac_span text, int64_t expires, lacuna_error *err);
void lac_token_wipe(lac_token *token);

/* {"access_token", "expires_in"} of an OAuth 2.0 reply (RFC 6749 5.1); `from` is named in errors.
 */
lacuna_status lac_token_read(lac_token *token, lac_span json, int64_t now, const char *from,
                             lacuna_error *err);

/* Sends a form (or, with an empty one, a GET with `header`) and reads the token of the reply. */
lacuna_status lac_token_fetch(lac_token *token, lac_http *http, const lac_http_request *request,
                              int64_t now, const char *from, lacuna_error *err);

/* What credential-command prints: a bare token, or JSON with access_token, accessToken or token. */
lacuna_status lac_token_from_command(lac_token *token, const lac_settings *settings, int64_t now,
                                     lacuna_error *err);

/* One field of a form, percent-encoded, with '&' in front of all but the first. */
lacuna_status lac_form_append(lac_buf *form, const char *name, lac_span value);

#endif
