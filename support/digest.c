#include "support/digest.h"

#include "support/error.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

enum { KINDS = 2 };

struct lac_digester {
    EVP_MD *kinds[KINDS];
    EVP_MD_CTX *contexts[KINDS];
    bool active[KINDS];
    bool crlf;
    char last; /* last byte seen, to know a CR at the end of a piece */
};

/* The digest functions of OpenSSL 3.0 do not look whether its one-time setup ran out of memory, and
 * then follow null pointers. */
static bool set_up(void)
{
    return OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CONFIG, NULL) == 1 &&
           OSSL_LIB_CTX_get0_global_default() != NULL;
}

lacuna_status lac_digester_open(lac_digester **out, lacuna_error *err)
{
    static const char *const names[KINDS] = {"MD5", "SHA256"};
    *out = NULL;
    lac_digester *digester = set_up() ? calloc(1, sizeof *digester) : NULL;
    if (digester == NULL) {
        return lac_fail_nomem(err);
    }
    for (int i = 0; i < KINDS; i++) {
        digester->kinds[i] = EVP_MD_fetch(NULL, names[i], "-fips");
        digester->contexts[i] = EVP_MD_CTX_new();
        if (digester->contexts[i] == NULL) {
            lac_digester_close(digester);
            return lac_fail_nomem(err);
        }
    }
    *out = digester;
    return LACUNA_OK;
}

void lac_digester_close(lac_digester *digester)
{
    if (digester == NULL) {
        return;
    }
    for (int i = 0; i < KINDS; i++) {
        EVP_MD_CTX_free(digester->contexts[i]);
        EVP_MD_free(digester->kinds[i]);
    }
    free(digester);
}

lacuna_status lac_digester_begin(lac_digester *digester, unsigned kinds, bool crlf,
                                 lacuna_error *err)
{
    digester->crlf = crlf;
    digester->last = '\0';
    for (int i = 0; i < KINDS; i++) {
        digester->active[i] = (kinds >> i & 1u) != 0;
        if (!digester->active[i]) {
            continue;
        }
        if (digester->kinds[i] == NULL) {
            return lac_fail_remedy(
                err, LACUNA_E_UNSUPPORTED, "Enable it in the configuration of OpenSSL.",
                "%s is not available from libcrypto", i == 0 ? "MD5" : "SHA-256");
        }
        if (EVP_DigestInit_ex2(digester->contexts[i], digester->kinds[i], NULL) != 1) {
            return lac_fail_nomem(err);
        }
    }
    return LACUNA_OK;
}

static lacuna_status update(lac_digester *digester, const char *data, size_t length,
                            lacuna_error *err)
{
    for (int i = 0; i < KINDS; i++) {
        if (digester->active[i] && EVP_DigestUpdate(digester->contexts[i], data, length) != 1) {
            return lac_fail(err, LACUNA_E_INTERNAL, "a checksum could not be computed");
        }
    }
    return LACUNA_OK;
}

static lacuna_status update_crlf(lac_digester *digester, const char *data, size_t length,
                                 lacuna_error *err)
{
    while (length > 0) {
        const char *end = memchr(data, '\n', length);
        size_t line = end == NULL ? length : (size_t)(end - data);
        lacuna_status status = update(digester, data, line, err);
        char before = line > 0 ? data[line - 1] : digester->last;
        if (status == LACUNA_OK && end != NULL) {
            status =
                before == '\r' ? update(digester, "\n", 1, err) : update(digester, "\r\n", 2, err);
        }
        if (status != LACUNA_OK) {
            return status;
        }
        line += end != NULL;
        digester->last = data[line - 1];
        data += line;
        length -= line;
    }
    return LACUNA_OK;
}

lacuna_status lac_digester_update(lac_digester *digester, const char *data, size_t length,
                                  lacuna_error *err)
{
    return digester->crlf ? update_crlf(digester, data, length, err)
                          : update(digester, data, length, err);
}

static void to_hex(char hex[LAC_DIGEST_HEX], const unsigned char *bytes, unsigned length)
{
    static const char digits[] = "0123456789abcdef";
    unsigned n = length < 32 ? length : 32;
    for (unsigned i = 0; i < n; i++) {
        hex[2 * i] = digits[bytes[i] >> 4];
        hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    hex[2 * n] = '\0';
}

lacuna_status lac_digester_end(lac_digests *digests, lac_digester *digester, lacuna_error *err)
{
    char *room[KINDS] = {digests->md5, digests->sha256};
    for (int i = 0; i < KINDS; i++) {
        unsigned char bytes[EVP_MAX_MD_SIZE];
        unsigned int length = 0;
        room[i][0] = '\0';
        if (!digester->active[i]) {
            continue;
        }
        if (EVP_DigestFinal_ex(digester->contexts[i], bytes, &length) != 1) {
            return lac_fail(err, LACUNA_E_INTERNAL, "a checksum could not be computed");
        }
        to_hex(room[i], bytes, length);
    }
    return LACUNA_OK;
}
