#include "parsers/package/xml_reader.h"

#include "support/error.h"

#include <libxml/parser.h>
#include <libxml/SAX2.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum {
    PIECE_BYTES = 64 * 1024,
    /* libxml2 checks attributes for duplicates pair by pair before it shows a tag, so the count is
     * watched while a tag is still coming in: after this many bytes without an event the equal
     * signs of the pending input are counted. */
    QUIET_BYTES = 64 * 1024,
    MAX_PENDING_EQUALS = 16 * 1024,
    /* Prefixes are looked up one by one for every name; real parts declare up to 40. */
    MAX_NAMESPACES = 512,
    /* The table of interned names stops growing long before this; real parts use under 2000. */
    MAX_NAMES = 32 * 1024,
    /* libxml2 hands an attribute over as local name, prefix, namespace, begin and end of value. */
    ATTRIBUTE_FIELDS = 5,
};

typedef struct xml_parse {
    const lac_xml_handler *handler;
    const char *name;
    xmlParserCtxtPtr context;
    uint64_t elements, max_elements;
    uint32_t depth, max_depth, max_attributes;
    uint64_t events, events_seen; /* to notice input that produces none */
    uint64_t quiet_bytes, pending_equals;
    lacuna_status status; /* first failure, of the handler or of ours */
    lacuna_error *err;
    char problem[160]; /* libxml2's words for the first error */
    uint32_t problem_line;
    bool no_memory;                      /* among its errors; a later one may hide it from errNo */
    bool doctype;                        /* a DOCTYPE with nothing but an external id is let by */
    xmlStructuredErrorFunc host_handler; /* of this thread, put back afterwards */
    void *host_context;
} xml_parse;

static uint32_t current_line(const xml_parse *parse)
{
    int line = xmlSAX2GetLineNumber(parse->context);
    return line > 0 ? (uint32_t)line : 0;
}

static void stop(xml_parse *parse, lacuna_status status)
{
    if (parse->status == LACUNA_OK) {
        parse->status = status;
        lac_error_place(parse->err, parse->name, current_line(parse));
    }
    xmlStopParser(parse->context);
}

static void stop_limit(xml_parse *parse, const char *what, uint64_t limit)
{
    if (parse->status == LACUNA_OK) {
        (void)lac_fail_remedy(parse->err, LACUNA_E_LIMIT, "Raise the limit if the file is genuine.",
                              "the XML has more than %llu %s", (unsigned long long)limit, what);
    }
    stop(parse, LACUNA_E_LIMIT);
}

/* ---- callbacks of libxml2 ------------------------------------------------------------------- */

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **declared, int attributes, int defaulted,
                     const xmlChar **items)
{
    (void)prefix;
    (void)namespaces;
    (void)declared;
    (void)defaulted;
    xml_parse *parse = user;
    parse->events++;
    if (parse->status != LACUNA_OK) {
        return;
    }
    if (++parse->depth > parse->max_depth) {
        stop_limit(parse, "levels of nesting", parse->max_depth);
    } else if (parse->elements >= parse->max_elements) {
        stop_limit(parse, "elements", parse->max_elements);
    } else if ((uint32_t)attributes > parse->max_attributes) {
        stop_limit(parse, "attributes in one element", parse->max_attributes);
    } else if (parse->context->nsNr > 2 * MAX_NAMESPACES) {
        stop_limit(parse, "namespaces in use", MAX_NAMESPACES);
    } else if (parse->handler->start != NULL) {
        const lac_xml_element element = {
            (const char *)name, (const char *)uri, parse->elements, (uint32_t)attributes, items,
            parse->context,
        };
        lacuna_status status = parse->handler->start(parse->handler->user, &element);
        if (status != LACUNA_OK) {
            stop(parse, status);
        }
    }
    parse->elements++;
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)prefix;
    xml_parse *parse = user;
    parse->events++;
    if (parse->status != LACUNA_OK) {
        return;
    }
    parse->depth--;
    if (parse->handler->end != NULL) {
        lacuna_status status =
            parse->handler->end(parse->handler->user, (const char *)name, (const char *)uri);
        if (status != LACUNA_OK) {
            stop(parse, status);
        }
    }
}

static void on_text(void *user, const xmlChar *text, int length)
{
    xml_parse *parse = user;
    parse->events++;
    if (parse->status != LACUNA_OK || parse->handler->text == NULL || length <= 0) {
        return;
    }
    lacuna_status status = parse->handler->text(parse->handler->user,
                                                lac_span_make((const char *)text, (size_t)length));
    if (status != LACUNA_OK) {
        stop(parse, status);
    }
}

/* libxml2 tells of the DOCTYPE when it has read the external id and stands before '[' or '>'. */
static bool subset_follows(const xml_parse *parse)
{
    const xmlParserInput *input = parse->context->input;
    return input == NULL || input->cur == NULL || *input->cur != '>';
}

/* OPC forbids a document type (ECMA-376-2 6.2.5), and with it every entity attack falls away. */
static void on_doctype(void *user, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
    (void)name;
    (void)id;
    (void)system;
    xml_parse *parse = user;
    if (parse->doctype && !subset_follows(parse)) {
        return; /* nothing it names is ever loaded */
    }
    if (parse->status == LACUNA_OK && parse->doctype) {
        (void)lac_fail_remedy(parse->err, LACUNA_E_FORMAT,
                              "Ask where the file comes from: no publishing tool writes this.",
                              "the document type declaration holds declarations of its own, which "
                              "are not allowed");
    } else if (parse->status == LACUNA_OK) {
        (void)lac_fail_remedy(parse->err, LACUNA_E_FORMAT,
                              "Ask where the file comes from: no office program writes this.",
                              "the XML has a document type declaration, which is not allowed here");
    }
    stop(parse, LACUNA_E_FORMAT);
}

/* Without a DTD only the five entities of XML exist. Where a DOCTYPE names an external one, libxml2
 * would take the entity to be declared there and leave it out without an error. */
static xmlEntityPtr on_entity(void *user, const xmlChar *name)
{
    xml_parse *parse = user;
    if (parse->doctype) {
        if (parse->status == LACUNA_OK) {
            (void)lac_fail_remedy(
                parse->err, LACUNA_E_FORMAT, "Write the character itself instead of the entity.",
                "the entity \"%.40s\" is not one of XML's own", (const char *)name);
        }
        stop(parse, LACUNA_E_FORMAT);
    }
    return NULL;
}

/* Also takes what libxml2 reports without a parser, which it would print on stderr otherwise. */
static void on_error(void *user, xmlErrorPtr error)
{
    xml_parse *parse = user;
    parse->no_memory |= error != NULL && error->code == XML_ERR_NO_MEMORY;
    if (error == NULL || error->level < XML_ERR_ERROR || parse->problem[0] != '\0') {
        return;
    }
    if (parse->doctype && error->code == XML_NS_ERR_UNDEFINED_NAMESPACE) {
        /* The DTD that is not loaded may declare it as a default attribute, as eCTD's do. */
        parse->context->errNo = XML_ERR_OK;
        return;
    }
    const char *message = error->message == NULL ? "malformed" : error->message;
    (void)snprintf(parse->problem, sizeof parse->problem, "%s", message);
    parse->problem[strcspn(parse->problem, "\r\n")] = '\0';
    parse->problem_line = error->line > 0 ? (uint32_t)error->line : 0;
}

/* ---- driving the parser --------------------------------------------------------------------- */

static void fill_handler(xmlSAXHandler *sax)
{
    memset(sax, 0, sizeof *sax);
    sax->initialized = XML_SAX2_MAGIC;
    sax->startElementNs = on_start;
    sax->endElementNs = on_end;
    sax->characters = on_text;
    sax->ignorableWhitespace = on_text; /* the same function: no guessing about blanks */
    sax->cdataBlock = on_text;
    sax->internalSubset = on_doctype;
    sax->getEntity = on_entity;
    sax->serror = on_error;
}

/* libxml2 2.9 sets up its globals at first use, and two threads that do so at once race. Nothing is
 * torn down again: other users of libxml2 in the process may need it. */
static void set_up_once(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    (void)pthread_once(&once, xmlInitParser);
}

static lacuna_status open_parser(xml_parse *parse, const char *name, const lac_limits *limits,
                                 const lac_xml_handler *handler, lacuna_error *err)
{
    memset(parse, 0, sizeof *parse);
    parse->handler = handler;
    parse->name = name;
    parse->err = err;
    parse->max_elements = limits->xml_elements;
    parse->max_depth = limits->xml_depth;
    parse->max_attributes = limits->xml_attributes;
    set_up_once();
    xmlSAXHandler sax;
    fill_handler(&sax);
    xmlResetLastError();
    parse->host_handler = xmlStructuredError;
    parse->host_context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(parse, on_error);
    parse->context = xmlCreatePushParserCtxt(&sax, parse, NULL, 0, NULL);
    if (parse->context == NULL || xmlCtxtUseOptions(parse->context, XML_PARSE_NONET) != 0) {
        xmlFreeParserCtxt(parse->context);
        xmlSetStructuredErrorFunc(parse->host_context, parse->host_handler);
        return lac_fail_nomem(err);
    }
    return LACUNA_OK;
}

/* A later error hides the lack of memory from errNo, and buffers that cannot grow are told to
 * nobody but the thread's last error. */
static bool memory_failed(const xml_parse *parse, int result)
{
    const xmlError *last = xmlGetLastError();
    return parse->no_memory || result == XML_ERR_NO_MEMORY ||
           parse->context->errNo == XML_ERR_NO_MEMORY ||
           (last != NULL && last->code == XML_ERR_NO_MEMORY);
}

/* Turns what libxml2 says into our status; LACUNA_OK when all went well so far. */
static lacuna_status judge(xml_parse *parse, int result)
{
    if (parse->status != LACUNA_OK) {
        return parse->status;
    }
    if (memory_failed(parse, result)) {
        parse->status = lac_fail_nomem(parse->err);
        return parse->status;
    }
    if (result == XML_ERR_OK && parse->context->errNo == XML_ERR_OK &&
        parse->context->wellFormed == 1) {
        return LACUNA_OK;
    }
    uint32_t line = parse->problem_line != 0 ? parse->problem_line : current_line(parse);
    lac_error_place(parse->err, parse->name, line);
    parse->status = lac_fail_remedy(
        parse->err, LACUNA_E_FORMAT,
        "Open the file in the program that wrote it, let it repair the file, and save it again.",
        "damaged XML: %s", parse->problem[0] == '\0' ? "malformed" : parse->problem);
    return parse->status;
}

static uint64_t count_equals(const char *data, size_t length)
{
    uint64_t count = 0;
    const char *end = data + length;
    while (data < end) {
        const char *at = memchr(data, '=', (size_t)(end - data));
        if (at == NULL) {
            break;
        }
        count++;
        data = at + 1;
    }
    return count;
}

static void watch_quiet_input(xml_parse *parse, const char *data, size_t length)
{
    if (parse->events != parse->events_seen) {
        parse->events_seen = parse->events;
        parse->quiet_bytes = 0;
        parse->pending_equals = 0;
    }
    parse->quiet_bytes += length;
    if (parse->quiet_bytes > QUIET_BYTES) {
        parse->pending_equals += count_equals(data, length);
        if (parse->pending_equals > MAX_PENDING_EQUALS) {
            stop_limit(parse, "attributes in one element", parse->max_attributes);
        }
    }
}

static lacuna_status feed(void *user, const char *data, size_t length, lacuna_error *err)
{
    (void)err; /* the one given when the parser was opened */
    xml_parse *parse = user;
    while (length > 0 && parse->status == LACUNA_OK) {
        size_t piece = length < PIECE_BYTES ? length : PIECE_BYTES;
        watch_quiet_input(parse, data, piece);
        if (parse->status == LACUNA_OK &&
            judge(parse, xmlParseChunk(parse->context, data, (int)piece, 0)) != LACUNA_OK) {
            break;
        }
        if (xmlDictSize(parse->context->dict) > MAX_NAMES) {
            stop_limit(parse, "different names", MAX_NAMES);
        }
        data += piece;
        length -= piece;
    }
    return parse->status;
}

static lacuna_status close_parser(xml_parse *parse, lacuna_status status)
{
    if (status == LACUNA_OK) {
        status = judge(parse, xmlParseChunk(parse->context, "", 0, 1));
    }
    xmlFreeParserCtxt(parse->context);
    xmlSetStructuredErrorFunc(parse->host_context, parse->host_handler);
    if (status != LACUNA_OK && parse->err != NULL && parse->err->message[0] == '\0') {
        (void)lac_fail(parse->err, status, "reading stopped: %s", lacuna_status_name(status));
    }
    return status;
}

lacuna_status lac_xml_parse_part(lac_package *package, uint32_t part, const lac_limits *limits,
                                 const lac_xml_handler *handler, lacuna_error *err)
{
    xml_parse parse;
    lacuna_status status =
        open_parser(&parse, lac_package_name(package, part), limits, handler, err);
    if (status != LACUNA_OK) {
        return status;
    }
    status = lac_package_stream(package, part, feed, &parse, err);
    return close_parser(&parse, status);
}

static lacuna_status parse_memory(lac_span xml, const char *name, const lac_limits *limits,
                                  const lac_xml_handler *handler, bool doctype, lacuna_error *err)
{
    xml_parse parse;
    lacuna_status status = open_parser(&parse, name, limits, handler, err);
    if (status != LACUNA_OK) {
        return status;
    }
    parse.doctype = doctype;
    status = feed(&parse, xml.ptr, xml.len, err);
    return close_parser(&parse, status);
}

lacuna_status lac_xml_parse_memory(lac_span xml, const char *name, const lac_limits *limits,
                                   const lac_xml_handler *handler, lacuna_error *err)
{
    return parse_memory(xml, name, limits, handler, false, err);
}

lacuna_status lac_xml_parse_memory_doctype(lac_span xml, const char *name, const lac_limits *limits,
                                           const lac_xml_handler *handler, lacuna_error *err)
{
    return parse_memory(xml, name, limits, handler, true, err);
}

/* ---- looking at a start tag ----------------------------------------------------------------- */

lac_xml_attribute lac_xml_attribute_at(const lac_xml_element *element, uint32_t i)
{
    const unsigned char **item = element->items + (size_t)i * ATTRIBUTE_FIELDS;
    return (lac_xml_attribute){
        (const char *)item[0],
        (const char *)item[2],
        lac_span_make((const char *)item[3], (size_t)(item[4] - item[3])),
    };
}

bool lac_xml_get(const lac_xml_element *element, const char *name, lac_span *value)
{
    const unsigned char **item = element->items;
    for (uint32_t i = 0; i < element->attribute_count; i++, item += ATTRIBUTE_FIELDS) {
        const char *given = (const char *)item[0];
        if (given[0] == name[0] && strcmp(given, name) == 0) {
            *value = lac_span_make((const char *)item[3], (size_t)(item[4] - item[3]));
            return true;
        }
    }
    return false;
}

char *lac_xml_value(lac_arena *arena, lac_span raw)
{
    static const char ampersand[] = "&#38;";
    char *copy = lac_arena_copy(arena, raw);
    char *at = copy == NULL ? NULL : strstr(copy, ampersand);
    if (at == NULL) {
        return copy;
    }
    char *to = at;
    while (*at != '\0') {
        size_t skip = strncmp(at, ampersand, sizeof ampersand - 1) == 0 ? sizeof ampersand - 1 : 1;
        *to++ = skip == 1 ? *at : '&';
        at += skip;
    }
    *to = '\0';
    return copy;
}

const char *lac_xml_namespace(const lac_xml_element *element, lac_span prefix)
{
    const xmlParserCtxt *context = element->parser;
    for (int i = context->nsNr - 2; i >= 0; i -= 2) {
        const char *declared = (const char *)context->nsTab[i];
        if (declared == NULL ? prefix.len == 0 : lac_span_is(prefix, declared)) {
            return (const char *)context->nsTab[i + 1];
        }
    }
    return NULL;
}
