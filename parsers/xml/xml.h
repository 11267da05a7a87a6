/*
 * xml.h - the text of an XML file as a document.
 *
 * Purpose: Structured Product Labeling (HL7 SPL, namespace urn:hl7-org:v3) becomes a document with
 *   the headings, paragraphs and tables a reader sees: titles of sections and their text; codes and
 *   product data are left out. Any other XML becomes its text, a block for each element that has
 *   some; it has no headings.
 * Limits: xml_*, text_bytes and blocks of lac_limits. A DOCTYPE with declarations of its own is
 *   LACUNA_E_FORMAT; nothing is loaded, no entity is expanded.
 */
#ifndef LAC_XML_H
#define LAC_XML_H

#include "parsers/document.h"

/* `name` is for messages. */
lacuna_status lac_xml_read(lac_document **out, lac_span bytes, const char *name,
                           const lac_limits *limits, lacuna_error *err);

#endif
