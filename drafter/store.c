#include "drafter/store.h"

#include "support/error.h"
#include "support/write_all.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_ROOM = 4096, PIECE = 4096 };

/* FOLDER/ab/cdef...: not too many files in one folder. */
static bool path_of(char path[PATH_ROOM], const char *folder, const lac_digest *key)
{
    int length = snprintf(path, PATH_ROOM, "%s/%.2s/%s", folder, key->hex, key->hex + 2);
    return length > 0 && length < PATH_ROOM;
}

lacuna_status lac_store_get(lac_buf *out, bool *found, const char *folder, const lac_digest *key,
                            lacuna_error *err)
{
    char path[PATH_ROOM], piece[PIECE];
    ssize_t got = 0;
    lacuna_status status = LACUNA_OK;
    *found = false;
    int file = path_of(path, folder, key) ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    if (file < 0) {
        return LACUNA_OK;
    }
    while (status == LACUNA_OK && (got = read(file, piece, sizeof piece)) != 0) {
        if (got < 0 && errno != EINTR) {
            break;
        }
        status = lac_buf_append(out, piece, got < 0 ? 0 : (size_t)got);
    }
    close(file);
    *found = status == LACUNA_OK && got == 0;
    return status == LACUNA_E_NOMEM ? lac_fail_nomem(err) : LACUNA_OK;
}

static bool make_folder(const char *path)
{
    return mkdir(path, 0700) == 0 || errno == EEXIST;
}

static bool put(const char *folder, const lac_digest *key, lac_span content)
{
    char path[PATH_ROOM], part[PATH_ROOM], draft[PATH_ROOM];
    int length = snprintf(part, sizeof part, "%s/%.2s", folder, key->hex);
    if (length <= 0 || length >= PATH_ROOM || !path_of(path, folder, key) ||
        snprintf(draft, sizeof draft, "%s/draft-XXXXXX", part) >= PATH_ROOM ||
        !make_folder(folder) || !make_folder(part)) {
        return false;
    }
    int file = mkstemp(draft); /* 0600 */
    if (file < 0) {
        return false;
    }
    /* Not synced: what a computer loses with its power is asked for again. */
    bool written = lac_write_all(file, content);
    written = close(file) == 0 && written;
    if (!written || rename(draft, path) != 0) {
        unlink(draft);
        return false;
    }
    return true;
}

lacuna_status lac_store_put(const char *folder, const lac_digest *key, lac_span content,
                            lacuna_error *err)
{
    return put(folder, key, content)
               ? LACUNA_OK
               : lac_fail(err, LACUNA_E_IO, "%.180s: an answer cannot be kept there", folder);
}
