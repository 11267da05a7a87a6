#include "api/document.h"

#include "api/options.h"
#include "parsers/open.h"
#include "support/error.h"
#include "writers/json/outline.h"
#include "writers/text/outline.h"

#include <stdlib.h>
#include <string.h>

static lacuna_status open_source(lacuna_document **out, const lac_source *source,
                                 const lacuna_options *options, lacuna_error *err)
{
    *out = NULL;
    size_t size = strlen(source->path) + 1;
    lacuna_document *document = calloc(1, sizeof *document + size);
    if (document == NULL) {
        return lac_fail_nomem(err);
    }
    memcpy(document->path, source->path, size);
    lac_pdf_options pdf = lac_options_pdf(options);
    const lac_open_options how = {.limits = lac_options_limits(options), .pdf = &pdf};
    lacuna_status status = lac_document_open_with(&document->model, source, &how, err);
    if (status != LACUNA_OK) {
        free(document);
        return status;
    }
    *out = document;
    return LACUNA_OK;
}

lacuna_status lacuna_document_open(lacuna_document **out, const char *path,
                                   const lacuna_options *options, lacuna_error *err)
{
    lac_source source = {.kind = LAC_SOURCE_PATH, .path = path};
    return open_source(out, &source, options, err);
}

lacuna_status lacuna_document_open_memory(lacuna_document **out, const char *name, const void *data,
                                          size_t length, const lacuna_options *options,
                                          lacuna_error *err)
{
    lac_source source = {
        .kind = LAC_SOURCE_MEMORY, .path = name, .memory = lac_span_make(data, length)};
    return open_source(out, &source, options, err);
}

void lacuna_document_free(lacuna_document *document)
{
    if (document != NULL) {
        lac_document_free(document->model);
        free(document);
    }
}

lacuna_status lacuna_document_text(const lacuna_document *document, lacuna_write_fn write,
                                   void *user, lacuna_error *err)
{
    return lac_text_reference(document->model, write, user, err);
}

lacuna_status lacuna_document_outline(const lacuna_document *document, const char *format,
                                      lacuna_write_fn write, void *user, lacuna_error *err)
{
    if (strcmp(format, "json") == 0) {
        return lac_json_outline(document->model, document->path, write, user, err);
    }
    if (strcmp(format, "text") == 0) {
        return lac_text_outline(document->model, write, user, err);
    }
    return lac_fail(err, LACUNA_E_ARGUMENT, "there is no outline format \"%s\"", format);
}

size_t lacuna_document_note_count(const lacuna_document *document)
{
    return document->model->note_count;
}

const char *lacuna_document_note(const lacuna_document *document, size_t index)
{
    return document->model->notes[index].text;
}
