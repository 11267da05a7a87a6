#include "claude/jwt.h"

#include "support/error.h"

#include <jansson.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdlib.h>

enum { LIFETIME_SECONDS = 3600, SIGNATURE_MAX = 2048 };

static lacuna_status append_base64url(lac_buf *out, lac_span bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < bytes.len && status == LACUNA_OK; i += 3) {
        size_t count = bytes.len - i < 3 ? bytes.len - i : 3;
        uint32_t group = 0;
        for (size_t k = 0; k < 3; k++) {
            group = group << 8 | (k < count ? (unsigned char)bytes.ptr[i + k] : 0);
        }
        char text[4];
        for (size_t k = 0; k < 4; k++) {
            text[k] = digits[group >> (18 - 6 * k) & 63];
        }
        status = lac_buf_append(out, text, count + 1);
    }
    return status;
}

static lacuna_status append_json(lac_buf *out, json_t *value)
{
    char *text = value == NULL ? NULL : json_dumps(value, JSON_COMPACT);
    lacuna_status status = text == NULL ? LACUNA_E_NOMEM : append_base64url(out, lac_span_of(text));
    free(text);
    json_decref(value);
    return status;
}

static lacuna_status append_claims(lac_buf *out, const lac_jwt_claims *claims)
{
    json_t *header = claims->key_id == NULL ? json_pack("{s:s,s:s}", "alg", "RS256", "typ", "JWT")
                                            : json_pack("{s:s,s:s,s:s}", "alg", "RS256", "typ",
                                                        "JWT", "kid", claims->key_id);
    lacuna_status status = append_json(out, header);
    if (status == LACUNA_OK) {
        status = lac_buf_append_char(out, '.');
    }
    if (status != LACUNA_OK) {
        return status;
    }
    return append_json(out, json_pack("{s:s,s:s,s:s,s:I,s:I}", "iss", claims->issuer, "scope",
                                      claims->scope, "aud", claims->audience, "iat",
                                      (json_int_t)claims->issued, "exp",
                                      (json_int_t)claims->issued + LIFETIME_SECONDS));
}

static lacuna_status sign(unsigned char *signature, size_t *length, lac_span text, lac_span key,
                          lacuna_error *err)
{
    BIO *pem = BIO_new_mem_buf(key.ptr, (int)key.len);
    EVP_PKEY *private_key = pem == NULL ? NULL : PEM_read_bio_PrivateKey(pem, NULL, NULL, NULL);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool usable = private_key != NULL && EVP_PKEY_get_base_id(private_key) == EVP_PKEY_RSA &&
                  EVP_PKEY_get_size(private_key) <= SIGNATURE_MAX;
    bool is_signed =
        usable && context != NULL &&
        EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, private_key) == 1 &&
        EVP_DigestSign(context, signature, length, (const unsigned char *)text.ptr, text.len) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(private_key);
    BIO_free(pem);
    return is_signed ? LACUNA_OK
                     : lac_fail(err, LACUNA_E_FORMAT, "the service account's key is no RSA key");
}

lacuna_status lac_jwt_write(lac_buf *out, const lac_jwt_claims *claims, lac_span private_key,
                            lacuna_error *err)
{
    unsigned char signature[SIGNATURE_MAX];
    size_t length = sizeof signature;
    size_t begin = out->len;
    if (append_claims(out, claims) != LACUNA_OK) {
        return lac_fail_nomem(err);
    }
    lac_span text = lac_span_make(out->data + begin, out->len - begin);
    lacuna_status status = sign(signature, &length, text, private_key, err);
    if (status != LACUNA_OK) {
        return status;
    }
    status = lac_buf_append_char(out, '.');
    if (status == LACUNA_OK) {
        status = append_base64url(out, lac_span_make((const char *)signature, length));
    }
    return status == LACUNA_OK ? LACUNA_OK : lac_fail_nomem(err);
}
