#include "claude/retry.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdlib.h>

enum { FIRST_WAIT_MS = 500, LONGEST_OWN_WAIT_MS = 8000 };

/* Codes of details.error_code that last until somebody raises a limit. */
static const char *const FINAL_CODES[] = {
    "enforced_spend_limit_reached",
    "contract_spend_limit_reached",
};

bool lac_retry_is_final(const lac_api_error *error)
{
    if (error == NULL) {
        return false;
    }
    for (size_t i = 0; i < sizeof FINAL_CODES / sizeof FINAL_CODES[0]; i++) {
        if (strcmp(error->code, FINAL_CODES[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool may_retry(const lac_reply_facts *reply)
{
    uint32_t status = reply->http_status;
    if (lac_retry_is_final(reply->error)) {
        return false;
    }
    if (reply->should_retry != NULL && strcmp(reply->should_retry, "true") == 0) {
        return true;
    }
    if (reply->should_retry != NULL && strcmp(reply->should_retry, "false") == 0) {
        return false;
    }
    /* 200: the stream broke off or carried an error event. */
    return status == 0 || status == 200 || status == 408 || status == 409 || status == 429 ||
           status >= 500;
}

/* A number of `unit` milliseconds; false where the text is none, or negative. */
static bool read_number(double *ms, const char *text, double unit)
{
    char *end;
    if (text == NULL || text[0] == '\0') {
        return false;
    }
    errno = 0;
    double value = strtod(text, &end);
    if (errno != 0 || *end != '\0' || !(value >= 0)) {
        return false;
    }
    *ms = value * unit;
    return true;
}

static bool read_date(double *ms, const char *text, int64_t now)
{
    time_t at = text == NULL ? -1 : curl_getdate(text, NULL);
    if (at < 0) {
        return false;
    }
    *ms = (int64_t)at > now ? (double)((int64_t)at - now) * 1000 : 0;
    return true;
}

static double own_wait(uint32_t attempt, double chance)
{
    double wait = FIRST_WAIT_MS;
    for (uint32_t i = 0; i < attempt && wait < LONGEST_OWN_WAIT_MS; i++) {
        wait *= 2;
    }
    return (wait > LONGEST_OWN_WAIT_MS ? LONGEST_OWN_WAIT_MS : wait) * (1 - 0.25 * chance);
}

bool lac_retry_wait(uint32_t *wait_ms, const lac_reply_facts *reply, uint32_t attempt,
                    uint32_t most, int64_t now, double chance)
{
    double wait;
    *wait_ms = 0;
    if (attempt >= most || !may_retry(reply)) {
        return false;
    }
    if (!read_number(&wait, reply->retry_after_ms, 1) &&
        !read_number(&wait, reply->retry_after, 1000) &&
        !read_date(&wait, reply->retry_after, now)) {
        wait = own_wait(attempt, chance);
    }
    if (wait > LAC_RETRY_WAIT_MAX_MS) {
        return false;
    }
    *wait_ms = (uint32_t)wait;
    return true;
}
