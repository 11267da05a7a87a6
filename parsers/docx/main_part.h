/*
 * main_part.h - finding the main part of a Word document, and saying what else a package is.
 */
#ifndef LAC_DOCX_MAIN_PART_H
#define LAC_DOCX_MAIN_PART_H

#include "parsers/docx/reader.h"

/* Fills *part (package index) and docx->relationships; *title is dc:title of the core properties,
 * in the document's arena. LACUNA_E_UNSUPPORTED with the kind of file where it is none of ours. */
lacuna_status lac_docx_main_part(uint32_t *part, lac_span *title, lac_docx *docx);

#endif
