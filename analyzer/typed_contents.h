/*
 * typed_contents.h - contents lists that were typed and are no field of the word processor.
 *
 * Purpose: a paragraph that says "Contents" and is followed by lines that end in page numbers is a
 *   table of contents for a reader, whatever it was made with.
 */
#ifndef LAC_TYPED_CONTENTS_H
#define LAC_TYPED_CONTENTS_H

#include "parsers/document.h"

/* Index of the block that heads such a list; LAC_NONE: there is none. */
uint32_t lac_find_typed_contents(const lac_document *document);

#endif
