/*
 * outline.h - the headings of a document, one a line, indented by level.
 */
#ifndef LAC_TEXT_OUTLINE_H
#define LAC_TEXT_OUTLINE_H

#include "parsers/document.h"

lacuna_status lac_text_outline(const lac_document *document, lacuna_write_fn write, void *user,
                               lacuna_error *err);

/* The reference text, byte for byte. */
lacuna_status lac_text_reference(const lac_document *document, lacuna_write_fn write, void *user,
                                 lacuna_error *err);

#endif
