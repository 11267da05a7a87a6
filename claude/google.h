/*
 * google.h - an access token for Google Cloud: application default credentials.
 *
 * Purpose: in order: credential-command, the file of GOOGLE_APPLICATION_CREDENTIALS, the file that
 *   `gcloud auth application-default login` writes, the metadata service. Files of kind
 * service_account (a signed assertion) and authorized_user (a refresh token); workload identity
 * federation is left to credential-command, e.g. `gcloud auth application-default
 * print-access-token`.
 */
#ifndef LAC_CLAUDE_GOOGLE_H
#define LAC_CLAUDE_GOOGLE_H

#include "claude/token.h"

lacuna_status lac_google_token(lac_token *token, const lac_settings *settings, lac_http *http,
                               int64_t now, lacuna_error *err);

#endif
