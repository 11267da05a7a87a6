#include "parsers/ectd/checksums.h"

#include "parsers/ectd/hashing.h"
#include "parsers/ectd/tree.h"
#include "support/digest.h"
#include "support/error.h"

#include <stdlib.h>

/* ---- what is due ---------------------------------------------------------------------------- */

/* The digest a checksum is of: by its type, else by its length. 0: unknown. */
static unsigned kind_of(const char *type, const char *checksum)
{
    static const struct {
        const char *name;
        unsigned kind;
    } kinds[] = {
        {"md5", LAC_DIGEST_MD5}, {"sha256", LAC_DIGEST_SHA256}, {"sha-256", LAC_DIGEST_SHA256}};
    lac_span name = lac_span_trim(lac_span_of(type));
    size_t length = lac_span_trim(lac_span_of(checksum)).len;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (lac_span_equal_nocase(name, lac_span_of(kinds[i].name))) {
            return kinds[i].kind;
        }
    }
    if (name.len > 0) {
        return 0;
    }
    return length == 32 ? LAC_DIGEST_MD5 : length == 64 ? LAC_DIGEST_SHA256 : 0;
}

static unsigned standard_kind(const lac_intake *intake, const lac_file *file)
{
    if (file->sequence == LAC_NONE) {
        return 0;
    }
    return intake->drafts.items[file->sequence].model.standard == LAC_STANDARD_ECTD_4
               ? LAC_DIGEST_SHA256
               : LAC_DIGEST_MD5;
}

static void want(lac_hash_task *tasks, uint32_t file, const char *type, const char *checksum)
{
    if (file != LAC_NONE && lac_span_trim(lac_span_of(checksum)).len > 0) {
        tasks[file].kinds |= kind_of(type, checksum);
    }
}

static void plan(lac_hash_task *tasks, const lac_intake *intake)
{
    for (uint32_t i = 0; i < intake->file_count; i++) {
        const lac_file *file = &intake->files[i];
        tasks[i].kinds = standard_kind(intake, file);
    }
    for (size_t i = 0; i < intake->placements.count; i++) {
        const lac_placement *p = &intake->placements.items[i];
        want(tasks, p->file, p->checksum_type, p->checksum);
    }
    for (size_t i = 0; i < intake->documents.count; i++) {
        const lac_v4_document *d = &intake->documents.items[i];
        want(tasks, d->file, d->checksum_type, d->checksum);
    }
    for (uint32_t i = 0; i < intake->file_count; i++) {
        const lac_file *file = &intake->files[i];
        tasks[i].kinds &= file->md5[0] != '\0' ? ~(unsigned)LAC_DIGEST_MD5 : ~0u;
        tasks[i].kinds &= file->sha256[0] != '\0' ? ~(unsigned)LAC_DIGEST_SHA256 : ~0u;
    }
}

static lacuna_status keep(lac_intake *intake, const lac_hash_task *tasks)
{
    for (uint32_t i = 0; i < intake->file_count; i++) {
        lac_file *file = &intake->files[i];
        lacuna_status status = LACUNA_OK;
        if (tasks[i].status != LACUNA_OK) {
            status = lac_intake_unread(intake, tasks[i].status, file->path, tasks[i].why);
        }
        if (status == LACUNA_OK && tasks[i].digests.md5[0] != '\0') {
            file->md5 = lac_intake_copy(intake, lac_span_of(tasks[i].digests.md5));
        }
        if (status == LACUNA_OK && tasks[i].digests.sha256[0] != '\0') {
            file->sha256 = lac_intake_copy(intake, lac_span_of(tasks[i].digests.sha256));
        }
        if (status != LACUNA_OK || file->md5 == NULL || file->sha256 == NULL) {
            return status == LACUNA_OK ? LACUNA_E_NOMEM : status;
        }
    }
    return LACUNA_OK;
}

/* ---- comparing ------------------------------------------------------------------------------ */

typedef struct expected {
    uint32_t file;
    const char *checksum, *type;
    const char *id; /* for messages */
} expected;

static const char *pick(unsigned kind, const char *md5, const char *sha256)
{
    return kind == LAC_DIGEST_MD5 ? md5 : sha256;
}

static lacuna_status compare_crlf(lac_checksum *state, lac_intake *intake, const expected *e,
                                  unsigned kind)
{
    lac_digests digests = {{0}, {0}};
    lacuna_error why = {0};
    lacuna_status status = lac_hash_crlf(&digests, intake->package, e->file, kind, &why);
    if (status != LACUNA_OK) {
        *state = LAC_CHECKSUM_NOT_READ;
        return lac_intake_unread(intake, status, intake->files[e->file].path, &why);
    }
    bool same = lac_span_equal_nocase(lac_span_trim(lac_span_of(e->checksum)),
                                      lac_span_of(pick(kind, digests.md5, digests.sha256)));
    *state = same ? LAC_CHECKSUM_OK_AFTER_CRLF : LAC_CHECKSUM_MISMATCH;
    return LACUNA_OK;
}

static lacuna_status compare(lac_checksum *state, lac_intake *intake, const expected *e,
                             const bool *is_text)
{
    lac_span given = lac_span_trim(lac_span_of(e->checksum));
    const lac_file *file = &intake->files[e->file];
    unsigned kind = kind_of(e->type, e->checksum);
    *state = LAC_CHECKSUM_NOT_GIVEN;
    if (given.len == 0) {
        return LACUNA_OK;
    }
    if (kind == 0) {
        *state = LAC_CHECKSUM_NOT_READ;
        return lac_intake_trouble(intake, "ectd/checksum-type", false, file->path, e->id,
                                  "the kind of checksum \"%.40s\" is not known", e->type);
    }
    lac_span computed = lac_span_of(pick(kind, file->md5, file->sha256));
    if (computed.len == 0) {
        *state = LAC_CHECKSUM_NOT_READ;
        return LACUNA_OK;
    }
    if (lac_span_equal_nocase(given, computed)) {
        *state = LAC_CHECKSUM_OK;
        return LACUNA_OK;
    }
    *state = LAC_CHECKSUM_MISMATCH;
    return is_text[e->file] ? compare_crlf(state, intake, e, kind) : LACUNA_OK;
}

static lacuna_status compare_all(lac_intake *intake, const bool *is_text)
{
    lacuna_status status = LACUNA_OK;
    for (size_t i = 0; i < intake->placements.count && status == LACUNA_OK; i++) {
        lac_placement *p = &intake->placements.items[i];
        if (p->file != LAC_NONE && p->document == LAC_NONE) {
            const expected e = {p->file, p->checksum, p->checksum_type, p->id};
            status = compare(&p->checksum_state, intake, &e, is_text);
        }
    }
    for (size_t i = 0; i < intake->documents.count && status == LACUNA_OK; i++) {
        lac_v4_document *d = &intake->documents.items[i];
        if (d->file != LAC_NONE) {
            const expected e = {d->file, d->checksum, d->checksum_type, d->id};
            status = compare(&d->checksum_state, intake, &e, is_text);
        }
    }
    for (size_t i = 0; i < intake->placements.count; i++) {
        lac_placement *p = &intake->placements.items[i];
        if (p->document != LAC_NONE) {
            p->checksum_state = intake->documents.items[p->document].checksum_state;
        }
    }
    return status;
}

/* ---- index-md5.txt, sha256.txt -------------------------------------------------------------- */

enum { CHECKSUM_FILE_MAX = 4096 };

static lacuna_status compare_backbone(lac_intake *intake, lac_sequence *sequence, bool *is_text)
{
    bool v4 = sequence->standard == LAC_STANDARD_ECTD_4;
    uint32_t backbone, given;
    lacuna_status status =
        lac_tree_find_in(&backbone, intake, sequence, v4 ? "submissionunit.xml" : "index.xml");
    if (status == LACUNA_OK) {
        status = lac_tree_find_in(&given, intake, sequence, v4 ? "sha256.txt" : "index-md5.txt");
    }
    if (status != LACUNA_OK || given == LAC_NONE || backbone == LAC_NONE) {
        sequence->index_checksum = status == LACUNA_OK && given != LAC_NONE
                                       ? LAC_CHECKSUM_MISSING_FILE
                                       : LAC_CHECKSUM_NOT_GIVEN;
        return status;
    }
    char *text;
    size_t length;
    lacuna_error why = {0};
    status = lac_package_read(&text, &length, intake->package, given, CHECKSUM_FILE_MAX, &why);
    if (status != LACUNA_OK) {
        sequence->index_checksum = LAC_CHECKSUM_NOT_READ;
        return lac_intake_unread(intake, status, intake->files[given].path, &why);
    }
    /* Programs like md5sum write the name of the file behind it. */
    size_t from = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    lac_span first = lac_span_trim(lac_span_make(text + from, length - from));
    const char *copy = lac_intake_copy(
        intake, lac_span_make(first.ptr, first.len == 0 ? 0 : strcspn(first.ptr, " \t\r\n*")));
    free(text);
    if (copy == NULL) {
        return LACUNA_E_NOMEM;
    }
    const expected e = {backbone, copy, v4 ? "SHA256" : "MD5", ""};
    is_text[backbone] = true;
    return compare(&sequence->index_checksum, intake, &e, is_text);
}

lacuna_status lac_checksums_verify(lac_intake *intake, uint32_t threads)
{
    lac_hash_task *tasks = calloc((size_t)intake->file_count + 1, sizeof *tasks);
    bool *is_text = calloc((size_t)intake->file_count + 1, sizeof *is_text);
    lacuna_status status =
        tasks == NULL || is_text == NULL ? lac_fail_nomem(intake->err) : LACUNA_OK;
    if (status == LACUNA_OK) {
        plan(tasks, intake);
        status = lac_hash_files(tasks, intake->file_count, intake->package, threads, intake->err);
    }
    if (status == LACUNA_OK) {
        status = keep(intake, tasks);
    }
    for (uint32_t i = 0; i < intake->file_count && status == LACUNA_OK; i++) {
        /* A backbone was hashed when it was parsed. */
        is_text[i] = tasks[i].kinds == 0 || !tasks[i].has_nul;
    }
    if (status == LACUNA_OK) {
        status = compare_all(intake, is_text);
    }
    for (size_t i = 0; i < intake->drafts.count && status == LACUNA_OK; i++) {
        if (intake->drafts.items[i].model.grouped_in == LAC_NONE) {
            status = compare_backbone(intake, &intake->drafts.items[i].model, is_text);
        }
    }
    for (uint32_t i = 0; tasks != NULL && i < intake->file_count; i++) {
        free(tasks[i].why);
    }
    free(tasks);
    free(is_text);
    return status;
}
