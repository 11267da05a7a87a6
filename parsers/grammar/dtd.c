#include "parsers/grammar/dtd_load.h"
#include "parsers/grammar/faults.h"
#include "parsers/grammar/grammar.h"
#include "support/error.h"

#include <libxml/parser.h>
#include <libxml/SAX2.h>
#include <libxml/valid.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEPTH_MAX = 256,
    STORED_MAX = 32, /* DTDs of one folder in use */
    NAME_MAX_BYTES = 256,
    PIECE_BYTES = 64 * 1024,
    FIELDS = 5, /* of an attribute: local name, prefix, namespace, begin and end of value */
};

typedef struct stored {
    char name[NAME_MAX_BYTES];
    xmlDocPtr dtd; /* NULL: `why` */
    char why[256]; /* as long as the message of an error */
} stored;

struct lac_dtd_store {
    lac_package *folder;
    stored *items[STORED_MAX];
    uint32_t count;
};

/* An element that is open. libxml2 keeps pointers to nodes, so they do not move. */
typedef struct open_element {
    xmlNode node;
    xmlNs space;
    bool misplaced; /* one misplaced child is told, what follows is only its echo */
} open_element;

typedef struct validator {
    lac_dtd_store *store;
    xmlParserCtxtPtr parser;
    xmlValidCtxtPtr valid;
    xmlDocPtr dtd;
    open_element *open; /* DEPTH_MAX */
    uint32_t depth;
    xmlChar root[NAME_MAX_BYTES];
    lac_faults faults;
    const char *why; /* nothing is judged */
    char grammar[NAME_MAX_BYTES];
    lacuna_status status;
    lacuna_error *err;
    lac_arena *arena;
} validator;

/* ---- the folder ----------------------------------------------------------------------------- */

lacuna_status lac_dtd_store_open(lac_dtd_store **out, const char *folder, lacuna_error *err)
{
    *out = NULL;
    lac_dtd_store *store = calloc(1, sizeof *store);
    if (store == NULL) {
        return lac_fail_nomem(err);
    }
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = folder};
    lacuna_status status = lac_package_open(&store->folder, &source, &LAC_LIMITS_DEFAULT, err);
    if (status == LACUNA_OK && !lac_package_is_folder(store->folder)) {
        status = lac_fail(err, LACUNA_E_ARGUMENT, "%s is no folder", folder);
    }
    if (status != LACUNA_OK) {
        lac_dtd_store_close(store);
        return status;
    }
    *out = store;
    return LACUNA_OK;
}

void lac_dtd_store_close(lac_dtd_store *store)
{
    if (store == NULL) {
        return;
    }
    for (uint32_t i = 0; i < store->count; i++) {
        xmlFreeDoc(store->items[i]->dtd);
        free(store->items[i]);
    }
    lac_package_close(store->folder);
    free(store);
}

/* A DTD is read once; one that is not there or not sound is remembered as such. */
static lacuna_status find_dtd(stored **out, lac_dtd_store *store, const char *name,
                              lacuna_error *err)
{
    for (uint32_t i = 0; i < store->count; i++) {
        if (strcmp(store->items[i]->name, name) == 0) {
            *out = store->items[i];
            return LACUNA_OK;
        }
    }
    stored *item = store->count < STORED_MAX ? calloc(1, sizeof *item) : NULL;
    if (item == NULL) {
        return store->count < STORED_MAX
                   ? lac_fail_nomem(err)
                   : lac_fail(err, LACUNA_E_LIMIT, "more than %d different DTDs", STORED_MAX);
    }
    lacuna_error why = {0};
    (void)snprintf(item->name, sizeof item->name, "%s", name);
    lacuna_status status = lac_dtd_load(&item->dtd, store->folder, name, &why);
    (void)snprintf(item->why, sizeof item->why, "%s", why.message);
    store->items[store->count++] = item;
    *out = item;
    return status == LACUNA_E_NOMEM ? lac_fail_nomem(err) : LACUNA_OK;
}

/* ---- faults --------------------------------------------------------------------------------- */

static uint32_t line_of(const validator *v)
{
    int line = xmlSAX2GetLineNumber(v->parser);
    return line > 0 ? (uint32_t)line : 0;
}

static void halt(validator *v, lacuna_status status)
{
    v->status = v->status == LACUNA_OK ? status : v->status;
    xmlStopParser(v->parser);
}

static void __attribute__((format(printf, 2, 3))) tell(validator *v, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    lac_faults_add(&v->faults, line_of(v), text);
}

/* Of the parser: not well-formed. Of the validator: a fault. */
static void on_error(void *user, xmlErrorPtr error)
{
    validator *v = user;
    if (error == NULL || error->level < XML_ERR_ERROR || v->status != LACUNA_OK) {
        return;
    }
    const char *message = error->message == NULL ? "malformed" : error->message;
    if (error->code == XML_ERR_NO_MEMORY) {
        halt(v, lac_fail_nomem(v->err));
    } else if (error->domain == XML_FROM_VALID) {
        if (strstr(message, "is different from default") != NULL) {
            return; /* said again as "must be" */
        }
        lac_faults_add(&v->faults, line_of(v), message);
    } else if (error->domain == XML_FROM_PARSER) {
        (void)lac_fail(v->err, LACUNA_E_FORMAT, "damaged XML: %.*s", (int)strcspn(message, "\r\n"),
                       message);
        halt(v, LACUNA_E_FORMAT);
    } /* the DTD alone may declare a namespace prefix */
}

/* ---- elements ------------------------------------------------------------------------------- */

static void write_name(char *out, size_t size, const xmlChar *prefix, const xmlChar *local)
{
    (void)snprintf(out, size, "%s%s%s", prefix == NULL ? "" : (const char *)prefix,
                   prefix == NULL ? "" : ":", (const char *)local);
}

static bool same(const xmlChar *a, const xmlChar *b)
{
    return a == b || (a != NULL && b != NULL && xmlStrcmp(a, b) == 0);
}

static bool is_given(const xmlAttribute *wanted, int namespaces, const xmlChar **spaces, int count,
                     const xmlChar **attributes)
{
    for (int i = 0; i < count; i++) {
        if (same(attributes[i * FIELDS], wanted->name) &&
            same(attributes[i * FIELDS + 1], wanted->prefix)) {
            return true;
        }
    }
    for (int i = 0; i < namespaces; i++) {
        const xmlChar *prefix = spaces[2 * i];
        bool plain = prefix == NULL && xmlStrEqual(wanted->name, BAD_CAST "xmlns");
        if (plain || (same(wanted->prefix, BAD_CAST "xmlns") && same(prefix, wanted->name))) {
            return true;
        }
    }
    return false;
}

static void check_required(validator *v, const open_element *element, int namespaces,
                           const xmlChar **spaces, int count, const xmlChar **attributes)
{
    const xmlChar *prefix = element->node.ns == NULL ? NULL : element->space.prefix;
    xmlElementPtr declared = xmlGetDtdQElementDesc(v->dtd->extSubset, element->node.name, prefix);
    for (xmlAttributePtr a = declared == NULL ? NULL : declared->attributes; a != NULL;
         a = a->nexth) {
        if (a->def == XML_ATTRIBUTE_REQUIRED &&
            !is_given(a, namespaces, spaces, count, attributes)) {
            tell(v, "element %s lacks the attribute %s%s%s", (const char *)element->node.name,
                 a->prefix == NULL ? "" : (const char *)a->prefix, a->prefix == NULL ? "" : ":",
                 (const char *)a->name);
        }
    }
}

static void check_attributes(validator *v, open_element *element, int count,
                             const xmlChar **attributes)
{
    for (int i = 0; i < count && v->status == LACUNA_OK; i++) {
        const xmlChar **a = attributes + (size_t)i * FIELDS;
        xmlNs space = {.type = XML_LOCAL_NAMESPACE, .prefix = a[1], .href = a[2]};
        xmlAttr attribute = {.type = XML_ATTRIBUTE_NODE,
                             .name = a[0],
                             .doc = v->dtd,
                             .parent = &element->node,
                             .ns = a[1] == NULL ? NULL : &space};
        xmlChar *value = xmlStrndup(a[3], (int)(a[4] - a[3]));
        if (value == NULL) {
            halt(v, lac_fail_nomem(v->err));
            return;
        }
        (void)xmlValidateOneAttribute(v->valid, v->dtd, &element->node, &attribute, value);
        xmlFree(value);
    }
}

static void check_namespaces(validator *v, open_element *element, int count, const xmlChar **spaces)
{
    for (int i = 0; i < count; i++) {
        xmlNs space = {
            .type = XML_LOCAL_NAMESPACE, .prefix = spaces[2 * i], .href = spaces[2 * i + 1]};
        (void)xmlValidateOneNamespace(v->valid, v->dtd, &element->node,
                                      element->node.ns == NULL ? NULL : element->space.prefix,
                                      &space, space.href == NULL ? BAD_CAST "" : space.href);
    }
}

/* Whether the content of the parent allows the element here. */
static void push(validator *v, open_element *element, const char *name)
{
    open_element *parent = v->depth > 1 ? element - 1 : NULL;
    uint32_t before = v->faults.count;
    uint64_t more = v->faults.more;
    int known = xmlValidatePushElement(v->valid, v->dtd, &element->node, BAD_CAST name);
    bool told = v->faults.count != before || v->faults.more != more;
    bool declared =
        xmlGetDtdQElementDesc(v->dtd->extSubset, element->node.name,
                              element->node.ns == NULL ? NULL : element->space.prefix) != NULL;
    if (parent != NULL && told && known == 0 && declared) {
        if (parent->misplaced) {
            v->faults.count = before;
            v->faults.more = more;
        }
        parent->misplaced = true;
    }
}

static void on_start(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **spaces, int count, int defaulted,
                     const xmlChar **attributes)
{
    (void)defaulted;
    validator *v = user;
    char name[NAME_MAX_BYTES];
    if (v->status != LACUNA_OK || v->why != NULL) {
        return;
    }
    if (v->dtd == NULL) {
        v->why = "it names no DTD";
        return;
    }
    if (v->depth == DEPTH_MAX) {
        halt(v, lac_fail(v->err, LACUNA_E_LIMIT, "more than %d levels of nesting", DEPTH_MAX));
        return;
    }
    open_element *element = &v->open[v->depth++];
    memset(element, 0, sizeof *element);
    element->node = (xmlNode){.type = XML_ELEMENT_NODE, .name = local, .doc = v->dtd};
    element->space = (xmlNs){.type = XML_LOCAL_NAMESPACE, .prefix = prefix, .href = uri};
    element->node.ns = prefix == NULL ? NULL : &element->space;
    write_name(name, sizeof name, prefix, local);
    if (v->depth == 1 && !xmlStrEqual(BAD_CAST name, v->root)) {
        tell(v, "the root element is %s, the DOCTYPE names %s", name, (const char *)v->root);
    }
    push(v, element, name);
    check_required(v, element, namespaces, spaces, count, attributes);
    check_namespaces(v, element, namespaces, spaces);
    check_attributes(v, element, count, attributes);
}

static void on_end(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    (void)uri;
    validator *v = user;
    char name[NAME_MAX_BYTES];
    if (v->status != LACUNA_OK || v->why != NULL || v->depth == 0) {
        return;
    }
    write_name(name, sizeof name, prefix, local);
    (void)xmlValidatePopElement(v->valid, v->dtd, &v->open[--v->depth].node, BAD_CAST name);
}

static void on_text(void *user, const xmlChar *text, int length)
{
    validator *v = user;
    if (v->status == LACUNA_OK && v->why == NULL && v->depth > 0) {
        (void)xmlValidatePushCData(v->valid, text, length);
    }
}

/* ---- the document --------------------------------------------------------------------------- */

static void refuse_subset(validator *v)
{
    (void)lac_fail(v->err, LACUNA_E_FORMAT,
                   "the document type declaration holds declarations of its own, which are not "
                   "allowed");
    halt(v, LACUNA_E_FORMAT);
}

/* Only what the folder holds under the name is ever read. */
static void on_doctype(void *user, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
    (void)id;
    validator *v = user;
    const xmlParserInput *input = v->parser->input;
    if (input == NULL || input->cur == NULL || *input->cur != '>') {
        refuse_subset(v);
        return;
    }
    if (system == NULL) {
        return;
    }
    stored *found;
    (void)snprintf((char *)v->root, sizeof v->root, "%s", (const char *)name);
    (void)snprintf(v->grammar, sizeof v->grammar, "%s",
                   lac_grammar_base_name((const char *)system));
    lac_error_guard guard;
    lac_error_guard_set(&guard, NULL, NULL);
    lacuna_status status = find_dtd(&found, v->store, v->grammar, v->err);
    lac_error_guard_restore(&guard);
    if (status != LACUNA_OK) {
        halt(v, status);
    } else if (found->dtd == NULL) {
        v->why = found->why;
    } else {
        v->dtd = found->dtd;
    }
}

/* Entities of the DTD are not followed: the reader of backbones refuses them as well. */
static xmlEntityPtr on_entity(void *user, const xmlChar *name)
{
    validator *v = user;
    if (v->status == LACUNA_OK) {
        (void)lac_fail(v->err, LACUNA_E_FORMAT, "the entity \"%.40s\" is not one of XML's own",
                       (const char *)name);
        halt(v, LACUNA_E_FORMAT);
    }
    return NULL;
}

static void fill_handler(xmlSAXHandler *sax)
{
    memset(sax, 0, sizeof *sax);
    sax->initialized = XML_SAX2_MAGIC;
    sax->startElementNs = on_start;
    sax->endElementNs = on_end;
    sax->characters = on_text;
    sax->ignorableWhitespace = on_text;
    sax->cdataBlock = on_text;
    sax->internalSubset = on_doctype;
    sax->getEntity = on_entity;
    sax->serror = on_error;
}

static bool open_parts(validator *v)
{
    xmlSAXHandler sax;
    fill_handler(&sax);
    v->open = calloc(DEPTH_MAX, sizeof *v->open);
    v->valid = xmlNewValidCtxt();
    v->parser = xmlCreatePushParserCtxt(&sax, v, NULL, 0, NULL);
    return v->open != NULL && v->valid != NULL && v->parser != NULL &&
           xmlCtxtUseOptions(v->parser, XML_PARSE_NONET) == 0 &&
           lac_faults_begin(&v->faults, v->arena);
}

static void feed(validator *v, lac_span xml)
{
    while (xml.len > 0 && v->status == LACUNA_OK && v->why == NULL) {
        size_t piece = xml.len < PIECE_BYTES ? xml.len : PIECE_BYTES;
        (void)xmlParseChunk(v->parser, xml.ptr, (int)piece, 0);
        xml = lac_span_make(xml.ptr + piece, xml.len - piece);
    }
    if (v->status == LACUNA_OK && v->why == NULL) {
        (void)xmlParseChunk(v->parser, "", 0, 1);
    }
    if (v->status == LACUNA_OK && (v->faults.no_memory || v->parser->errNo == XML_ERR_NO_MEMORY)) {
        v->status = lac_fail_nomem(v->err);
    }
}

/* Elements that were still open when reading stopped. */
static void close_parts(validator *v)
{
    while (v->valid != NULL && v->depth > 0) {
        (void)xmlValidatePopElement(v->valid, v->dtd, NULL, NULL);
        v->depth--;
    }
    xmlFreeValidCtxt(v->valid);
    xmlFreeParserCtxt(v->parser);
    free(v->open);
}

lacuna_status lac_dtd_judge(lac_judgement *out, lac_dtd_store *store, lac_span xml,
                            const char *name, lac_arena *arena, lacuna_error *err)
{
    *out = (lac_judgement){.grammar = "", .why = ""};
    validator v = {.store = store, .err = err, .arena = arena};
    lac_error_guard guard;
    xmlResetLastError();
    lac_error_guard_set(&guard, &v, on_error);
    if (open_parts(&v)) {
        feed(&v, xml);
    } else {
        v.status = lac_fail_nomem(err);
    }
    close_parts(&v); /* its echo is ignored: there is a status by then */
    lac_error_guard_restore(&guard);
    if (v.status != LACUNA_OK) {
        lac_error_place(err, name, 0);
        return v.status;
    }
    out->judged = v.why == NULL;
    out->grammar = lac_arena_copy(arena, lac_span_of(v.grammar));
    out->why = lac_arena_copy(arena, lac_span_of(v.why == NULL ? "" : v.why));
    lac_faults_end(out, &v.faults);
    return out->grammar == NULL || out->why == NULL ? lac_fail_nomem(err) : LACUNA_OK;
}
