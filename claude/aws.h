/*
 * aws.h - keys for AWS, from where the official clients look for them and in their order.
 *
 * Purpose: environment, then the profile's static keys or credential_process, then a web identity
 * (an unsigned call to STS), then the container's endpoint (ECS, EKS), then the instance's metadata
 *   (IMDSv2). Single sign-on and role chains are left to credential-command, e.g. `aws configure
 *   export-credentials --format process`. Keys are kept until five minutes before they expire.
 * Ownership: a source owns its keys, wiped when it is freed.
 */
#ifndef LAC_CLAUDE_AWS_H
#define LAC_CLAUDE_AWS_H

#include "claude/settings.h"
#include "claude/sigv4.h"

typedef struct lac_aws_source lac_aws_source;

/* Nothing is run or fetched until keys are asked for. The settings and http outlive the source. */
lacuna_status lac_aws_open(lac_aws_source **out, const lac_settings *settings, lac_http *http,
                           lacuna_error *err);
void lac_aws_free(lac_aws_source *source);

/* LACUNA_E_ARGUMENT where no source has keys, with what to set. The keys live until the next call.
 */
lacuna_status lac_aws_keys_get(lac_aws_keys *keys, lac_aws_source *source, int64_t now,
                               lacuna_error *err);
/* Forgets keys that can be got anew; false: there are none such. */
bool lac_aws_forget(lac_aws_source *source);

/* region, AWS_REGION, AWS_DEFAULT_REGION, the profile's; NULL: none. */
const char *lac_aws_region(lac_aws_source *source);

#endif
