#include "api/audit_key.h"

#include "support/error.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_MIN = 16, KEY_MAX = 4096 };

void lac_audit_key_free(lac_buf *key)
{
    if (key->data != NULL) {
        OPENSSL_cleanse(key->data, key->cap);
    }
    lac_buf_free(key);
}

static lacuna_status check_file(int file, const char *path, lacuna_error *err)
{
    struct stat facts;
    if (fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "%.180s is no regular file", path);
    }
    if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return lac_fail_remedy(err, LACUNA_E_ARGUMENT, "chmod 600 it",
                               "%.180s: others can read this key", path);
    }
    return LACUNA_OK;
}

static lacuna_status read_bytes(lac_buf *key, int file, const char *path, lacuna_error *err)
{
    char bytes[KEY_MAX + 2];
    size_t length = 0;
    ssize_t got;
    while (length < sizeof bytes &&
           ((got = read(file, bytes + length, sizeof bytes - length)) > 0 ||
            (got < 0 && errno == EINTR))) {
        length += got > 0 ? (size_t)got : 0;
    }
    while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
        length--;
    }
    lacuna_status status = LACUNA_OK;
    if (length < KEY_MIN || length > KEY_MAX) {
        status = lac_fail(err, LACUNA_E_ARGUMENT, "%.180s: a key has %d to %d bytes", path, KEY_MIN,
                          KEY_MAX);
    } else if (lac_buf_append(key, bytes, length) != LACUNA_OK) {
        status = lac_fail_nomem(err);
    }
    OPENSSL_cleanse(bytes, sizeof bytes);
    return status;
}

lacuna_status lac_audit_key_read(lac_buf *key, const char *path, lacuna_error *err)
{
    lac_buf_init(key, KEY_MAX + 1);
    if (path == NULL) {
        return LACUNA_OK;
    }
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file < 0) {
        return lac_fail(err, LACUNA_E_ARGUMENT, "%.180s: %s", path, strerror(errno));
    }
    lacuna_status status = check_file(file, path, err);
    if (status == LACUNA_OK) {
        status = read_bytes(key, file, path, err);
    }
    close(file);
    return status;
}
