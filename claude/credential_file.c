#include "claude/credential_file.h"

#include "support/error.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <stdio.h>

enum { PIECE = 4096, PATH_MAX_BYTES = 4096 };

static lacuna_status read_stream(lac_buf *text, FILE *file)
{
    char piece[PIECE];
    size_t length;
    lacuna_status status = LACUNA_OK;
    while (status == LACUNA_OK && (length = fread(piece, 1, sizeof piece, file)) > 0) {
        status = lac_buf_append(text, piece, length);
    }
    OPENSSL_cleanse(piece, sizeof piece);
    return status == LACUNA_OK && ferror(file) ? LACUNA_E_IO : status;
}

lacuna_status lac_credential_file_read(lac_buf *text, const lac_settings *settings,
                                       const char *path, const char *name, lacuna_error *err)
{
    char home_path[PATH_MAX_BYTES];
    bool named = path != NULL;
    if (!named) {
        const char *home = lac_settings_look_up(settings, "HOME");
        if (home == NULL ||
            snprintf(home_path, sizeof home_path, "%s/%s", home, name) >= (int)sizeof home_path) {
            return LACUNA_OK;
        }
        path = home_path;
    }
    FILE *file = fopen(path, "rbe");
    if (file == NULL && !named && (errno == ENOENT || errno == ENOTDIR)) {
        return LACUNA_OK;
    }
    if (file == NULL) {
        return lac_fail(err, LACUNA_E_IO, "%.150s: the credentials cannot be read: %s", path,
                        strerror(errno));
    }
    lacuna_status status = read_stream(text, file);
    fclose(file);
    return status == LACUNA_OK
               ? LACUNA_OK
               : lac_fail(err, status, "%.180s: cannot be read, or is too large", path);
}
