#include "support/hash.h"

#include "support/error.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

static void to_hex(lac_digest *digest, const unsigned char *bytes, unsigned int length)
{
    static const char digits[] = "0123456789abcdef";
    for (unsigned int i = 0; i < length && i < 32; i++) {
        digest->hex[2 * i] = digits[bytes[i] >> 4];
        digest->hex[2 * i + 1] = digits[bytes[i] & 15];
    }
    digest->hex[64] = '\0';
}

/* The digest functions of OpenSSL 3.0 do not look whether its one-time setup ran out of memory, and
 * then follow null pointers. */
static lacuna_status set_up(lacuna_error *err)
{
    if (OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CONFIG, NULL) != 1 ||
        OSSL_LIB_CTX_get0_global_default() == NULL) {
        return lac_fail_nomem(err);
    }
    return LACUNA_OK;
}

lacuna_status lac_sha256(lac_digest *digest, lac_span data, lacuna_error *err)
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    memset(digest, 0, sizeof *digest);
    lacuna_status status = set_up(err);
    if (status != LACUNA_OK) {
        return status;
    }
    if (EVP_Digest(data.ptr == NULL ? "" : data.ptr, data.len, bytes, &length, EVP_sha256(),
                   NULL) != 1) {
        return lac_fail(err, LACUNA_E_INTERNAL, "SHA-256 is not available from libcrypto");
    }
    to_hex(digest, bytes, length);
    return LACUNA_OK;
}

static lacuna_status hash_stream(EVP_MD_CTX *context, FILE *file, const char *path,
                                 lacuna_error *err)
{
    unsigned char piece[64 * 1024];
    size_t got;
    while ((got = fread(piece, 1, sizeof piece, file)) > 0) {
        if (EVP_DigestUpdate(context, piece, got) != 1) {
            return lac_fail(err, LACUNA_E_INTERNAL, "SHA-256 failed");
        }
    }
    if (ferror(file) != 0) {
        return lac_fail(err, LACUNA_E_IO, "%s: %s", path, strerror(errno));
    }
    return LACUNA_OK;
}

lacuna_status lac_sha256_file(lac_digest *digest, const char *path, lacuna_error *err)
{
    memset(digest, 0, sizeof *digest);
    EVP_MD_CTX *context = NULL;
    lacuna_status status = set_up(err);
    if (status != LACUNA_OK) {
        return status;
    }
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return lac_fail(err, LACUNA_E_IO, "%s: %s", path, strerror(errno));
    }
    context = EVP_MD_CTX_new();
    if (context == NULL) {
        status = lac_fail_nomem(err);
        goto cleanup;
    }
    if (EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1) {
        status = lac_fail(err, LACUNA_E_INTERNAL, "SHA-256 is not available from libcrypto");
        goto cleanup;
    }
    status = hash_stream(context, file, path, err);
    if (status == LACUNA_OK) {
        unsigned char bytes[EVP_MAX_MD_SIZE];
        unsigned int length = 0;
        if (EVP_DigestFinal_ex(context, bytes, &length) == 1) {
            to_hex(digest, bytes, length);
        } else {
            status = lac_fail(err, LACUNA_E_INTERNAL, "SHA-256 failed");
        }
    }
cleanup:
    EVP_MD_CTX_free(context);
    (void)fclose(file);
    return status;
}

uint64_t lac_hash(lac_span text)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < text.len; i++) {
        hash = (hash ^ (unsigned char)text.ptr[i]) * 1099511628211u;
    }
    return hash;
}
