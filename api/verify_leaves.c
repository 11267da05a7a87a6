#include "api/verify_leaves.h"

#include "api/walk.h"
#include "parsers/ectd/ectd.h"
#include "support/buf.h"
#include "support/error.h"

#include <stdlib.h>
#include <string.h>

enum { DOCUMENTS_MAX = 1000000 };

void lac_verify_documents_init(lac_verify_documents *documents)
{
    *documents = (lac_verify_documents){.count = 0};
    lac_arena_init(&documents->arena);
}

void lac_verify_documents_free(lac_verify_documents *documents)
{
    for (size_t i = 0; i < documents->count; i++) {
        lac_document_free(documents->owned[i]);
    }
    free(documents->items);
    free(documents->owned);
    free(documents->notes);
    lac_arena_free(&documents->arena);
    lac_verify_documents_init(documents);
}

lacuna_status lac_verify_note(lac_verify_documents *documents, const char *path, const char *what,
                              lacuna_error *err)
{
    lac_buf text;
    lac_buf_init(&text, 16384);
    bool named = strncmp(what, path, strlen(path)) == 0;
    lacuna_status status =
        named ? lac_buf_append_text(&text, what) : lac_buf_printf(&text, "%s: %s", path, what);
    void *notes = documents->notes;
    if (status == LACUNA_OK) {
        status = lac_grow(&notes, &documents->note_cap, documents->note_count + 1,
                          sizeof *documents->notes, DOCUMENTS_MAX);
        documents->notes = notes;
    }
    const char *copy =
        status == LACUNA_OK ? lac_arena_copy(&documents->arena, lac_buf_span(&text)) : NULL;
    lac_buf_free(&text);
    if (copy == NULL) {
        return lac_fail_nomem(err);
    }
    documents->notes[documents->note_count++] = copy;
    return LACUNA_OK;
}

/* Takes the document over. */
static lacuna_status keep(lac_verify_documents *documents, lac_document *document,
                          const char *shown, lacuna_error *err)
{
    void *items = documents->items, *owned = documents->owned;
    const char *path = lac_arena_copy(&documents->arena, lac_span_of(shown));
    lacuna_status status = path == NULL
                               ? LACUNA_E_NOMEM
                               : lac_grow(&items, &documents->item_cap, documents->count + 1,
                                          sizeof *documents->items, DOCUMENTS_MAX);
    documents->items = items;
    if (status == LACUNA_OK) {
        status = lac_grow(&owned, &documents->owned_cap, documents->count + 1,
                          sizeof *documents->owned, DOCUMENTS_MAX);
        documents->owned = owned;
    }
    if (status != LACUNA_OK) {
        lac_document_free(document);
        return lac_fail_nomem(err);
    }
    documents->items[documents->count] = (lac_verified_document){path, document};
    documents->owned[documents->count++] = document;
    return LACUNA_OK;
}

/* Text that could not be read may hold what would support a claim. */
static lacuna_status tell_gaps(lac_verify_documents *documents, const lac_document *document,
                               const char *shown, lacuna_error *err)
{
    lacuna_status status = LACUNA_OK;
    if (document->not_evaluated != NULL) {
        return lac_verify_note(documents, shown, "its text could not be read", err);
    }
    for (uint32_t i = 0; i < document->note_count && status == LACUNA_OK; i++) {
        if (document->notes[i].text_missing) {
            status = lac_verify_note(documents, shown, document->notes[i].text, err);
        }
    }
    return status;
}

lacuna_status lac_verify_add_document(lac_verify_documents *documents, const lac_source *source,
                                      const char *shown, const lacuna_options *options,
                                      lacuna_error *err)
{
    lac_document *document;
    lacuna_error own = {0};
    lac_pdf_options pdf = lac_options_pdf(options);
    const lac_open_options how = {.limits = lac_options_limits(options), .pdf = &pdf};
    lacuna_status status = lac_document_open_with(&document, source, &how, &own);
    if (status == LACUNA_E_NOMEM) {
        return lac_fail_nomem(err);
    }
    if (status != LACUNA_OK) {
        return lac_verify_note(documents, shown, own.message, err);
    }
    status = tell_gaps(documents, document, shown, err);
    if (status != LACUNA_OK) {
        lac_document_free(document);
        return status;
    }
    return keep(documents, document, shown, err);
}

/* ---- submissions ---------------------------------------------------------------------------- */

static bool is_readable(const char *path)
{
    return lac_is_document_name(path) || lac_span_ends_nocase(lac_span_of(path), ".pdf");
}

/* Files of current placements, each once. */
static bool *current_files(const lac_submission *submission)
{
    bool *wanted = calloc((size_t)submission->file_count + 1, sizeof *wanted);
    for (uint32_t i = 0; wanted != NULL && i < submission->placement_count; i++) {
        const lac_placement *p = &submission->placements[i];
        if (p->state == LAC_STATE_CURRENT && p->file != LAC_NONE && !p->study_tagging_file &&
            is_readable(submission->files[p->file].path)) {
            wanted[p->file] = true;
        }
    }
    return wanted;
}

static lacuna_status read_leaf(lac_verify_documents *documents, lac_package *package,
                               const char *path, const char *shown, const lacuna_options *options,
                               lacuna_error *err)
{
    char *data;
    size_t length;
    lacuna_error own = {0};
    lac_buf name;
    const lac_limits *limits = lac_options_limits(options);
    uint64_t most = limits->package_file_bytes > limits->pdf_file_bytes ? limits->package_file_bytes
                                                                        : limits->pdf_file_bytes;
    lac_buf_init(&name, 16384);
    lacuna_status status = lac_buf_printf(&name, "%s/%s", shown, path);
    uint32_t entry = lac_package_find(package, path);
    if (status != LACUNA_OK) {
        return lac_fail_nomem(err);
    }
    if (entry == LAC_PART_NONE) {
        status = lac_verify_note(documents, lac_buf_text(&name), "it is not there", err);
    } else if (lac_package_read(&data, &length, package, entry, most, &own) != LACUNA_OK) {
        status = lac_verify_note(documents, lac_buf_text(&name), own.message, err);
    } else {
        const lac_source source = {
            .kind = LAC_SOURCE_MEMORY, .path = path, .memory = lac_span_make(data, length)};
        status = lac_verify_add_document(documents, &source, lac_buf_text(&name), options, err);
        free(data);
    }
    lac_buf_free(&name);
    return status;
}

static lacuna_status read_leaves(lac_verify_documents *documents, const lac_submission *submission,
                                 const lac_source *source, const char *shown,
                                 const lacuna_options *options, lacuna_error *err)
{
    lac_package *package;
    const lac_limits wide = lac_submission_limits(lac_options_limits(options));
    lacuna_status status = lac_package_open(&package, source, &wide, err);
    if (status != LACUNA_OK) {
        return status;
    }
    bool *wanted = current_files(submission);
    if (wanted == NULL) {
        status = lac_fail_nomem(err);
    }
    for (uint32_t i = 0; status == LACUNA_OK && i < submission->file_count; i++) {
        if (wanted[i]) {
            status = read_leaf(documents, package, submission->files[i].path, shown, options, err);
        }
    }
    free(wanted);
    lac_package_close(package);
    return status;
}

lacuna_status lac_verify_add_submission(lac_verify_documents *documents, const lac_source *source,
                                        const char *shown, const lacuna_options *options,
                                        lacuna_error *err)
{
    lac_submission *submission;
    lacuna_status status = lac_submission_open(&submission, source, lac_options_limits(options),
                                               options == NULL ? 1 : options->jobs, err);
    if (status != LACUNA_OK) {
        return status;
    }
    if (submission->incomplete) {
        status = lac_verify_note(documents, shown, "some of the submission could not be read", err);
    }
    if (status == LACUNA_OK) {
        status = read_leaves(documents, submission, source, shown, options, err);
    }
    lac_submission_free(submission);
    return status;
}
