#include "drafter/audit.h"
#include "drafter/audit_entry.h"
#include "support/buf.h"
#include "support/error.h"
#include "support/json_parse.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 1 << 20, PIECE = 1 << 16 };

/* A reading of the log, line by line. */
typedef struct reading {
    lac_audit_report *report;
    lac_span key;
    const char *expected;
    bool met_expected;
    uint64_t line;
    lac_audit_visit visit; /* NULL: none */
    void *user;
    char torn[65]; /* digest of a line that is no entry, until the next one names it; "": none */
} reading;

const char *lac_audit_fault_text(lac_audit_fault fault)
{
    switch (fault) {
    case LAC_AUDIT_SOUND:
        return "every entry has its hash and follows the one before";
    case LAC_AUDIT_NO_JSON:
        return "the line is no entry";
    case LAC_AUDIT_ALTERED:
        return "the entry was altered: it does not have the hash it states";
    case LAC_AUDIT_UNLINKED:
        return "the entry does not follow the one before: entries were left out, put in or moved";
    case LAC_AUDIT_MAC_WRONG:
        return "the entry was not written with this key";
    case LAC_AUDIT_TORN:
        return "the last line was cut off: by a crash, or by somebody";
    case LAC_AUDIT_CUT:
        return "the entry with the hash to be expected is not there: entries were cut off";
    }
    return "";
}

static void set_fault(reading *r, lac_audit_fault fault, uint64_t line)
{
    if (r->report->fault == LAC_AUDIT_SOUND) {
        r->report->fault = fault;
        r->report->line = line;
    }
}

static const char *text_of(const json_t *entry, const char *key)
{
    const char *text = json_string_value(json_object_get(entry, key));
    return text == NULL ? "" : text;
}

static lacuna_status judge_entry(reading *r, const json_t *entry, lacuna_error *err)
{
    bool right;
    lac_audit_report *report = r->report;
    lacuna_status status = lac_audit_check_hash(&right, entry, err);
    if (status != LACUNA_OK) {
        return status;
    }
    if (r->torn[0] != '\0' && strcmp(r->torn, text_of(entry, "torn")) != 0) {
        set_fault(r, LAC_AUDIT_NO_JSON, r->line - 1);
    } else if (!right) {
        set_fault(r, LAC_AUDIT_ALTERED, r->line);
    } else if (strcmp(text_of(entry, "prev"), report->head) != 0 ||
               json_integer_value(json_object_get(entry, "seq")) !=
                   (json_int_t)report->entries + 1) {
        set_fault(r, LAC_AUDIT_UNLINKED, r->line);
    } else if (r->key.len > 0 && !lac_audit_check_mac(entry, r->key)) {
        set_fault(r, LAC_AUDIT_MAC_WRONG, r->line);
    } else {
        report->torn += r->torn[0] != '\0';
        report->entries++;
        memcpy(report->head, text_of(entry, "hash"), sizeof report->head);
        r->met_expected =
            r->met_expected || (r->expected != NULL && strcmp(r->expected, report->head) == 0);
    }
    r->torn[0] = '\0';
    return report->fault == LAC_AUDIT_SOUND && r->visit != NULL ? r->visit(r->user, entry, err)
                                                                : LACUNA_OK;
}

static lacuna_status take_line(reading *r, lac_span line, lacuna_error *err)
{
    json_error_t where;
    json_t *entry = NULL;
    lac_digest digest;
    r->line++;
    lacuna_status status = lac_json_parse(&entry, line, 0, &where);
    if (status == LACUNA_OK) {
        status = judge_entry(r, entry, err);
        json_decref(entry);
        return status;
    }
    if (status != LACUNA_E_FORMAT) {
        return status;
    }
    if (r->torn[0] != '\0') {
        set_fault(r, LAC_AUDIT_NO_JSON, r->line - 1);
    }
    status = lac_sha256(&digest, line, err);
    memcpy(r->torn, digest.hex, sizeof r->torn);
    return status;
}

static lacuna_status read_lines(reading *r, int file, lacuna_error *err)
{
    static const size_t piece_size = PIECE;
    char piece[PIECE];
    lac_buf line;
    ssize_t got;
    lac_buf_init(&line, 2 * LINE_MAX_BYTES);
    lacuna_status status = LACUNA_OK;
    while (status == LACUNA_OK && r->report->fault == LAC_AUDIT_SOUND &&
           ((got = read(file, piece, piece_size)) > 0 || (got < 0 && errno == EINTR))) {
        lac_span rest = lac_span_make(piece, got < 0 ? 0 : (size_t)got);
        const char *end;
        while (status == LACUNA_OK && rest.len > 0 &&
               (end = memchr(rest.ptr, '\n', rest.len)) != NULL) {
            size_t length = (size_t)(end - rest.ptr);
            status = lac_buf_append(&line, rest.ptr, length);
            status = status == LACUNA_OK ? take_line(r, lac_buf_span(&line), err) : status;
            lac_buf_clear(&line);
            rest = lac_span_make(end + 1, rest.len - length - 1);
        }
        if (status == LACUNA_OK) {
            status = lac_buf_append_span(&line, rest);
        }
    }
    if (status == LACUNA_E_LIMIT) {
        set_fault(r, LAC_AUDIT_NO_JSON, r->line + 1);
        status = LACUNA_OK;
    } else if (status == LACUNA_OK && line.len > 0) {
        set_fault(r, LAC_AUDIT_TORN, r->line + 1);
    }
    lac_buf_free(&line);
    return status;
}

lacuna_status lac_audit_read(lac_audit_report *report, const char *path, lac_span key,
                             const char *expected, lac_audit_visit visit, void *user,
                             lacuna_error *err)
{
    reading r = {.report = report, .key = key, .expected = expected, .visit = visit, .user = user};
    struct stat facts;
    *report = (lac_audit_report){.head = LAC_AUDIT_START};
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file < 0) {
        return lac_fail(err, LACUNA_E_IO, "%.180s: %s", path, strerror(errno));
    }
    if (fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode)) {
        close(file);
        return lac_fail(err, LACUNA_E_ARGUMENT, "%.200s is no regular file", path);
    }
    lacuna_status status = read_lines(&r, file, err);
    close(file);
    if (status == LACUNA_OK && r.torn[0] != '\0') {
        set_fault(&r, LAC_AUDIT_NO_JSON, r.line);
    }
    if (status == LACUNA_OK && expected != NULL && !r.met_expected) {
        set_fault(&r, LAC_AUDIT_CUT, r.line + 1);
    }
    return status;
}

lacuna_status lac_audit_verify(lac_audit_report *report, const char *path, lac_span key,
                               const char *expected, lacuna_error *err)
{
    return lac_audit_read(report, path, key, expected, NULL, NULL, err);
}
