#include "parsers/letter/letter_text.h"

#include "parsers/letter/crl_records.h"
#include "parsers/letter/letter_builder.h"
#include "parsers/letter/mail.h"
#include "support/error.h"
#include "support/utf8.h"

#include <stdlib.h>
#include <string.h>

static const char *const WANTED = "a letter (text, Word, e-mail, PDF or openFDA's JSON)";

static bool looks_like_json(lac_span bytes)
{
    lac_span text = lac_span_trim(bytes);
    if (text.len >= 3 && memcmp(text.ptr, "\xEF\xBB\xBF", 3) == 0) {
        text = lac_span_trim(lac_span_make(text.ptr + 3, text.len - 3));
    }
    return text.len > 1 && (text.ptr[0] == '{' || text.ptr[0] == '[');
}

static lac_span without_mark(lac_span bytes)
{
    bool mark = bytes.len >= 3 && memcmp(bytes.ptr, "\xEF\xBB\xBF", 3) == 0;
    return mark ? lac_span_make(bytes.ptr + 3, bytes.len - 3) : bytes;
}

static lacuna_status finish(lac_letter_text **out, lac_letter_builder *builder,
                            lacuna_status status, lacuna_error *err)
{
    if (status == LACUNA_OK) {
        return lac_letter_finish(out, builder, err);
    }
    lac_letter_abandon(builder);
    return status;
}

static lacuna_status read_bytes(lac_letter_text **out, lac_span bytes, bool json,
                                const lac_limits *limits, lacuna_error *err)
{
    lac_letter_builder builder;
    bool mail = !json && lac_mail_recognized(without_mark(bytes));
    lac_letter_format format = json   ? LAC_LETTER_RECORDS
                               : mail ? LAC_LETTER_MAIL
                                      : LAC_LETTER_PLAIN;
    lacuna_status status = lac_letter_begin(&builder, format, limits, err);
    if (status == LACUNA_OK && json) {
        status = lac_crl_records_read(&builder, without_mark(bytes), err);
    } else if (status == LACUNA_OK && mail) {
        status = lac_mail_read(&builder, without_mark(bytes), err);
    } else if (status == LACUNA_OK) {
        status = lac_letter_add(&builder, bytes, err);
    }
    if (status == LACUNA_OK && !mail) {
        builder.pages = memchr(lac_buf_text(&builder.text), '\f', builder.text.len) != NULL;
    }
    return finish(out, &builder, status, err);
}

/* Text with a few control characters in it, as pdftotext prints them for fonts without meaning. */
static bool is_mostly_text(lac_span bytes)
{
    enum { ONE_IN = 10 };
    size_t controls = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.ptr[i];
        controls += c < ' ' && strchr("\t\n\r\f", c) == NULL ? 1 : 0;
        if (c == 0) {
            return false;
        }
    }
    return controls <= bytes.len / ONE_IN && lac_utf8_valid(bytes);
}

static lacuna_status open_text(lac_letter_text **out, const lac_source *source, lac_kind kind,
                               const lac_limits *limits, lacuna_error *err)
{
    char *bytes;
    size_t length;
    lacuna_status status = lac_source_read(&bytes, &length, source, limits->plain_file_bytes, err);
    if (status != LACUNA_OK) {
        return status;
    }
    lac_span all = lac_span_make(bytes, length);
    bool json = looks_like_json(all);
    bool refused = (kind == LAC_KIND_UNKNOWN && !is_mostly_text(all)) ||
                   (kind == LAC_KIND_HTML && !lac_mail_recognized(without_mark(all)));
    if (refused) {
        status = lac_refuse_kind(kind, WANTED, err);
    } else if (json && length > limits->json_bytes) {
        status = lac_fail_remedy(err, LACUNA_E_LIMIT, "Raise the limit if the file is genuine.",
                                 "the JSON has more bytes than the limit of %llu",
                                 (unsigned long long)limits->json_bytes);
    } else {
        status = read_bytes(out, all, json, limits, err);
    }
    free(bytes);
    return status;
}

/* A Word document; the numbers Word would print stand in its reference text. */
static lacuna_status open_word(lac_letter_text **out, const lac_source *source,
                               const lac_open_options *options, lacuna_error *err)
{
    lac_document *document;
    lac_letter_builder builder;
    lacuna_status status = lac_document_open_with(&document, source, options, err);
    if (status != LACUNA_OK) {
        return status;
    }
    status = lac_letter_begin(&builder, LAC_LETTER_WORD, options->limits, err);
    if (status == LACUNA_OK) {
        status = lac_letter_add(&builder,
                                lac_span_make(document->text.ptr, document->reference_length), err);
    }
    for (uint32_t i = 0; i < document->note_count && status == LACUNA_OK; i++) {
        status = lac_letter_remark(&builder, document->notes[i].text_missing, err, "%s",
                                   document->notes[i].text);
    }
    lac_document_free(document);
    return finish(out, &builder, status, err);
}

/* The layout pdftotext prints, not the document made of it: a letter is read by its lines. */
static lacuna_status open_pdf(lac_letter_text **out, const lac_source *source,
                              const lac_open_options *options, lacuna_error *err)
{
    lac_letter_builder builder;
    lac_pdf_print printed;
    if (options->pdf == NULL) {
        return lac_refuse_kind(LAC_KIND_PDF, "a letter", err);
    }
    lacuna_status status =
        lac_pdf_print_pages(&printed, source, options->pdf, options->limits, err);
    if (status != LACUNA_OK) {
        return status;
    }
    status = lac_letter_begin(&builder, LAC_LETTER_PDF, options->limits, err);
    if (status == LACUNA_OK) {
        builder.pages = true;
        status = lac_letter_add(&builder, lac_buf_span(&printed.text), err);
    }
    if (status == LACUNA_OK && printed.complaint[0] != '\0') {
        status =
            lac_letter_remark(&builder, true, err, "pdftotext complained: %s", printed.complaint);
    }
    lac_buf_free(&printed.text);
    return finish(out, &builder, status, err);
}

lacuna_status lac_letter_text_open(lac_letter_text **out, const lac_source *source,
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
        return open_word(out, source, options, err);
    case LAC_KIND_TEXT:
    case LAC_KIND_UNKNOWN:
    case LAC_KIND_HTML: /* what begins with MIME-Version may be a mail */
        return lac_named_word(source) ? lac_refuse_kind(kind, "a Word document", err)
                                      : open_text(out, source, kind, options->limits, err);
    case LAC_KIND_PDF:
        return open_pdf(out, source, options, err);
    default:
        return lac_refuse_kind(kind, WANTED, err);
    }
}
