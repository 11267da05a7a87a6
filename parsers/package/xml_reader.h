/*
 * xml_reader.h - SAX2 push parsing of one part, the only place where untrusted XML is opened.
 *
 * Purpose: libxml2 with network off, no DTD, no entities, bounded depth, attributes, namespaces and
 *   elements; every return value and the error state are checked, so a failed allocation is an
 *   error and never a shorter document.
 * Ownership: names, attributes and text passed to callbacks are valid during the callback only,
 *   except that names and namespaces are interned: within one part equal strings have equal
 *   pointers, so a handler may keep the pointers as keys until the part ends.
 * Cost: nothing is copied; an attribute is looked at only when the handler asks for it.
 * Limits: xml_* of lac_limits (and libxml2's own depth of 256). A DOCTYPE is LACUNA_E_FORMAT.
 */
#ifndef LAC_XML_READER_H
#define LAC_XML_READER_H

#include "parsers/package/package.h"
#include "support/arena.h"

/* A start tag. `items` and `parser` belong to the reader: use the functions below. */
typedef struct lac_xml_element {
    const char *name; /* local name, interned */
    const char *uri;  /* namespace, interned; NULL: none */
    uint64_t index;   /* counts the start tags of the part from 0 */
    uint32_t attribute_count;
    const unsigned char **items;
    const void *parser;
} lac_xml_element;

typedef struct lac_xml_attribute {
    const char *name; /* local name */
    const char *uri;  /* namespace, NULL: none */
    lac_span value;   /* raw, see lac_xml_value */
} lac_xml_attribute;

typedef struct lac_xml_handler {
    void *user;
    /* Any of them may be NULL. A status other than LACUNA_OK stops the reading with it. Text comes
     * in pieces of any size. */
    lacuna_status (*start)(void *user, const lac_xml_element *element);
    lacuna_status (*end)(void *user, const char *name, const char *uri);
    lacuna_status (*text)(void *user, lac_span text);
} lac_xml_handler;

/* Attribute number `i` < attribute_count. */
lac_xml_attribute lac_xml_attribute_at(const lac_xml_element *element, uint32_t i);

/* Value of the first attribute with this local name, whatever its namespace. */
bool lac_xml_get(const lac_xml_element *element, const char *name, lac_span *value);

/* A NUL-terminated copy of an attribute value. libxml2 hands out an ampersand inside a value as
 * "&#38;"; here it is one character again. NULL: out of memory. */
char *lac_xml_value(lac_arena *arena, lac_span raw);

/* The namespace a prefix stands for at this element; NULL: not declared. */
const char *lac_xml_namespace(const lac_xml_element *element, lac_span prefix);

/* Streams a part through the parser. The error names the part and line. */
lacuna_status lac_xml_parse_part(lac_package *package, uint32_t part, const lac_limits *limits,
                                 const lac_xml_handler *handler, lacuna_error *err);

/* The same from memory; `name` is for messages. */
lacuna_status lac_xml_parse_memory(lac_span xml, const char *name, const lac_limits *limits,
                                   const lac_xml_handler *handler, lacuna_error *err);

/* The same, but a DOCTYPE that names an external DTD and declares nothing itself is passed over, as
 * eCTD backbones carry it. Nothing is loaded; entities other than XML's own five are
 * LACUNA_E_FORMAT; a prefix that only the DTD declares gives a NULL namespace. */
lacuna_status lac_xml_parse_memory_doctype(lac_span xml, const char *name, const lac_limits *limits,
                                           const lac_xml_handler *handler, lacuna_error *err);

#endif
