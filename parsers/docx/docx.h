/*
 * docx.h - WordprocessingML (.docx, .docm, .dotx, .dotm; transitional and strict) to document.
 *
 * Purpose: the accepted view of a Word document with every heading, its computed number, and an
 *   anchor for every paragraph.
 * Limits: those of lac_limits. Threads: one call per thread, no shared state.
 */
#ifndef LAC_DOCX_H
#define LAC_DOCX_H

#include "parsers/document.h"
#include "parsers/package/package.h"

/* Reads from an opened package. LACUNA_E_UNSUPPORTED where the package is no Word document. */
lacuna_status lac_docx_read(lac_document **out, lac_package *package, const lac_limits *limits,
                            lacuna_error *err);

#endif
