#include "drafter/audit_entry.h"

#include "support/error.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>
#include <string.h>

enum { MAC_BYTES = 32, MAC_HEX = 2 * MAC_BYTES + 1 };

/* Hash of prev and the canonical bytes of an entry that has neither hash nor mac. */
static lacuna_status hash_of(lac_digest *digest, const json_t *bare, lacuna_error *err)
{
    /* "prev" is a member, so the canonical bytes hold it already. */
    char *bytes = json_dumps(bare, JSON_COMPACT | JSON_SORT_KEYS);
    if (bytes == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = lac_sha256(digest, lac_span_of(bytes), err);
    free(bytes);
    return status;
}

static bool mac_of(char hex[MAC_HEX], const char *hash, lac_span key)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char mac[MAC_BYTES];
    unsigned length = 0;
    if (HMAC(EVP_sha256(), key.ptr, (int)key.len, (const unsigned char *)hash, strlen(hash), mac,
             &length) == NULL) {
        return false;
    }
    for (size_t i = 0; i < MAC_BYTES; i++) {
        hex[2 * i] = digits[mac[i] >> 4];
        hex[2 * i + 1] = digits[mac[i] & 15];
    }
    hex[MAC_HEX - 1] = '\0';
    return true;
}

lacuna_status lac_audit_seal(json_t *entry, const char *prev, lac_span key, lacuna_error *err)
{
    lac_digest digest;
    char mac[MAC_HEX];
    if (json_object_set_new(entry, "prev", json_string(prev)) != 0) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = hash_of(&digest, entry, err);
    if (status == LACUNA_OK && json_object_set_new(entry, "hash", json_string(digest.hex)) != 0) {
        status = lac_fail_nomem(err);
    }
    if (status != LACUNA_OK || key.len == 0) {
        return status;
    }
    if (!mac_of(mac, digest.hex, key)) {
        return lac_fail(err, LACUNA_E_INTERNAL, "libcrypto has no HMAC with SHA-256");
    }
    return json_object_set_new(entry, "mac", json_string(mac)) == 0 ? LACUNA_OK
                                                                    : lac_fail_nomem(err);
}

lacuna_status lac_audit_check_hash(bool *right, const json_t *entry, lacuna_error *err)
{
    lac_digest digest;
    const char *stated = json_string_value(json_object_get(entry, "hash"));
    json_t *bare = json_copy((json_t *)(uintptr_t)entry);
    *right = false;
    if (bare == NULL) {
        return lac_fail_nomem(err);
    }
    json_object_del(bare, "hash");
    json_object_del(bare, "mac");
    lacuna_status status = hash_of(&digest, bare, err);
    *right = status == LACUNA_OK && stated != NULL && strcmp(stated, digest.hex) == 0;
    json_decref(bare);
    return status;
}

bool lac_audit_check_mac(const json_t *entry, lac_span key)
{
    char mac[MAC_HEX];
    const char *stated = json_string_value(json_object_get(entry, "mac"));
    const char *hash = json_string_value(json_object_get(entry, "hash"));
    return stated != NULL && hash != NULL && strlen(stated) == MAC_HEX - 1 &&
           mac_of(mac, hash, key) && CRYPTO_memcmp(mac, stated, MAC_HEX - 1) == 0;
}
