/*
 * properties.h - custom properties of a document: what it says of itself, without being text.
 *
 * Purpose: the marked copy carries that it holds drafts and where they are from, also where its
 *   comments are gone. Added to docProps/custom.xml, which is made where there is none; properties
 *   that are there are left as they are, also one of the same name. ECMA-376 part 1, 22.3.
 */
#ifndef LAC_WRITERS_DOCX_PROPERTIES_H
#define LAC_WRITERS_DOCX_PROPERTIES_H

#include "writers/docx/property.h"
#include "writers/docx/word_file.h"

lacuna_status lac_properties_add(lac_word_file *file, const lac_property *properties,
                                 uint32_t count, lacuna_error *err);

#endif
