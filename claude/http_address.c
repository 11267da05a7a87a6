#include "claude/http_address.h"

#include "support/error.h"
#include "support/span.h"

#include <curl/curl.h>
#include <string.h>

/* Four decimal numbers whose first one or two are given; -1: any. */
static bool is_ipv4(const char *host, int first, int second)
{
    int parts[4] = {0}, count = 0, digits = 0;
    for (const char *at = host;; at++) {
        if (*at >= '0' && *at <= '9' && digits < 3) {
            parts[count] = parts[count] * 10 + (*at - '0');
            digits++;
        } else if ((*at == '.' || *at == '\0') && digits > 0 && parts[count] < 256) {
            count++, digits = 0;
            if (*at == '\0' || count == 4) {
                return *at == '\0' && count == 4 && parts[0] == first &&
                       (second < 0 || parts[1] == second);
            }
        } else {
            return false;
        }
    }
}

static bool is_loopback(const char *host)
{
    return lac_span_equal_nocase(lac_span_of(host), lac_span_of("localhost")) ||
           strcmp(host, "[::1]") == 0 || is_ipv4(host, 127, -1);
}

static bool is_metadata(const char *host)
{
    return is_ipv4(host, 169, 254) || strcmp(host, "[fd00:ec2::23]") == 0;
}

static lacuna_status judge_plain(lac_address_kind *kind, const char *host, lacuna_error *err)
{
    if (is_loopback(host)) {
        *kind = LAC_ADDRESS_LOOPBACK;
        return LACUNA_OK;
    }
    if (is_metadata(host)) {
        *kind = LAC_ADDRESS_METADATA;
        return LACUNA_OK;
    }
    return lac_fail_remedy(err, LACUNA_E_ARGUMENT, "write https://",
                           "http without TLS is only allowed to this machine, not to %.100s", host);
}

lacuna_status lac_http_address(lac_address_kind *kind, const char *url, lacuna_error *err)
{
    char *scheme = NULL, *host = NULL, *user = NULL;
    CURLU *parts = curl_url();
    *kind = LAC_ADDRESS_TLS;
    if (parts == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = LACUNA_OK;
    if (curl_url_set(parts, CURLUPART_URL, url, CURLU_PATH_AS_IS) != CURLUE_OK ||
        curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
        curl_url_get(parts, CURLUPART_HOST, &host, 0) != CURLUE_OK) {
        status = lac_fail_remedy(err, LACUNA_E_ARGUMENT, "check base-url, region and resource",
                                 "the address of the model's service is malformed: %.100s",
                                 strchr(url, '@') == NULL ? url : "(not shown)");
    } else if (curl_url_get(parts, CURLUPART_USER, &user, 0) == CURLUE_OK) {
        status =
            lac_fail(err, LACUNA_E_ARGUMENT, "an address must not carry a user name: %.100s", host);
    } else if (strcmp(scheme, "http") == 0) {
        status = judge_plain(kind, host, err);
    } else if (strcmp(scheme, "https") != 0) {
        status = lac_fail_remedy(err, LACUNA_E_ARGUMENT, "write https://",
                                 "%.100s: only https is spoken", host);
    }
    curl_free(scheme);
    curl_free(host);
    curl_free(user);
    curl_url_cleanup(parts);
    return status;
}
