#include "parsers/package/source.h"

#include "support/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *lac_source_name(const lac_source *source)
{
    return source->path == NULL ? "the input" : source->path;
}

bool lac_source_is_folder(const lac_source *source)
{
    struct stat facts;
    return source->kind == LAC_SOURCE_PATH && source->path != NULL &&
           stat(source->path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

const char *lac_system_remedy(int number)
{
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return "Check the spelling; a relative name starts at the current folder.";
    case EACCES:
    case EPERM:
        return "Ask for the right to read it, or run as somebody who has it.";
    case EMFILE:
    case ENFILE:
        return "Too many files are open at once; run with fewer jobs.";
    default:
        return "";
    }
}

lacuna_status lac_fail_system(lacuna_error *err, int number, const char *action, const char *name)
{
    char words[96] = "";
    if (strerror_r(number, words, sizeof words) != 0) {
        words[0] = '\0';
    }
    lacuna_status status = number == ENOENT || number == ENOTDIR ? LACUNA_E_NOTFOUND : LACUNA_E_IO;
    if (number == ENOMEM) {
        status = LACUNA_E_NOMEM;
    }
    return lac_fail_remedy(err, status, lac_system_remedy(number), "cannot %s %s: %s", action, name,
                           words);
}

lacuna_status lac_reader_adopt(lac_reader *reader, int descriptor, const char *name,
                               lacuna_error *err)
{
    struct stat facts;
    *reader = (lac_reader){{LAC_SOURCE_PATH, name, {NULL, 0}, NULL, NULL, 0}, -1, 0};
    if (fstat(descriptor, &facts) != 0) {
        int number = errno;
        (void)close(descriptor);
        return lac_fail_system(err, number, "examine", name);
    }
    if (!S_ISREG(facts.st_mode) || facts.st_size < 0) {
        (void)close(descriptor);
        return lac_fail(err, LACUNA_E_IO, "%s is not a regular file", name);
    }
    reader->descriptor = descriptor;
    reader->size = (uint64_t)facts.st_size;
    return LACUNA_OK;
}

static lacuna_status open_path(lac_reader *reader, const char *path, lacuna_error *err)
{
    /* O_NONBLOCK: opening a FIFO must not wait for a writer. */
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) {
        return lac_fail_system(err, errno, "open", path);
    }
    return lac_reader_adopt(reader, descriptor, path, err);
}

lacuna_status lac_reader_open(lac_reader *reader, const lac_source *source, lacuna_error *err)
{
    *reader = (lac_reader){*source, -1, 0};
    switch (source->kind) {
    case LAC_SOURCE_PATH:
        if (source->path == NULL) {
            break;
        }
        return open_path(reader, source->path, err);
    case LAC_SOURCE_MEMORY:
        if (source->memory.ptr == NULL && source->memory.len > 0) {
            break;
        }
        reader->size = source->memory.len;
        return LACUNA_OK;
    case LAC_SOURCE_CALLBACK:
        if (source->read_at == NULL || source->size > INT64_MAX) {
            break;
        }
        reader->size = source->size;
        return LACUNA_OK;
    }
    return lac_fail(err, LACUNA_E_ARGUMENT, "the source is not usable");
}

void lac_reader_close(lac_reader *reader)
{
    if (reader->descriptor >= 0) {
        (void)close(reader->descriptor);
        reader->descriptor = -1;
    }
}

/* One piece; 0 at the end, -1 with errno set (0 for a failed callback). */
static int64_t read_piece(const lac_reader *reader, uint64_t offset, void *data, size_t length)
{
    if (reader->source.kind == LAC_SOURCE_CALLBACK) {
        int64_t got = reader->source.read_at(reader->source.user, offset, data, length);
        errno = 0;
        return got > (int64_t)length ? -1 : got;
    }
    ssize_t got;
    do {
        got = pread(reader->descriptor, data, length, (off_t)offset);
    } while (got < 0 && errno == EINTR);
    return got;
}

lacuna_status lac_reader_at(const lac_reader *reader, uint64_t offset, void *data, size_t length,
                            lacuna_error *err)
{
    const char *name = lac_source_name(&reader->source);
    if (offset > reader->size || length > reader->size - offset) {
        return lac_fail_remedy(err, LACUNA_E_FORMAT, "Fetch or copy the file again.",
                               "the file ends too early");
    }
    if (reader->source.kind == LAC_SOURCE_MEMORY) {
        if (length > 0) {
            memcpy(data, reader->source.memory.ptr + offset, length);
        }
        return LACUNA_OK;
    }
    char *to = data;
    while (length > 0) {
        int64_t got = read_piece(reader, offset, to, length);
        if (got < 0) {
            return errno == 0 ? lac_fail(err, LACUNA_E_IO, "cannot read %s", name)
                              : lac_fail_system(err, errno, "read", name);
        }
        if (got == 0) {
            return lac_fail(err, LACUNA_E_IO, "%s became shorter while it was read", name);
        }
        to += got;
        offset += (uint64_t)got;
        length -= (size_t)got;
    }
    return LACUNA_OK;
}

static lacuna_status read_whole(char **data, size_t *length, const lac_reader *reader,
                                uint64_t max_bytes, lacuna_error *err)
{
    if (reader->size > max_bytes || reader->size >= SIZE_MAX) {
        return lac_fail_remedy(err, LACUNA_E_LIMIT,
                               "Raise the limit if the file is genuine, or split it.",
                               "the file has %llu bytes, more than the limit of %llu",
                               (unsigned long long)reader->size, (unsigned long long)max_bytes);
    }
    size_t size = (size_t)reader->size;
    char *bytes = malloc(size + 1);
    if (bytes == NULL) {
        return lac_fail_nomem(err);
    }
    lacuna_status status = lac_reader_at(reader, 0, bytes, size, err);
    if (status != LACUNA_OK) {
        free(bytes);
        return status;
    }
    bytes[size] = '\0';
    *data = bytes;
    *length = size;
    return LACUNA_OK;
}

lacuna_status lac_source_read(char **data, size_t *length, const lac_source *source,
                              uint64_t max_bytes, lacuna_error *err)
{
    *data = NULL;
    *length = 0;
    lac_reader reader;
    lacuna_status status = lac_reader_open(&reader, source, err);
    if (status == LACUNA_OK) {
        status = read_whole(data, length, &reader, max_bytes, err);
        lac_reader_close(&reader);
    }
    return status;
}
