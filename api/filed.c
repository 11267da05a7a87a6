#include "api/filed.h"

#include "analyzer/ectd/places.h"
#include "api/walk.h"
#include "parsers/ectd/ectd.h"
#include "parsers/open.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

enum { DOCUMENTS_MAX = 1000000, TEXT_MAX = 16384 };

typedef struct reading {
    lac_filed_files *filed;
    const lacuna_options *options;
    const char *shown; /* the input that is read */
    lac_package *package;
    const lac_submission *submission;
    lac_places places;
    lacuna_error *err;
} reading;

void lac_filed_init(lac_filed_files *filed)
{
    *filed = (lac_filed_files){.count = 0};
    lac_inputs_init(&filed->inputs);
    filed->inputs.packages = true;
    lac_arena_init(&filed->arena);
}

void lac_filed_free(lac_filed_files *filed)
{
    for (size_t i = 0; i < filed->owned_count; i++) {
        lac_document_free(filed->owned[i]);
    }
    for (size_t i = 0; i < filed->submission_count; i++) {
        lac_submission_free(filed->submissions[i]);
    }
    free(filed->documents);
    free(filed->owned);
    free(filed->submissions);
    free(filed->notes);
    lac_arena_free(&filed->arena);
    lac_inputs_free(&filed->inputs);
    lac_filed_init(filed);
}

/* ---- keeping -------------------------------------------------------------------------------- */

/* "shown/file" into the arena; `file` may be NULL. NULL: out of memory. */
static const char *join(lac_filed_files *filed, const char *a, const char *between, const char *b)
{
    lac_buf buf;
    const char *copy = NULL;
    lac_buf_init(&buf, TEXT_MAX);
    if (lac_buf_printf(&buf, "%s%s%s", a, between, b) == LACUNA_OK) {
        copy = lac_arena_copy(&filed->arena, lac_buf_span(&buf));
    }
    lac_buf_free(&buf);
    return copy;
}

static lacuna_status note(reading *r, const char *path, const char *what, const char **kept)
{
    lac_filed_files *filed = r->filed;
    size_t length = strlen(path);
    bool named = strncmp(what, path, length) == 0 && strncmp(what + length, ": ", 2) == 0;
    const char *text = join(filed, path, ": ", named ? what + length + 2 : what);
    void *notes = filed->notes;
    lacuna_status status = lac_grow(&notes, &filed->note_cap, filed->note_count + 1,
                                    sizeof *filed->notes, DOCUMENTS_MAX);
    filed->notes = notes;
    if (status != LACUNA_OK || text == NULL) {
        return lac_fail_nomem(r->err);
    }
    filed->notes[filed->note_count++] = (lac_filed_note){text, length};
    if (kept != NULL) {
        *kept = text + length + 2;
    }
    return LACUNA_OK;
}

static lacuna_status own(reading *r, lac_document *document)
{
    lac_filed_files *filed = r->filed;
    void *owned = filed->owned;
    lacuna_status status = lac_grow(&owned, &filed->owned_cap, filed->owned_count + 1,
                                    sizeof *filed->owned, DOCUMENTS_MAX);
    filed->owned = owned;
    if (status != LACUNA_OK) {
        lac_document_free(document);
        return lac_fail_nomem(r->err);
    }
    filed->owned[filed->owned_count++] = document;
    return LACUNA_OK;
}

static lacuna_status add(reading *r, const lac_filed_document *one)
{
    lac_filed_files *filed = r->filed;
    void *items = filed->documents;
    lacuna_status status =
        lac_grow(&items, &filed->cap, filed->count + 1, sizeof *filed->documents, DOCUMENTS_MAX);
    filed->documents = items;
    if (status != LACUNA_OK || one->path == NULL) {
        return lac_fail_nomem(r->err);
    }
    filed->documents[filed->count++] = *one;
    return LACUNA_OK;
}

/* ---- documents ------------------------------------------------------------------------------ */

/* A document whose text is not, or not all, there is told; a part of it still counts as read. */
static lacuna_status tell_gaps(reading *r, const lac_document *document, const char *path,
                               const char **unread)
{
    lacuna_status status = LACUNA_OK;
    if (document->not_evaluated != NULL) {
        return note(r, path, "its text could not be read", unread);
    }
    for (uint32_t i = 0; i < document->note_count && status == LACUNA_OK; i++) {
        if (document->notes[i].text_missing) {
            status = note(r, path, document->notes[i].text, NULL);
        }
    }
    return status;
}

/* Sets document or unread of `one`. */
static lacuna_status read_document(reading *r, lac_filed_document *one, const lac_source *source)
{
    lac_document *document;
    lacuna_error own_error = {0};
    lac_pdf_options pdf = lac_options_pdf(r->options);
    const lac_open_options how = {.limits = lac_options_limits(r->options), .pdf = &pdf};
    lacuna_status status = lac_document_open_with(&document, source, &how, &own_error);
    if (status == LACUNA_E_NOMEM) {
        return lac_fail_nomem(r->err);
    }
    if (status != LACUNA_OK) {
        return note(r, one->path, own_error.message, &one->unread);
    }
    status = own(r, document);
    if (status == LACUNA_OK) {
        status = tell_gaps(r, document, one->path, &one->unread);
    }
    one->document = one->unread == NULL ? document : NULL;
    return status;
}

static lacuna_status read_file(reading *r, const char *path)
{
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = path};
    lac_filed_document one = {.path = r->shown, .study = "", .tag = ""};
    lacuna_status status = read_document(r, &one, &source);
    return status == LACUNA_OK ? add(r, &one) : status;
}

/* ---- submissions ---------------------------------------------------------------------------- */

static bool is_text(const char *path)
{
    return lac_is_document_name(path) || lac_span_ends_nocase(lac_span_of(path), ".pdf");
}

static void name_study(lac_filed_document *one, const lac_submission *submission,
                       uint32_t placement)
{
    for (uint32_t s = 0; s < submission->study_count; s++) {
        const lac_study *study = &submission->studies[s];
        for (uint32_t d = 0; d < study->document_count; d++) {
            if (study->documents[d].placement == placement) {
                one->study = study->id;
                one->tag = study->documents[d].tag;
                return;
            }
        }
    }
}

/* Bytes of the package, read into a document. */
static lacuna_status read_leaf(reading *r, lac_filed_document *one, const char *path)
{
    char *data;
    size_t length;
    lacuna_error own_error = {0};
    const lac_limits *limits = lac_options_limits(r->options);
    uint64_t most = limits->package_file_bytes > limits->pdf_file_bytes ? limits->package_file_bytes
                                                                        : limits->pdf_file_bytes;
    uint32_t entry = lac_package_find(r->package, path);
    if (entry == LAC_PART_NONE) {
        return note(r, one->path, "it is not there", &one->unread);
    }
    if (lac_package_read(&data, &length, r->package, entry, most, &own_error) != LACUNA_OK) {
        return note(r, one->path, own_error.message, &one->unread);
    }
    const lac_source source = {
        .kind = LAC_SOURCE_MEMORY, .path = path, .memory = lac_span_make(data, length)};
    lacuna_status status = read_document(r, one, &source);
    free(data);
    return status;
}

/* A file that was read for an earlier placement is not read again. */
static const lac_filed_document *read_before(const reading *r, size_t first, const char *path)
{
    for (size_t i = first; i < r->filed->count; i++) {
        if (strcmp(r->filed->documents[i].path, path) == 0) {
            return &r->filed->documents[i];
        }
    }
    return NULL;
}

static lacuna_status add_placement(reading *r, uint32_t placement, size_t first)
{
    const lac_placement *p = &r->submission->placements[placement];
    lac_filed_document one = {.path = r->shown, .study = "", .tag = ""};
    lac_leaf_place *leaf = lac_arena_alloc(&r->filed->arena, sizeof *leaf);
    if (leaf == NULL) {
        return lac_fail_nomem(r->err);
    }
    *leaf = lac_place_placement(&r->places, placement);
    one.leaf = leaf;
    name_study(&one, r->submission, placement);
    if (p->file == LAC_NONE) {
        return add(r, &one);
    }
    const char *path = r->submission->files[p->file].path;
    one.path = join(r->filed, r->shown, "/", path);
    if (one.path == NULL) {
        return lac_fail_nomem(r->err);
    }
    const lac_filed_document *before = read_before(r, first, one.path);
    lacuna_status status = LACUNA_OK;
    if (before != NULL) {
        one.document = before->document;
        one.unread = before->unread;
    } else if (is_text(path)) {
        status = read_leaf(r, &one, path);
    }
    return status == LACUNA_OK ? add(r, &one) : status;
}

static lacuna_status add_placements(reading *r, const lac_source *source)
{
    const lac_limits wide = lac_submission_limits(lac_options_limits(r->options));
    size_t first = r->filed->count;
    lacuna_status status = lac_places_init(&r->places, r->submission, &r->filed->arena, r->err);
    if (status == LACUNA_OK) {
        status = lac_package_open(&r->package, source, &wide, r->err);
    }
    for (uint32_t i = 0; status == LACUNA_OK && i < r->submission->placement_count; i++) {
        const lac_placement *p = &r->submission->placements[i];
        if (p->state == LAC_STATE_CURRENT && !p->study_tagging_file) {
            status = add_placement(r, i, first);
        }
    }
    if (status == LACUNA_OK && r->places.failed) {
        status = lac_fail_nomem(r->err);
    }
    lac_package_close(r->package);
    r->package = NULL;
    return status;
}

/* LACUNA_E_UNSUPPORTED: it is none. */
static lacuna_status read_submission(reading *r, const lac_source *source, lacuna_error *err)
{
    lac_filed_files *filed = r->filed;
    lac_submission *submission;
    lacuna_status status = lac_submission_open(&submission, source, lac_options_limits(r->options),
                                               r->options == NULL ? 1 : r->options->jobs, err);
    if (status != LACUNA_OK) {
        return status;
    }
    void *items = filed->submissions;
    status = lac_grow(&items, &filed->submission_cap, filed->submission_count + 1,
                      sizeof(lac_submission *), DOCUMENTS_MAX);
    filed->submissions = items;
    if (status != LACUNA_OK) {
        lac_submission_free(submission);
        return lac_fail_nomem(err);
    }
    filed->submissions[filed->submission_count++] = submission;
    r->submission = submission;
    if (submission->incomplete) {
        status = note(r, r->shown, "some of the submission could not be read", NULL);
    }
    return status == LACUNA_OK ? add_placements(r, source) : status;
}

/* ---- inputs --------------------------------------------------------------------------------- */

static lacuna_status read_input(reading *r, const lac_input *input)
{
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = input->path};
    lacuna_error own_error = input->error;
    r->shown = input->shown;
    if (own_error.status != LACUNA_OK) {
        return note(r, input->shown, own_error.message, NULL);
    }
    if (input->package) {
        return LACUNA_OK; /* what was answered is no source for an answer */
    }
    if (input->submission) {
        lacuna_status status = read_submission(r, &source, &own_error);
        if (status == LACUNA_E_NOMEM) {
            return lac_fail_nomem(r->err);
        }
        if (status != LACUNA_E_UNSUPPORTED) {
            return status == LACUNA_OK ? LACUNA_OK : note(r, input->shown, own_error.message, NULL);
        }
    }
    return read_file(r, input->path);
}

lacuna_status lac_filed_read(lac_filed_files *filed, const char *const *paths, size_t count,
                             const lacuna_options *options, lacuna_error *err)
{
    reading r = {.filed = filed, .options = options, .err = err};
    lacuna_status status = LACUNA_OK;
    filed->given = lac_arena_array(&filed->arena, count + 1, sizeof(const char *));
    if (filed->given == NULL) {
        return lac_fail_nomem(err);
    }
    for (size_t i = 0; i < count && status == LACUNA_OK; i++) {
        filed->given[i] = lac_arena_copy(&filed->arena, lac_span_of(paths[i]));
        filed->given_count++;
        if (filed->given[i] == NULL) {
            return lac_fail_nomem(err);
        }
        status =
            lac_inputs_add(&filed->inputs, paths[i], options == NULL ? NULL : options->root, err);
    }
    lac_inputs_settle(&filed->inputs);
    for (size_t i = 0; i < filed->inputs.count && status == LACUNA_OK; i++) {
        status = read_input(&r, &filed->inputs.items[i]);
    }
    filed->set = (lac_filed_set){.documents = filed->documents,
                                 .document_count = (uint32_t)filed->count,
                                 .submissions = (const lac_submission *const *)filed->submissions,
                                 .submission_count = (uint32_t)filed->submission_count};
    return status;
}
