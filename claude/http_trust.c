#include "claude/http_trust.h"

#include "support/error.h"

#include <errno.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>

struct lac_trust {
    STACK_OF(X509_INFO) * items;
};

#define NAMED_BY                                                                 \
    "a file of authorities is named by ca-file, SSL_CERT_FILE, CURL_CA_BUNDLE, " \
    "REQUESTS_CA_BUNDLE "                                                        \
    "or NODE_EXTRA_CA_CERTS"

static lacuna_status load_file(lac_trust *trust, const char *path, lacuna_error *err)
{
    int before = sk_X509_INFO_num(trust->items);
    BIO *file = BIO_new_file(path, "r");
    if (file == NULL) {
        return lac_fail_remedy(err, LACUNA_E_IO, NAMED_BY, "%.150s: cannot be read: %s", path,
                               strerror(errno));
    }
    STACK_OF(X509_INFO) *read = PEM_X509_INFO_read_bio(file, trust->items, NULL, NULL);
    BIO_free(file);
    if (read == NULL || sk_X509_INFO_num(trust->items) == before) {
        return lac_fail_remedy(err, LACUNA_E_FORMAT, NAMED_BY,
                               "%.200s: holds no certificate in the form of PEM", path);
    }
    return LACUNA_OK;
}

lacuna_status lac_trust_load(lac_trust **out, const char *const *files, size_t count,
                             lacuna_error *err)
{
    *out = NULL;
    lac_trust *trust = calloc(1, sizeof *trust);
    if (trust == NULL || (trust->items = sk_X509_INFO_new_null()) == NULL) {
        free(trust);
        return lac_fail_nomem(err);
    }
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        status = load_file(trust, files[i], err);
    }
    if (status != LACUNA_OK) {
        lac_trust_free(trust);
        return status;
    }
    *out = trust;
    return LACUNA_OK;
}

void lac_trust_free(lac_trust *trust)
{
    if (trust != NULL) {
        sk_X509_INFO_pop_free(trust->items, X509_INFO_free);
        free(trust);
    }
}

static CURLcode add_to_store(CURL *handle, void *context, void *user)
{
    const lac_trust *trust = user;
    X509_STORE *store = SSL_CTX_get_cert_store(context);
    (void)handle;
    for (int i = 0; i < sk_X509_INFO_num(trust->items); i++) {
        const X509_INFO *item = sk_X509_INFO_value(trust->items, i);
        if (item->x509 != NULL && X509_STORE_add_cert(store, item->x509) != 1) {
            return CURLE_SSL_CACERT_BADFILE;
        }
    }
    return CURLE_OK;
}

bool lac_trust_apply(lac_trust *trust, CURL *handle)
{
    return curl_easy_setopt(handle, CURLOPT_SSL_CTX_FUNCTION, add_to_store) == CURLE_OK &&
           curl_easy_setopt(handle, CURLOPT_SSL_CTX_DATA, trust) == CURLE_OK;
}
