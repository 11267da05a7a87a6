/*
 * azure.h - an access token of Microsoft Entra: a client's secret, or the managed identity of a
 * machine.
 *
 * Interactive logins are left to credential-command: az account get-access-token --resource
 * https://ai.azure.com
 */
#ifndef LAC_CLAUDE_AZURE_H
#define LAC_CLAUDE_AZURE_H

#include "claude/token.h"

lacuna_status lac_azure_token(lac_token *token, const lac_settings *settings, lac_http *http,
                              int64_t now, lacuna_error *err);

#endif
