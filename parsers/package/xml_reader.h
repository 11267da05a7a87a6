/*
 * xml_reader.h - SAX2 push parsing of one part, the only place where untrusted XML is opened.
 *
 * Purpose: libxml2 with network off, no DTD, no entities, bounded depth, attributes and elements;
 *   every return value and the error state are checked, so a failed allocation is an error and
 *   never a shorter document.
 * Ownership: names and attribute values passed to callbacks are valid during the callback only.
 * Limits: xml_* of lac_limits. A DOCTYPE is LACUNA_E_FORMAT.
 */
#ifndef LAC_XML_READER_H
#define LAC_XML_READER_H

#include "parsers/package/package.h"

/* One attribute as libxml2's SAX2 gives it; the value is not NUL-terminated. */
typedef struct lac_xml_attribute {
    const char *name;   /* local name */
    const char *uri;    /* namespace, NULL: none */
    lac_span value;
} lac_xml_attribute;

typedef struct lac_xml_handler {
    void *user;
    /* `index` counts the start tags of the part from 0. */
    lacuna_status (*start)(void *user, const char *name, const char *uri,
                           const lac_xml_attribute *attributes, uint32_t count, uint64_t index);
    lacuna_status (*end)(void *user, const char *name, const char *uri);
    lacuna_status (*text)(void *user, lac_span text);
} lac_xml_handler;

/* Streams a part through the parser. The error names the part and line. */
lacuna_status lac_xml_parse_part(lac_package *package, uint32_t part, const lac_limits *limits,
                                 const lac_xml_handler *handler, lacuna_error *err);

/* The same from memory; `name` is for messages. */
lacuna_status lac_xml_parse_memory(lac_span xml, const char *name, const lac_limits *limits,
                                   const lac_xml_handler *handler, lacuna_error *err);

#endif
