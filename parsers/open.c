#include "parsers/open.h"

#include "parsers/docx/docx.h"
#include "parsers/package/source.h"
#include "parsers/text/text.h"
#include "parsers/xml/xml.h"
#include "support/error.h"

#include <stdlib.h>

static bool named(const lac_source *source, const char *const *suffixes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (lac_span_ends_nocase(lac_span_of(source->path), suffixes[i])) {
            return true;
        }
    }
    return false;
}

static bool named_markdown(const lac_source *source)
{
    static const char *const suffixes[] = {".md", ".markdown"};
    return named(source, suffixes, sizeof suffixes / sizeof suffixes[0]);
}

bool lac_named_word(const lac_source *source)
{
    static const char *const suffixes[] = {".docx", ".docm", ".dotx", ".dotm"};
    return named(source, suffixes, sizeof suffixes / sizeof suffixes[0]);
}

static lacuna_status open_word(lac_document **out, const lac_source *source,
                               const lac_limits *limits, lacuna_error *err)
{
    lac_package *package;
    lacuna_status status = lac_package_open(&package, source, limits, err);
    const lac_package_fault *fault = status == LACUNA_OK ? lac_package_fault_at(package, 0) : NULL;
    if (fault != NULL) { /* an unpacked document that lacks a part is none */
        lac_error_place(err, fault->path, 0);
        status = lac_fail(err, LACUNA_E_FORMAT, "%s", fault->why);
        lac_package_close(package);
    }
    if (status == LACUNA_OK) {
        status = lac_docx_read(out, package, limits, err);
        lac_package_close(package);
    }
    return status;
}

static lacuna_status open_text(lac_document **out, const lac_source *source,
                               const lac_limits *limits, lacuna_error *err)
{
    char *bytes;
    size_t length;
    lacuna_status status = lac_source_read(&bytes, &length, source, limits->plain_file_bytes, err);
    if (status == LACUNA_OK) {
        lac_format format = named_markdown(source) ? LAC_FORMAT_MARKDOWN : LAC_FORMAT_TEXT;
        status = lac_text_read(out, lac_span_make(bytes, length), format, limits, err);
        free(bytes);
    }
    return status;
}

static lacuna_status open_xml(lac_document **out, const lac_source *source,
                              const lac_limits *limits, lacuna_error *err)
{
    char *bytes;
    size_t length;
    lacuna_status status = lac_source_read(&bytes, &length, source, limits->plain_file_bytes, err);
    if (status == LACUNA_OK) {
        status =
            lac_xml_read(out, lac_span_make(bytes, length), lac_source_name(source), limits, err);
        free(bytes);
    }
    return status;
}

static lacuna_status open_pdf(lac_document **out, const lac_source *source,
                              const lac_open_options *options, lacuna_error *err)
{
    return options->pdf == NULL || lac_named_word(source)
               ? lac_refuse_kind(LAC_KIND_PDF, "a Word, text, Markdown or XML document", err)
               : lac_pdf_read(out, source, options->pdf, options->limits, err);
}

lacuna_status lac_document_open_with(lac_document **out, const lac_source *source,
                                     const lac_open_options *options, lacuna_error *err)
{
    lac_kind kind;
    *out = NULL;
    lacuna_status status = lac_sniff(&kind, source, err);
    if (status != LACUNA_OK) {
        return status;
    }
    switch (kind) {
    case LAC_KIND_ZIP:
    case LAC_KIND_FOLDER:
        return open_word(out, source, options->limits, err);
    case LAC_KIND_TEXT:
        /* An error page or half a download under a Word name must not pass as a document. */
        return lac_named_word(source) ? lac_refuse_kind(kind, "a Word document", err)
                                      : open_text(out, source, options->limits, err);
    case LAC_KIND_XML:
        return lac_named_word(source) ? lac_refuse_kind(kind, "a Word document", err)
                                      : open_xml(out, source, options->limits, err);
    case LAC_KIND_PDF:
        return open_pdf(out, source, options, err);
    default:
        return lac_refuse_kind(kind, "a Word, text, Markdown or XML document", err);
    }
}

lacuna_status lac_document_open(lac_document **out, const lac_source *source,
                                const lac_limits *limits, lacuna_error *err)
{
    const lac_open_options options = {.limits = limits, .pdf = NULL};
    return lac_document_open_with(out, source, &options, err);
}
