/*
 * pdf.h - the text of a PDF as a document, through pdftotext of poppler-utils.
 *
 * Purpose: pdftotext is executed, never linked (it is GPL), in a child held to limits (child.h),
 * and what it prints is turned into blocks (pdf_text.h). Every block knows its page. The tool: the
 * caller says where it is; nothing is looked for here. It must take
 *   "-layout -enc UTF-8 -eol unix - -", the PDF on standard input and the text on standard output,
 *   with a form feed behind every page; poppler 0.86 and later do.
 * Encrypted files that open without a password are read, as every viewer reads them.
 *
 * Notes of the document (lac_note.code); pages are counted in `pages_without_text`:
 *   pdf/page-without-text   pages that hold no text of their own: scanned, drawn, or empty
 *   pdf/dynamic-form        the pages are a stand-in that Adobe's software replaces by a form
 *   pdf/damaged             the tool complained and read on: text may be missing
 *   pdf/no-reader           there was no tool
 * Where no page has text, or there is no tool, the document is empty and `not_evaluated` is set:
 * nobody can judge it, and nothing is wrong with it.
 */
#ifndef LAC_PDF_H
#define LAC_PDF_H

#include "parsers/document.h"
#include "parsers/package/package.h"
#include "support/buf.h"

typedef struct lac_pdf_options {
    const char *tool;              /* absolute path of pdftotext; NULL: there is none */
    bool empty_without_tool;       /* then give an empty document that says so, and no error */
    bool (*cancelled)(void *user); /* asked now and then; NULL: never */
    void *user;
} lac_pdf_options;

/* LACUNA_E_UNSUPPORTED without a tool or with a password, LACUNA_E_FORMAT for damaged files,
 * LACUNA_E_LIMIT where pdf_* or text_bytes of the limits were reached. */
lacuna_status lac_pdf_read(lac_document **out, const lac_source *source,
                           const lac_pdf_options *options, const lac_limits *limits,
                           lacuna_error *err);

enum { LAC_PDF_COMPLAINT = 161 };

/* What the tool prints: the pages as laid out, a form feed behind each. */
typedef struct lac_pdf_print {
    lac_buf text;                      /* the caller's: lac_buf_free */
    char complaint[LAC_PDF_COMPLAINT]; /* what it said besides, printable ASCII; "": nothing */
} lac_pdf_print;

/* Errors as lac_pdf_read; then there is nothing to free. */
lacuna_status lac_pdf_print_pages(lac_pdf_print *out, const lac_source *source,
                                  const lac_pdf_options *options, const lac_limits *limits,
                                  lacuna_error *err);

#endif
