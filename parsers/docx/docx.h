/*
 * docx.h - WordprocessingML (.docx, .docm, .dotx, .dotm; transitional and strict) to document.
 *
 * Purpose: the accepted view of a Word document with every heading, its computed number, and an
 *   anchor for every paragraph.
 * Limits: those of lac_limits. Threads: one call per thread, no shared state.
 *
 * Notes of the document (lac_note.code). These have text_missing set, the reading is
 * incomplete:
 *   docx/part-unreadable   a part other than the main one is damaged; what could be read is there
 *   docx/alt-chunk         Word imports another file here (w:altChunk)
 *   docx/sub-document      a master document; its sub-documents are other files
 *   docx/field-unclosed    a field without end; text behind it may be missing
 *   docx/text-box-depth    text boxes nested more than 15 deep
 * These do not:
 *   docx/embedded-object   a spreadsheet or the like; its picture counts as a picture
 *   docx/number-format     numbers in a format that is not known were left out, none is made up
 *
 * Not computed: LISTNUM fields (numbers inside a paragraph).
 */
#ifndef LAC_DOCX_H
#define LAC_DOCX_H

#include "parsers/document.h"
#include "parsers/package/package.h"

/* Reads from an opened package. LACUNA_E_UNSUPPORTED where the package is no Word document. */
lacuna_status lac_docx_read(lac_document **out, lac_package *package, const lac_limits *limits,
                            lacuna_error *err);

#endif
