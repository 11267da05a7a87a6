#include "writers/docx/save.h"

#include "support/buf.h"
#include "support/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONGEST_PATH = 8192, USUAL_MODE = 0644 };

static lacuna_status failed(lacuna_error *err, const char *path, const char *what)
{
    char text[128];
    int code = errno;
    if (strerror_r(code, text, sizeof text) != 0) {
        text[0] = '\0';
    }
    lac_error_place(err, path, 0);
    return lac_fail(err, LACUNA_E_IO, "%s failed: %s", what, text);
}

static bool is_same_file(const char *path, const struct stat *input)
{
    struct stat there;
    return stat(path, &there) == 0 && there.st_dev == input->st_dev &&
           there.st_ino == input->st_ino;
}

static lacuna_status write_all(int descriptor, lac_span bytes, const char *path, lacuna_error *err)
{
    for (size_t at = 0; at < bytes.len;) {
        ssize_t written = write(descriptor, bytes.ptr + at, bytes.len - at);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return failed(err, path, "writing");
        }
        at += (size_t)written;
    }
    return fsync(descriptor) == 0 ? LACUNA_OK : failed(err, path, "writing");
}

static lacuna_status sync_folder(const char *path, lacuna_error *err)
{
    const char *slash = strrchr(path, '/');
    lac_buf folder;
    lac_buf_init(&folder, LONGEST_PATH);
    lacuna_status status =
        slash == NULL   ? lac_buf_append_text(&folder, ".")
        : slash == path ? lac_buf_append_text(&folder, "/")
                        : lac_buf_append_span(&folder, lac_span_make(path, (size_t)(slash - path)));
    if (status == LACUNA_OK) {
        int descriptor = open(lac_buf_text(&folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor < 0 || (fsync(descriptor) != 0 && errno != EINVAL)) {
            status = failed(err, path, "syncing the folder");
        }
        if (descriptor >= 0) {
            (void)close(descriptor);
        }
    }
    lac_buf_free(&folder);
    return status;
}

static lacuna_status write_beside(const char *path, char *beside, lac_span bytes, mode_t mode,
                                  lacuna_error *err)
{
    int descriptor = mkstemp(beside);
    if (descriptor < 0) {
        return failed(err, path, "creating a file");
    }
    lacuna_status status = write_all(descriptor, bytes, path, err);
    if (status == LACUNA_OK && fchmod(descriptor, mode) != 0) {
        status = failed(err, path, "setting the permissions");
    }
    if (close(descriptor) != 0 && status == LACUNA_OK) {
        status = failed(err, path, "closing the file");
    }
    if (status == LACUNA_OK && rename(beside, path) != 0) {
        status = failed(err, path, "renaming the file");
    }
    if (status != LACUNA_OK) {
        (void)unlink(beside);
    }
    return status;
}

lacuna_status lac_save(const char *path, lac_span bytes, const char *input, lacuna_error *err)
{
    struct stat kept;
    mode_t mode = USUAL_MODE;
    if (input != NULL) {
        if (stat(input, &kept) != 0) {
            return failed(err, input, "looking at the input");
        }
        if (is_same_file(path, &kept)) {
            lac_error_place(err, path, 0);
            return lac_fail_remedy(err, LACUNA_E_ARGUMENT, "Give the output another name.",
                                   "the output is the input, which is never overwritten");
        }
        mode = kept.st_mode & 0666;
    }
    lac_buf beside;
    lac_buf_init(&beside, LONGEST_PATH);
    lacuna_status status = lac_buf_printf(&beside, "%s.XXXXXX", path);
    status = status == LACUNA_OK ? write_beside(path, beside.data, bytes, mode, err)
                                 : lac_fail(err, status, "the name of the output is too long");
    lac_buf_free(&beside);
    return status == LACUNA_OK ? sync_folder(path, err) : status;
}
