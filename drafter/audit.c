#include "drafter/audit.h"

#include "drafter/audit_entry.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/json_parse.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 1 << 20, TIME_ROOM = 32, PIECE = 4096 };

struct lac_audit {
    int file;
    char *actor;
    lac_buf key;
    int64_t (*clock)(void);
    uint32_t sync_ms;
    int64_t synced_ms; /* monotonic */
    bool unsynced;
    char head[65];
};

/* What stands at the end of the file. */
typedef struct tail {
    uint64_t seq;  /* of the last entry; 0: there is none */
    char hash[65]; /* of it */
    lac_buf torn;  /* bytes behind the last line end */
} tail;

static lacuna_status fail_system(lacuna_error *err, const char *what)
{
    return lac_fail(err, LACUNA_E_IO, "the audit log cannot be %s: %s", what, strerror(errno));
}

/* ---- opening -------------------------------------------------------------------------------- */

static int64_t system_clock(void)
{
    return (int64_t)time(NULL);
}

static lacuna_status open_file(int *file, const char *path, int flags, lacuna_error *err)
{
    struct stat facts;
    *file = open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK, 0600);
    if (*file < 0) {
        return fail_system(err, "opened");
    }
    if (fstat(*file, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        close(*file);
        *file = -1;
        return lac_fail(err, LACUNA_E_ARGUMENT, "%.200s is no regular file", path);
    }
    return LACUNA_OK;
}

void lac_audit_close(lac_audit *audit)
{
    if (audit != NULL) {
        if (audit->file >= 0) {
            (void)lac_audit_sync(audit, NULL);
            close(audit->file);
        }
        if (audit->key.data != NULL) {
            OPENSSL_cleanse(audit->key.data, audit->key.cap);
        }
        lac_buf_free(&audit->key);
        free(audit->actor);
        free(audit);
    }
}

const char *lac_audit_head(const lac_audit *audit)
{
    return audit->head;
}

/* ---- the end of the file -------------------------------------------------------------------- */

static lacuna_status read_at(lac_buf *out, int file, off_t from, size_t length, lacuna_error *err)
{
    char piece[PIECE];
    while (length > 0) {
        ssize_t got = pread(file, piece, length < PIECE ? length : PIECE, from);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return fail_system(err, "read");
        }
        lacuna_status status = lac_buf_append(out, piece, (size_t)got);
        if (status != LACUNA_OK) {
            return lac_fail_nomem(err);
        }
        from += got;
        length -= (size_t)got;
    }
    return LACUNA_OK;
}

static lacuna_status read_entry(tail *end, lac_span line, lacuna_error *err)
{
    json_error_t where;
    json_t *entry = NULL;
    bool right = false;
    lacuna_status status = lac_json_parse(&entry, line, 0, &where);
    if (status == LACUNA_OK) {
        status = lac_audit_check_hash(&right, entry, err);
    }
    if (status == LACUNA_OK && right) {
        end->seq = (uint64_t)json_integer_value(json_object_get(entry, "seq"));
        memcpy(end->hash, json_string_value(json_object_get(entry, "hash")), sizeof end->hash);
    } else if (status == LACUNA_OK || status == LACUNA_E_FORMAT) {
        status = lac_fail_remedy(err, LACUNA_E_FORMAT, "see: lacuna audit verify",
                                 "the last entry of the audit log was altered; nothing is added");
    }
    json_decref(entry);
    return status;
}

/* Where the last whole line begins and ends (before its line end); false: it is not all there. */
static bool find_line(size_t *start, size_t *stop, const lac_buf *bytes, bool whole_file)
{
    *stop = bytes->len;
    while (*stop > 0 && bytes->data[*stop - 1] != '\n') {
        (*stop)--;
    }
    *start = *stop == 0 ? 0 : *stop - 1;
    while (*start > 0 && bytes->data[*start - 1] != '\n') {
        (*start)--;
    }
    return whole_file || *start > 0;
}

/* The end of the file as far as the last line, which is short as a rule. */
static lacuna_status read_end(lac_buf *bytes, size_t *start, size_t *stop, int file,
                              lacuna_error *err)
{
    static const size_t windows[] = {4 * 1024, 64 * 1024, 2 * LINE_MAX_BYTES};
    struct stat facts;
    lacuna_status status = LACUNA_OK;
    if (fstat(file, &facts) != 0) {
        return fail_system(err, "read");
    }
    size_t size = (size_t)facts.st_size;
    for (size_t i = 0; i < sizeof windows / sizeof windows[0] && status == LACUNA_OK; i++) {
        size_t length = size < windows[i] ? size : windows[i];
        lac_buf_clear(bytes);
        status = read_at(bytes, file, (off_t)(size - length), length, err);
        if (status == LACUNA_OK && find_line(start, stop, bytes, length == size)) {
            break;
        }
    }
    return status;
}

/* The last whole line, which may be behind a torn one. */
static lacuna_status read_tail(tail *end, int file, lacuna_error *err)
{
    lac_buf bytes;
    size_t start = 0, stop = 0;
    memcpy(end->hash, LAC_AUDIT_START, sizeof end->hash);
    lac_buf_init(&bytes, 2 * LINE_MAX_BYTES);
    lacuna_status status = read_end(&bytes, &start, &stop, file, err);
    if (status == LACUNA_OK && stop < bytes.len) {
        status = lac_buf_append(&end->torn, bytes.data + stop, bytes.len - stop);
    }
    if (status == LACUNA_OK && stop > 0) {
        status = read_entry(end, lac_span_make(bytes.data + start, stop - 1 - start), err);
    }
    lac_buf_free(&bytes);
    return status;
}

static lacuna_status lock(int file, int how, lacuna_error *err)
{
    while (flock(file, how) != 0) {
        if (errno != EINTR) {
            return fail_system(err, "locked");
        }
    }
    return LACUNA_OK;
}

/* A log that cannot be continued is told of before anything is paid for. */
static lacuna_status read_head(lac_audit *audit, lacuna_error *err)
{
    tail end = {0};
    lac_buf_init(&end.torn, 2 * LINE_MAX_BYTES);
    lacuna_status status = lock(audit->file, LOCK_SH, err);
    if (status == LACUNA_OK) {
        status = read_tail(&end, audit->file, err);
        (void)lock(audit->file, LOCK_UN, NULL);
    }
    if (status == LACUNA_OK && end.seq > 0) {
        memcpy(audit->head, end.hash, sizeof audit->head);
    }
    lac_buf_free(&end.torn);
    return status;
}

lacuna_status lac_audit_open(lac_audit **out, const char *path, const lac_audit_settings *settings,
                             lacuna_error *err)
{
    *out = NULL;
    lac_audit *audit = calloc(1, sizeof *audit);
    if (audit == NULL) {
        return lac_fail_nomem(err);
    }
    audit->file = -1;
    audit->sync_ms = settings->sync_ms;
    audit->clock = settings->clock == NULL ? system_clock : settings->clock;
    lac_buf_init(&audit->key, LINE_MAX_BYTES);
    audit->actor = strdup(settings->actor == NULL ? "" : settings->actor);
    lacuna_status status = lac_buf_append_span(&audit->key, settings->key);
    if (audit->actor == NULL || status != LACUNA_OK) {
        status = lac_fail_nomem(err);
    }
    if (status == LACUNA_OK) {
        status = open_file(&audit->file, path, O_RDWR | O_APPEND | O_CREAT, err);
    }
    if (status == LACUNA_OK) {
        status = read_head(audit, err);
    }
    if (status != LACUNA_OK) {
        lac_audit_close(audit);
        return status;
    }
    *out = audit;
    return LACUNA_OK;
}

/* ---- appending ------------------------------------------------------------------------------ */

static lacuna_status time_text(char text[TIME_ROOM], int64_t now, lacuna_error *err)
{
    time_t seconds = (time_t)now;
    struct tm parts;
    if (gmtime_r(&seconds, &parts) == NULL ||
        strftime(text, TIME_ROOM, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) {
        return lac_fail(err, LACUNA_E_INTERNAL, "the clock gives no time");
    }
    return LACUNA_OK;
}

static lacuna_status make_entry(json_t **out, const lac_audit *audit, const tail *end,
                                const char *action, const json_t *fields, lacuna_error *err)
{
    char when[TIME_ROOM];
    lac_digest torn;
    *out = NULL;
    lacuna_status status = time_text(when, audit->clock(), err);
    if (status != LACUNA_OK) {
        return status;
    }
    json_t *entry = fields == NULL ? json_object() : json_copy((json_t *)(uintptr_t)fields);
    bool made = entry != NULL &&
                json_object_set_new(entry, "seq", json_integer((json_int_t)end->seq + 1)) == 0 &&
                json_object_set_new(entry, "time", json_string(when)) == 0 &&
                json_object_set_new(entry, "actor", json_string(audit->actor)) == 0 &&
                json_object_set_new(entry, "action", json_string(action)) == 0;
    if (made && end->torn.len > 0) {
        made = lac_sha256(&torn, lac_buf_span(&end->torn), NULL) == LACUNA_OK &&
               json_object_set_new(entry, "torn", json_string(torn.hex)) == 0;
    }
    if (!made) {
        json_decref(entry);
        return lac_fail_nomem(err);
    }
    status = lac_audit_seal(entry, end->hash, lac_buf_span(&audit->key), err);
    if (status != LACUNA_OK) {
        json_decref(entry);
        return status;
    }
    *out = entry;
    return LACUNA_OK;
}

static lacuna_status write_all(int file, lac_span bytes, lacuna_error *err)
{
    while (bytes.len > 0) {
        ssize_t written = write(file, bytes.ptr, bytes.len);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return fail_system(err, "written");
        }
        bytes = lac_span_make(bytes.ptr + written, bytes.len - (size_t)written);
    }
    return LACUNA_OK;
}

static int64_t monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

lacuna_status lac_audit_sync(lac_audit *audit, lacuna_error *err)
{
    if (audit->unsynced && fsync(audit->file) != 0) {
        return fail_system(err, "written");
    }
    audit->unsynced = false;
    audit->synced_ms = monotonic_ms();
    return LACUNA_OK;
}

static lacuna_status sync_in_time(lac_audit *audit, lacuna_error *err)
{
    audit->unsynced = true;
    bool due = audit->sync_ms == 0 || monotonic_ms() - audit->synced_ms >= audit->sync_ms;
    return due ? lac_audit_sync(audit, err) : LACUNA_OK;
}

static lacuna_status write_entry(int file, const json_t *entry, bool torn, lacuna_error *err)
{
    char *text = json_dumps(entry, JSON_COMPACT);
    lac_buf line;
    lac_buf_init(&line, LINE_MAX_BYTES);
    lacuna_status status = text == NULL ? LACUNA_E_NOMEM : LACUNA_OK;
    if (status == LACUNA_OK && torn) {
        status = lac_buf_append_char(&line, '\n'); /* ends the line that a crash left open */
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_text(&line, text);
    }
    if (status == LACUNA_OK) {
        status = lac_buf_append_char(&line, '\n');
    }
    free(text);
    status = status == LACUNA_OK
                 ? write_all(file, lac_buf_span(&line), err)
                 : lac_fail(err, status, "the entry is too large for the audit log");
    lac_buf_free(&line);
    return status;
}

lacuna_status lac_audit_append(lac_audit *audit, const char *action, const json_t *fields,
                               lacuna_error *err)
{
    tail end = {0};
    json_t *entry = NULL;
    lac_buf_init(&end.torn, 2 * LINE_MAX_BYTES);
    lacuna_status status = lock(audit->file, LOCK_EX, err);
    if (status != LACUNA_OK) {
        return status;
    }
    status = read_tail(&end, audit->file, err);
    if (status == LACUNA_OK) {
        status = make_entry(&entry, audit, &end, action, fields, err);
    }
    if (status == LACUNA_OK) {
        status = write_entry(audit->file, entry, end.torn.len > 0, err);
    }
    if (status == LACUNA_OK) {
        memcpy(audit->head, json_string_value(json_object_get(entry, "hash")), sizeof audit->head);
        status = sync_in_time(audit, err);
    }
    (void)lock(audit->file, LOCK_UN, NULL);
    json_decref(entry);
    lac_buf_free(&end.torn);
    return status;
}
