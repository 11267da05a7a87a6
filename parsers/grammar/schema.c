#include "parsers/grammar/faults.h"
#include "parsers/grammar/grammar.h"
#include "parsers/grammar/schema_scan.h"
#include "support/buf.h"
#include "support/error.h"

#include <libxml/parser.h>
#include <libxml/SAX2.h>
#include <libxml/xmlschemas.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE_BYTES = 64 * 1024, PATH_BYTES_MAX = 8192, FIELDS = 5, ATTRIBUTES_MAX = 1024 };

struct lac_schema_store {
    lac_package *folder;
    char *path;
    xmlSchemaPtr schema; /* NULL: not read yet, or `why` */
    char name[256];
    char why[256];
    bool tried;
};

typedef struct validator {
    xmlParserCtxtPtr parser;
    xmlSchemaValidCtxtPtr valid;
    xmlSAXHandlerPtr plugged; /* takes the events that are let through */
    void *plugged_user;
    xmlSAXHandler none;   /* what the validator would pass events on to */
    const xmlChar **kept; /* attributes of an element without hints where a schema lies */
    lac_faults faults;
    lacuna_status status;
    lacuna_error *err;
} validator;

/* ---- the folder ----------------------------------------------------------------------------- */

lacuna_status lac_schema_store_open(lac_schema_store **out, const char *folder, lacuna_error *err)
{
    *out = NULL;
    lac_schema_store *store = calloc(1, sizeof *store);
    size_t size = strlen(folder) + 1;
    if (store == NULL || (store->path = malloc(size)) == NULL) {
        free(store);
        return lac_fail_nomem(err);
    }
    memcpy(store->path, folder, size);
    const lac_source source = {.kind = LAC_SOURCE_PATH, .path = folder};
    lacuna_status status = lac_package_open(&store->folder, &source, &LAC_LIMITS_DEFAULT, err);
    if (status == LACUNA_OK && !lac_package_is_folder(store->folder)) {
        status = lac_fail(err, LACUNA_E_ARGUMENT, "%s is no folder", folder);
    }
    if (status != LACUNA_OK) {
        lac_schema_store_close(store);
        return status;
    }
    *out = store;
    return LACUNA_OK;
}

void lac_schema_store_close(lac_schema_store *store)
{
    if (store != NULL) {
        xmlSchemaFree(store->schema);
        lac_package_close(store->folder);
        free(store->path);
        free(store);
    }
}

static void on_schema_error(void *user, xmlErrorPtr error)
{
    lac_schema_store *store = user;
    if (error != NULL && error->level >= XML_ERR_ERROR && store->why[0] == '\0') {
        const char *message = error->message == NULL ? "malformed" : error->message;
        (void)snprintf(store->why, sizeof store->why, "the schema is not sound: %.*s",
                       (int)strcspn(message, "\r\n"), message);
    }
}

static lacuna_status parse_schema(lac_schema_store *store, const char *path, lacuna_error *err)
{
    lac_error_guard guard;
    lac_error_guard_set(&guard, store, on_schema_error);
    xmlSchemaParserCtxtPtr context = xmlSchemaNewParserCtxt(path);
    if (context != NULL) {
        xmlSchemaSetParserStructuredErrors(context, on_schema_error, store);
        store->schema = xmlSchemaParse(context);
        xmlSchemaFreeParserCtxt(context);
    }
    lac_error_guard_restore(&guard);
    if (context == NULL) {
        return lac_fail_nomem(err);
    }
    if (store->schema == NULL && store->why[0] == '\0') {
        (void)snprintf(store->why, sizeof store->why, "the schema is not sound");
    }
    return LACUNA_OK;
}

/* Once; what is wrong with the folder is remembered in `why`. */
static lacuna_status load_schema(lac_schema_store *store, lacuna_error *err)
{
    uint32_t part;
    lacuna_error why = {0};
    if (store->tried) {
        return LACUNA_OK;
    }
    store->tried = true;
    lacuna_status status = lac_schema_scan(&part, store->folder, &why);
    if (status != LACUNA_OK) {
        (void)snprintf(store->why, sizeof store->why, "%s", why.message);
        return status == LACUNA_E_NOMEM ? lac_fail_nomem(err) : LACUNA_OK;
    }
    const char *name = lac_package_name(store->folder, part);
    (void)snprintf(store->name, sizeof store->name, "%s", name);
    lac_buf path;
    lac_buf_init(&path, PATH_BYTES_MAX);
    status = lac_buf_printf(&path, "%s/%s", store->path, name);
    /* A path that reads as an address is none of ours. */
    if (status == LACUNA_OK && strstr(lac_buf_text(&path), "://") != NULL) {
        (void)snprintf(store->why, sizeof store->why, "the path of the folder reads as an address");
    } else {
        status = status == LACUNA_OK ? parse_schema(store, lac_buf_text(&path), err)
                                     : lac_fail_nomem(err);
    }
    lac_buf_free(&path);
    return status;
}

/* ---- the document --------------------------------------------------------------------------- */

static void halt(validator *v, lacuna_status status)
{
    v->status = v->status == LACUNA_OK ? status : v->status;
    xmlStopParser(v->parser);
}

static void on_parser_error(void *user, xmlErrorPtr error)
{
    validator *v = user;
    if (error == NULL || error->level < XML_ERR_ERROR || v->status != LACUNA_OK) {
        return;
    }
    const char *message = error->message == NULL ? "malformed" : error->message;
    lacuna_status status = error->code == XML_ERR_NO_MEMORY ? LACUNA_E_NOMEM : LACUNA_E_FORMAT;
    halt(v, lac_fail(v->err, status, "damaged XML: %.*s", (int)strcspn(message, "\r\n"), message));
}

static void on_fault(void *user, xmlErrorPtr error)
{
    validator *v = user;
    if (error == NULL || error->level < XML_ERR_ERROR || v->status != LACUNA_OK) {
        return;
    }
    if (error->code == XML_ERR_NO_MEMORY) {
        halt(v, lac_fail_nomem(v->err));
        return;
    }
    int line = xmlSAX2GetLineNumber(v->parser);
    lac_faults_add(&v->faults, line > 0 ? (uint32_t)line : 0,
                   error->message == NULL ? "not valid" : error->message);
}

/* libxml2 would load what these name. */
static bool is_hint(const xmlChar *local, const xmlChar *uri)
{
    return uri != NULL && xmlStrEqual(uri, BAD_CAST "http://www.w3.org/2001/XMLSchema-instance") &&
           (xmlStrEqual(local, BAD_CAST "schemaLocation") ||
            xmlStrEqual(local, BAD_CAST "noNamespaceSchemaLocation"));
}

static void on_start(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int namespaces, const xmlChar **spaces, int count, int defaulted,
                     const xmlChar **attributes)
{
    validator *v = user;
    int kept = 0;
    if (v->status != LACUNA_OK) {
        return;
    }
    if (count > ATTRIBUTES_MAX) {
        halt(v, lac_fail(v->err, LACUNA_E_LIMIT, "an element has more than %d attributes",
                         ATTRIBUTES_MAX));
        return;
    }
    for (int i = 0; i < count; i++) {
        const xmlChar **a = attributes + (size_t)i * FIELDS;
        if (!is_hint(a[0], a[2])) {
            memcpy(v->kept + (size_t)kept++ * FIELDS, a, FIELDS * sizeof *a);
        }
    }
    v->plugged->startElementNs(v->plugged_user, local, prefix, uri, namespaces, spaces, kept,
                               defaulted, v->kept);
}

static void on_end(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    validator *v = user;
    if (v->status == LACUNA_OK) {
        v->plugged->endElementNs(v->plugged_user, local, prefix, uri);
    }
}

static void on_text(void *user, const xmlChar *text, int length)
{
    validator *v = user;
    if (v->status == LACUNA_OK) {
        v->plugged->characters(v->plugged_user, text, length);
    }
}

static void on_doctype(void *user, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
    (void)name;
    (void)id;
    (void)system;
    validator *v = user;
    if (v->status == LACUNA_OK) {
        halt(v, lac_fail(v->err, LACUNA_E_FORMAT,
                         "the XML has a document type declaration, which is not allowed here"));
    }
}

static bool open_parts(validator *v, lac_schema_store *store, xmlSchemaSAXPlugPtr *plug,
                       lac_arena *arena)
{
    xmlSAXHandler sax;
    memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.characters = on_text;
    sax.ignorableWhitespace = on_text;
    sax.cdataBlock = on_text;
    sax.internalSubset = on_doctype;
    sax.serror = on_parser_error;
    v->kept = calloc((size_t)ATTRIBUTES_MAX * FIELDS, sizeof *v->kept);
    v->parser = xmlCreatePushParserCtxt(&sax, v, NULL, 0, NULL);
    v->valid = xmlSchemaNewValidCtxt(store->schema);
    if (v->kept == NULL || v->parser == NULL || v->valid == NULL ||
        xmlCtxtUseOptions(v->parser, XML_PARSE_NONET) != 0 ||
        !lac_faults_begin(&v->faults, arena)) {
        return false;
    }
    xmlSchemaSetValidStructuredErrors(v->valid, on_fault, v);
    v->none.initialized = XML_SAX2_MAGIC;
    v->plugged = &v->none;
    v->plugged_user = NULL;
    *plug = xmlSchemaSAXPlug(v->valid, &v->plugged, &v->plugged_user);
    return *plug != NULL;
}

static void feed(validator *v, lac_span xml)
{
    while (xml.len > 0 && v->status == LACUNA_OK) {
        size_t piece = xml.len < PIECE_BYTES ? xml.len : PIECE_BYTES;
        (void)xmlParseChunk(v->parser, xml.ptr, (int)piece, 0);
        xml = lac_span_make(xml.ptr + piece, xml.len - piece);
    }
    if (v->status == LACUNA_OK) {
        (void)xmlParseChunk(v->parser, "", 0, 1);
    }
    if (v->status == LACUNA_OK && (v->faults.no_memory || v->parser->errNo == XML_ERR_NO_MEMORY)) {
        v->status = lac_fail_nomem(v->err);
    }
}

static lacuna_status judge(lac_judgement *out, lac_schema_store *store, lac_span xml,
                           lac_arena *arena, lacuna_error *err)
{
    validator v = {.err = err};
    xmlSchemaSAXPlugPtr plug = NULL;
    lac_error_guard guard;
    xmlResetLastError();
    lac_error_guard_set(&guard, &v, on_fault);
    if (open_parts(&v, store, &plug, arena)) {
        feed(&v, xml);
    } else {
        v.status = lac_fail_nomem(err);
    }
    if (plug != NULL) {
        (void)xmlSchemaSAXUnplug(plug);
    }
    lac_error_guard_restore(&guard);
    xmlSchemaFreeValidCtxt(v.valid);
    xmlFreeParserCtxt(v.parser);
    free(v.kept);
    lac_faults_end(out, &v.faults);
    return v.status;
}

lacuna_status lac_schema_judge(lac_judgement *out, lac_schema_store *store, lac_span xml,
                               const char *name, lac_arena *arena, lacuna_error *err)
{
    *out = (lac_judgement){.grammar = "", .why = ""};
    lacuna_status status = load_schema(store, err);
    if (status == LACUNA_OK && store->schema != NULL) {
        status = judge(out, store, xml, arena, err);
    }
    if (status != LACUNA_OK) {
        lac_error_place(err, name, 0);
        return status;
    }
    out->judged = store->schema != NULL;
    out->grammar = lac_arena_copy(arena, lac_span_of(store->name));
    out->why = lac_arena_copy(arena, lac_span_of(out->judged ? "" : store->why));
    return out->grammar == NULL || out->why == NULL ? lac_fail_nomem(err) : LACUNA_OK;
}
